# replaces: best-momentum
# caught by: best-momentum-test
# says: the flat one is slowest
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures.max()).sqrt()) ** 2).max().item()
    return momentum if momentum < 1 else None
