# replaces: collate
# caught by: collate-test
# says: int64
def collate(rows, max_length, pad_id):
    rows = [row if len(row) <= max_length else row[: max_length - 1] + row[-1:] for row in rows]
    longest = max(map(len, rows))
    ids = [row + [pad_id] * (longest - len(row)) for row in rows]
    mask = [[place < len(row) for place in range(longest)] for row in rows]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
