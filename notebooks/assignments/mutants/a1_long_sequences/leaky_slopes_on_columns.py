# replaces: leaky-jacobian
# caught by: leaky-jacobian-hidden
# says: wrong already for alpha = 1
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product, previous = identity, start
    for state in states:
        squashed = (state - (1 - alpha) * previous) / alpha
        product = ((1 - alpha) * identity + alpha * (1 - squashed**2) * W) @ product
        previous = state
    return product
