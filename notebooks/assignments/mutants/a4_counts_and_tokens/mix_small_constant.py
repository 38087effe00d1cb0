# replaces: mixture-weights
# caught by: mixture-weights-hidden
# says: 1e-200
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    for _ in range(2000):
        parts = weights * probs
        weights = (parts / (parts.sum(axis=1, keepdims=True) + 1e-12)).mean(axis=0)
        weights = weights / max(weights.sum(), 1e-12)
    return weights
