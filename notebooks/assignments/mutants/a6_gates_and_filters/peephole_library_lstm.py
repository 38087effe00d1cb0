# replaces: peephole
# caught by: peephole-test
# says: the output gate sees nothing
def peephole_lstm_last(inputs, lengths, W, U, p, b):
    lstm = torch.nn.LSTM(W.shape[1], U.shape[1], batch_first=True).to(inputs.dtype)
    weights = {"weight_ih_l0": W, "weight_hh_l0": U, "bias_ih_l0": b, "bias_hh_l0": 0 * b}
    lstm.load_state_dict(weights)
    packed = torch.nn.utils.rnn.pack_padded_sequence(inputs, lengths, True, False)
    _, (hidden, cell) = lstm(packed)
    return hidden[0], cell[0]
