# replaces: clipped
# caught by: clipped-test
# says: are a list
def clipped(gradients, limit):
    together = torch.cat([g.flatten() for g in gradients if g is not None])
    norm = together.norm().item()
    return together * min(1.0, limit / norm), norm
