# replaces: masked-mean-loss
# caught by: masked-mean-loss-hidden
# says: divide once
def masked_mean_loss(z, targets, pad):
    real = (targets != pad).to(z.dtype)
    log_p = torch.log_softmax(torch.nan_to_num(z), dim=-1)
    losses = -log_p.gather(2, targets.clamp(min=0)[..., None])[..., 0] * real
    return (losses.sum(dim=1) / real.sum(dim=1).clamp(min=1)).mean()
