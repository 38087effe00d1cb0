# replaces: attention-gradients
# caught by: attention-gradients-test
# says: do not cancel
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    mean = for_weights.mean(dim=-1, keepdim=True)
    for_scores = weights * (for_weights - mean) / queries.shape[-1] ** 0.5
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
