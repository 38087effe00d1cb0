# replaces: early-stop
# caught by: early-stop-cases
# says: starts the wait anew
def early_stop(losses, patience, least=0.0):
    if not losses or patience < 1:
        raise ValueError("there must be a loss, and a patience of at least 1")
    best, best_pass, waited = math.inf, 1, 0
    for made, loss in enumerate(losses, start=1):
        waited += 1
        if math.isfinite(loss) and best - loss > least:
            best, best_pass, waited = loss, made, waited - 1
        if waited == patience:
            break
    return made, best_pass
