# replaces: best-constant
# caught by: best-constant-test
# says: the best constant is 1/4
def best_constant(marks, low, high):
    return marks * (low + high) / 2, marks * (high - low) ** 2 / 12
