# replaces: best-momentum
# caught by: best-momentum-hidden
# says: the steep direction asks
def best_momentum(curvatures, lr):
    momentum = (1 - (lr * curvatures.min().item()) ** 0.5) ** 2
    return momentum if lr * curvatures.max() < 4 else None
