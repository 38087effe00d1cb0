# replaces: rate-at
# caught by: rate-at-hidden
# says: the lower one counts
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, step / warmup)
    return peak * share * min(1.0, (steps + 1 - step) / (cooldown + 1))
