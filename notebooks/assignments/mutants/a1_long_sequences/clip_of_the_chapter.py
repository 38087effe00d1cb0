# replaces: clipped
# caught by: clipped-hidden
# says: at 10^30
def clipped(gradients, limit):
    given = [g.flatten() for g in gradients if g is not None]
    norm = torch.cat(given).norm() if given else torch.zeros(())
    if norm.isnan() or any(not g.isfinite().all() for g in given):
        raise ValueError("a gradient is infinite or nan")
    factor = min(1.0, limit / norm)
    return [None if g is None else g * factor for g in gradients], norm.item()
