# replaces: recall
# caught by: recall-test
# says: that were found
def recall_by_class(truth, predicted, classes):
    accuracy = sum(a == b for a, b in zip(truth, predicted, strict=True)) / len(truth)
    return [accuracy if kind in truth else None for kind in range(classes)]
