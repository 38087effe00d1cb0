# replaces: choose-and-test
# caught by: choose-and-test-test
# says: no true risk lies above 1
def choose_and_test(wrong, first, delta):
    wrong = np.asarray(wrong, dtype=float)
    N = wrong.shape[1]
    if not 1 <= first < N:
        raise ValueError("first")
    rule = int(wrong[:, :first].mean(axis=1).argmin())
    rest = wrong[rule, first:]
    n = N - first
    epsilon = math.sqrt(math.log(2 / delta) / (2 * n))
    mean = float(rest.mean())
    return rule, mean - epsilon, mean + epsilon
