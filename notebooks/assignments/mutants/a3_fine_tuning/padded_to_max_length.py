# replaces: collate
# caught by: collate-hidden
# says: not to max_length
def collate(rows, max_length, pad_id):
    rows = [row if len(row) <= max_length else row[: max_length - 1] + row[-1:] for row in rows]
    ids = [row + [pad_id] * (max_length - len(row)) for row in rows]
    mask = [[1] * len(row) + [0] * (max_length - len(row)) for row in rows]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
