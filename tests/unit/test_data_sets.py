"""The sets themselves: the registry, the real data where this machine has them, and the offline samples."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from nlpcourse.data import columns, is_real, load_dataset, registry

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NLPCOURSE_DATA") or ROOT.parent / "shared" / "datasets").resolve()
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="real data not on this machine")
REGISTRY = registry()
SAMPLES = sorted(path.name for path in (ROOT / "data" / "samples").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def load():
    """Load a set once for all tests, by name and source, with no network."""
    loaded = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NLPCOURSE_DATA", str(REAL))
        patch.setenv("NLPCOURSE_OFFLINE", "1")

        def load(name, source="real"):
            if (name, source) not in loaded:
                loaded[name, source] = load_dataset(name, source=source)
            return loaded[name, source]

        yield load


def squeezed(text: str) -> str:
    return "".join(text.casefold().split())


# --- the registry


@pytest.mark.parametrize("name", REGISTRY)
def test_registry_entry_is_complete(name):
    entry = REGISTRY[name]
    known = "description homepage licence citation notes splits files"
    known += " format encoding compression header columns labels reader"
    assert set(entry) <= set(known.split())
    for field in ("description", "homepage", "licence", "citation", "notes"):
        assert entry[field].strip()
    assert len({file["local"] for file in entry["files"]}) == len(entry["files"])
    for file in entry["files"]:
        assert set(file) - {"columns"} == {"split", "local", "url", "sha256", "bytes"}
        repository = entry["homepage"].removeprefix("https://github.com/")
        assert file["url"].startswith(f"https://raw.githubusercontent.com/{repository}/")
        commit = file["url"].split("/")[5]
        assert len(commit) == 40 and len(file["sha256"]) == 64
        assert set(commit + file["sha256"]) <= set("0123456789abcdef")
        assert file["local"].startswith(f"{name}/")


# --- the real sets


@needs_real
@pytest.mark.parametrize("name", REGISTRY)
def test_real_set(load, name):
    """Rows and labels are compared with the registry on loading; here, what every set has in common."""
    data = load(name)
    assert is_real(data) and list(data) == list(REGISTRY[name]["splits"])
    for split, part in data.items():
        assert part.column_names == columns(REGISTRY[name], split)
        for column in set(part.column_names) - {"label", "score", "batch_id"}:
            texts = part[column][:]
            if name != "tinyshakespeare":
                assert all(text == text.strip() and text for text in texts)
            assert not any(mark in text for text in texts for mark in ("\n", "\r", "\ufeff", "\ufffd"))


@needs_real
def test_published_split_sizes(load):
    """Sizes as the literature gives them, not as the registry does."""
    published = {
        "sst2": [6920, 872, 1821],
        "multi30k": [29000, 1014, 1000],
        "ag_news": [10001, 7600],
        "trec": [5452, 500],
    }
    assert {name: [len(part) for part in load(name).values()] for name in published} == published
    assert Counter(load("sst2")["test"]["label"][:]) == {0: 912, 1: 909}
    assert [len(part) for part in load("word_similarity").values()] == [353, 203, 252, 999, 65, 3000]
    assert len(load("google_analogies")["test"]) == 19544


@needs_real
@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("sst2", "no movement , no yuks , not much of anything .", "negative"),
        ("sst2_phrases", "it 's a charming and often affecting journey .", "positive"),
        ("chnsenticorp_htl", "总体来说，还不错。老酒店，是当地最好的之一。", "positive"),
        ("ag_news", "Unions representing workers at Turner   Newall say", "Business"),
        ("imdb_cad", "If you haven't seen this, it's terrible.", "negative"),
        ("trec", "What is myopia ?", "description"),
        ("trec", "What color is indigo ?", "entity"),
        ("trec", "What does USPS stand for ?", "abbreviation"),
        ("trec", "Who was Galileo ?", "human"),
        ("trec", "Where is Perth ?", "location"),
        ("trec", "When did Hawaii become a state ?", "number"),
    ],
)
def test_labels_mean_what_they_say(load, name, text, label):
    part = load(name)["test"]
    names = part.features["label"].names
    found = [names[row["label"]] for row in part if row["text"].startswith(text)]
    assert found == [label]


@needs_real
def test_hotel_reviews(load):
    data = load("chnsenticorp_htl")
    assert sum(map(len, data.values())) == 7766 - 1  # one empty review; no two of the others are the same
    texts = Counter(squeezed(text) for part in data.values() for text in part["text"][:])
    assert max(texts.values()) == 1
    for part in data.values():
        share = sum(part["label"][:300]) / 300
        assert 0.55 < share < 0.85  # upstream is ordered by class


@needs_real
def test_no_english_sentence_on_two_sides(load):
    sides = [
        {re.sub(r"\W", "", text.casefold()) for text in part["en"][:]}
        for part in load("tatoeba_cmn_eng").values()
    ]
    assert sum(map(len, sides)) == len(set.union(*sides)) == 25294
    assert all(
        "tatoeba.org" in note for part in load("tatoeba_cmn_eng").values() for note in part["attribution"][:]
    )


@needs_real
def test_phrases_of_the_test_split_are_not_trained_on(load):
    data = {split: set(part["text"][:]) for split, part in load("sst2_phrases").items()}
    assert not data["train"] & data["test"]
    assert len(data["train"] & data["validation"]) == 75  # as the notes in the registry say
    sentences = {split: set(part["text"][:]) for split, part in load("sst2").items()}
    assert len(sentences["train"] & sentences["test"]) == 2


@needs_real
def test_film_reviews(load):
    data = load("imdb_cad")
    texts = [text for part in data.values() for text in part["text"][:]]
    assert not any("<br" in text or "\t" in text for text in texts)
    assert sum('"' in text for text in texts) > 1000  # quotation marks inside reviews survive
    pairs = Counter(data["test_paired"]["batch_id"][:])
    assert len(pairs) == 488 and set(pairs.values()) == {2}
    labels = {}
    for row in data["test_paired"]:
        labels.setdefault(row["batch_id"], set()).add(row["label"])
    assert all(both == {0, 1} for both in labels.values())
    # One review has its quotation marks doubled in one file and not in the other.
    sides = [{text.replace('"', "") for text in data[split]["text"][:]} for split in ("test", "test_revised")]
    assert {text.replace('"', "") for text in data["test_paired"]["text"][:]} == set.union(*sides)


@needs_real
def test_quotation_marks_in_the_news_are_text(load):
    texts = load("ag_news")["train"]["text"][:] + load("ag_news")["test"]["text"][:]
    assert sum(text.count('"') for text in texts) == 2964 + 2050


@needs_real
def test_questions(load):
    """The traps that the notes in the registry name."""
    train, test = load("trec")["train"], load("trec")["test"]
    texts = train["text"][:]
    assert sum("ð" in text for text in texts) == 1 and "a sisterðcity with" in "\n".join(texts)
    assert all(text.isascii() for text in test["text"][:])
    assert len(texts) - len(set(texts)) == 71
    assert len(set(texts) & set(test["text"][:])) == 10
    names = train.features["label"].names
    twins = [
        names[row["label"]]
        for part in (train, test)
        for row in part
        if row["text"].lower() == "what are the twin cities ?"
    ]
    assert twins == ["description", "location"]
    assert sum(bool(re.search(r"\b(NN[PS]?|CD|DT)\b", text)) for text in texts) == 10
    assert sum(" , 0 " in text for text in texts) == 6


@needs_real
def test_running_text(load):
    text = (REAL / "tinyshakespeare" / "input.txt").read_bytes().decode()
    verse = load("tinyshakespeare")
    assert "\n".join(verse["train"]["text"][:] + verse["validation"]["text"][:]) == text
    words = sum(len(line.split()) for line in load("wikitext2")["train"]["text"][:])
    assert words == 213_886


@needs_real
def test_word_pairs(load):
    rows = {(row["word1"], row["word2"]): row["score"] for row in load("word_similarity")["ws353"]}
    assert rows["tiger", "cat"] == 7.35
    sections = set(load("google_analogies")["test"]["section"][:])
    assert len(sections) == 14 and "capital-common-countries" in sections


# --- the offline samples


def sample_rows(name: str, split: str) -> list[dict]:
    lines = (ROOT / "data" / "samples" / name / f"{split}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_has_the_form_of_the_real_set(load, name):
    data = load(name, "sample")
    assert not is_real(data)
    assert (ROOT / "data" / "samples" / name / "card.md").is_file()
    for split, part in data.items():
        assert all(list(row) and set(row) == set(part.column_names) for row in sample_rows(name, split))
        if REAL.is_dir():
            assert part.features == load(name)[split].features
        if "label" in part.column_names:
            rows = Counter(part["label"][:])
            assert set(rows) == set(range(part.features["label"].num_classes))
            assert min(rows.values()) >= 12  # fewer say nothing about a class


# Sets that only test what was learnt elsewhere have no text to train on.
@pytest.mark.parametrize("name", [name for name in SAMPLES if "train" in REGISTRY[name]["splits"]])
def test_sample_is_large_enough_and_its_test_text_is_new(load, name):
    data = load(name, "sample")
    held_out = "test" if "test" in data else "validation"
    assert len(data["train"]) >= 2000 and len(data[held_out]) >= 300
    column = "en" if "en" in data["train"].column_names else "text"
    # In running text short lines come back of themselves: headings, names of speakers, blank lines.
    shortest = 5 if data["train"].column_names == ["text"] else 1
    trained = {squeezed(text) for text in data["train"][column][:]}
    tested = [
        squeezed(text) for text in data[held_out][column][:] if len(re.findall(r"\w+", text)) >= shortest
    ]
    assert tested and not trained & set(tested)
    assert len(set(tested)) == len(tested)


@pytest.mark.parametrize("name", [name for name in SAMPLES if "labels" in REGISTRY[name]])
def test_sample_holds_no_text_twice_and_none_of_the_real_set(load, name):
    texts = [squeezed(text) for part in load(name, "sample").values() for text in part["text"][:]]
    assert len(set(texts)) == len(texts)
    if REAL.is_dir():
        copied = {squeezed(text) for part in load(name).values() for text in part["text"][:]} & set(texts)
        assert not copied
