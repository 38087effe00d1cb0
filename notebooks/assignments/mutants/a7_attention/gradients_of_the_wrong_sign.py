# replaces: attention-gradients
# caught by: attention-gradients-test
# says: is negative
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    mean = (weights * for_weights).sum(dim=-1, keepdim=True)
    for_scores = weights * (mean - for_weights) / queries.shape[-1] ** 0.5
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
