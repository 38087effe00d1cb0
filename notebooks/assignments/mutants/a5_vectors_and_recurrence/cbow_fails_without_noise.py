# replaces: cbow-gradient
# caught by: cbow-gradient-hidden
# says: in a case that the visible tests do not try
def cbow_gradient(contexts, centre, noise):
    mean = contexts.mean(dim=0)
    error = -torch.sigmoid(-(centre @ mean))
    loss, to_mean, to_noise = F.softplus(-(centre @ mean)), error * centre, []
    for n in noise:
        loss = loss + F.softplus(n @ mean)
        to_mean = to_mean + torch.sigmoid(n @ mean) * n
        to_noise.append(torch.sigmoid(n @ mean) * mean)
    return loss, (to_mean / len(contexts)).repeat(len(contexts), 1), error * mean, torch.stack(to_noise)
