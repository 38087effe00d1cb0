# replaces: mixture-weights
# caught by: mixture-weights-test
# says: 7/9 = 0.7778
def mixture_weights(probs):
    total = np.log(probs).sum(axis=0)
    total = np.exp(total - total.max())
    return total / total.sum()
