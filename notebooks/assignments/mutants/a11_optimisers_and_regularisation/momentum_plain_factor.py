# replaces: best-momentum
# caught by: best-momentum-test
# says: depend on lr
def best_momentum(curvatures, lr):
    momentum = ((1 - lr * curvatures) ** 2).max().item()
    return momentum if momentum < 1 else None
