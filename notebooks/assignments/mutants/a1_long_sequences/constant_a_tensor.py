# replaces: best-constant
# caught by: best-constant-test
# says: two things
def best_constant(marks, low, high):
    mean, square = (low + high) / 2, (low**2 + low * high + high**2) / 3
    return torch.tensor([mean**marks, square**marks - mean ** (2 * marks)])
