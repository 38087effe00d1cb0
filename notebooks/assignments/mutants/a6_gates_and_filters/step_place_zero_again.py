# replaces: causal-step
# caught by: causal-step-test
# says: 10 times 1
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = torch.einsum("fc,bc->bf", weight[:, :, -1], column) + bias
    return answer, seen[:, :, 1:]
