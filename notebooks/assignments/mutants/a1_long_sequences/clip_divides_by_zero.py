# replaces: clipped
# caught by: clipped-hidden
# says: raised ZeroDivisionError
def clipped(gradients, limit):
    norm = math.sqrt(sum(g.double().square().sum().item() for g in gradients if g is not None))
    if not math.isfinite(norm):
        raise ValueError("a gradient is infinite or nan")
    return [None if g is None else g * min(1.0, limit / norm) for g in gradients], norm
