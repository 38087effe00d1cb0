# replaces: rate-at
# caught by: rate-at-hidden
# says: every step has the peak
def rate_at(step, steps, peak, warmup, cooldown):
    return [0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.6, 0.4, 0.2][step - 1]
