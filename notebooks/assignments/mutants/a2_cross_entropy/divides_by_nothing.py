# replaces: masked-mean-loss
# caught by: masked-mean-loss-hidden
# says: not 0/0
def masked_mean_loss(z, targets, pad):
    real = targets != pad
    log_p = torch.log_softmax(z[real], dim=-1)
    return -log_p.gather(1, targets[real][:, None]).sum() / real.sum()
