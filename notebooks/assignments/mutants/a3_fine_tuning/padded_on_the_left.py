# replaces: collate
# caught by: collate-test
# says: on the right
def collate(rows, max_length, pad_id):
    rows = [row if len(row) <= max_length else row[: max_length - 1] + row[-1:] for row in rows]
    longest = max(map(len, rows))
    ids = [[pad_id] * (longest - len(row)) + row for row in rows]
    mask = [[0] * (longest - len(row)) + [1] * len(row) for row in rows]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
