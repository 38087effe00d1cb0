# replaces: causal-convolve
# caught by: causal-convolve-test
# says: the bias alone
def causal_convolve(inputs, weight, bias, dilation=1):
    width, length = weight.shape[2], inputs.shape[2]
    back = (width - 1) * dilation
    answers = inputs.new_zeros(len(inputs), len(bias), length) + bias.unsqueeze(1)
    for place in range(width):
        start = place * dilation
        seen = inputs[:, :, start : start + length - back]
        answers[:, :, back:] += weight[:, :, place] @ seen
    return answers
