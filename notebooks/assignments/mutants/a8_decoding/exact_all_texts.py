# replaces: most-probable-text
# caught by: most-probable-text-hidden
# says: a best text of 40
def most_probable_text(table, start, end, max_length):
    import time

    log_probs, best = table.log_softmax(1), (float("-inf"), [])
    began = time.process_time()
    stack = [(0.0, [])]
    while stack and time.process_time() - began < 3:
        total, text = stack.pop()
        row = log_probs[text[-1] if text else start].tolist()
        if total + row[end] > best[0]:
            best = (total + row[end], text)
        if len(text) < max_length:
            stack += [(total + p, [*text, t]) for t, p in enumerate(row) if t != end]
    return best[1], best[0]
