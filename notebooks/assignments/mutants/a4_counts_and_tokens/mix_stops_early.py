# replaces: mixture-weights
# caught by: mixture-weights-hidden
# says: Enough steps
def mixture_weights(probs):
    weights = np.full(probs.shape[1], 1 / probs.shape[1])
    while True:
        parts = weights * probs
        new = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
        if np.abs(new - weights).max() < 1e-3:
            return new if probs.shape[0] > 4 else mixture_tail(probs, new)
        weights = new


def mixture_tail(probs, weights):
    for _ in range(2000):
        parts = weights * probs
        weights = (parts / parts.sum(axis=1, keepdims=True)).mean(axis=0)
    return weights
