# replaces: causal-convolve
# caught by: causal-convolve-test
# says: the bias
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    back = (width - 1) * dilation
    padded = torch.cat([inputs.new_zeros(*inputs.shape[:2], back), inputs], dim=2)
    answers = 0 * bias.unsqueeze(1)
    for place in range(width):
        start = place * dilation
        answers = answers + weight[:, :, place] @ padded[:, :, start : start + length]
    return answers
