# replaces: weighted-slope
# caught by: weighted-slope-test
# says: positives only
def weighted_slope(z, y, w):
    return w * (torch.sigmoid(z) - y)
