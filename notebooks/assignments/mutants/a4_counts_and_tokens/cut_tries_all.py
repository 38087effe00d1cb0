# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: did not end within
def most_probable_cut(text, log_probability, unknown):
    if not text:
        return [], 0.0
    best = None
    for start in range(len(text)):
        token = text[start:]
        if len(token) == 1 or token in log_probability:
            tokens, total = most_probable_cut(text[:start], log_probability, unknown)
            total += log_probability.get(token, unknown)
            if best is None or total > best[1]:
                best = [*tokens, token], total
    return best
