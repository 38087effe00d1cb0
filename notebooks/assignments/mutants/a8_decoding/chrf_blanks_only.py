# replaces: chrf
# caught by: chrf-hidden
# says: tabs and line ends
def chrf(outputs, references, order=6, beta=2):
    precisions, recalls = [], []
    for n in range(1, order + 1):
        matches = written = wanted = 0
        for output, reference in zip(outputs, references, strict=True):
            grams = []
            for text in (output, reference):
                text = text.replace(" ", "")
                grams.append(Counter(text[i : i + n] for i in range(len(text) - n + 1)))
            matches += (grams[0] & grams[1]).total()
            written += grams[0].total()
            wanted += grams[1].total()
        if written and wanted:
            precisions.append(matches / written)
            recalls.append(matches / wanted)
    if not precisions or not sum(precisions) + sum(recalls):
        return 0.0
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
