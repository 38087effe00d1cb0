# replaces: clipped
# caught by: clipped-hidden
# says: both are tiny
def clipped(gradients, limit):
    norm = math.sqrt(sum(g.double().square().sum().item() for g in gradients if g is not None))
    if not math.isfinite(norm):
        raise ValueError("a gradient is infinite or nan")
    factor = limit / (norm + 1e-6) if norm > limit else 1.0
    return [None if g is None else g * factor for g in gradients], norm
