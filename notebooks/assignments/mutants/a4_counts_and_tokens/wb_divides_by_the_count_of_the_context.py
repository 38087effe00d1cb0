# replaces: witten-bell
# caught by: witten-bell-test
# says: no reason for a probability of zero
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        total = counts.get(context, 0) if context else sum(after)
        if total:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (total + len(after))
    return prob
