# replaces: rate-at
# caught by: rate-at-hidden
# says: the lower one counts
def rate_at(step, steps, peak, warmup, cooldown):
    if step < warmup:
        return peak * step / warmup
    if step > steps - cooldown:
        return peak * (steps + 1 - step) / (cooldown + 1)
    return peak
