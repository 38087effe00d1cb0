# replaces: causal-step
# caught by: causal-step-hidden
# says: step by step
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = torch.einsum("fck,bck->bf", weight, seen[:, :, ::dilation])
    return answer, seen[:, :, 1:]
