# replaces: most-probable-text
# caught by: most-probable-text-test
# says: no text of one token beats
def most_probable_text(table, start, end, max_length):
    log_probs = table.log_softmax(1)
    best, text = float("-inf"), []
    totals, came_from = log_probs[start].clone(), []
    totals[end] = float("-inf")
    for length in range(1, max_length + 1):
        ended = totals + log_probs[:, end]
        last = int(ended.argmax())
        if ended[last].item() > best:
            best, text = ended[last].item(), [last]
            for previous in reversed(came_from):
                text.insert(0, int(previous[text[0]]))
        if length < max_length:
            totals, previous = (totals.unsqueeze(1) + log_probs).max(0)
            totals[end] = float("-inf")
            came_from.append(previous)
    return text, best
