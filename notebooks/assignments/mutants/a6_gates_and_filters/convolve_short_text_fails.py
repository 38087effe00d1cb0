# replaces: causal-convolve
# caught by: causal-convolve-hidden
# says: raised RuntimeError
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    answers = bias.unsqueeze(1)
    for place in range(width):
        back = (width - 1 - place) * dilation
        shifted = torch.zeros_like(inputs)
        shifted[:, :, back:] = inputs[:, :, : length - back]
        answers = answers + weight[:, :, place] @ shifted
    return answers
