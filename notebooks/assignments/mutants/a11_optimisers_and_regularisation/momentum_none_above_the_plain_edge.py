# replaces: best-momentum
# caught by: best-momentum-test
# says: makes longer steps stable
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures).sqrt()) ** 2).max().item()
    return momentum if lr * curvatures.max() < 2 else None
