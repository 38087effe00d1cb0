# replaces: witten-bell
# caught by: witten-bell-test
# says: go down one order
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        if after:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
        else:
            prob = 1 / vocab_size
    return prob
