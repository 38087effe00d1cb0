# replaces: learning-rate
# caught by: learning-rate-hidden
# says: raised ZeroDivisionError
def learning_rate(step, steps, warmup, peak):
    return peak * min((step + 1) / warmup, (steps - step) / (steps - warmup))
