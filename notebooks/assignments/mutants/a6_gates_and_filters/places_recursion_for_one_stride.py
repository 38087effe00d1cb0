# replaces: places-seen
# caught by: places-seen-hidden
# says: two strides
def places_seen(t, widths, dilations, strides):
    backs, step = {0}, 1
    for width, dilation, stride in zip(widths, dilations, strides, strict=True):
        backs = {old + k * dilation * step for old in backs for k in range(width)}
        step = max(step, stride)
    return sorted(t * step - back for back in backs if back <= t * step)
