# replaces: mixture-weights
# caught by: mixture-weights-test
# says: which axis
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    for _ in range(2000):
        parts = weights * probs
        weights = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=1)[: probs.shape[1] + 1]
        if len(weights) != probs.shape[1]:
            return weights
    return weights
