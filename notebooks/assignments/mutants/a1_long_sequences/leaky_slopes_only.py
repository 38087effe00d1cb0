# replaces: leaky-jacobian
# caught by: leaky-jacobian-test
# says: has shape (n, n)
def leaky_jacobian(W, states, start, alpha):
    before = torch.cat([start[None], states[:-1]])
    squashed = (states - (1 - alpha) * before) / alpha
    return (1 - alpha + alpha * (1 - squashed**2) @ W).prod(dim=0)
