# replaces: cbow-gradient
# caught by: cbow-gradient-hidden
# says: inf or nan
def cbow_gradient(contexts, centre, noise):
    """Loss () and gradients of CBOW: contexts (m, D), centre (D,), noise (k, D)."""
    mean = contexts.mean(dim=0)  # (D,)
    true, false = centre @ mean, noise @ mean  # (), (k,)
    loss = -torch.log(torch.sigmoid(true)) - torch.log(torch.sigmoid(-false)).sum()
    error, noise_error = -torch.sigmoid(-true), torch.sigmoid(false)  # σ(z) - 1 = -σ(-z)
    to_mean = error * centre + noise_error @ noise  # (D,)
    to_contexts = (to_mean / len(contexts)).repeat(len(contexts), 1)  # each is one m-th of the mean
    return loss, to_contexts, error * mean, torch.outer(noise_error, mean)
