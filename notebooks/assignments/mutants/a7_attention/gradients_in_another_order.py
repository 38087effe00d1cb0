# replaces: attention-gradients
# caught by: attention-gradients-test
# says: for the queries has their shape
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    mean = (weights * for_weights).sum(dim=-1, keepdim=True)
    for_scores = weights * (for_weights - mean) / queries.shape[-1] ** 0.5
    return weights.mT @ delta, for_scores @ keys, for_scores.mT @ queries
