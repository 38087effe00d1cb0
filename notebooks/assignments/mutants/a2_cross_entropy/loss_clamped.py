# replaces: weighted-loss
# caught by: weighted-loss-hidden
# says: cut off
def weighted_loss(z, y, w):
    p = torch.sigmoid(z).clamp(1e-7, 1 - 1e-7)
    return -(w * y * torch.log(p) + (1 - y) * torch.log(1 - p))
