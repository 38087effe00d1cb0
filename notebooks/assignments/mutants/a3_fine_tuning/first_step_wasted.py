# replaces: learning-rate
# caught by: learning-rate-test
# says: first step
def learning_rate(step, steps, warmup, peak):
    if step < warmup:
        return peak * step / warmup
    return peak * (steps - step) / (steps - warmup)
