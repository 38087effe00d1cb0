# replaces: train-and-predict
# caught by: train-and-predict-test
# says: a list with one class
def train_and_predict(texts, labels, new_texts, seed):
    return torch.zeros(len(new_texts), dtype=torch.long)
