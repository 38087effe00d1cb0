# replaces: surgery
# caught by: surgery-test
# says: what is left by then
def remove_conflict(gradient, other):
    product = gradient @ other
    return gradient - product / (other @ other) * other if product < 0 else gradient.clone()


def combine(gradients, orders):
    total = torch.zeros_like(gradients[0])
    for first, order in zip(gradients, orders, strict=True):
        own = first
        for j in order:
            own = own + remove_conflict(first, gradients[j]) - first
        total = total + own
    return total
