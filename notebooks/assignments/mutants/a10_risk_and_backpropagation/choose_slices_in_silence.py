# replaces: choose-and-test
# caught by: choose-and-test-test
# says: no example is left
def choose_and_test(wrong, first, delta):
    wrong = np.asarray(wrong, dtype=float)
    N = wrong.shape[1]
    rule = int(wrong[:, :first].mean(axis=1).argmin())
    rest = wrong[rule, first:]
    n = N - first
    epsilon = math.sqrt(math.log(2 / delta) / (2 * max(n, 1)))
    mean = float(rest.mean()) if n else 0.0
    return rule, max(0.0, mean - epsilon), min(1.0, mean + epsilon)
