# replaces: gru-paths
# caught by: gru-paths-hidden
# says: what exactly does the reset gate
def gru_paths(x, state, W, U, b, b_state):
    word_r, word_z, word_n = (W @ x + b + b_state).chunk(3)
    U_r, U_z, U_n = U.chunk(3)
    r, z = (word_r + U_r @ state).sigmoid(), (word_z + U_z @ state).sigmoid()
    n = (word_n + U_n @ (r * state)).tanh()
    inside = U_n @ (torch.diag(r) + torch.diag(state * r * (1 - r)) @ U_r)
    rest = torch.diag((state - n) * z * (1 - z)) @ U_z
    return torch.diag(z), rest + torch.diag((1 - z) * (1 - n**2)) @ inside
