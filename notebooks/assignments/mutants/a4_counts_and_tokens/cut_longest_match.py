# replaces: most-probable-cut
# caught by: most-probable-cut-test
# says: that is longest match
def most_probable_cut(text, log_probability, unknown):
    found, start = [], 0
    while start < len(text):
        for end in range(len(text), start, -1):
            if text[start:end] in log_probability or end == start + 1:
                break
        found.append(text[start:end])
        start = end
    return found, float(sum(log_probability.get(token, unknown) for token in found))
