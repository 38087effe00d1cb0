# replaces: causal-convolve
# caught by: causal-convolve-test
# says: one answer for each place
def causal_convolve(inputs, weight, bias, dilation=1):
    padding = (weight.shape[2] - 1) * dilation
    inputs = torch.nn.functional.pad(inputs, (padding, padding))
    width = weight.shape[2]
    starts = torch.arange(0, inputs.shape[2] - dilation * (width - 1))
    answers = bias.unsqueeze(1)
    for place in range(width):
        answers = answers + weight[:, :, place] @ inputs[:, :, starts + dilation * place]
    return answers
