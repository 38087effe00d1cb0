# replaces: recall
# caught by: recall-test
# says: unknown
def recall_by_class(truth, predicted, classes):
    pairs = list(zip(truth, predicted, strict=True))
    return [sum(a == b == kind for a, b in pairs) / max(1, truth.count(kind)) for kind in range(classes)]
