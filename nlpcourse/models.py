"""The architectures of Part 2 over `torch.nn`, for the chapters that use them after building them once.

Classifiers take `input_ids` and `attention_mask`, both (batch, length), and return logits (batch, num_labels). Padding
never changes a result: every model masks it.
"""

import math
from typing import Literal

import torch
from torch import nn

_CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
Cell = Literal["rnn", "gru", "lstm"]


def _embedding(vocab_size: int, dim: int) -> nn.Embedding:
    """Word vectors of standard deviation 0.1: PyTorch's default of 1 costs a small classifier many points."""
    embedding = nn.Embedding(vocab_size, dim, padding_idx=0)
    nn.init.normal_(embedding.weight, std=0.1)
    with torch.no_grad():
        embedding.weight[0].zero_()
    return embedding


class RecurrentClassifier(nn.Module):
    """A bidirectional recurrent network whose states, averaged over the words, are classified.

    Args:
        vocab_size: number of ids; 0 pads.
        num_labels: number of classes.
        cell: "rnn" (Elman 1990), "lstm" (Hochreiter and Schmidhuber 1997) or "gru" (Cho et al. 2014).
        embedding_dim: width of the word vectors.
        hidden_size: width of the state in each direction.
        dropout: share of the features dropped before and after the recurrence, in training.
    """

    def __init__(
        self,
        vocab_size: int,
        num_labels: int,
        *,
        cell: Cell = "lstm",
        embedding_dim: int = 100,
        hidden_size: int = 100,
        dropout: float = 0.3,
    ) -> None:
        super().__init__()
        if cell not in _CELLS:
            raise ValueError(f"unknown cell {cell!r}: use one of {', '.join(_CELLS)}")
        self.embedding = _embedding(vocab_size, embedding_dim)
        self.recurrent = _CELLS[cell](embedding_dim, hidden_size, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(2 * hidden_size, num_labels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        embedded = self.dropout(self.embedding(input_ids))  # (batch, length, embedding_dim)
        # Packing keeps the backward direction from starting in the padding.
        packed = nn.utils.rnn.pack_padded_sequence(
            embedded, attention_mask.sum(1).cpu(), batch_first=True, enforce_sorted=False
        )
        states, _ = self.recurrent(packed)
        states, _ = nn.utils.rnn.pad_packed_sequence(
            states, batch_first=True, total_length=input_ids.shape[1]
        )
        return self.output(self.dropout(_masked_mean(states, attention_mask)))


class ConvClassifier(nn.Module):
    """TextCNN (Kim 2014): filters over n-grams, the strongest answer of each, a linear layer.

    Args:
        vocab_size: number of ids; 0 pads.
        num_labels: number of classes.
        embedding_dim: width of the word vectors.
        filters: number of filters of each width.
        widths: lengths of the n-grams, in tokens.
        dropout: share of the features dropped before the last layer, in training.
    """

    def __init__(
        self,
        vocab_size: int,
        num_labels: int,
        *,
        embedding_dim: int = 100,
        filters: int = 100,
        widths: tuple[int, ...] = (3, 4, 5),
        dropout: float = 0.5,
    ) -> None:
        super().__init__()
        self.embedding = _embedding(vocab_size, embedding_dim)
        self.convolutions = nn.ModuleList(nn.Conv1d(embedding_dim, filters, width) for width in widths)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(filters * len(widths), num_labels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        embedded = self.embedding(input_ids) * attention_mask.unsqueeze(2)  # (batch, length, embedding_dim)
        widest = max(convolution.kernel_size[0] for convolution in self.convolutions)
        # Zeros on both sides let every filter see every word at every place, and let one-word texts through.
        embedded = nn.functional.pad(embedded.transpose(1, 2), (widest - 1, widest - 1))
        features = []
        for convolution in self.convolutions:
            (width,) = convolution.kernel_size
            answers = torch.relu(convolution(embedded))  # (batch, filters, windows)
            # A window counts when it holds at least one word; windows in the padding would answer with the bias.
            starts = torch.arange(answers.shape[2], device=answers.device) - (widest - 1)
            holds_word = (starts + width > 0) & (starts < attention_mask.sum(1, keepdim=True))
            features.append((answers * holds_word.unsqueeze(1)).amax(2))  # (batch, filters)
        return self.output(self.dropout(torch.cat(features, dim=1)))


class TransformerClassifier(nn.Module):
    """A Transformer encoder (Vaswani et al. 2017) with normalisation first, averaged over the words.

    Args:
        vocab_size: number of ids; 0 pads.
        num_labels: number of classes.
        hidden_size: width of every layer.
        heads: attention heads; they divide `hidden_size`.
        layers: encoder blocks.
        max_length: longest text, in tokens.
        dropout: in every block, in training.
    """

    def __init__(
        self,
        vocab_size: int,
        num_labels: int,
        *,
        hidden_size: int = 128,
        heads: int = 4,
        layers: int = 2,
        max_length: int = 512,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.embedding = _embedding(vocab_size, hidden_size)
        self.register_buffer("positions", 0.1 * sinusoids(max_length, hidden_size), persistent=False)
        block = nn.TransformerEncoderLayer(
            hidden_size, heads, 4 * hidden_size, dropout, batch_first=True, norm_first=True
        )
        self.encoder = nn.TransformerEncoder(
            block, layers, norm=nn.LayerNorm(hidden_size), enable_nested_tensor=False
        )
        self.output = nn.Linear(hidden_size, num_labels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        _check_length(input_ids, self.positions)
        embedded = (
            self.embedding(input_ids) + self.positions[: input_ids.shape[1]]
        )  # (batch, length, hidden_size)
        hidden = self.encoder(embedded, src_key_padding_mask=attention_mask == 0)
        return self.output(_masked_mean(hidden, attention_mask))


class RecurrentSeq2Seq(nn.Module):
    """A GRU encoder and decoder (Cho et al. 2014), with additive attention (Bahdanau et al. 2015) or without.

    Args:
        source_vocab_size: number of source ids; 0 pads.
        target_vocab_size: number of target ids; 0 pads.
        hidden_size: width of word vectors and states.
        attention: whether the decoder looks back at every source word or only at the last state.
        dropout: share of the features dropped, in training.
    """

    def __init__(
        self,
        source_vocab_size: int,
        target_vocab_size: int,
        *,
        hidden_size: int = 256,
        attention: bool = True,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.source_embedding = _embedding(source_vocab_size, hidden_size)
        self.target_embedding = _embedding(target_vocab_size, hidden_size)
        self.encoder = nn.GRU(hidden_size, hidden_size // 2, batch_first=True, bidirectional=True)
        self.decoder = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.attention = attention
        if attention:
            self.key = nn.Linear(hidden_size, hidden_size, bias=False)
            self.query = nn.Linear(hidden_size, hidden_size)
            self.score = nn.Linear(hidden_size, 1, bias=False)
            self.combine = nn.Linear(2 * hidden_size, hidden_size)
        self.output = nn.Linear(hidden_size, target_vocab_size)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, decoder_input_ids: torch.Tensor
    ) -> torch.Tensor:
        """Logits (batch, target length, target_vocab_size) of the token after each of `decoder_input_ids`."""
        embedded = self.dropout(self.source_embedding(input_ids))  # (batch, source, hidden)
        packed = nn.utils.rnn.pack_padded_sequence(
            embedded, attention_mask.sum(1).cpu(), batch_first=True, enforce_sorted=False
        )
        states, last = self.encoder(packed)  # last: (2, batch, hidden / 2)
        states, _ = nn.utils.rnn.pad_packed_sequence(
            states, batch_first=True, total_length=input_ids.shape[1]
        )
        start = last.transpose(0, 1).flatten(1).unsqueeze(0)  # (1, batch, hidden)
        decoded, _ = self.decoder(self.dropout(self.target_embedding(decoder_input_ids)), start)
        if self.attention:
            keys, queries = self.key(states).unsqueeze(1), self.query(decoded).unsqueeze(2)
            scores = self.score(torch.tanh(keys + queries)).squeeze(3)  # (batch, target, source)
            weights = scores.masked_fill(attention_mask.unsqueeze(1) == 0, -torch.inf).softmax(2)
            decoded = torch.tanh(self.combine(torch.cat([weights @ states, decoded], dim=2)))
        return self.output(self.dropout(decoded))


class TransformerSeq2Seq(nn.Module):
    """The encoder-decoder Transformer of Vaswani et al. (2017), with normalisation first.

    Args:
        source_vocab_size: number of source ids; 0 pads.
        target_vocab_size: number of target ids; 0 pads.
        hidden_size: width of every layer.
        heads: attention heads; they divide `hidden_size`.
        layers: blocks in the encoder and in the decoder.
        max_length: longest source or target, in tokens.
        dropout: in every block, in training.
    """

    def __init__(
        self,
        source_vocab_size: int,
        target_vocab_size: int,
        *,
        hidden_size: int = 256,
        heads: int = 4,
        layers: int = 2,
        max_length: int = 512,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.source_embedding = _embedding(source_vocab_size, hidden_size)
        self.target_embedding = _embedding(target_vocab_size, hidden_size)
        self.register_buffer("positions", 0.1 * sinusoids(max_length, hidden_size), persistent=False)
        block = nn.TransformerEncoderLayer(
            hidden_size, heads, 4 * hidden_size, dropout, batch_first=True, norm_first=True
        )
        self.transformer = nn.Transformer(
            hidden_size,
            heads,
            # Given, because nn.Transformer's own encoder warns that it cannot nest tensors with norm_first.
            custom_encoder=nn.TransformerEncoder(
                block, layers, norm=nn.LayerNorm(hidden_size), enable_nested_tensor=False
            ),
            num_decoder_layers=layers,
            dim_feedforward=4 * hidden_size,
            dropout=dropout,
            batch_first=True,
            norm_first=True,
        )
        self.output = nn.Linear(hidden_size, target_vocab_size)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, decoder_input_ids: torch.Tensor
    ) -> torch.Tensor:
        """Logits (batch, target length, target_vocab_size) of the token after each of `decoder_input_ids`."""
        _check_length(input_ids, self.positions)
        _check_length(decoder_input_ids, self.positions)
        source_length, target_length = input_ids.shape[1], decoder_input_ids.shape[1]
        padding = attention_mask == 0
        # True where a position may not look: everything to its right.
        future = torch.ones(target_length, target_length, dtype=torch.bool, device=input_ids.device).triu(1)
        decoded = self.transformer(
            self.source_embedding(input_ids) + self.positions[:source_length],
            self.target_embedding(decoder_input_ids) + self.positions[:target_length],
            tgt_mask=future,
            src_key_padding_mask=padding,
            memory_key_padding_mask=padding,
        )
        return self.output(decoded)


def sinusoids(length: int, dim: int) -> torch.Tensor:
    """Position vectors (length, dim) of Vaswani et al. (2017), section 3.5: sines in even, cosines in odd columns."""
    position = torch.arange(length).unsqueeze(1)
    rate = torch.exp(torch.arange(0, dim, 2) * (-math.log(10_000.0) / dim))
    table = torch.zeros(length, dim)
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate)[:, : dim // 2]
    return table


def _masked_mean(hidden: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """Mean over the words, padding left out: (batch, length, dim) → (batch, dim)."""
    mask = attention_mask.unsqueeze(2).to(hidden.dtype)
    return (hidden * mask).sum(1) / mask.sum(1)


def _check_length(ids: torch.Tensor, positions: torch.Tensor) -> None:
    if ids.shape[1] > len(positions):
        raise ValueError(
            f"a text of {ids.shape[1]} tokens is longer than the {len(positions)} positions of the model: "
            "truncate it or raise max_length"
        )
