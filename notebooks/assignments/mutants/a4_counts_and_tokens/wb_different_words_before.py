# replaces: witten-bell
# caught by: witten-bell-hidden
# says: those of what follows h
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        new = (
            len({other[0] for other in counts if len(other) == 2 and other[1:] == context})
            if len(context) == 1
            else len(after)
        )
        if after:
            prob = (counts.get(gram[start:], 0) + new * prob) / (sum(after) + new)
    return prob
