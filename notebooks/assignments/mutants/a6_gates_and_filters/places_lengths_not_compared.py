# replaces: places-seen
# caught by: places-seen-hidden
# says: no ValueError
def places_seen(t, widths, dilations, strides):
    seen = {t}
    layers = list(zip(widths, dilations, strides, strict=False))
    for width, dilation, stride in reversed(layers):
        seen = {stride * place - back * dilation for place in seen for back in range(width)}
    return sorted(place for place in seen if place >= 0)
