# replaces: mixture-weights
# caught by: mixture-weights-test
# says: go on from there
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    parts = weights * probs
    return (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
