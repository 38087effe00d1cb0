# replaces: rotate
# caught by: rotate-test
# says: at place 1 becomes (0.5403
def rotate(vectors, places):
    head_size = vectors.shape[-1]
    if head_size % 2:
        raise ValueError("odd")
    twice_k = torch.arange(0, head_size, 2, dtype=vectors.dtype)
    angle = places.to(vectors.dtype)[:, None] * 10_000.0 ** (-twice_k / head_size)
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    turned = [x * angle.cos() + y * angle.sin(), y * angle.cos() - x * angle.sin()]
    return torch.stack(turned, dim=-1).flatten(-2)
