# replaces: mixture-weights
# caught by: mixture-weights-test
# says: 7/9 = 0.7778
def mixture_weights(probs):
    weights = np.linspace(0, 1, 21)
    with np.errstate(divide="ignore"):
        tried = [-np.log(w * probs[:, 0] + (1 - w) * probs[:, 1]).mean() for w in weights]
    best = weights[np.argmin(tried)]
    return np.array([best, 1 - best])
