# replaces: attention-gradients
# caught by: attention-gradients-hidden
# says: divides nothing
def attention_gradients(queries, keys, values, weights, delta):
    weights = weights / weights.sum(dim=-1, keepdim=True)
    for_weights = delta @ values.mT
    mean = (weights * for_weights).sum(dim=-1, keepdim=True)
    for_scores = weights * (for_weights - mean) / queries.shape[-1] ** 0.5
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
