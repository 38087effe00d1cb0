# replaces: smoothed-loss
# caught by: smoothed-loss-test
# says: add up to 1
def smoothed_loss(z, classes, epsilon):
    log_p = torch.log_softmax(z, dim=1)
    return -log_p.gather(1, classes[:, None])[:, 0] - epsilon * log_p.mean(dim=1)
