# replaces: train-and-predict
# caught by: train-and-predict-test
# says: the largest class alone
def train_and_predict(texts, labels, new_texts, seed):
    return [max(set(labels), key=labels.count)] * len(new_texts)
