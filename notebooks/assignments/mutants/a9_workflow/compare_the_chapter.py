# replaces: compare-runs
# caught by: compare-runs-test
# says: five keys
from nlpcourse.metrics import bootstrap_interval


def compare_runs(right_a, right_b, resamples=2000, seed=0):
    gap = bootstrap_interval(right_a.mean(0) - right_b.mean(0), confidence=0.95)
    seeds = right_a.mean(1)[:, None] - right_b.mean(1)[None, :]
    agree = (seeds > 0).all() or (seeds < 0).all()
    supported = agree and (gap.low > 0 or gap.high < 0)
    return {
        "points": 100 * gap.mean,
        "low": 100 * gap.low,
        "high": 100 * gap.high,
        "supported": bool(supported),
    }
