"""What assignment 3 takes for true is measured here: what each fault does, and that its floor leaves room."""

from functools import partial

import pytest
import torch
from small_assignment import COURSE
from transformers import BertConfig, BertForSequenceClassification

from nlpcourse import is_real, load_dataset
from nlpcourse.classroom.assignment import Assignment, grade_id
from nlpcourse.classroom.build import as_solution

CONFIG = partial(
    BertConfig,
    vocab_size=100,
    hidden_size=16,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=32,
)


def logits_after_training(change: str | None) -> torch.Tensor:
    """The program that the assignment describes, right but for one change: the logits of new questions."""
    # Dropout only where it matters, so that every other difference is a real one.
    dropout = 0.5 if change in ("I", "right for I") else 0.0
    torch.manual_seed(0)
    model = BertForSequenceClassification(
        CONFIG(num_labels=6, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout)
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    generator = torch.Generator().manual_seed(1)
    for size in (4, 6, 5):
        rows = [torch.randint(5, 90, (length,), generator=generator) for length in range(3, 3 + size)]
        labels = torch.arange(size)  # in the second batch with the last class, 5
        if change == "G":
            rows[0] = torch.randint(5, 90, (600,), generator=generator)
        inputs = batch(rows, change)
        targets = labels + 1 if change == "J" else labels
        if change == "F":
            targets = torch.nn.functional.one_hot(labels, 6).float()
        outputs = model(**inputs) if change == "B" else model(**inputs, labels=targets)
        if change != "E":
            optimizer.zero_grad()
        outputs.loss.backward()
        if change == "K":
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1e9)
        optimizer.step()
    if change != "I":
        model.eval()
    with torch.no_grad():
        return model(**batch([torch.arange(10, 17), torch.arange(20, 24)], change)).logits


def batch(rows: list[torch.Tensor], change: str | None) -> dict[str, torch.Tensor]:
    if change == "A":  # another numbering of the same words
        rows = [(row * 37) % 83 + 5 for row in rows]
    if change == "C":
        return {"input_ids": torch.tensor([row.tolist() for row in rows])}
    length = 128 if change == "H" else max(map(len, rows))
    ids = torch.stack([torch.nn.functional.pad(row, (0, length - len(row))) for row in rows])
    mask = torch.stack([(torch.arange(length) < len(row)).long() for row in rows])
    return {"input_ids": ids} if change == "D" else {"input_ids": ids, "attention_mask": mask}


def effect(change: str) -> str:
    try:
        changed = logits_after_training(change)
    except (AttributeError, IndexError, RuntimeError, ValueError):
        return "stops"
    right = logits_after_training("right for I" if change == "I" else None)
    return "harmless" if torch.allclose(changed, right, atol=1e-5) else "silent"


def solution(*names: str) -> dict:
    """What the cells with these names define in the reference solution."""
    defined: dict = {}
    for cell in as_solution(Assignment.load(COURSE, "a3")).cells:
        if grade_id(cell) in names:
            exec(cell.source, defined)
    return defined


@pytest.mark.parametrize("change", "ABCDEFGHIJK")
def test_each_change_does_what_the_solution_says(change):
    assert solution("diagnosis")["diagnosis"][change] == effect(change)


@pytest.mark.timeout(600)
def test_the_reference_clears_the_floor_by_a_margin_over_five_seeds():
    questions = load_dataset("trec")
    floor = 0.93 if is_real(questions) else 0.90
    train_and_predict = solution("imports", "train-and-predict")["train_and_predict"]
    accuracies = []
    for seed in range(5):
        rows = questions["train"].shuffle(seed=seed).select(range(2000))
        got = train_and_predict(rows["text"][:], rows["label"][:], questions["test"]["text"][:], seed)
        truth = questions["test"]["label"][:]
        accuracies.append(sum(a == b for a, b in zip(got, truth, strict=True)) / len(truth))
    print(f"accuracies {accuracies}, floor {floor}")
    assert min(accuracies) >= floor + 0.01, accuracies
