# replaces: weighted-slope
# caught by: weighted-slope-hidden
# says: 0/0
def weighted_slope(z, y, w):
    p = torch.exp(z) / (1 + torch.exp(z))
    return -w * y * (1 - p) + (1 - y) * p
