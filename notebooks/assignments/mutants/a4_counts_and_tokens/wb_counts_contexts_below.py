# replaces: witten-bell
# caught by: witten-bell-test
# says: plain counts
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        here = counts
        if start > 0:  # as Kneser–Ney does
            here = {}
            for other in counts:
                if len(other) == len(gram) - start + 1:
                    here[other[1:]] = here.get(other[1:], 0) + 1
        after = [count for other, count in here.items() if other[:-1] == context]
        if after:
            prob = (here.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
    return prob
