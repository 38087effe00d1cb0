# replaces: weighted-loss
# caught by: weighted-loss-test
# says: 3 log 2
def weighted_loss(z, y, w):
    return y * F.softplus(-z) + w * (1 - y) * F.softplus(z)
