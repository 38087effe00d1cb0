# replaces: rotate
# caught by: rotate-test
# says: from both old ones
def rotate(vectors, places):
    head_size = vectors.shape[-1]
    twice_k = torch.arange(0, head_size, 2, dtype=vectors.dtype)
    angle = places.to(vectors.dtype)[:, None] * 10_000.0 ** (-twice_k / head_size)
    x = vectors[..., 0::2]
    return torch.stack([x * angle.cos(), x * angle.sin()], dim=-1).flatten(-2)
