# replaces: causal-step
# caught by: causal-step-test
# says: the last column of the weights
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = torch.einsum("fck,bck->bf", weight.flip(2), seen[:, :, ::dilation]) + bias
    return answer, seen[:, :, 1:]
