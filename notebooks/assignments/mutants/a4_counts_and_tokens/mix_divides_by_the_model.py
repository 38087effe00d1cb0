# replaces: mixture-weights
# caught by: mixture-weights-test
# says: 7/9 = 0.7778
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    for _ in range(2000):
        parts = weights * probs
        weights = (parts / parts.sum(axis=0, keepdims=True)).mean(axis=0)
        weights = weights / weights.sum()
    return weights
