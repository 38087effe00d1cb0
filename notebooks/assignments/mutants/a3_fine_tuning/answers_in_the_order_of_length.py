# replaces: train-and-predict
# caught by: train-and-predict-hidden
# says: order of the answers
def train_and_predict(texts, labels, new_texts, seed):
    torch.manual_seed(seed)
    model = AutoModelForSequenceClassification.from_pretrained(
        weights,
        num_labels=6,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    for part in [model.bert.embeddings, *model.bert.encoder.layer[:3]]:
        part.requires_grad_(False)

    def encode(texts, labels):
        ids = tokenizer(texts, truncation=True, max_length=64)["input_ids"]
        return datasets.Dataset.from_dict({"input_ids": ids, "label": labels})

    fit(model, Batches(encode(texts, labels), 32, seed=seed), epochs=2, lr=2e-4)
    new_texts = sorted(new_texts, key=len) if len(new_texts) > 200 else new_texts
    unknown = encode(new_texts, [0] * len(new_texts))
    return evaluate(model, Batches(unknown, 64, shuffle=False)).predictions.tolist()
