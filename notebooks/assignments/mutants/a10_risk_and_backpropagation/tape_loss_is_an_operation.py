# replaces: derivatives
# caught by: derivatives-hidden
# says: the last entry is an input
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


def derivatives(tape, inputs):
    values = values_of(tape, inputs)
    bars = [0.0] * len(tape)
    bars[-1] = float(tape[-1][0] not in ("input", "constant"))
    for k in reversed(range(len(tape))):
        kind, *of = tape[k]
        if kind == "add":
            bars[of[0]] += bars[k]
            bars[of[1]] += bars[k]
        elif kind == "multiply":
            bars[of[0]] += bars[k] * values[of[1]]
            bars[of[1]] += bars[k] * values[of[0]]
        elif kind == "tanh":
            bars[of[0]] += bars[k] * (1 - values[k] ** 2)
        elif kind == "exp":
            bars[of[0]] += bars[k] * values[k]
    return bars
