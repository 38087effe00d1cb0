# replaces: weighted-loss
# caught by: weighted-loss-hidden
# says: compute from the logit
def weighted_loss(z, y, w):
    p = torch.sigmoid(z)
    return -(w * y * torch.log(p) + (1 - y) * torch.log(1 - p))
