# replaces: recall
# caught by: recall-test
# says: that were found
def recall_by_class(truth, predicted, classes):
    pairs = list(zip(truth, predicted, strict=True))
    right = [sum(a == b == kind for a, b in pairs) for kind in range(classes)]
    return [right[kind] / max(1, predicted.count(kind)) if kind in truth else None for kind in range(classes)]
