# replaces: surgery
# caught by: surgery-test
# says: other's original
def remove_conflict(gradient, other):
    product = gradient @ other
    if product < 0:
        gradient -= product / (other @ other) * other
    return gradient


def combine(gradients, orders):
    total = torch.zeros_like(gradients[0])
    for own, order in zip(gradients, orders, strict=True):
        for j in order:
            own = remove_conflict(own, gradients[j])
        total = total + own
    return total
