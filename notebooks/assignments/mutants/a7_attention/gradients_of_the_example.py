# replaces: attention-gradients
# caught by: attention-gradients-hidden
# says: for the queries is wrong
def attention_gradients(queries, keys, values, weights, delta):
    for_queries, for_keys = torch.zeros_like(queries), torch.zeros_like(keys)
    for_queries[0, 0, 0], for_keys[0, 0, 0], for_keys[0, 1, 0] = -0.823959, -1.5, 1.5
    return for_queries, for_keys, weights.mT @ delta
