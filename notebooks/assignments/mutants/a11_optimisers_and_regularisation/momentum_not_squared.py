# replaces: best-momentum
# caught by: best-momentum-test
# says: which is its square
def best_momentum(curvatures, lr):
    momentum = (1 - (lr * curvatures).sqrt()).abs().max().item()
    return momentum if momentum < 1 else None
