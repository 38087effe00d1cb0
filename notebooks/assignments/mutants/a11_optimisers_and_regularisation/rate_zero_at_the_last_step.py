# replaces: rate-at
# caught by: rate-at-test
# says: one step later
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, step / warmup)
    return peak * min(share, (steps - step) / cooldown)
