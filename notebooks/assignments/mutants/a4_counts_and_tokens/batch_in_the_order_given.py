# replaces: token-batches
# caught by: token-batches-test
# says: shortest first
def token_batches(sequences, budget):
    if any(len(sequence) > budget for sequence in sequences):
        raise ValueError("too long")
    groups = []
    for row in range(len(sequences)):
        if (
            not groups
            or (len(groups[-1]) + 1) * max(len(sequences[other]) for other in [*groups[-1], row]) > budget
        ):
            groups.append([])
        groups[-1].append(row)
    batches = []
    for rows in groups:
        longest = max(len(sequences[row]) for row in rows)
        ids = torch.zeros(len(rows), longest, dtype=torch.int64)
        mask = torch.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(sequences[row])] = torch.tensor(sequences[row])
            mask[place, : len(sequences[row])] = 1
        batches.append((rows, ids, mask))
    return batches
