"""What scikit-learn, seqeval and sacrebleu do not have: intervals, a paired test, calibration."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Interval(NamedTuple):
    """A mean with the ends of its confidence interval."""

    mean: float
    low: float
    high: float


def bootstrap_interval(
    values: ArrayLike, *, confidence: float = 0.95, resamples: int = 5_000, seed: int = 0
) -> Interval:
    """Percentile bootstrap interval of the mean of `values` (Efron 1979).

    One value for each test example: 1 for right and 0 for wrong gives an interval for the accuracy. For two models
    on the same examples pass the differences, `right_a - right_b`: the pairing removes the part of the uncertainty
    that both share.

    Args:
        values: (examples,) numbers.
        confidence: share of the resampled means inside the interval.
        resamples: how often the examples are drawn anew, with replacement.
        seed: of the drawing.

    Raises:
        ValueError: if there are fewer than two values, or one is not finite.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(
            f"expected at least two values, one for each example, not an array of shape {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError("a value is not finite: an interval of such values would mean nothing")
    random = np.random.default_rng(seed)
    # A resample is told by how often each example occurs in it; counting avoids a (resamples, examples) draw of rows.
    share = np.full(len(values), 1 / len(values))
    means = np.array([random.multinomial(len(values), share) @ values for _ in range(resamples)]) / len(
        values
    )
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(values.mean()), float(low), float(high))


def mcnemar(right_a: ArrayLike, right_b: ArrayLike) -> float:
    """Exact two-sided p-value of McNemar's test (1947) that two models err equally often on the same examples.

    Only the examples that one model has right and the other wrong count: under the hypothesis each is a fair coin.

    Args:
        right_a: (examples,) whether the first model is right.
        right_b: the same for the second.
    """
    from scipy.stats import binomtest

    right_a, right_b = np.asarray(right_a, dtype=bool), np.asarray(right_b, dtype=bool)
    if right_a.shape != right_b.shape:
        raise ValueError(f"both models need the same examples: {right_a.shape} against {right_b.shape}")
    only_a, only_b = int((right_a & ~right_b).sum()), int((~right_a & right_b).sum())
    return float(binomtest(only_a, only_a + only_b).pvalue) if only_a + only_b else 1.0


def calibration_error(probabilities: ArrayLike, labels: ArrayLike, bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015; Guo et al. 2017): how far confidence is from accuracy.

    Args:
        probabilities: (examples, classes), rows that sum to one.
        labels: (examples,) the right class of each.
        bins: number of equally wide bins of the confidence.

    Returns:
        The mean of |accuracy - confidence| over the bins, weighted by their examples: 0 is perfect, 1 the worst.
    """
    probabilities, labels = np.asarray(probabilities, dtype=float), np.asarray(labels)
    if probabilities.ndim != 2 or len(probabilities) != len(labels):
        raise ValueError(
            f"expected probabilities (examples, classes) and labels (examples,), not {probabilities.shape} and {labels.shape}"
        )
    if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
        raise ValueError("the rows of `probabilities` do not sum to one: pass softmax(logits), not logits")
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    # (lower, upper]: a confidence of exactly 1 belongs to the last bin.
    which = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gap = np.bincount(which, weights=right - confidence, minlength=bins)
    return float(np.abs(gap).sum() / len(labels))
