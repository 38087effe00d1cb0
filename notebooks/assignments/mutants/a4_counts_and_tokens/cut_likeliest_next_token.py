# replaces: most-probable-cut
# caught by: most-probable-cut-hidden
# says: all starts of the last token compete
def most_probable_cut(text, log_probability, unknown):
    found, start = [], 0
    while start < len(text):
        fits = {text[start:end] for end in range(start + 1, min(len(text), start + 20) + 1)}
        known = {token for token in fits if token in log_probability} | {text[start]}
        found.append(
            max(sorted(known), key=lambda token: log_probability.get(token, unknown) / len(token) ** 0.4)
        )
        start += len(found[-1])
    return found, float(sum(log_probability.get(token, unknown) for token in found))
