# replaces: clipped
# caught by: clipped-hidden
# says: no ValueError
def clipped(gradients, limit):
    norm = math.sqrt(sum(g.double().square().sum().item() for g in gradients if g is not None))
    factor = limit / norm if norm > limit else 1.0
    return [None if g is None else g * factor for g in gradients], norm
