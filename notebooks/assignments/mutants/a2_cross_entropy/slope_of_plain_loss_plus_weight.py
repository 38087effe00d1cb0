# replaces: weighted-slope
# caught by: weighted-slope-hidden
# says: derive both halves
def weighted_slope(z, y, w):
    return torch.where(y == 1, -w / 2, 0.5) * torch.ones_like(z)
