# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: 1.07, not
def leaky_jacobian(W, states, start, alpha):
    product, previous = torch.eye(len(W), dtype=W.dtype), start
    for state in states:
        squashed = (state - (1 - alpha) * previous) / alpha
        product = alpha * torch.diag(1 - squashed**2) @ W @ product
        previous = state
    return product
