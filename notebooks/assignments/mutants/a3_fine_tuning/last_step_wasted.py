# replaces: learning-rate
# caught by: learning-rate-test
# says: last step
def learning_rate(step, steps, warmup, peak):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (steps - 1 - step) / max(1, steps - 1 - warmup)
