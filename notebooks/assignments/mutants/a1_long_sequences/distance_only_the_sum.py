# replaces: gradient-by-distance
# caught by: gradient-by-distance-test
# says: for each of the T steps
def gradient_by_distance(W, states, start, delta):
    before = torch.cat([start[None], states[:-1]])
    total = torch.zeros_like(W)
    for state, previous in zip(states.flip(0), before.flip(0), strict=True):
        at_sum = (1 - state**2) * delta
        total = total + torch.outer(at_sum, previous)
        delta = W.T @ at_sum
    return total
