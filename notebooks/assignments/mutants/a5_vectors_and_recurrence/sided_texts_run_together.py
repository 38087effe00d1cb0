# replaces: sided-ppmi
# caught by: sided-ppmi-test
# says: words of different texts
def sided_ppmi(texts, vocab_size, window, power):
    """PPMI (vocab_size, 2 vocab_size), float64: contexts on the left, then those on the right."""
    counts = torch.zeros(vocab_size, 2 * vocab_size, dtype=torch.float64)
    for text in [[word for one in texts for word in one]]:
        for place, word in enumerate(text):
            for distance in range(1, min(window, place) + 1):
                weight = (window - distance + 1) / window
                before = text[place - distance]
                counts[word, before] += weight
                counts[before, vocab_size + word] += weight  # the same pair, seen from the other word
    per_word, per_context = counts.sum(dim=1, keepdim=True), counts.sum(dim=0)
    chance = per_context**power / (per_context**power).sum()
    expected = per_word * chance
    seen = counts > 0  # there, no divisor is 0
    ratio = torch.where(seen, counts, 1.0) / torch.where(seen, expected, 1.0)
    return ratio.log().clamp(min=0)
