# replaces: surgery
# caught by: surgery-test
# says: do not average
def remove_conflict(gradient, other):
    product = gradient @ other
    return gradient - product / (other @ other) * other if product < 0 else gradient.clone()


def combine(gradients, orders):
    total = torch.zeros_like(gradients[0])
    for own, order in zip(gradients, orders, strict=True):
        for j in order:
            own = remove_conflict(own, gradients[j])
        total = total + own
    return total / len(gradients)
