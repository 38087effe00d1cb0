# replaces: best-momentum
# caught by: best-momentum-test
# says: depend on lr
def best_momentum(curvatures, lr):
    low, high = curvatures.min().item() ** 0.5, curvatures.max().item() ** 0.5
    return ((high - low) / (high + low)) ** 2
