# replaces: gradient-by-distance
# caught by: gradient-by-distance-test
# says: times h_(T-1)
def gradient_by_distance(W, states, start, delta):
    terms = []
    for state in states.flip(0):
        at_sum = (1 - state**2) * delta
        terms.append(torch.outer(at_sum, state))
        delta = W.T @ at_sum
    return torch.stack(terms)
