# replaces: min-p
# caught by: min-p-test
# says: sums to 1
def min_p(logits, temperature, p_min):
    probs = (logits / temperature).softmax(0)
    kept = torch.where(probs >= p_min * probs.max(), probs, 0.0)
    return kept
