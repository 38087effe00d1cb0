# replaces: causal-step
# caught by: causal-step-test
# says: as wide as before
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = torch.einsum("fck,bck->bf", weight, seen[:, :, ::dilation]) + bias
    return answer, seen
