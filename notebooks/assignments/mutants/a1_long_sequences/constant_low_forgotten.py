# replaces: best-constant
# caught by: best-constant-hidden
# says: E[y²] - E[y]²
def best_constant(marks, low, high):
    mean = (low + high) / 2
    return mean**marks, (high**2 / 3) ** marks - mean ** (2 * marks)
