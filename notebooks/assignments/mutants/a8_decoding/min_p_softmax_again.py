# replaces: min-p
# caught by: min-p-test
# says: keep their proportions
def min_p(logits, temperature, p_min):
    probs = (logits / temperature).softmax(0)
    kept = torch.where(probs >= p_min * probs.max(), probs, 0.0)
    return torch.where(kept > 0, kept, float("-inf")).softmax(0)
