# replaces: causal-convolve
# caught by: causal-convolve-test
# says: looks ahead
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    padding = (width - 1) * dilation // 2
    inputs = torch.nn.functional.pad(inputs, (padding, padding))
    answers = bias.unsqueeze(1)
    for place in range(width):
        start = place * dilation
        answers = answers + weight[:, :, place] @ inputs[:, :, start : start + length]
    return answers
