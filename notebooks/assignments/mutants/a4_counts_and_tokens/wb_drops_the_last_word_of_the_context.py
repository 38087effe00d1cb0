# replaces: witten-bell
# caught by: witten-bell-hidden
# says: FIRST word
def witten_bell(counts, gram, vocab_size):
    if not gram:
        return 1 / vocab_size
    context = gram[:-1]
    shorter = (*context[:-1], gram[-1]) if context else ()
    lower = witten_bell(counts, shorter, vocab_size)
    after = [count for other, count in counts.items() if other[:-1] == context]
    if not after:
        return lower
    return (counts.get(gram, 0) + len(after) * lower) / (sum(after) + len(after))
