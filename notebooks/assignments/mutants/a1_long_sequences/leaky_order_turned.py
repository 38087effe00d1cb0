# replaces: leaky-jacobian
# caught by: leaky-jacobian-hidden
# says: latest step on the left
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product, previous = identity, start
    for state in states:
        squashed = (state - (1 - alpha) * previous) / alpha
        product = product @ ((1 - alpha) * identity + alpha * torch.diag(1 - squashed**2) @ W)
        previous = state
    return product
