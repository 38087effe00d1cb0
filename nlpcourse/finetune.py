"""Fine-tune a pretrained encoder on a classification set of the course, on one process or on many.

    python -m nlpcourse.finetune --dataset sst2 --model all-MiniLM-L6-v2
    accelerate launch --multi_gpu --num_processes 2 -m nlpcourse.finetune --dataset sst2 --model all-MiniLM-L6-v2

The second line starts two processes: on two GPUs or, on a machine without any, on the processor. (`--cpu` in
place of `--multi_gpu` needs MPI, and starts a single process where that is missing.) Each process works on its
share of every batch, and they average their gradients before each step, so they take the steps that one process
takes. More of `accelerate launch`: `--mixed_precision bf16`, and `--num_machines` for machines that share a disk.

The folder of `--out` appears at the end, as a whole: weights, tokenizer, and a model card with the measured scores.
Until then `OUT.unfinished` holds checkpoints, and the same command goes on from the last complete one.
"""

import argparse
import contextlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import transformers
from datasets import ClassLabel, Dataset, DatasetDict, Value
from filelock import FileLock, Timeout
from sklearn.metrics import classification_report, f1_score
from torch.utils.data import Sampler
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, Trainer
from transformers.trainer_utils import EvalPrediction, PredictionOutput, get_last_checkpoint

from nlpcourse._model_card import model_card
from nlpcourse.checkpoints import CHECKPOINTS, CheckpointError, checkpoint, sha256
from nlpcourse.data import DataError, is_real, load_dataset, registry
from nlpcourse.metrics import bootstrap_interval
from nlpcourse.runtime import describe_hardware, describe_versions

FACTS, SEAL = "finetune.json", "sealed.json"


def main(arguments: list[str] | None = None) -> None:
    """The command line; see the top of this file."""
    options = _options(arguments)
    out = Path(options.out or f"{options.dataset}-{Path(options.model).name}").resolve()
    work = out.with_name(out.name + ".unfinished")
    args = _training_arguments(options, work)
    first, lock = args.process_index == 0, FileLock(work / "lock")
    try:
        # The first process goes ahead: it alone downloads, speaks and tidies up.
        with args.main_process_first(local=False), contextlib.redirect_stdout(sys.stdout if first else None):
            splits, label, texts = read_splits(options.dataset, options.source, options.rows, options.seed)
            weights = _weights(options.model, options.max_length)
            _share_batches(args, options.batch_size, len(splits["train"]))
            settings = _settings(options, weights, is_real(splits["test"]))
            if _is_finished(out, work, settings):
                shutil.rmtree(work, ignore_errors=True)  # left by a kill in the very last moment
                return print(f"{out} is finished: there is nothing to do")
            if first:
                _open(work, lock, settings)
    except (ValueError, OSError, DataError, CheckpointError) as error:
        sys.exit(f"nlpcourse.finetune: {error}" if first else 1)

    names = splits["train"].features[label].names
    tokenizer = AutoTokenizer.from_pretrained(weights, local_files_only=True)
    rows = {name: _encode(part, label, texts, tokenizer, options.max_length) for name, part in splits.items()}
    trainer = SafeTrainer(
        _classifier(weights, names, options.seed),
        args,
        train_dataset=rows["train"],
        eval_dataset=rows["validation"],
        processing_class=tokenizer,  # pads each batch to its own longest row
        compute_metrics=_epoch_scores,
        callbacks=[FourTimesAnEpoch()],
    )
    newest = get_last_checkpoint(work)
    start = int(newest.rsplit("-", 1)[1]) if newest else 0
    if first:
        print(f"{options.dataset} to {out}: from step {start}, processes: {args.world_size}", flush=True)
    seconds = trainer.train(resume_from_checkpoint=newest).metrics["train_runtime"]
    # The weights of the best epoch are back in place. The test split is looked at now, and only now.
    scores = {name: _scores(trainer.predict(rows[name]), names) for name in ("validation", "test")}
    if first:
        full = [len(ids) >= options.max_length for ids in rows["test"]["input_ids"]]
        run = {
            "steps": trainer.state.global_step,
            "resumed at step": start,
            "seconds since": round(seconds, 1),
        }
        run |= {"processes": args.world_size, "precision": args.mixed_precision.replace("no", "fp32")}
        facts = {"settings": settings, "training_rows": len(rows["train"]), "scores": scores, "run": run}
        facts |= {"epochs": _epochs(trainer.state.log_history), "test_texts_cut": sum(full) / len(full)}
        facts |= {"hardware": describe_hardware(), "versions": describe_versions()}
        _publish(trainer, facts, model_card(out.name, facts, names, splits["test"].info), work, out)
        lock.release()
        test = scores["test"]
        print(
            f"test accuracy {test['accuracy']:.3f}, 95 % from {test['low']:.3f} to {test['high']:.3f}: {out}"
        )


def read_splits(name: str, source: str, rows: int | None, seed: int) -> tuple[DatasetDict, str, list[str]]:
    """Train, validation and test, the column of classes, and the one or two columns of text.

    A set without a validation split gives up a stratified tenth of its training rows; `rows` limits the rest.
    """
    data = load_dataset(name, source)
    features = next(iter(data.values())).features
    labels = [column for column, kind in features.items() if isinstance(kind, ClassLabel)]
    texts = [column for column, kind in features.items() if kind == Value("string")]
    if len(labels) != 1 or len(texts) not in (1, 2) or not {"train", "test"} <= set(data):
        raise ValueError(
            f"{name!r} is no set to classify. Expected: a column of classes, one or two of text, the splits train "
            f"and test. Found: the columns {', '.join(features)} in the splits {', '.join(data)}. "
            f"Sets with classes: {', '.join(known for known, entry in registry().items() if 'labels' in entry)}."
        )
    train, validation = data["train"], data.get("validation")
    if validation is None:
        parts = train.train_test_split(test_size=0.1, stratify_by_column=labels[0], seed=seed)
        train, validation = parts["train"], parts["test"]
    train = train.shuffle(seed=seed).select(range(min(rows or len(train), len(train))))
    return DatasetDict(train=train, validation=validation, test=data["test"]), labels[0], texts


class RowsByLength(Sampler[int]):
    """Row numbers in batches of like length, in a new order each epoch.

    Trainer draws its order from the random state of each process, which depends on how many there are and on what
    else drew from it. This order follows from the seed and the step alone: it is the same on any number of
    processes, and a resumed run finds its place again. Rows that fill no whole batch, others in each epoch, are
    left out, so that the processes have equal shares.
    """

    pool = 50  # so many batches are sorted by length together

    def __init__(self, trainer: Trainer, batch_size: int) -> None:
        self.trainer, self.batch_size = trainer, batch_size
        self.lengths = torch.tensor([len(ids) for ids in trainer.train_dataset["input_ids"]])

    def __len__(self) -> int:
        return len(self.lengths) // self.batch_size * self.batch_size

    def __iter__(self) -> Iterator[int]:
        epoch = self.trainer.state.global_step // (len(self) // self.batch_size)
        generator = torch.Generator().manual_seed(1_000 * self.trainer.args.seed + epoch)
        rows = torch.randperm(len(self.lengths), generator=generator)[: len(self)]
        pools = rows.split(self.pool * self.batch_size)
        batches = torch.cat([pool[self.lengths[pool].argsort(stable=True)] for pool in pools])
        batches = batches.view(-1, self.batch_size)  # (batches, batch_size)
        return iter(batches[torch.randperm(len(batches), generator=generator)].flatten().tolist())


class SafeTrainer(Trainer):
    """`Trainer` with batches that do not depend on the processes, and checkpoints that are whole or void."""

    def _get_train_sampler(self, train_dataset: Dataset | None = None) -> Sampler[int]:
        return RowsByLength(self, self.args.train_batch_size * self.args.world_size)

    def _save_checkpoint(self, *args: Any, **kwargs: Any) -> None:
        super()._save_checkpoint(*args, **kwargs)
        self.accelerator.wait_for_everyone()  # each process adds its own random state
        if self.args.should_save:
            folder = Path(self.args.output_dir) / f"checkpoint-{self.state.global_step}"
            _write_json(folder / SEAL, {file.name: sha256(file) for file in folder.iterdir()})


class FourTimesAnEpoch(transformers.TrainerCallback):
    """Saves after each quarter of an epoch, so that a kill costs no more; the last quarter is Trainer's own."""

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        steps = round(state.max_steps / args.num_train_epochs)
        if state.global_step % steps in {steps * quarter // 4 for quarter in (1, 2, 3)} - {0}:
            control.should_save = control.should_log = True


def drop_incomplete(folder: Path) -> None:
    """Delete checkpoints that a kill cut short, that were altered since, or whose best epoch is lost."""
    kept: set[str] = set()
    for place in sorted(folder.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1])):
        try:
            sealed = json.loads((place / SEAL).read_text(encoding="utf-8"))
            whole = all(sha256(place / name) == expected for name, expected in sealed.items())
            state = json.loads((place / "trainer_state.json").read_text(encoding="utf-8"))
            whole &= Path(state["best_model_checkpoint"] or place).name in {*kept, place.name}
        except (OSError, ValueError):
            whole = False
        if whole:
            kept.add(place.name)
        else:
            print(f"{place.name} is not complete, and is left out")
            shutil.rmtree(place)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m nlpcourse.finetune", description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--dataset", required=True, help="a set in data/registry.toml that has classes, such as sst2")
    add("--model", default="all-MiniLM-L6-v2", help=f"a local folder, or one of {', '.join(CHECKPOINTS)}")
    add("--out", help="folder of the finished model (default: DATASET-MODEL)")
    add("--epochs", type=int, default=3, help="passes over the training rows; the best one is kept")
    add("--batch-size", type=int, default=32, help="rows for each step, over all processes together")
    add("--lr", type=float, default=5e-5, help="largest learning rate")
    add("--seed", type=int, default=0, help="of the new layer, the order of the rows, and dropout")
    add("--max-length", type=int, default=128, help="tokens of a text; what is beyond is cut")
    add("--rows", type=int, help="limit of the training rows, for a trial")
    add("--source", choices=("auto", "real", "sample"), default="auto", help="as for nlpcourse.load_dataset")
    options = parser.parse_args(arguments)
    for name in ("epochs", "batch_size", "lr", "max_length", "rows"):
        if (value := getattr(options, name)) is not None and value <= 0:
            parser.error(f"--{name.replace('_', '-')} must be more than 0, not {value}")
    return options


def _training_arguments(options: argparse.Namespace, work: Path) -> transformers.TrainingArguments:
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers.TrainingArguments(
        output_dir=str(work),
        report_to="none",
        use_cpu=not (torch.cuda.is_available() or torch.backends.mps.is_available()),
        seed=options.seed,
        num_train_epochs=options.epochs,
        learning_rate=options.lr,
        weight_decay=0.01,
        per_device_eval_batch_size=64,
        eval_strategy="epoch",
        save_strategy="epoch",
        logging_strategy="epoch",
        save_total_limit=3,  # the best, the newest, and one that is whole while the newest is being written
        load_best_model_at_end=True,
        metric_for_best_model="cross_entropy",
        greater_is_better=False,
        ddp_find_unused_parameters=False,
        dataloader_pin_memory=torch.cuda.is_available(),
    )


def _share_batches(args: transformers.TrainingArguments, batch_size: int, rows: int) -> None:
    """Give each process its part of the batch; the steps are those of one process with the whole batch."""
    parts = args.world_size * max(1, args.n_gpu)
    if batch_size % parts:
        raise ValueError(f"--batch-size {batch_size} has no {parts} equal parts for {parts} processes")
    if rows < batch_size:
        raise ValueError(f"{rows} training rows do not fill one batch of {batch_size}: lower --batch-size")
    args.per_device_train_batch_size = batch_size // parts
    args.warmup_steps = round(0.1 * args.num_train_epochs * (rows // batch_size))
    # If True, Trainer multiplies the loss by the processes, for models that divide it so; BERT is not one of them.
    args.average_tokens_across_devices = False


def _weights(name: str, max_length: int) -> str:
    """The folder of the pretrained weights, after a look at what it holds."""
    folder = checkpoint(name) if name in CHECKPOINTS or not Path(name).is_dir() else name
    if not list(Path(folder).glob("*.safetensors")):
        raise ValueError(f"{name} holds no .safetensors file, and no other kind of weights is loaded")
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    longest = getattr(config, "max_position_embeddings", max_length)
    if max_length > longest:
        raise ValueError(f"{name} reads {longest} tokens at most: set --max-length {longest} or less")
    return folder


def _settings(options: argparse.Namespace, weights: str, real: bool) -> dict[str, Any]:
    """All that the result depends on. Processes and precision are left out: a run may go on with others."""
    chosen = {key: value for key, value in vars(options).items() if key not in ("out", "source")}
    hashes = [sha256(file) for file in sorted(Path(weights).glob("*.safetensors"))]
    text = "real" if real else "offline sample"
    return chosen | {"model": Path(options.model).name, "text": text, "weights": " ".join(hashes)}


def _is_finished(out: Path, work: Path, settings: dict[str, Any]) -> bool:
    """Whether the model is there. An error if a folder belongs to a run with other settings, or to no run."""
    for place in (out, work):
        if (place / FACTS).is_file():
            found = json.loads((place / FACTS).read_text(encoding="utf-8"))["settings"]
            other = [
                f"{key} {found.get(key)}, not {now}" for key, now in settings.items() if found.get(key) != now
            ]
            if other:
                raise ValueError(
                    f"{place} belongs to a run with other settings: {'; '.join(other)}. Repeat those settings, "
                    "choose another --out, or remove the folder to start anew."
                )
        elif place == out and out.exists() and any(out.iterdir()):
            raise ValueError(f"{out} holds other files, which stay as they are: choose another --out.")
    return (out / FACTS).is_file()


def _open(work: Path, lock: FileLock, settings: dict[str, Any]) -> None:
    """Make the folder of checkpoints this run's own, with nothing in it that cannot be gone on from."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(timeout=0)  # the system frees it when the process is killed
    except Timeout:
        raise ValueError(f"another run is at work in {work}: wait for it, or stop it.") from None
    _write_json(work / FACTS, {"settings": settings})
    drop_incomplete(work)


def _classifier(weights: str, names: list[str], seed: int) -> transformers.PreTrainedModel:
    """The pretrained encoder with a new layer of classes on top."""
    transformers.set_seed(seed)
    return AutoModelForSequenceClassification.from_pretrained(
        weights,
        id2label=dict(enumerate(names)),
        label2id={name: number for number, name in enumerate(names)},
        ignore_mismatched_sizes=True,  # weights that already have a layer of other classes
        use_safetensors=True,  # never a pickle
        local_files_only=True,
    )


def _encode(data: Dataset, label: str, texts: list[str], tokenizer: Any, max_length: int) -> Dataset:
    """Token ids and labels, longest rows first: neighbours are of like length, so evaluation pads little."""
    tokens = tokenizer(*(data[column][:] for column in texts), truncation=True, max_length=max_length)
    order = sorted(range(len(data)), key=lambda row: -len(tokens["input_ids"][row]))
    return Dataset.from_dict({**tokens, "labels": data[label][:]}).select(order)


def _publish(trainer: Trainer, facts: dict[str, Any], card: str, work: Path, out: Path) -> None:
    """Put the finished folder together beside its place, and move it there in one step: never is it half full."""
    draft = work / "finished"
    shutil.rmtree(draft, ignore_errors=True)
    trainer.model.save_pretrained(draft)
    trainer.processing_class.save_pretrained(draft)
    (draft / "README.md").write_text(card, encoding="utf-8")
    _write_json(draft / FACTS, facts)
    draft.rename(out)
    shutil.rmtree(work, ignore_errors=True)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a file so that it is there as a whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def _epoch_scores(outputs: EvalPrediction) -> dict[str, float]:
    """Mean cross-entropy in nats, and accuracy, over all rows at once, whichever process they came from."""
    logits, labels = torch.tensor(outputs.predictions), torch.tensor(outputs.label_ids)
    if not torch.isfinite(logits).all():
        raise FloatingPointError("the model's answers are no finite numbers any more: try a tenth of --lr")
    loss = torch.nn.functional.cross_entropy(logits, labels).item()
    return {"cross_entropy": loss, "accuracy": (logits.argmax(1) == labels).double().mean().item()}


def _scores(outputs: PredictionOutput, names: list[str]) -> dict[str, Any]:
    """Accuracy with its 95 % interval, macro-F1, and scikit-learn's report for each class."""
    guesses, labels, numbers = outputs.predictions.argmax(1), outputs.label_ids, list(range(len(names)))
    accuracy, low, high = bootstrap_interval(guesses == labels)
    f1 = f1_score(labels, guesses, labels=numbers, average="macro", zero_division=0)
    report = classification_report(
        labels, guesses, labels=numbers, target_names=names, digits=3, zero_division=0
    )
    scores = {"rows": len(labels), "accuracy": accuracy, "low": low, "high": high, "macro_f1": float(f1)}
    return scores | {"report": report.rstrip()}


def _epochs(history: list[dict[str, float]]) -> list[dict[str, float]]:
    """Loss and accuracy of each epoch, from Trainer's log of every quarter."""
    epochs, total, last, begin = [], 0.0, 0, 0
    for entry in history:
        step = int(entry["step"])
        if "loss" in entry:
            total, last = total + entry["loss"] * (step - last), step
        elif "eval_accuracy" in entry:
            row = {"epoch": round(entry["epoch"]), "train_loss": total / (step - begin)}
            row |= {"validation_loss": entry["eval_cross_entropy"], "accuracy": entry["eval_accuracy"]}
            epochs.append(row)
            total, begin = 0.0, step
    return epochs


if __name__ == "__main__":
    main()
