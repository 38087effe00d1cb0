# replaces: surgery
# caught by: surgery-test
# says: other's original
def remove_conflict(gradient, other):
    product = gradient @ other
    return gradient - product / (other @ other) * other if product < 0 else gradient.clone()


def combine(gradients, orders):
    gradients = gradients.clone()
    for i, order in enumerate(orders):
        for j in order:
            gradients[i] = remove_conflict(gradients[i], gradients[j])
    return gradients.sum(0)
