# replaces: clipped
# caught by: clipped-test
# says: keeps its place
def clipped(gradients, limit):
    gradients = [g for g in gradients if g is not None]
    norm = sum(g.norm().item() ** 2 for g in gradients) ** 0.5
    return [g * min(1.0, limit / norm) for g in gradients], norm
