# replaces: places-seen
# caught by: places-seen-test
# says: a list
def places_seen(t, widths, dilations, strides):
    reach, step = 1, 1
    for width, dilation, stride in zip(widths, dilations, strides, strict=True):
        reach += (width - 1) * dilation * step
        step *= stride
    return reach
