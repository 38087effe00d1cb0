# replaces: cbow-gradient
# caught by: cbow-gradient-hidden
# says: float64 in
def cbow_gradient(contexts, centre, noise):
    mean = contexts.mean(dim=0)
    error, noise_error = -torch.sigmoid(-(centre @ mean)), torch.sigmoid(noise @ mean)
    loss = F.softplus(-(centre @ mean)) + F.softplus(noise @ mean).sum()
    to_contexts = torch.zeros(contexts.shape)
    to_contexts[:] = (error * centre + noise_error @ noise) / len(contexts)
    return loss, to_contexts, error * mean, torch.outer(noise_error, mean)
