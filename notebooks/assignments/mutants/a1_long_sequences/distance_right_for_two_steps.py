# replaces: gradient-by-distance
# caught by: gradient-by-distance-hidden
# says: what is carried on
def gradient_by_distance(W, states, start, delta):
    before = torch.cat([start[None], states[:-1]])
    last = (1 - states[-1] ** 2) * delta
    terms = [torch.outer(last, before[-1])]
    for t in range(len(states) - 2, -1, -1):
        at_sum = (1 - states[t] ** 2) * (W.T @ last)
        terms.append(torch.outer(at_sum, before[t]))
    return torch.stack(terms)
