# replaces: rate-at
# caught by: rate-at-test
# says: first of two steps
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, step / (warmup + 1))
    return peak * min(share, (steps + 1 - step) / (cooldown + 1))
