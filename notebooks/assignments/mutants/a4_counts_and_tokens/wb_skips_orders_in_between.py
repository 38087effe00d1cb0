# replaces: witten-bell
# caught by: witten-bell-hidden
# says: of order 3
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in sorted({len(gram) - 1, 0}, reverse=True):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        if after:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
    return prob
