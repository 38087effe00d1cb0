# replaces: weighted-loss
# caught by: weighted-loss-test
# says: do not average
def weighted_loss(z, y, w):
    return (w * y * F.softplus(-z) + (1 - y) * F.softplus(z)).mean()
