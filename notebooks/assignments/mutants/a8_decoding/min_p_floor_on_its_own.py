# replaces: min-p
# caught by: min-p-test
# says: a share of the largest
def min_p(logits, temperature, p_min):
    probs = (logits / temperature).softmax(0)
    kept = torch.where(probs >= p_min, probs, 0.0)
    return kept / kept.sum()
