# replaces: peephole
# caught by: peephole-hidden
# says: p only for the forget gate
def peephole_lstm_last(inputs, lengths, W, U, p, b):
    hidden = cell = inputs.new_zeros(len(inputs), U.shape[1])
    for t, x in enumerate(inputs.unbind(dim=1)):
        i, f, g, o = (x @ W.T + hidden @ U.T + b).chunk(4, dim=1)
        kept = (f + p[1] * cell * cell).sigmoid() * cell
        new_cell = kept + (i + p[0] * cell).sigmoid() * g.tanh()
        new_hidden = (o + p[2] * new_cell).sigmoid() * new_cell.tanh()
        running = (t < lengths).unsqueeze(1)
        cell = torch.where(running, new_cell, cell)
        hidden = torch.where(running, new_hidden, hidden)
    return hidden, cell
