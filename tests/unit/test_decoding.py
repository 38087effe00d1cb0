"""Decoders checked against exhaustive search on a small language."""

import itertools

import pytest
import torch

from nlpcourse.decoding import beam, greedy, restrict, sample

START, END = 0, 1
VOCABULARY = 5


@pytest.fixture(params=range(5))
def step(request):
    """A random language whose next token depends on the last two."""
    table = 2 * torch.randn(
        VOCABULARY, VOCABULARY, VOCABULARY, generator=torch.Generator().manual_seed(request.param)
    )
    table[:, :, START] = -torch.inf

    def logits(prefixes):
        before = prefixes[:, -2] if prefixes.shape[1] > 1 else torch.zeros(len(prefixes), dtype=torch.long)
        return table[before, prefixes[:, -1]]

    return logits


def score(step, tokens):
    prefix, total = [START], 0.0
    for token in tokens:
        total += step(torch.tensor([prefix])).log_softmax(1)[0, token].item()
        prefix.append(token)
    return total


def test_greedy_takes_the_best_next_token(step):
    tokens = greedy(step, START, END, max_length=6)
    prefix = [START]
    for token in [*tokens, END][:6]:
        assert token == step(torch.tensor([prefix])).argmax().item()
        prefix.append(token)


@pytest.mark.parametrize("penalty", [0.0, 1.0])
def test_a_wide_beam_finds_the_best_text_of_all(step, penalty):
    def value(tokens):
        return score(step, tokens) / len(tokens) ** penalty

    longest = 4
    inner = range(2, VOCABULARY)
    texts = [(*body, END) for n in range(longest) for body in itertools.product(inner, repeat=n)]
    texts += list(itertools.product(inner, repeat=longest))  # cut off at the limit
    best = max(texts, key=value)
    found = beam(step, START, END, longest, width=400, length_penalty=penalty)
    assert found == [token for token in best if token != END]


def test_a_wider_beam_is_never_less_probable_here(step):
    def total(tokens):
        return score(step, [*tokens, END] if len(tokens) < 6 else tokens)

    assert total(beam(step, START, END, 6, width=50)) >= total(greedy(step, START, END, 6)) - 1e-5


def test_length_penalty_prefers_longer_texts():
    def step(prefixes):
        ends = torch.tensor([0.0, 0.45, 0.55])  # ending now is likely, going on is a little likelier
        return ends.log().expand(len(prefixes), 3)

    short = beam(step, START, END, 8, width=4)
    long = beam(step, START, END, 8, width=4, length_penalty=1.0)
    assert len(short) < len(long)


def test_restrict_by_hand():
    logits = torch.tensor([0.1, 0.4, 0.2, 0.3]).log()
    torch.testing.assert_close(restrict(logits), torch.tensor([0.1, 0.4, 0.2, 0.3]))
    torch.testing.assert_close(restrict(logits, top_k=2), torch.tensor([0.0, 4 / 7, 0.0, 3 / 7]))
    torch.testing.assert_close(restrict(logits, top_p=0.75), torch.tensor([0.0, 4 / 9, 2 / 9, 3 / 9]))
    torch.testing.assert_close(restrict(logits, top_p=1e-9), torch.tensor([0.0, 1.0, 0.0, 0.0]))


def test_sampling_follows_the_distribution_and_the_temperature():
    probs = torch.tensor([0.0, 0.2, 0.5, 0.3])
    first = [sample(lambda p: probs.log()[None], START, END, 1, seed=seed) for seed in range(2000)]
    share = sum(tokens == [2] for tokens in first) / 2000
    assert share == pytest.approx(0.5, abs=0.04)
    cold = [
        sample(lambda p: probs.log()[None], START, END, 1, temperature=0.05, seed=seed) for seed in range(50)
    ]
    assert all(tokens == [2] for tokens in cold)
    assert sample(lambda p: probs.log()[None], START, END, 5, seed=1) == sample(
        lambda p: probs.log()[None], START, END, 5, seed=1
    )


def test_careless_settings_are_refused(step):
    with pytest.raises(ValueError, match="temperature is above 0"):
        sample(step, START, END, 5, temperature=0)
    with pytest.raises(ValueError, match="top_k is at least 1"):
        sample(step, START, END, 5, top_k=0)
    with pytest.raises(ValueError, match="top_p lies in"):
        sample(step, START, END, 5, top_p=1.5)
    with pytest.raises(ValueError, match="width of a beam"):
        beam(step, START, END, 5, width=0)
