# replaces: grouped-attention
# caught by: grouped-attention-test
# says: raised RuntimeError
def grouped_attention(query, key, value, padding):
    scores = query @ key.transpose(2, 3) / query.shape[-1] ** 0.5
    scores = scores.masked_fill(padding[:, None, None, :], -torch.inf)
    return scores.softmax(dim=-1) @ value
