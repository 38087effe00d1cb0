# replaces: causal-convolve
# caught by: causal-convolve-test
# says: zeros before the text
def causal_convolve(inputs, weight, bias, dilation=1):
    width = weight.shape[2]
    answers = bias.unsqueeze(1)
    for place in range(width):
        back = (width - 1 - place) * dilation
        answers = answers + weight[:, :, place] @ inputs.roll(back, dims=2)
    return answers
