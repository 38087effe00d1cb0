# replaces: smoothed-loss
# caught by: smoothed-loss-hidden
# says: largest logit out
def smoothed_loss(z, classes, epsilon):
    p = torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True)
    t = torch.full_like(z, epsilon / z.shape[1])
    t = t + (1 - epsilon) * F.one_hot(classes, z.shape[1])
    return -(t * torch.log(p)).sum(dim=1)
