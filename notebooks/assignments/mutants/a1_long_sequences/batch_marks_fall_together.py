# replaces: multiplying-batch
# caught by: multiplying-batch-test
# says: drawn twice
def multiplying_batch(batch_size, length, marks, low, high, seed):
    generator = torch.Generator().manual_seed(seed)
    numbers = low + (high - low) * torch.rand(batch_size, length, generator=generator)
    places = torch.randint(0, length, (batch_size, marks), generator=generator)
    markers = torch.zeros(batch_size, length).scatter(1, places, 1.0)
    targets = torch.where(markers == 1, numbers, 1.0).prod(dim=1)
    return torch.stack([numbers, markers], dim=-1), targets
