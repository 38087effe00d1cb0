# replaces: masked-mean-loss
# caught by: masked-mean-loss-hidden
# says: nan and it got
def masked_mean_loss(z, targets, pad):
    real = (targets != pad).to(z.dtype)
    log_p = torch.log_softmax(z, dim=-1)
    losses = -log_p.gather(2, targets.clamp(min=0)[..., None])[..., 0] * real
    return losses.sum() / real.sum().clamp(min=1)
