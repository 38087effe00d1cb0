# replaces: cut-gradients
# caught by: cut-gradients-test
# says: by steps, k = 1
def cut_gradients(W, states, start, direct, k):
    """∂L/∂W (n, n), cut between windows of k steps, and with k steps for every mistake."""
    before = torch.cat([start[None], states[:-1]])  # (T, n)
    slopes = 1 - states**2
    by_windows, by_steps = torch.zeros_like(W), torch.zeros_like(W)
    for made in range(len(states)):  # the step of the mistake, from 0
        delta = direct[made]
        for step in range(made, max(made - k - 1, -1), -1):
            inner = slopes[step] * delta
            term = torch.outer(inner, before[step])
            by_steps += term
            if step // k == made // k:
                by_windows += term
            delta = W.T @ inner
    return by_windows, by_steps
