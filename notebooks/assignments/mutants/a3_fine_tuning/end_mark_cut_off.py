# replaces: collate
# caught by: collate-test
# says: keeps its last id
def collate(rows, max_length, pad_id):
    rows = [row[:max_length] for row in rows]
    longest = max(map(len, rows))
    ids = [row + [pad_id] * (longest - len(row)) for row in rows]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
