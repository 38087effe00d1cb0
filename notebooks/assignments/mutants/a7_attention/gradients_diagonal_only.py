# replaces: attention-gradients
# caught by: attention-gradients-test
# says: do not cancel
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    for_scores = weights * (1 - weights) * for_weights / queries.shape[-1] ** 0.5
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
