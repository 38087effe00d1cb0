# replaces: slope-along
# caught by: slope-along-hidden
# says: not a difference between two points
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
    h = 1e-6
    up, down = ([x + sign * h * u for x, u in zip(inputs, direction, strict=True)] for sign in (1, -1))
    return (values_of(tape, up)[-1] - values_of(tape, down)[-1]) / (2 * h)
