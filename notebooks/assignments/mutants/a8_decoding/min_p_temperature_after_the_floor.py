# replaces: min-p
# caught by: min-p-hidden
# says: before the floor
def min_p(logits, temperature, p_min):
    first = logits.softmax(0)
    probs = (logits / temperature).softmax(0)
    kept = torch.where(first >= p_min * first.max(), probs, 0.0)
    return kept / kept.sum()
