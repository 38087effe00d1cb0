# replaces: recall
# caught by: recall-hidden
# says: recall 0, not None
def recall_by_class(truth, predicted, classes):
    pairs = list(zip(truth, predicted, strict=True))
    right = [sum(a == b == kind for a, b in pairs) for kind in range(classes)]
    return [right[kind] / truth.count(kind) if right[kind] else None for kind in range(classes)]
