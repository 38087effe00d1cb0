# replaces: learning-rate
# caught by: learning-rate-test
# says: example are off
def learning_rate(step, steps, warmup, peak):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (steps - step) / steps
