# replaces: surgery
# caught by: surgery-test
# says: inner product with the other is 0
def remove_conflict(gradient, other):
    return gradient


def combine(gradients, orders):
    return gradients.sum(0)
