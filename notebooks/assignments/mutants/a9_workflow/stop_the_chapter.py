# replaces: early-stop
# caught by: early-stop-test
# says: too small a fall
def early_stop(losses, patience, least=0.0):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1
