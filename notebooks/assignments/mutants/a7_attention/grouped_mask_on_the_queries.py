# replaces: grouped-attention
# caught by: grouped-attention-test
# says: a hidden word still gets
def grouped_attention(query, key, value, padding):
    heads, groups = query.shape[1], key.shape[1]
    if heads % groups:
        raise ValueError("uneven")
    key, value = (one.repeat_interleave(heads // groups, dim=1) for one in (key, value))
    scores = query @ key.mT / query.shape[-1] ** 0.5
    scores = scores.masked_fill(padding[:, None, :, None], -torch.inf)
    return scores.softmax(dim=-1) @ value
