# replaces: leaky-backward
# caught by: leaky-backward-test
# says: which state is multiplied
def leaky_backward(W, U, b, alpha, inputs, start, states, direct):
    """Gradients for W (n, n), U (n, m) and b (n,): states and direct (T, n)."""
    before = torch.cat([torch.zeros_like(start)[None], states[:-1]])  # h_{t-1}, (T, n)
    squashed = torch.tanh(before @ W.T + inputs @ U.T + b)  # tanh(a_t), (T, n)
    slopes = alpha * (1 - squashed**2)
    later, inner = torch.zeros_like(start), torch.zeros_like(states)
    for t in reversed(range(len(states))):
        delta = direct[t] + later
        inner[t] = slopes[t] * delta  # the gradient for a_t
        later = (1 - alpha) * delta + W.T @ inner[t]  # through the leak, and through tanh
    return inner.T @ before, inner.T @ inputs, inner.sum(dim=0)
