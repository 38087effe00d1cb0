# replaces: best-constant
# caught by: best-constant-test
# says: Variances do not add
def best_constant(marks, low, high):
    return ((low + high) / 2) ** marks, marks * (high - low) ** 2 / 12
