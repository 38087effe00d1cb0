# replaces: multiplying-batch
# caught by: multiplying-batch-test
# says: product of the marked numbers
def multiplying_batch(batch_size, length, marks, low, high, seed):
    generator = torch.Generator().manual_seed(seed)
    numbers = low + (high - low) * torch.rand(batch_size, length, generator=generator)
    places = torch.rand(batch_size, length, generator=generator).topk(marks, dim=1).indices
    markers = torch.zeros(batch_size, length).scatter(1, places, 1.0)
    return torch.stack([numbers, markers], dim=-1), (numbers.log() * markers).nansum(dim=1).exp()
