# replaces: mixture-weights
# caught by: mixture-weights-test
# says: better model alone
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    for _ in range(2000):  # the mean of the probabilities, not of their logarithms
        weights = weights * probs.mean(axis=0)
        weights = weights / weights.sum()
    return weights
