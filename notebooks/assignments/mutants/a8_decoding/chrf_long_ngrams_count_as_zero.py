# replaces: chrf
# caught by: chrf-hidden
# says: longer n-grams are left out
def chrf(outputs, references, order=6, beta=2):
    precisions, recalls = [], []
    for n in range(1, order + 1):
        matches = written = wanted = 0
        for output, reference in zip(outputs, references, strict=True):
            grams = []
            for text in (output, reference):
                text = "".join(text.split())
                grams.append(Counter(text[i : i + n] for i in range(len(text) - n + 1)))
            matches += (grams[0] & grams[1]).total()
            written += grams[0].total()
            wanted += grams[1].total()
        precisions.append(matches / max(written, 1))
        recalls.append(matches / max(wanted, 1))
    if not precisions or not sum(precisions) + sum(recalls):
        return 0.0
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
