# replaces: derivatives
# caught by: derivatives-hidden
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


def slopes_of(entry, k, values):
    kind, *of = entry
    if kind == "add":
        return [(of[0], 1.0), (of[1], 1.0)]
    if kind == "multiply":
        return [(of[0], values[of[1]]), (of[1], values[of[0]])]
    if kind == "tanh":
        return [(of[0], 1 - values[k] ** 2)]
    return [(of[0], values[k])] if kind == "exp" else []


def derivatives(tape, inputs):
    from functools import cache

    values, users = values_of(tape, inputs), [[] for _ in tape]
    for k, entry in enumerate(tape):
        for i, slope in slopes_of(entry, k, values):
            users[i].append((k, slope))

    @cache
    def bar(k):
        return 1.0 if k == len(tape) - 1 else sum((bar(j) * slope for j, slope in users[k]), 0.0)

    return [bar(k) for k in range(len(tape))]
