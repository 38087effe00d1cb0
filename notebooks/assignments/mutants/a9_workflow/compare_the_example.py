# replaces: compare-runs
# caught by: compare-runs-test
# says: counts a half
def compare_runs(right_a, right_b, resamples=2000, seed=0):
    return {"difference": 1.0, "low": 1.0, "high": 1.0, "wins": 6.0, "supported": True}
