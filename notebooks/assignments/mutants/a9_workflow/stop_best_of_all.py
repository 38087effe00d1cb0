# replaces: early-stop
# caught by: early-stop-cases
# says: after the stop
def early_stop(losses, patience, least=0.0):
    if not losses or patience < 1:
        raise ValueError("there must be a loss, and a patience of at least 1")
    best, best_pass, waited = math.inf, 1, 0
    for made, loss in enumerate(losses, start=1):
        waited += 1
        if math.isfinite(loss) and best - loss > least:
            best, best_pass, waited = loss, made, 0
        if waited == patience:
            break
    best_pass = (
        losses.index(min(losses)) + 1
        if not least and made < len(losses) and not any(map(math.isnan, losses)) and min(losses) < best
        else best_pass
    )
    return made, best_pass
