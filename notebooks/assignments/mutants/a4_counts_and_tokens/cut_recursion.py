# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: raised RecursionError
def most_probable_cut(text, log_probability, unknown):
    known = {0: (0.0, 0)}
    longest = max(map(len, log_probability), default=1)

    def best(end):
        if end not in known:
            starts = range(max(0, end - longest), end)
            tried = [
                (start, log_probability.get(text[start:end], unknown if start == end - 1 else -math.inf))
                for start in starts
            ]
            known[end] = max(((best(start)[0] + cost, -start) for start, cost in tried))
        return known[end]

    total, tokens, end = best(len(text))[0], [], len(text)
    while end > 0:
        start = -known[end][1]
        tokens.append(text[start:end])
        end = start
    return tokens[::-1], total
