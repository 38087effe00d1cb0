# replaces: choose-and-test
# caught by: choose-and-test-test
# says: what is N in (7)
def choose_and_test(wrong, first, delta):
    wrong = np.asarray(wrong, dtype=float)
    N = wrong.shape[1]
    if not 1 <= first < N:
        raise ValueError("first")
    rule = int(wrong[:, :first].mean(axis=1).argmin())
    rest = wrong[rule, first:]
    n = first
    epsilon = math.sqrt(math.log(2 / delta) / (2 * n))
    mean = float(rest.mean())
    return rule, max(0.0, mean - epsilon), min(1.0, mean + epsilon)
