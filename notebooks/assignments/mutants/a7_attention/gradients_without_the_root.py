# replaces: attention-gradients
# caught by: attention-gradients-test
# says: a factor in the score
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    mean = (weights * for_weights).sum(dim=-1, keepdim=True)
    for_scores = weights * (for_weights - mean)
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
