# replaces: causal-convolve
# caught by: causal-convolve-hidden
# says: several channels
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    padded = torch.nn.functional.pad(inputs, ((width - 1) * dilation, 0))
    answers = bias.unsqueeze(1)
    for place in range(width):
        start = place * dilation
        answers = answers + weight[:, :1, place] @ padded[:, :1, start : start + length]
    return answers
