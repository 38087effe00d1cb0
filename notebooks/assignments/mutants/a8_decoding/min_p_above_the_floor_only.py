# replaces: min-p
# caught by: min-p-hidden
# says: first place stay
def min_p(logits, temperature, p_min):
    probs = (logits / temperature).softmax(0)
    kept = torch.where(probs > p_min * probs.max(), probs, 0.0)
    return kept / kept.sum().clamp(min=1e-9)
