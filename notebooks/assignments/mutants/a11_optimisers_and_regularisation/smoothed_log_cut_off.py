# replaces: smoothed-gradient
# caught by: smoothed-gradient-hidden
# says: costs the difference
def smoothed_gradient(logits, labels, smoothing):
    count, classes = logits.shape
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    log_p = np.log(p + 1e-12)
    q = np.full((count, classes), smoothing / classes)
    q[np.arange(count), labels] += 1 - smoothing
    return float(-(q * log_p).sum() / count), (np.exp(log_p) - q) / count


def dropout_backward(upstream, mask, rate):
    return upstream * mask / (1 - rate)
