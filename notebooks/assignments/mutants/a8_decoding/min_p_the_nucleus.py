# replaces: min-p
# caught by: min-p-test
# says: 0.05 lies below
def min_p(logits, temperature, p_min):
    probs, order = (logits / temperature).softmax(0).sort(descending=True)
    kept = torch.where(probs.cumsum(0) - probs < 1 - p_min / 10, probs, 0.0)
    return torch.zeros_like(probs).scatter(0, order, kept / kept.sum())
