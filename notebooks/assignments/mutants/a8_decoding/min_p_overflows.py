# replaces: min-p
# caught by: min-p-hidden
# says: overflow in exp
def min_p(logits, temperature, p_min):
    probs = (logits / temperature).exp()
    probs = probs / probs.sum()
    kept = torch.where(probs >= p_min * probs.max(), probs, 0.0)
    return kept / kept.sum()
