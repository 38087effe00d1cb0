# replaces: pull-weighted-mean
# caught by: pull-weighted-mean-hidden
# says: 0/0 is nan
def pull_weighted_mean(gradient, vectors, weights):
    total = weights.sum(axis=1, keepdims=True)
    safe = total
    share = weights / safe
    mean = (share[:, :, None] * vectors).sum(axis=1, keepdims=True)
    by_vectors = share[:, :, None] * gradient[:, None, :]
    towards = ((vectors - mean) * gradient[:, None, :]).sum(axis=2)
    by_weights = towards / safe
    return by_vectors, by_weights.astype(weights.dtype)
