"""The offline samples are what their cards say: made by their grammar, and not solved by counting words."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
GRAMMARS = sorted(SAMPLES.glob("*/grammar.py"))


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda path: path.parent.name)
def test_the_grammar_writes_the_same_bytes_again(grammar, tmp_path):
    copy = tmp_path / grammar.parent.name
    shutil.copytree(grammar.parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    generated = copy / "train.jsonl"
    generated.unlink()
    subprocess.run([sys.executable, copy / "grammar.py"], check=True, capture_output=True, cwd=tmp_path)
    for file in copy.glob("*.jsonl"):
        assert file.read_bytes() == (grammar.parent / file.name).read_bytes(), f"{file.name} differs"


def rows(name: str, split: str) -> tuple[list[str], list[int]]:
    lines = [json.loads(line) for line in (SAMPLES / name / f"{split}.jsonl").open(encoding="utf-8")]
    return [line["text"] for line in lines], [line["label"] for line in lines]


@pytest.mark.parametrize(
    ("name", "vectors", "c"),
    [
        ("sst2", TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True), 10),
        ("trec", TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+", sublinear_tf=True), 10),
        ("chnsenticorp_htl", TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), 1),
    ],
)
def test_a_bag_of_words_scores_what_the_card_says_and_leaves_something_to_learn(name, vectors, c):
    model = make_pipeline(vectors, LogisticRegression(C=c, max_iter=2000)).fit(*rows(name, "train"))
    accuracy = model.score(*rows(name, "test"))
    assert 0.6 < accuracy < 0.95
    card = (SAMPLES / name / "card.md").read_text(encoding="utf-8")
    stated = {float(number) for number in re.findall(r"\*\*(0\.\d+)\*\*", card)}
    assert any(abs(accuracy - number) < 0.002 for number in stated), (
        f"measured {accuracy:.3f}, bold in the card: {stated}"
    )


def test_the_first_word_of_a_question_does_not_give_its_class_away():
    classes = defaultdict(Counter)
    for text, label in zip(*rows("trec", "train"), strict=True):
        classes[text.split()[0]][label] += 1
    guesses = [
        classes[text.split()[0]].most_common(1)[0][0] if text.split()[0] in classes else None
        for text in rows("trec", "test")[0]
    ]
    right = [guess == label for guess, label in zip(guesses, rows("trec", "test")[1], strict=True)]
    assert sum(right) / len(right) < 0.5
