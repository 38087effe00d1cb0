# replaces: leaky-forward
# caught by: leaky-forward-test
# says: a mixture of 1 and 1 is 1
def leaky_forward(W, U, b, alpha, inputs, start):
    """States (T, n) of a leaky network: inputs (T, m), start (n,)."""
    state, states = start, []
    for x in inputs:
        state = (1 - alpha) * state + torch.tanh(alpha * (W @ state + U @ x + b))
        states.append(state)
    return torch.stack(states)
