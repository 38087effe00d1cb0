# replaces: gradient-by-distance
# caught by: gradient-by-distance-test
# says: distance 1 must give
def gradient_by_distance(W, states, start, delta):
    before = torch.cat([torch.zeros_like(states[:1]), states[:-1]])
    terms = []
    for state, previous in zip(states.flip(0), before.flip(0), strict=True):
        at_sum = (1 - state**2) * delta
        terms.append(torch.outer(at_sum, previous))
        delta = W.T @ at_sum
    return torch.stack(terms)
