# replaces: causal-step
# caught by: causal-step-hidden
# says: several texts
def causal_step(memory, column, weight, bias, dilation=1):
    seen = torch.cat([memory, column.unsqueeze(2)], dim=2)
    answer = (torch.einsum("fck,ck->f", weight, seen[0, :, ::dilation]) + bias).expand(len(memory), -1)
    return answer, seen[:, :, 1:]
