# replaces: leaky-forward
# caught by: leaky-forward-test
# says: what is kept of it
def leaky_forward(W, U, b, alpha, inputs, start):
    """States (T, n) of a leaky network: inputs (T, m), start (n,)."""
    state, states = torch.zeros_like(start), []
    for x in inputs:
        state = (1 - alpha) * state + alpha * torch.tanh(W @ state + U @ x + b)
        states.append(state)
    return torch.stack(states)
