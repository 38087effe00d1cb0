# replaces: gru-paths
# caught by: gru-paths-test
# says: the new content, too
def gru_paths(x, state, W, U, b, b_state):
    word_r, word_z, word_n = (W @ x + b).chunk(3)
    state_r, state_z, state_n = (U @ state + b_state).chunk(3)
    _, U_z, U_n = U.chunk(3)
    r, z = (word_r + state_r).sigmoid(), (word_z + state_z).sigmoid()
    n = (word_n + r * state_n).tanh()
    inside = 0 * U_n
    rest = torch.diag((state - n) * z * (1 - z)) @ U_z
    rest = rest + torch.diag((1 - z) * (1 - n**2)) @ inside
    return torch.diag(z), rest
