# replaces: min-p
# caught by: min-p-hidden
# says: before the floor
def min_p(logits, temperature, p_min):
    probs = (logits * temperature).softmax(0)
    kept = torch.where(probs >= p_min * probs.max(), probs, 0.0)
    return kept / kept.sum()
