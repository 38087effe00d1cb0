# replaces: rate-at
# caught by: rate-at-test
# says: cut the way to zero
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, step / warmup)
    return peak * min(share, (steps + 1 - step) / cooldown)
