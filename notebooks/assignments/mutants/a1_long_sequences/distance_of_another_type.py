# replaces: gradient-by-distance
# caught by: gradient-by-distance-hidden
# says: float64 in
def gradient_by_distance(W, states, start, delta):
    terms = torch.zeros(len(states), *W.shape)
    before = torch.cat([start[None], states[:-1]])
    for d in range(len(states)):
        at_sum = (1 - states[-1 - d] ** 2) * delta
        terms[d] = torch.outer(at_sum, before[-1 - d])
        delta = W.T @ at_sum
    return terms
