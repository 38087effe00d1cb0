# replaces: local-attention
# caught by: local-attention-test
# says: What does your softmax make
def local_attention(queries, keys, values, window, lengths):
    places = torch.arange(queries.shape[1])
    back = places[:, None] - places
    mask = (back >= 0) & (back < window) & (places < lengths[:, None, None])
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)
    return weights @ values, weights


def local_gradients(queries, keys, values, window, lengths, delta):
    """Given, leave it as it is: what autograd makes of your function, for ∂L/∂contexts = delta."""
    inputs = [one.clone().requires_grad_() for one in (queries, keys, values)]
    contexts, _ = local_attention(*inputs, window, lengths)
    return torch.autograd.grad(contexts, inputs, delta, materialize_grads=True)
