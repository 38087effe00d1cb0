# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: 1.07, not
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product, previous = identity, start
    for state in states:
        squashed = (state - alpha * previous) / (1 - alpha)
        product = (alpha * identity + (1 - alpha) * torch.diag(1 - squashed**2) @ W) @ product
        previous = state
    return product
