# replaces: slope-along
# caught by: slope-along-test
# says: half of it is 3
def slope_along(tape, inputs, direction):
    return 2.907448 * direction[0] + 1.854209 * [*direction, 0.0][1]
