# replaces: slope-along
# caught by: slope-along-hidden
# says: of the kinds add:
def slope_along(tape, inputs, direction):
    numbers, speeds = iter(inputs), iter(direction)
    values, slopes = [], []
    for kind, *of in tape:
        v = s = []
        if kind not in ("input", "constant"):
            v, s = [values[i] for i in of], [slopes[i] for i in of]
        if kind == "input":
            value, slope = next(numbers), next(speeds)
        elif kind == "constant":
            value, slope = of[0], 0.0
        elif kind == "add":
            value, slope = v[0] + v[1], s[0] + (s[1] if of[0] != of[1] else 0.0)
        elif kind == "multiply":
            value, slope = v[0] * v[1], s[0] * v[1] + v[0] * s[1]
        elif kind == "tanh":
            value = math.tanh(v[0])
            slope = (1 - value**2) * s[0]
        elif kind == "exp":
            value = math.exp(v[0])
            slope = value * s[0]
        values.append(value)
        slopes.append(slope)
    return float(slopes[-1])
