# replaces: places-seen
# caught by: places-seen-test
# says: before the text
def places_seen(t, widths, dilations, strides):
    seen = {t}
    layers = list(zip(widths, dilations, strides, strict=True))
    for width, dilation, stride in reversed(layers):
        seen = {stride * place - back * dilation for place in seen for back in range(width)}
    return sorted(place for place in seen)
