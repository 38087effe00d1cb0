# replaces: multiplying-batch
# caught by: multiplying-batch-hidden
# says: marked alike
def multiplying_batch(batch_size, length, marks, low, high, seed):
    generator = torch.Generator().manual_seed(seed)
    numbers = low + (high - low) * torch.rand(batch_size, length, generator=generator)
    places = torch.randperm(length, generator=generator)[:marks].expand(batch_size, marks)
    markers = torch.zeros(batch_size, length).scatter(1, places, 1.0)
    targets = torch.where(markers == 1, numbers, 1.0).prod(dim=1)
    return torch.stack([numbers, markers], dim=-1), targets
