# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: empty text
def most_probable_cut(text, log_probability, unknown):
    if not text:
        return [text], 0.0
    longest = max(map(len, log_probability), default=1)
    best, begin = [0.0], [0]
    for end in range(1, len(text) + 1):
        top, top_start = -math.inf, end - 1
        for start in range(max(0, end - longest), end):
            token = text[start:end]
            cost = log_probability.get(token, unknown if len(token) == 1 else -math.inf)
            if best[start] + cost > top:
                top, top_start = best[start] + cost, start
        best.append(top)
        begin.append(top_start)
    tokens, end = [], len(text)
    while end > 0:
        tokens.append(text[begin[end] : end])
        end = begin[end]
    return tokens[::-1], best[-1]
