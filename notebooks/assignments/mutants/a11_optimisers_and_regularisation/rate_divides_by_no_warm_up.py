# replaces: rate-at
# caught by: rate-at-hidden
# says: ZeroDivisionError
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    share = min(share, step / warmup)
    return peak * min(share, (steps + 1 - step) / (cooldown + 1))
