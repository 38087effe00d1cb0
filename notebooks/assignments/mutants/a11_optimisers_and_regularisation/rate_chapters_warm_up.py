# replaces: rate-at
# caught by: rate-at-test
# says: first of two steps
def rate_at(step, steps, peak, warmup, cooldown):
    return peak * min(1.0, (step + 1) / warmup)
