# replaces: slope-along
# caught by: slope-along-hidden
# says: wherever it stands
def slope_along(tape, inputs, direction):
    values, slopes = [], []
    for k, (kind, *of) in enumerate(tape):
        v = s = []
        if kind not in ("input", "constant"):
            v, s = [values[i] for i in of], [slopes[i] for i in of]
        if kind == "input":
            value, slope = inputs[min(k, len(inputs) - 1)], direction[min(k, len(direction) - 1)]
        elif kind == "constant":
            value, slope = of[0], 0.0
        elif kind == "add":
            value, slope = v[0] + v[1], s[0] + s[1]
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
