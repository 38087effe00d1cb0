# replaces: masked-mean-loss
# caught by: masked-mean-loss-test
# says: three real tokens
def masked_mean_loss(z, targets, pad):
    log_p = torch.log_softmax(z, dim=-1)
    return -log_p.gather(2, targets.clamp(min=0)[..., None]).mean()
