# replaces: best-constant
# caught by: best-constant-test
# says: 1/9 - 1/16
def best_constant(marks, low, high):
    return ((low + high) / 2) ** marks, ((high - low) ** 2 / 12) ** marks
