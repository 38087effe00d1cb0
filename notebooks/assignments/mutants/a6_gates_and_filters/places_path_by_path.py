# replaces: places-seen
# caught by: places-seen-hidden
# says: did not end within
def places_seen(t, widths, dilations, strides):
    layers = list(zip(widths, dilations, strides, strict=True))

    def walk(place, depth):
        if depth == 0:
            return {place} if place >= 0 else set()
        width, dilation, stride = layers[depth - 1]
        found = set()
        for back in range(width):
            found |= walk(stride * place - back * dilation, depth - 1)
        return found

    return sorted(walk(t, len(layers)))
