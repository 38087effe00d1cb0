# replaces: derivatives
# caught by: derivatives-hidden
# says: exactly 2^200
def derivatives(tape, inputs):
    def loss(moved, by):
        numbers, values = iter(inputs), []
        for k, (kind, *of) in enumerate(tape):
            v = [values[i] for i in of] if kind not in ("input", "constant") else []
            value = (
                next(numbers)
                if kind == "input"
                else of[0]
                if kind == "constant"
                else v[0] + v[1]
                if kind == "add"
                else v[0] * v[1]
                if kind == "multiply"
                else {"tanh": math.tanh, "exp": math.exp}[kind](v[0])
            )
            values.append(value + by if k == moved else value)
        return values[-1]

    return [(loss(k, 1e-6) - loss(k, -1e-6)) / 2e-6 for k in range(min(len(tape), 300))]
