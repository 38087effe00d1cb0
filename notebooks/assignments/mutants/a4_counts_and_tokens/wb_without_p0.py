# replaces: witten-bell
# caught by: witten-bell-test
# says: order 1: (1 + 2/4)
def witten_bell(counts, gram, vocab_size):
    prob = 0.0
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        if after:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
    return prob
