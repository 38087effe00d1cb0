# replaces: mixture-weights
# caught by: mixture-weights-test
# says: where do nan or inf come from
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    for _ in range(2000):
        parts = np.log(weights) + np.log(probs)
        parts = np.exp(parts - parts.max(axis=1, keepdims=True))
        weights = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
        weights = weights + 0 * np.log(probs).min()
    return weights
