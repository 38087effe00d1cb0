# replaces: best-momentum
# caught by: best-momentum-hidden
# says: exactly at 4/h_max
def best_momentum(curvatures, lr):
    momentum = ((1 - (lr * curvatures).sqrt()) ** 2).max().item()
    return momentum if momentum <= 1 else None
