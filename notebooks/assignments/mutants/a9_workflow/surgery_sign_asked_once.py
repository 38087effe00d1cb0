# replaces: surgery
# caught by: surgery-combine
# says: the sign asked
def remove_conflict(gradient, other):
    product = gradient @ other
    return gradient - product / (other @ other) * other if product < 0 else gradient.clone()


def combine(gradients, orders):
    total = torch.zeros_like(gradients[0])
    for first, order in zip(gradients, orders, strict=True):
        own = first
        for j in [j for j in order if first @ gradients[j] < 0]:
            own = remove_conflict(own, gradients[j])
        total = total + own
    return total
