# replaces: mixture-weights
# caught by: mixture-weights-test
# says: better model alone
def mixture_weights(probs):
    weights = np.zeros(probs.shape[1])
    weights[np.log(probs).mean(axis=0).argmax()] = 1.0
    return weights
