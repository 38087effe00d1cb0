# replaces: token-batches
# caught by: token-batches-test
# says: as wide as its own longest row
def token_batches(sequences, budget):
    if any(len(sequence) > budget for sequence in sequences):
        raise ValueError("too long")
    groups = []
    for row in sorted(range(len(sequences)), key=lambda row: len(sequences[row])):
        if not groups or (len(groups[-1]) + 1) * len(sequences[row]) > budget:
            groups.append([])
        groups[-1].append(row)
    batches = []
    for rows in groups:
        longest = max(map(len, sequences))
        ids = torch.zeros(len(rows), longest, dtype=torch.int64)
        mask = torch.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(sequences[row])] = torch.tensor(sequences[row])
            mask[place, : len(sequences[row])] = 1
        batches.append((rows, ids, mask))
    return batches
