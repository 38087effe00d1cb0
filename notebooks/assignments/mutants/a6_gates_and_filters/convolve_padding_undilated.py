# replaces: causal-convolve
# caught by: causal-convolve-test
# says: one answer for each place
def causal_convolve(inputs, weight, bias, dilation=1):
    width = weight.shape[2]
    inputs = torch.nn.functional.pad(inputs, (width - 1, 0))
    starts = torch.arange(0, inputs.shape[2] - dilation * (width - 1))
    answers = bias.unsqueeze(1)
    for place in range(width):
        answers = answers + weight[:, :, place] @ inputs[:, :, starts + dilation * place]
    return answers
