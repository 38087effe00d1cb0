"""From words to batches, for models that are built from scratch: vocabulary, padding, batches of like length.

Subword tokenizers come from the `tokenizers` and `transformers` libraries.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch.nn.utils.rnn import pad_sequence

if TYPE_CHECKING:
    from datasets import Dataset

# A run of letters or digits (with an inner apostrophe), one Chinese character, or one other mark.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:'[^\W\u3400-\u9fff]+)?|[^\w\s]")


def words(text: str) -> list[str]:
    """Lower-cased words, single Chinese characters and punctuation marks of `text`.

    >>> words("It's 3 stars, 很好!")
    ["it's", '3', 'stars', ',', '很', '好', '!']
    """
    return _WORD.findall(text.lower())


class Vocabulary:
    """A two-way map between tokens and ids. Id 0 pads, id 1 stands for every unknown token.

    Args:
        tokenized: the texts of the *training* data, each a sequence of tokens.
        min_count: leave out tokens seen less often.
        max_size: keep at most so many tokens, the special ones included; None keeps all.
        special: further tokens that always have an id, such as "<s>".
    """

    pad, unknown = "<pad>", "<unk>"

    def __init__(
        self,
        tokenized: Iterable[Sequence[str]],
        min_count: int = 1,
        max_size: int | None = None,
        special: Sequence[str] = (),
    ) -> None:
        self.tokens = [self.pad, self.unknown, *special]
        counts = Counter(token for tokens in tokenized for token in tokens)
        # Sorting by token second makes the ids independent of the order of the texts.
        ranked = sorted(counts, key=lambda token: (-counts[token], token))
        known = set(self.tokens)
        self.tokens += [token for token in ranked if counts[token] >= min_count and token not in known]
        self.tokens = self.tokens[:max_size]
        self.ids = {token: index for index, token in enumerate(self.tokens)}

    def __len__(self) -> int:
        return len(self.tokens)

    def __contains__(self, token: str) -> bool:
        return token in self.ids

    def encode(self, tokens: Iterable[str]) -> list[int]:
        """Ids of `tokens`; 1 for every token that is not in the vocabulary."""
        return [self.ids.get(token, 1) for token in tokens]

    def decode(self, ids: Iterable[int]) -> list[str]:
        """Tokens of `ids`."""
        return [self.tokens[index] for index in ids]


def pad(sequences: Sequence[Sequence[int]], value: int = 0) -> torch.Tensor:
    """Stack sequences of unequal length.

    Returns:
        Long tensor (batch, longest), filled up with `value` on the right.
    """
    return pad_sequence([torch.as_tensor(row) for row in sequences], batch_first=True, padding_value=value)


class Batches:
    """Padded batches of a data set, each of rows of similar length.

    Padding is work thrown away. Rows are shuffled, sorted by length within pools of 50 batches, cut into batches,
    and the batches are shuffled again: nearly all padding goes, and the order stays random. Every pass over the
    object is one epoch with a new order; the same seed gives the same orders.

    Args:
        dataset: with the column `input_ids` (lists of int), optionally `token_type_ids` and `label` or `labels`.
        batch_size: rows in a batch.
        pad_id: id that fills up `input_ids`.
        shuffle: False keeps the order fixed (longest rows first), for evaluation.
        seed: of the order.

    Yields:
        dict of tensors: `input_ids` and `attention_mask` (batch, length), `labels` (batch,) where the data has
        them, and `row` (batch,), the position of each row in `dataset`.
    """

    pool = 50

    def __init__(
        self, dataset: "Dataset", batch_size: int, *, pad_id: int = 0, shuffle: bool = True, seed: int = 0
    ) -> None:
        missing = {"input_ids"} - set(dataset.column_names)
        if missing:
            raise ValueError(
                f"the data has no column 'input_ids', only {dataset.column_names}: tokenize it first"
            )
        if len(dataset) == 0:
            raise ValueError("the data set is empty: there is nothing to make batches of")
        self.batch_size, self.pad_id, self.shuffle = batch_size, pad_id, shuffle
        self.columns: dict[str, list[Any]] = {"input_ids": list(dataset["input_ids"])}
        if "token_type_ids" in dataset.column_names:
            self.columns["token_type_ids"] = list(dataset["token_type_ids"])
        for name in ("label", "labels"):
            if name in dataset.column_names:
                self.columns["labels"] = list(dataset[name])
        self.lengths = torch.tensor([len(ids) for ids in self.columns["input_ids"]])
        self.generator = torch.Generator().manual_seed(seed)

    def __len__(self) -> int:
        return -(-len(self.lengths) // self.batch_size)

    def __iter__(self) -> Iterator[dict[str, torch.Tensor]]:
        for rows in self._order():
            yield self._collate(rows)

    def _order(self) -> list[torch.Tensor]:
        """One tensor of row numbers for each batch."""
        if not self.shuffle:
            return list(self.lengths.argsort(descending=True, stable=True).split(self.batch_size))
        shuffled = torch.randperm(len(self.lengths), generator=self.generator)
        batches: list[torch.Tensor] = []
        for pool in shuffled.split(self.batch_size * self.pool):
            batches += pool[self.lengths[pool].argsort(stable=True)].split(self.batch_size)
        return [batches[index] for index in torch.randperm(len(batches), generator=self.generator)]

    def _collate(self, rows: torch.Tensor) -> dict[str, torch.Tensor]:
        chosen = rows.tolist()
        batch = {"input_ids": pad([self.columns["input_ids"][row] for row in chosen], self.pad_id)}
        positions = torch.arange(batch["input_ids"].shape[1])
        batch["attention_mask"] = (positions < self.lengths[rows].unsqueeze(1)).long()  # (batch, length)
        if "token_type_ids" in self.columns:
            batch["token_type_ids"] = pad([self.columns["token_type_ids"][row] for row in chosen])
        if "labels" in self.columns:
            batch["labels"] = torch.tensor([self.columns["labels"][row] for row in chosen])
        return batch | {"row": rows}
