# replaces: leaky-jacobian
# caught by: leaky-jacobian-hidden
# says: every unit, and no more
def leaky_jacobian(W, states, start, alpha):
    product, previous = torch.eye(len(W), dtype=W.dtype), start
    for state in states:
        squashed = (state - (1 - alpha) * previous) / alpha
        product = ((1 - alpha) + alpha * torch.diag(1 - squashed**2) @ W) @ product
        previous = state
    return product
