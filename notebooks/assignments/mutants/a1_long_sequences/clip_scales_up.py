# replaces: clipped
# caught by: clipped-test
# says: neither down nor up
def clipped(gradients, limit):
    norm = sum(g.norm().item() ** 2 for g in gradients if g is not None) ** 0.5
    return [None if g is None else g * limit / norm for g in gradients], norm
