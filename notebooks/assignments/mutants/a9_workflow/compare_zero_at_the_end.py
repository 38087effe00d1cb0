# replaces: compare-runs
# caught by: compare-runs-verdict
# says: begins at exactly zero
def compare_runs(right_a, right_b, resamples=2000, seed=0):
    n, other = right_a.shape[1], right_b.shape[1]
    if n != other:
        raise ValueError(f"A was scored on {n} sentences and B on {other}")
    each = right_a.mean(0) - right_b.mean(0)
    generator = np.random.default_rng(seed)
    drawn = [each[generator.integers(n, size=n)].mean() for _ in range(resamples)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    scores_a, scores_b = right_a.mean(1)[:, None], right_b.mean(1)[None, :]
    wins = float((scores_a > scores_b).sum() + (scores_a == scores_b).sum() / 2)
    agree = wins in (0, len(right_a) * len(right_b))
    return {
        "difference": float(right_a.mean() - right_b.mean()),
        "low": float(low),
        "high": float(high),
        "wins": wins,
        "supported": bool(agree and (low >= 0 or high <= 0)),
    }
