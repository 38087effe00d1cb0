# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: better cut
def most_probable_cut(text, log_probability, unknown):
    longest = max(map(len, log_probability), default=1)
    best, begin, size = [0.0], [0], [0]
    for end in range(1, len(text) + 1):
        top, top_start, fewest = -math.inf, end - 1, math.inf
        for start in range(end - 1, max(0, end - longest) - 1, -1):
            token = text[start:end]
            cost = log_probability.get(token, unknown if len(token) == 1 else -math.inf)
            if size[start] + (1 if cost > -math.inf else math.inf) < fewest:
                top, top_start, fewest = best[start] + cost, start, size[start] + 1
        best.append(top)
        begin.append(top_start)
        size.append(fewest)
    tokens, end = [], len(text)
    while end > 0:
        tokens.append(text[begin[end] : end])
        end = begin[end]
    return tokens[::-1], best[-1]
