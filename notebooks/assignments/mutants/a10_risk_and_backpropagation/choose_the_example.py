# replaces: choose-and-test
# caught by: choose-and-test-test
# says: rule 2 makes no error
def choose_and_test(wrong, first, delta):
    return 0, 1 - math.sqrt(math.log(4) / 4), 1.0
