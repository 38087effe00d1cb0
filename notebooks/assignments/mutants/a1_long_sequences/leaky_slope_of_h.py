# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: h_t is not tanh
def leaky_jacobian(W, states, start, alpha):
    identity = torch.eye(len(W), dtype=W.dtype)
    product = identity
    for state in states:
        product = ((1 - alpha) * identity + alpha * torch.diag(1 - state**2) @ W) @ product
    return product
