# replaces: places-seen
# caught by: places-seen-test
# says: once
def places_seen(t, widths, dilations, strides):
    seen = [t]
    for width, dilation, stride in reversed(list(zip(widths, dilations, strides, strict=True))):
        seen = [stride * place - back * dilation for place in seen for back in range(width)]
    return sorted(place for place in seen if place >= 0)
