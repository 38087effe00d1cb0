# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: wrong for long ones
def most_probable_cut(text, log_probability, unknown):
    longest = max(map(len, log_probability), default=1)
    best, begin = [1.0], [0]
    for end in range(1, len(text) + 1):
        top, top_start = -1.0, end - 1
        for start in range(max(0, end - longest), end):
            token = text[start:end]
            cost = log_probability.get(token, unknown if len(token) == 1 else -math.inf)
            if best[start] * math.exp(cost) > top * (1 + 1e-9):
                top, top_start = best[start] * math.exp(cost), start
        top = top if end < 40 or top > 0 else 0.0
        best.append(top)
        begin.append(top_start)
    tokens, end = [], len(text)
    while end > 0:
        tokens.append(text[begin[end] : end])
        end = begin[end]
    return tokens[::-1], math.log(best[-1]) if best[-1] > 0 else -math.inf
