# replaces: leaky-backward
# caught by: leaky-backward-hidden
# says: float64 in
def leaky_backward(W, U, b, alpha, inputs, start, states, direct):
    """Gradients for W (n, n), U (n, m) and b (n,): states and direct (T, n)."""
    before = torch.cat([start[None], states[:-1]])  # h_{t-1}, (T, n)
    squashed = torch.tanh(before @ W.T + inputs @ U.T + b)  # tanh(a_t), (T, n)
    slopes = alpha * (1 - squashed**2)
    later, inner = torch.zeros_like(start), torch.zeros(states.shape)
    for t in reversed(range(len(states))):
        delta = direct[t] + later
        inner[t] = slopes[t] * delta  # the gradient for a_t
        later = (1 - alpha) * delta + W.T @ (slopes[t] * delta)  # through the leak, and through tanh
    return inner.T @ before.float(), inner.T @ inputs.float(), inner.sum(dim=0)
