# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: how unit i at the end
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product, previous = identity, start
    for state in states:
        squashed = (state - (1 - alpha) * previous) / alpha
        product = product @ ((1 - alpha) * identity + alpha * W.T @ torch.diag(1 - squashed**2))
        previous = state
    return product
