"""Every model: right shapes, no effect of padding, gradients everywhere, able to learn."""

import pytest
import torch

from nlpcourse.models import (
    ConvClassifier,
    RecurrentClassifier,
    RecurrentSeq2Seq,
    TransformerClassifier,
    TransformerSeq2Seq,
    sinusoids,
)

CLASSIFIERS = {
    **{
        cell: lambda cell=cell: RecurrentClassifier(50, 3, cell=cell, embedding_dim=12, hidden_size=8)
        for cell in ("rnn", "gru", "lstm")
    },
    "cnn": lambda: ConvClassifier(50, 3, embedding_dim=12, filters=6, widths=(2, 3, 4)),
    "transformer": lambda: TransformerClassifier(50, 3, hidden_size=16, heads=2, layers=2),
}
SEQ2SEQ = {
    "plain": lambda: RecurrentSeq2Seq(50, 40, hidden_size=16, attention=False),
    "attention": lambda: RecurrentSeq2Seq(50, 40, hidden_size=16),
    "transformer": lambda: TransformerSeq2Seq(50, 40, hidden_size=16, heads=2, layers=1),
}


def batch(lengths, extra=0):
    ids = torch.zeros(len(lengths), max(lengths) + extra, dtype=torch.long)
    for row, length in enumerate(lengths):
        ids[row, :length] = torch.randint(2, 50, (length,), generator=torch.Generator().manual_seed(row))
    return ids, (ids > 0).long()


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_classifier_ignores_padding(name):
    torch.manual_seed(0)
    model = CLASSIFIERS[name]().eval()
    logits = model(*batch([7, 1, 4]))
    assert logits.shape == (3, 3)
    torch.testing.assert_close(logits, model(*batch([7, 1, 4], extra=9)), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_classifier_sees_every_word_and_the_order(name):
    torch.manual_seed(0)
    model = CLASSIFIERS[name]().eval()
    ids, mask = batch([6])
    logits = model(ids, mask)
    for position in range(6):
        changed = ids.clone()
        changed[0, position] = 49
        assert not torch.allclose(logits, model(changed, mask), atol=1e-7), f"blind at {position}"
    assert not torch.allclose(logits, model(ids.flip(1), mask), atol=1e-7)


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_classifier_learns_and_every_weight_has_a_gradient(name):
    torch.manual_seed(0)
    model = CLASSIFIERS[name]()
    ids, mask = batch([5, 8, 3, 6, 9, 4])
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(60):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(ids, mask), labels)
        loss.backward()
        optimizer.step()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in model.parameters())
    assert (model.eval()(ids, mask).argmax(1) == labels).all()


@pytest.mark.parametrize("name", SEQ2SEQ)
def test_seq2seq_ignores_source_padding_and_never_looks_ahead(name):
    torch.manual_seed(0)
    model = SEQ2SEQ[name]().eval()
    target = torch.tensor([[2, 5, 9, 11], [2, 7, 3, 8]])
    logits = model(*batch([6, 2]), target)
    assert logits.shape == (2, 4, 40)
    torch.testing.assert_close(logits, model(*batch([6, 2], extra=5), target), rtol=1e-4, atol=1e-5)
    later = target.clone()
    later[:, 3] = 20
    torch.testing.assert_close(logits[:, :3], model(*batch([6, 2]), later)[:, :3])
    assert not torch.allclose(logits[:, 3], model(*batch([6, 2]), later)[:, 3])


def test_unknown_cell_and_too_long_text():
    with pytest.raises(ValueError, match="unknown cell 'elman': use one of rnn, gru, lstm"):
        RecurrentClassifier(10, 2, cell="elman")
    model = TransformerClassifier(50, 2, hidden_size=16, heads=2, max_length=4)
    with pytest.raises(ValueError, match="5 tokens is longer than the 4 positions"):
        model(*batch([5]))


def test_sinusoids_by_hand():
    table = sinusoids(3, 5)
    assert table.shape == (3, 5)
    position, column = 2.0, 2
    assert table[2, 2] == pytest.approx(float(torch.sin(torch.tensor(position / 10_000 ** (column / 5)))))
    assert table[0].tolist() == [0, 1, 0, 1, 0]


def test_a_filter_that_likes_nothing_is_not_fooled_by_padding():
    """Windows of padding answer with the bias; it must not win over windows that hold words."""
    model = CLASSIFIERS["cnn"]().eval()
    with torch.no_grad():
        model.embedding.weight.abs_()
        for convolution in model.convolutions:
            convolution.weight.abs_().neg_()
            convolution.bias.fill_(5.0)
    torch.testing.assert_close(model(*batch([7, 4])), model(*batch([7, 4], extra=9)))
