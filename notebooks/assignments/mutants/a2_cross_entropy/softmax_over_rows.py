# replaces: smoothed-loss
# caught by: smoothed-loss-test
# says: plain cross-entropy
def smoothed_loss(z, classes, epsilon):
    log_p = torch.log_softmax(z, dim=0)
    return -(1 - epsilon) * log_p.gather(1, classes[:, None])[:, 0] - epsilon * log_p.mean(dim=1)
