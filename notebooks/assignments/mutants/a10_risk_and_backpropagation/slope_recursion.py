# replaces: slope-along
# caught by: slope-along-hidden
# says: raised RecursionError
def values_of(tape, inputs):
    numbers, values = iter(inputs), []
    for kind, *of in tape:
        if kind == "input":
            values.append(float(next(numbers)))
        elif kind == "constant":
            values.append(float(of[0]))
        elif kind == "add":
            values.append(values[of[0]] + values[of[1]])
        elif kind == "multiply":
            values.append(values[of[0]] * values[of[1]])
        else:
            values.append({"tanh": math.tanh, "exp": math.exp}[kind](values[of[0]]))
    return values


def slope_along(tape, inputs, direction):
    from functools import cache

    values, speeds = values_of(tape, inputs), iter(direction)
    given = [next(speeds) if entry[0] == "input" else 0.0 for entry in tape]

    @cache
    def slope(k):
        kind, *of = tape[k]
        if kind in ("input", "constant"):
            return given[k]
        if kind == "add":
            return slope(of[0]) + slope(of[1])
        if kind == "multiply":
            return slope(of[0]) * values[of[1]] + values[of[0]] * slope(of[1])
        return slope(of[0]) * (1 - values[k] ** 2 if kind == "tanh" else values[k])

    return float(slope(len(tape) - 1))
