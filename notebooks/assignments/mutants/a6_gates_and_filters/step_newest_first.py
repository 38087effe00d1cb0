# replaces: causal-step
# caught by: causal-step-test
# says: read with the oldest column first
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([column.unsqueeze(2), memory], dim=2)
    answer = torch.einsum("fck,bck->bf", weight, seen.flip(2)[:, :, ::dilation]) + bias
    return answer, seen[:, :, : memory.shape[2]]
