# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: From which state
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product = identity
    for state in states:
        squashed = (state - (1 - alpha) * start) / alpha
        product = ((1 - alpha) * identity + alpha * torch.diag(1 - squashed**2) @ W) @ product
    return product
