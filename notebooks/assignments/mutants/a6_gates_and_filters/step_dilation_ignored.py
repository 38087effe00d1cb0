# replaces: causal-step
# caught by: causal-step-test
# says: the places `dilation` apart
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = torch.einsum("fck,bck->bf", weight, seen[:, :, -weight.shape[2] :]) + bias
    return answer, seen[:, :, 1:]
