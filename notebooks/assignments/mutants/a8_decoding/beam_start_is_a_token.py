# replaces: beam-without-repeats
# caught by: beam-without-repeats-hidden
# says: part of no n-gram
def beam_without_repeats(table, start, end, max_length, width, n):
    beams, finished = [(0.0, [])], []
    for _ in range(max_length):
        continued = []
        for total, text in beams:
            log_probs = table[text[-1] if text else start].log_softmax(0).tolist()
            head = tuple(text[len(text) - n + 1 :]) if n > 1 else ()
            seen = [start, *text]
            held = {tuple(seen[i : i + n]) for i in range(len(seen) - n + 1)}
            for token, log_prob in enumerate(log_probs):
                if token != end and len(head) == n - 1 and (*head, token) in held:
                    continue
                if log_prob != float("-inf"):
                    continued.append((total + log_prob, text, token))
        continued.sort(key=lambda one: -one[0])
        finished += [(total, text) for total, text, token in continued[:width] if token == end]
        going_on = [one for one in continued[: 2 * width] if one[2] != end]
        beams = [(total, [*text, token]) for total, text, token in going_on[:width]]
        if not beams:
            break
    return max(finished + beams, key=lambda one: one[0])[1]
