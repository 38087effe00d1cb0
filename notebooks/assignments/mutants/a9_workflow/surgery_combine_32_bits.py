# replaces: surgery
# caught by: surgery-combine
# says: float64 in
def remove_conflict(gradient, other):
    product = gradient @ other
    return gradient - product / (other @ other) * other if product < 0 else gradient.clone()


def combine(gradients, orders):
    total = torch.zeros(gradients.shape[1])
    for own, order in zip(gradients, orders, strict=True):
        for j in order:
            own = remove_conflict(own, gradients[j])
        total += own.float()
    return total
