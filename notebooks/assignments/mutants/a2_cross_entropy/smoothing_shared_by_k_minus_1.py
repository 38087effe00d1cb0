# replaces: smoothed-loss
# caught by: smoothed-loss-hidden
# says: shared out
def smoothed_loss(z, classes, epsilon):
    log_p = torch.log_softmax(z, dim=1)
    share = epsilon / (z.shape[1] - 1)
    t = torch.full_like(z, share).scatter(1, classes[:, None], 1 - epsilon)
    return -(t * log_p).sum(dim=1)
