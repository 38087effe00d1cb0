# replaces: cbow-gradient
# caught by: cbow-gradient-test
# says: What predicts here
def cbow_gradient(contexts, centre, noise):
    error = torch.sigmoid(contexts @ centre) - 1
    noise_error = torch.sigmoid(contexts @ noise.T)
    loss = -F.logsigmoid(contexts @ centre).sum() - F.logsigmoid(-contexts @ noise.T).sum()
    to_contexts = error[:, None] * centre + noise_error @ noise
    return loss, to_contexts, error @ contexts, noise_error.T @ contexts
