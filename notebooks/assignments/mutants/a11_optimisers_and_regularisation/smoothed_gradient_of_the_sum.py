# replaces: smoothed-gradient
# caught by: smoothed-gradient-test
# says: the loss is a mean
def smoothed_gradient(logits, labels, smoothing):
    count, classes = logits.shape
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    q = np.full((count, classes), smoothing / classes)
    q[np.arange(count), labels] += 1 - smoothing
    return float(-(q * log_p).sum() / count), np.exp(log_p) - q


def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate)
