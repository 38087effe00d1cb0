"""Turn a model that scores the next token into a text: greedy, beam search, sampling.

Every function takes a `step`: given the tokens so far, (rows, length), it returns logits of the next token,
(rows, vocab_size). It knows the model and the source text; the functions here know neither.
"""

import math
from collections.abc import Callable

import torch

Step = Callable[[torch.Tensor], torch.Tensor]


def greedy(step: Step, start: int, end: int, max_length: int) -> list[int]:
    """Take the most probable token, one after another.

    Args:
        step: logits (rows, vocab_size) of the next token for prefixes (rows, length).
        start: id that every prefix begins with.
        end: id that ends a text.
        max_length: most tokens to produce.

    Returns:
        The ids without `start` and `end`.
    """
    return beam(step, start, end, max_length, width=1)


@torch.no_grad()
def beam(
    step: Step, start: int, end: int, max_length: int, *, width: int, length_penalty: float = 0.0
) -> list[int]:
    """Keep the `width` best prefixes at every step; return the best finished one.

    Args:
        step, start, end, max_length: as for `greedy`.
        width: prefixes kept.
        length_penalty: scores are divided by length ** length_penalty before texts of unequal length are compared;
            0 compares sums of log-probabilities, which favours short texts, 1 compares means.

    Returns:
        The ids without `start` and `end`.
    """
    if width < 1:
        raise ValueError(f"the width of a beam is at least 1, not {width}")
    prefixes, scores = torch.tensor([[start]]), torch.zeros(1)
    finished: list[tuple[float, list[int]]] = []
    for length in range(1, max_length + 1):
        log_probs = step(prefixes).float().log_softmax(1).cpu()  # (rows, vocab_size)
        totals = scores.unsqueeze(1) + log_probs
        vocab_size = totals.shape[1]
        # Twice the width leaves enough that are not finished, even if every kept prefix could end here.
        best, where = totals.flatten().topk(min(2 * width, totals.numel()))
        rows, tokens = where // vocab_size, where % vocab_size
        ends = tokens == end
        # Only what ends among the best `width` competes; else a poor short text could win by its length alone.
        finished += [
            (score.item() / length**length_penalty, prefixes[row, 1:].tolist())
            for score, row in zip(best[:width][ends[:width]], rows[:width][ends[:width]], strict=True)
        ]
        goes_on = ~ends
        scores, rows, tokens = best[goes_on][:width], rows[goes_on][:width], tokens[goes_on][:width]
        # Going on only lowers a sum, so no prefix can end better than its sum over the longest length.
        hope = scores.max().item() / max_length**length_penalty if len(scores) else -math.inf
        if finished and max(finished)[0] >= hope:
            break
        prefixes = torch.cat([prefixes[rows], tokens.unsqueeze(1)], dim=1)
    else:
        # Nothing had to end: unfinished prefixes compete too.
        finished += [
            (score.item() / max_length**length_penalty, prefix[1:].tolist())
            for score, prefix in zip(scores, prefixes, strict=True)
        ]
    return max(finished, key=lambda pair: pair[0])[1]


@torch.no_grad()
def sample(
    step: Step,
    start: int,
    end: int,
    max_length: int,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int = 0,
) -> list[int]:
    """Draw every token from the model's distribution, cut to its head where asked.

    Args:
        step, start, end, max_length: as for `greedy`.
        temperature: logits are divided by it; below 1 sharpens, above 1 flattens.
        top_k: draw only from the k most probable tokens (Fan et al. 2018).
        top_p: draw only from the fewest tokens whose probabilities reach p together: the nucleus (Holtzman et al. 2020).
        seed: of the drawing.

    Returns:
        The ids without `start` and `end`.
    """
    if temperature <= 0:
        raise ValueError(f"the temperature is above 0, not {temperature}; for the limit of 0 use greedy")
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.tensor([[start]])
    for _ in range(max_length):
        probs = restrict(step(tokens)[0].float().cpu() / temperature, top_k=top_k, top_p=top_p)
        token = torch.multinomial(probs, 1, generator=generator)
        if token.item() == end:
            break
        tokens = torch.cat([tokens, token.unsqueeze(0)], dim=1)
    return tokens[0, 1:].tolist()


def restrict(logits: torch.Tensor, *, top_k: int | None = None, top_p: float | None = None) -> torch.Tensor:
    """Probabilities (vocab_size,) of logits (vocab_size,), with everything outside the head set to zero.

    Args:
        logits: (vocab_size,).
        top_k: as for `sample`.
        top_p: as for `sample`.
    """
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k is at least 1, not {top_k}")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(f"top_p lies in (0, 1], not at {top_p}")
    probs, order = logits.softmax(0).sort(descending=True, stable=True)
    keep = torch.ones_like(probs, dtype=torch.bool)
    if top_k is not None:
        keep[top_k:] = False
    if top_p is not None:
        # A token stays while those before it have not reached p; so the first always stays.
        keep &= probs.cumsum(0) - probs < top_p
    head = torch.where(keep, probs, 0.0)
    return torch.zeros_like(probs).scatter(0, order, head / head.sum())
