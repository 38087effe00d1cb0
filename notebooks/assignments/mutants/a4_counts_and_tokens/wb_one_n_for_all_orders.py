# replaces: witten-bell
# caught by: witten-bell-hidden
# says: those of what follows h
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        types = len({other for other in counts if len(other) == 1})
        if after:
            prob = (counts.get(gram[start:], 0) + types * prob) / (sum(after) + types)
    return prob
