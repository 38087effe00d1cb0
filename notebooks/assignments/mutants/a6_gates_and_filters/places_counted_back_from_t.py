# replaces: places-seen
# caught by: places-seen-test
# says: stride
def places_seen(t, widths, dilations, strides):
    backs, step = {0}, 1
    for width, dilation, stride in zip(widths, dilations, strides, strict=True):
        backs = {old + k * dilation * step for old in backs for k in range(width)}
        step *= stride
    return sorted(t - back for back in backs if back <= t)
