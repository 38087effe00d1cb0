# replaces: rotate
# caught by: rotate-test
# says: place 0 turns by nothing
def rotate(vectors, places):
    head_size = vectors.shape[-1]
    frequency = 10_000.0 ** (-torch.arange(0, head_size, 2) / head_size)
    angle = places[:, None] * frequency
    return vectors + torch.stack([angle.sin(), angle.cos()], dim=-1).flatten(1)
