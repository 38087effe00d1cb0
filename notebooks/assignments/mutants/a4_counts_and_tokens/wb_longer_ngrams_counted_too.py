# replaces: witten-bell
# caught by: witten-bell-test
# says: c and N of the empty context
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [
            count
            for other, count in counts.items()
            if other[: len(context)] == context and len(other) > len(context)
        ]
        if after:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
    return prob
