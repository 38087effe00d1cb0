"""Words, vocabularies and batches that waste little padding and lose no row."""

import pytest
import torch
from datasets import Dataset

from nlpcourse.text import Batches, Vocabulary, pad, words


def test_words_splits_english_chinese_and_marks():
    assert words("It's 3 stars, 很好!") == ["it's", "3", "stars", ",", "很", "好", "!"]
    assert words("naïve café—déjà vu") == ["naïve", "café", "—", "déjà", "vu"]
    assert words("") == []


def test_vocabulary_ranks_by_count_and_then_by_name():
    vocabulary = Vocabulary([["b", "a", "c", "c"], ["b", "c", "<pad>"]])
    assert vocabulary.tokens == ["<pad>", "<unk>", "c", "b", "a"]
    assert vocabulary.encode(["c", "new", "a"]) == [2, 1, 4]
    assert vocabulary.decode([2, 1, 4]) == ["c", "<unk>", "a"]
    assert "b" in vocabulary and "new" not in vocabulary


def test_vocabulary_limits():
    texts = [["a"] * 3 + ["b"] * 2 + ["c"]]
    assert Vocabulary(texts, min_count=2).tokens == ["<pad>", "<unk>", "a", "b"]
    assert Vocabulary(texts, max_size=3).tokens == ["<pad>", "<unk>", "a"]
    assert Vocabulary(texts, special=["<s>"]).tokens[:3] == ["<pad>", "<unk>", "<s>"]


def test_pad():
    assert pad([[1, 2, 3], [4]], value=9).tolist() == [[1, 2, 3], [4, 9, 9]]


@pytest.fixture
def dataset():
    generator = torch.Generator().manual_seed(0)
    lengths = torch.randint(1, 60, (1000,), generator=generator).tolist()
    return Dataset.from_dict(
        {
            "input_ids": [[row + 1] * length for row, length in enumerate(lengths)],
            "label": [n % 2 for n in lengths],
        }
    )


@pytest.mark.parametrize("shuffle", [True, False])
def test_every_row_comes_once_with_its_label_and_mask(dataset, shuffle):
    batches = Batches(dataset, 32, shuffle=shuffle)
    seen = []
    for batch in batches:
        assert batch["input_ids"].shape == batch["attention_mask"].shape
        for row, ids, mask, label in zip(
            *(batch[k] for k in ("row", "input_ids", "attention_mask", "labels")), strict=True
        ):
            expected = dataset[row.item()]
            assert ids[mask == 1].tolist() == expected["input_ids"] and not ids[mask == 0].any()
            assert label == expected["label"]
        seen += batch["row"].tolist()
    assert sorted(seen) == list(range(1000))
    assert len(batches) == 32


def test_little_padding_and_yet_a_random_order(dataset):
    batches = list(Batches(dataset, 32))
    real = sum(batch["attention_mask"].sum().item() for batch in batches)
    assert real / sum(batch["attention_mask"].numel() for batch in batches) > 0.9
    longest = [batch["input_ids"].shape[1] for batch in batches]
    assert longest != sorted(longest) and longest != sorted(longest, reverse=True)


def test_same_seed_same_orders_and_a_new_order_every_epoch(dataset):
    def orders(seed):
        batches = Batches(dataset, 32, seed=seed)
        return [[batch["row"].tolist() for batch in batches] for _ in range(2)]

    assert orders(0) == orders(0)
    assert orders(0) != orders(1)
    first, second = orders(0)
    assert first != second


def test_segments_are_padded_too_and_labels_may_be_absent():
    data = Dataset.from_dict({"input_ids": [[5, 6], [7]], "token_type_ids": [[0, 1], [0]]})
    (batch,) = Batches(data, 4, shuffle=False)
    assert batch["token_type_ids"].tolist() == [[0, 1], [0, 0]] and "labels" not in batch


def test_careless_data_is_refused():
    with pytest.raises(ValueError, match=r"no column 'input_ids'.*tokenize it first"):
        Batches(Dataset.from_dict({"text": ["a"]}), 2)
    with pytest.raises(ValueError, match="empty"):
        Batches(Dataset.from_dict({"input_ids": []}), 2)
