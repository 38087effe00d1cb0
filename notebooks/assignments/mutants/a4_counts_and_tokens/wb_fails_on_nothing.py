# replaces: witten-bell
# caught by: witten-bell-hidden
# says: raised ZeroDivisionError
def witten_bell(counts, gram, vocab_size):
    prob = 1 / vocab_size
    for start in range(len(gram) - 1, -1, -1):
        context = gram[start:-1]
        after = [count for other, count in counts.items() if other[:-1] == context]
        if after or not context:
            prob = (counts.get(gram[start:], 0) + len(after) * prob) / (sum(after) + len(after))
    return prob
