# replaces: local-attention
# caught by: local-attention-hidden
# says: float64 in
def local_attention(queries, keys, values, window, lengths):
    batch, n, d = queries.shape
    weights = torch.zeros(batch, n, n)
    for text in range(batch):
        for i in range(n):
            seen = [j for j in range(n) if i - window < j <= i and j < lengths[text]]
            if seen:
                scores = keys[text, seen] @ queries[text, i] / d**0.5
                weights[text, i, seen] = scores.softmax(dim=0).float()
    return weights @ values.float(), weights


def local_gradients(queries, keys, values, window, lengths, delta):
    """Given, leave it as it is: what autograd makes of your function, for ∂L/∂contexts = delta."""
    inputs = [one.clone().requires_grad_() for one in (queries, keys, values)]
    contexts, _ = local_attention(*inputs, window, lengths)
    return torch.autograd.grad(contexts, inputs, delta, materialize_grads=True)
