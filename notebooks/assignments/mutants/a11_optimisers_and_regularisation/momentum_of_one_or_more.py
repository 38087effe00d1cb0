# replaces: best-momentum
# caught by: best-momentum-test
# says: no momentum below 1
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures).sqrt()) ** 2).max().item()
    return momentum
