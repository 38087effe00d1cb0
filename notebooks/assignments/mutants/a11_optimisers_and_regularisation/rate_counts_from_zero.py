# replaces: rate-at
# caught by: rate-at-test
# says: must not be wasted: steps count from 1
def rate_at(step, steps, peak, warmup, cooldown):
    share = 1.0
    if warmup:
        share = min(share, (step - 1) / warmup)
    return peak * min(share, (steps + 1 - step) / (cooldown + 1))
