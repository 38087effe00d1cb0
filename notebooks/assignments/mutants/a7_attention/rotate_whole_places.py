# replaces: rotate
# caught by: rotate-hidden
# says: between two words
def rotate(vectors, places):
    head_size = vectors.shape[-1]
    if head_size % 2:
        raise ValueError("odd")
    twice_k = torch.arange(0, head_size, 2, dtype=vectors.dtype)
    angle = places.long()[:, None] * 10_000.0 ** (-twice_k / head_size)
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    turned = [x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos()]
    return torch.stack(turned, dim=-1).flatten(-2)
