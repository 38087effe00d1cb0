# replaces: rate-at
# caught by: rate-at-hidden
# says: scaled by peak
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, step / warmup)
    return min(share, (steps + 1 - step) / (cooldown + 1))
