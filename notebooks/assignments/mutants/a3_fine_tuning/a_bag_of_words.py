# replaces: train-and-predict
# caught by: train-and-predict-hidden
# says: is asked for
def train_and_predict(texts, labels, new_texts, seed):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    bag = make_pipeline(words, LogisticRegression(C=10, max_iter=1000)).fit(texts, labels)
    return bag.predict(new_texts).tolist()
