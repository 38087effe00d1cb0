# replaces: weighted-slope
# caught by: weighted-slope-test
# says: more z, less loss
def weighted_slope(z, y, w):
    return w * y * torch.sigmoid(-z) - (1 - y) * torch.sigmoid(z)
