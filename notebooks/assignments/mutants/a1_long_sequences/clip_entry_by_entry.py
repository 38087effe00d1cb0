# replaces: clipped
# caught by: clipped-test
# says: one factor for all
def clipped(gradients, limit):
    norm = sum(g.norm().item() ** 2 for g in gradients if g is not None) ** 0.5
    return [None if g is None else g.clamp(-limit, limit) for g in gradients], norm
