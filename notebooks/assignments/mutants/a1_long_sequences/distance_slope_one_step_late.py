# replaces: gradient-by-distance
# caught by: gradient-by-distance-test
# says: which state's slope
def gradient_by_distance(W, states, start, delta):
    before = torch.cat([start[None], states[:-1]])
    terms = []
    for state, previous in zip(states.flip(0), before.flip(0), strict=True):
        terms.append(torch.outer((1 - state**2) * delta, previous))
        delta = W.T @ ((1 - previous**2) * delta)
    return torch.stack(terms)
