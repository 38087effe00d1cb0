# replaces: causal-convolve
# caught by: causal-convolve-test
# says: looks ahead
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    back = (width - 1) * dilation
    padded = torch.cat([inputs, inputs.new_zeros(*inputs.shape[:2], back)], dim=2)
    answers = bias.unsqueeze(1)
    for place in range(width):
        start = place * dilation
        answers = answers + weight[:, :, place] @ padded[:, :, start : start + length]
    return answers
