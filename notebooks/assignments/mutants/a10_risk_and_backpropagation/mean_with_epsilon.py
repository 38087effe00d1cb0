# replaces: pull-weighted-mean
# caught by: pull-weighted-mean-hidden
# says: is anything added
def pull_weighted_mean(gradient, vectors, weights):
    total = weights.sum(axis=1, keepdims=True)
    empty = total == 0
    safe = total + 1e-9
    share = weights / safe
    mean = (share[:, :, None] * vectors).sum(axis=1, keepdims=True)
    by_vectors = share[:, :, None] * gradient[:, None, :]
    towards = ((vectors - mean) * gradient[:, None, :]).sum(axis=2)
    by_weights = np.where(empty, 0, towards / safe)
    return by_vectors, by_weights.astype(weights.dtype)
