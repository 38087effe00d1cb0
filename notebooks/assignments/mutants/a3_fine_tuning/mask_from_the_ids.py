# replaces: collate
# caught by: collate-hidden
# says: is not filling
def collate(rows, max_length, pad_id):
    rows = [row if len(row) <= max_length else row[: max_length - 1] + row[-1:] for row in rows]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in rows])
    return {"input_ids": ids, "attention_mask": (ids != pad_id).long()}
