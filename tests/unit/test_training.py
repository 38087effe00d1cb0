"""`fit` trains, stops, restores and complains as it says; `evaluate` answers in the order of the data."""

import math

import pytest
import torch
from datasets import Dataset
from torch import nn

from nlpcourse import evaluate, fit, training
from nlpcourse.models import ConvClassifier, RecurrentClassifier
from nlpcourse.text import Batches


def task(rows: int, seed: int = 0) -> Dataset:
    """Texts of 3 to 12 random ids; the label says whether id 2 occurs."""
    generator = torch.Generator().manual_seed(seed)
    texts = [
        torch.randint(
            3, 30, (int(torch.randint(3, 13, (1,), generator=generator)),), generator=generator
        ).tolist()
        for _ in range(rows)
    ]
    for row in range(0, rows, 2):
        texts[row][0] = 2
    return Dataset.from_dict({"input_ids": texts, "label": [int(2 in text) for text in texts]})


@pytest.fixture
def model():
    torch.manual_seed(0)
    return ConvClassifier(30, 2, embedding_dim=16, filters=8)


def test_learns_and_reports(model):
    history = fit(
        model, Batches(task(600), 32), Batches(task(200, seed=1), 64, shuffle=False), epochs=4, lr=5e-3
    )
    assert list(history.columns) == [
        "epoch",
        "step",
        "train_loss",
        "lr",
        "seconds",
        "validation_loss",
        "validation_accuracy",
    ]
    assert history["step"].tolist() == [19, 38, 57, 76]
    assert history["train_loss"].iloc[-1] < history["train_loss"].iloc[0]
    assert evaluate(model, Batches(task(200, seed=1), 64, shuffle=False)).accuracy > 0.9


def test_same_seed_same_numbers():
    def once():
        torch.manual_seed(3)
        net = ConvClassifier(30, 2, embedding_dim=16, filters=8)
        return fit(net, Batches(task(200), 32), epochs=2, lr=5e-3)["train_loss"].tolist()

    assert once() == once()


def test_evaluate_answers_in_the_order_of_the_data(model):
    data = task(100)
    scores = evaluate(model, Batches(data, 16, shuffle=True))
    assert scores.labels.tolist() == data["label"]
    single = torch.cat([evaluate(model, Batches(data.select([row]), 1)).logits for row in range(100)])
    torch.testing.assert_close(scores.logits, single, rtol=2e-2, atol=2e-2)
    assert scores.accuracy == pytest.approx(
        (single.argmax(1) == scores.labels).float().mean().item(), abs=0.02
    )


def test_evaluate_weighs_batches_by_their_rows():
    class Constant(nn.Module):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.tensor([0.0, 1.0]))

        def forward(self, input_ids, attention_mask):
            return self.bias.expand(len(input_ids), 2)

    data = Dataset.from_dict({"input_ids": [[1]] * 5, "label": [1, 1, 1, 1, 0]})
    losses = -torch.tensor([0.0, 1.0]).log_softmax(0)
    expected = (4 * losses[1] + losses[0]) / 5
    assert evaluate(Constant(), Batches(data, 4, shuffle=False), precision="fp32").loss == pytest.approx(
        expected.item()
    )


class Scripted(nn.Module):
    """A model whose validation loss follows a script: the n-th epoch's weight says how wrong it is."""

    def __init__(self, script):
        super().__init__()
        self.script, self.epoch = script, 0
        self.weight = nn.Parameter(torch.zeros(1))
        self.register_buffer("state", torch.zeros(1))

    def forward(self, input_ids, attention_mask):
        if self.training:
            self.state.fill_(self.epoch)
            self.epoch += 1
            wrong = self.weight * 0
        else:
            wrong = self.script[int(self.state)] + self.weight * 0
        return torch.stack([wrong.expand(len(input_ids)), torch.zeros(len(input_ids))], 1)


def one_batch():
    return Batches(Dataset.from_dict({"input_ids": [[1], [2]], "label": [1, 1]}), 2, shuffle=False)


def test_early_stopping_restores_the_best_epoch():
    model = Scripted([3.0, 1.0, 2.0, 2.0, 0.0])
    history = fit(model, one_batch(), one_batch(), epochs=5, lr=1e-3, patience=2)
    assert len(history) == 4, "two epochs without improvement after the second"
    assert model.state.item() == 1
    assert history["validation_loss"].idxmin() == 1


def test_best_weights_are_restored_without_early_stopping_too():
    model = Scripted([3.0, 1.0, 2.0])
    fit(model, one_batch(), one_batch(), epochs=3, lr=1e-3)
    assert model.state.item() == 1


def test_lost_loss_stops_with_a_useful_error():
    class Broken(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(2))

        def forward(self, input_ids, attention_mask):
            return (self.weight / 0).expand(len(input_ids), 2)

    with pytest.raises(
        FloatingPointError, match=r"the loss is nan at step 0, with learning rate .* too large"
    ):
        fit(Broken(), one_batch(), epochs=1, lr=1e-3)


def test_schedule_rises_then_falls_to_zero():
    factors = [training._warmup_decay(step, 100, 0.1) for step in range(101)]
    assert factors[0] == pytest.approx(0.1) and max(factors) == 1 and factors.index(1) == 9
    assert factors[-1] == 0 and factors[9:] == sorted(factors[9:], reverse=True)
    assert training._warmup_decay(0, 10, 0.0) == 1


def test_clipping_bounds_the_step(monkeypatch, model):
    norms = []
    real = nn.utils.clip_grad_norm_
    monkeypatch.setattr(nn.utils, "clip_grad_norm_", lambda p, c: norms.append(c) or real(p, c))
    fit(model, Batches(task(64), 32), epochs=1, lr=1e-3, clip=0.25)
    assert norms == [0.25, 0.25]


def test_decay_spares_vectors_and_frozen_weights_stay(model):
    groups = training._adamw(model, 1e-3, 0.1).param_groups
    assert {p.ndim for p in groups[0]["params"]} == {2, 3} and {p.ndim for p in groups[1]["params"]} == {1}
    assert (groups[0]["weight_decay"], groups[1]["weight_decay"]) == (0.1, 0.0)
    model.embedding.weight.requires_grad_(False)
    before = model.embedding.weight.clone()
    fit(model, Batches(task(64), 32), epochs=1, lr=1e-2)
    assert torch.equal(before, model.embedding.weight)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    with pytest.raises(ValueError, match="nothing to train"):
        fit(model, Batches(task(64), 32), epochs=1, lr=1e-2)


def test_sixteen_bits_only_where_they_pay(monkeypatch, model):
    cpu = torch.device("cpu")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"amx_bf16": True})
    assert training._best_precision(model, cpu) == "bf16"
    assert training._best_precision(RecurrentClassifier(30, 2), cpu) == "fp32"
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True})
    assert training._best_precision(model, cpu) == "fp32"
    assert training._best_precision(model, torch.device("mps")) == "fp32"
    for emulated, precision in [(True, "bf16"), (False, "fp16")]:
        monkeypatch.setattr(
            torch.cuda, "is_bf16_supported", lambda including_emulation, answer=emulated: answer
        )
        assert training._best_precision(model, torch.device("cuda")) == precision


def test_bf16_reaches_what_fp32_reaches():
    accuracy = {}
    for precision in ("fp32", "bf16"):
        torch.manual_seed(0)
        net = ConvClassifier(30, 2, embedding_dim=16, filters=8)
        fit(net, Batches(task(600), 32), epochs=4, lr=5e-3, precision=precision)
        accuracy[precision] = evaluate(
            net, Batches(task(200, seed=1), 64, shuffle=False), precision=precision
        ).accuracy
    assert accuracy["bf16"] == pytest.approx(accuracy["fp32"], abs=0.03)
    assert accuracy["fp32"] > 0.9


@pytest.mark.parametrize(
    "wrong", [{"epochs": 0}, {"lr": 0}, {"warmup": 1.5}, {"clip": 0}, {"precision": "int4"}]
)
def test_careless_sizes_are_refused(model, wrong):
    with pytest.raises(ValueError, match=r"expected epochs|unknown precision"):
        fit(model, one_batch(), **({"epochs": 1, "lr": 1e-3} | wrong))


def test_patience_needs_validation(model):
    with pytest.raises(ValueError, match="patience needs validation"):
        fit(model, one_batch(), epochs=1, lr=1e-3, patience=1)


def test_models_of_transformers_are_taken_as_they_are():
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    bert = BertForSequenceClassification(config)
    history = fit(bert, Batches(task(200), 32), epochs=2, lr=1e-3)
    assert math.isfinite(history["train_loss"].iloc[-1])
    assert evaluate(bert, Batches(task(40), 8)).logits.shape == (40, 2)
