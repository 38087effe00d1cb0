"""Intervals that cover, a test that is exact, a calibration error checked by hand."""

import numpy as np
import pytest
from scipy import stats

from nlpcourse.metrics import bootstrap_interval, calibration_error, mcnemar


def test_interval_agrees_with_scipy():
    right = np.random.default_rng(0).random(500) < 0.8
    ours = bootstrap_interval(right)
    scipy = stats.bootstrap(
        (right,), np.mean, method="percentile", n_resamples=5000, rng=1
    ).confidence_interval
    assert ours.mean == pytest.approx(right.mean())
    assert (ours.low, ours.high) == pytest.approx((scipy.low, scipy.high), abs=0.005)


def test_interval_covers_the_truth_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    hits = 0
    for trial in range(200):
        low, high = bootstrap_interval(random.random(200) < 0.7, resamples=400, seed=trial)[1:]
        hits += low <= 0.7 <= high
    assert 0.88 <= hits / 200 <= 0.99


def test_pairing_narrows_the_interval_of_a_difference():
    random = np.random.default_rng(2)
    easy = random.random(1000) < 0.8
    better = easy | (random.random(1000) < 0.1)
    paired = bootstrap_interval(better.astype(int) - easy.astype(int))
    assert paired.low > 0
    assert paired.high - paired.low < bootstrap_interval(easy).high - bootstrap_interval(easy).low


@pytest.mark.parametrize("values", [[1.0], [[1, 2], [3, 4]], [1.0, np.nan], []])
def test_interval_refuses_what_has_none(values):
    with pytest.raises(ValueError, match=r"at least two values|not finite"):
        bootstrap_interval(values)


def test_mcnemar_is_the_exact_binomial_test_on_the_disagreements():
    right_a = np.array([1] * 10 + [0] * 2 + [1] * 50 + [0] * 5)
    right_b = np.array([0] * 10 + [1] * 2 + [1] * 50 + [0] * 5)
    assert mcnemar(right_a, right_b) == pytest.approx(2 * stats.binom.cdf(2, 12, 0.5))
    assert mcnemar(right_a, right_a) == 1.0
    with pytest.raises(ValueError, match="same examples"):
        mcnemar(right_a, right_b[:-1])


def test_calibration_error_by_hand():
    # Four answers at .9, three right: gap .15; four at .6, two right: gap .10.
    probabilities = [[0.9, 0.1]] * 4 + [[0.6, 0.4]] * 4
    labels = [0, 0, 0, 1, 0, 0, 1, 1]
    assert calibration_error(probabilities, labels) == pytest.approx(0.5 * 0.15 + 0.5 * 0.10)
    assert calibration_error([[1.0, 0.0]] * 3, [0, 0, 0]) == 0
    # A confidence on a bound belongs to the bin below it: gaps .5 and .45, which one bin would hide.
    assert calibration_error([[0.5, 0.5], [0.55, 0.45]], [1, 0], bins=2) == pytest.approx(0.475)


def test_calibration_error_refuses_logits_and_wrong_shapes():
    with pytest.raises(ValueError, match="do not sum to one"):
        calibration_error([[3.0, -1.0]], [0])
    with pytest.raises(ValueError, match="expected probabilities"):
        calibration_error([[0.5, 0.5]], [0, 1])
