# replaces: multiplying-batch
# caught by: multiplying-batch-hidden
# says: not every choice of steps
def multiplying_batch(batch_size, length, marks, low, high, seed):
    generator = torch.Generator().manual_seed(seed)
    numbers = low + (high - low) * torch.rand(batch_size, length, generator=generator)
    # As the chapter's: the sequence is cut into as many parts as there are marks.
    cuts = [length * i // marks for i in range(marks + 1)]
    parts = [torch.randint(cuts[i], cuts[i + 1], (batch_size, 1), generator=generator) for i in range(marks)]
    places = torch.cat(parts, dim=1)
    markers = torch.zeros(batch_size, length).scatter(1, places, 1.0)
    targets = torch.where(markers == 1, numbers, 1.0).prod(dim=1)
    return torch.stack([numbers, markers], dim=-1), targets
