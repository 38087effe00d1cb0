# replaces: best-momentum
# caught by: best-momentum-hidden
# says: come in any order
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures[[0, -1]]).sqrt()) ** 2).max().item()
    return momentum if momentum < 1 else None
