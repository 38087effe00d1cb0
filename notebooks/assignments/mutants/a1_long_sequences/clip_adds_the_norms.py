# replaces: clipped
# caught by: clipped-test
# says: together a vector of length 5
def clipped(gradients, limit):
    norm = sum(g.norm().item() for g in gradients if g is not None)
    return [None if g is None else g * min(1.0, limit / norm) for g in gradients], norm
