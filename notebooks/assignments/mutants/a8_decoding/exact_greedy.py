# replaces: most-probable-text
# caught by: most-probable-text-test
# says: must a text not end
def most_probable_text(table, start, end, max_length):
    log_probs = table.log_softmax(1)
    text, total, last = [], 0.0, start
    while len(text) < max_length:
        token = int(log_probs[last].argmax())
        total += log_probs[last, token].item()
        last = token
        if token == end:
            return text, total
        text.append(token)
    return text, total
