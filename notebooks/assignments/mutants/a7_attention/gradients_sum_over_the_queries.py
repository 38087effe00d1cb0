# replaces: attention-gradients
# caught by: attention-gradients-hidden
# says: over which axis goes the sum
def attention_gradients(queries, keys, values, weights, delta):
    for_weights = delta @ values.mT
    mean = (
        (weights * for_weights).sum(dim=-1, keepdim=True)
        if len(weights[0]) == 1
        else (weights * for_weights).sum(dim=1, keepdim=True)
    )
    for_scores = weights * (for_weights - mean) / queries.shape[-1] ** 0.5
    return for_scores @ keys, for_scores.mT @ queries, weights.mT @ delta
