"""Fine-tuning from the command line: the same result on one process or two, after a kill, and in the card."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from types import SimpleNamespace

import psutil
import pytest
import torch
from datasets import ClassLabel, Dataset, DatasetDict, Features, Value
from filelock import FileLock
from huggingface_hub import ModelCard
from safetensors.torch import load_file
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
)

from nlpcourse import finetune, load_dataset

EPOCHS, STEPS = 4, 46  # of 1,500 rows in batches of 32, and 28 rows over


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """An encoder of 150 thousand random weights, without dropout, so that equal steps give equal numbers."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = (
        normalizers.BertNormalizer(),
        pre_tokenizers.BertPreTokenizer(),
    )
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    texts = load_dataset("sst2", "sample")["train"]["text"][:]
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=1500, special_tokens=special))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    folder = tmp_path_factory.mktemp("weights") / "tiny"
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), special, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    config = BertConfig(
        vocab_size=1500,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.05,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        BertModel(config).save_pretrained(folder)
    return folder


def options(encoder, out, **changes):
    chosen = {"dataset": "sst2", "source": "sample", "model": encoder, "out": out, "epochs": EPOCHS}
    chosen |= {"batch-size": 32, "lr": 2e-3, "max-length": 48, "rows": 1500} | changes
    return [f"--{name}={value}" for name, value in chosen.items()]


def start(arguments, home, processes=1):
    """The command as a user starts it."""
    command = ["-m", "nlpcourse.finetune", *arguments]
    if processes > 1:
        launch = ["--multi_gpu", f"--num_processes={processes}", "--main_process_port=0"]
        command = ["-m", "accelerate.commands.launch", *launch, *command]
    environment = os.environ | {"NLPCOURSE_OFFLINE": "1", "OMP_NUM_THREADS": "1", "HF_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(arguments, home, processes=1):
    process = start(arguments, home, processes)
    try:
        text, _ = process.communicate(timeout=200)
    finally:
        stop(process)
    assert process.returncode == 0, text
    return text


def stop(process):
    """Kill the command without notice, and every process that it started: a launcher's workers outlive it."""
    if process.poll() is None:
        launcher = psutil.Process(process.pid)
        family = [launcher, *launcher.children(recursive=True)]
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()  # the same as kill -9
        psutil.wait_procs(family)
    process.stdout.close()


def kill_in_the_second_epoch(arguments, out, home, processes=1):
    """Start a run, kill it without notice a quarter into its second epoch or later; the steps of its checkpoints."""
    work = out.with_name(out.name + ".unfinished")
    process, deadline = start(arguments, home, processes), time.monotonic() + 200
    try:
        while not (work / f"checkpoint-{STEPS + STEPS // 4}" / finetune.SEAL).exists():
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.002)
    finally:
        stop(process)
    assert not out.exists()
    return sorted(int(path.parent.name.split("-")[1]) for path in work.glob(f"checkpoint-*/{finetune.SEAL}"))


def facts(folder):
    return json.loads((folder / finetune.FACTS).read_text(encoding="utf-8"))


def weights(folder):
    return load_file(folder / "model.safetensors")


@pytest.fixture(scope="module")
def alone(tiny, tmp_path_factory):
    """The folder of a run on one process that nothing disturbed."""
    home = tmp_path_factory.mktemp("alone")
    run(options(tiny, home / "model"), home)
    return home / "model"


@pytest.fixture(scope="module")
def together(tiny, tmp_path_factory):
    """The folder of the same run on two processes."""
    home = tmp_path_factory.mktemp("together")
    run(options(tiny, home / "model"), home, processes=2)
    return home / "model"


def test_two_processes_do_what_one_does(alone, together):
    # Gradients are summed in another order, so the last digits of floats differ: by less than 1e-6 in the losses when
    # this was written. A text on the edge between classes may then tip over: hence one in a hundred.
    found, expected = facts(together), facts(alone)
    assert (found["run"]["processes"], expected["run"]["processes"]) == (2, 1)
    assert found["run"]["steps"] == expected["run"]["steps"] == EPOCHS * STEPS
    for row, right in zip(found["epochs"], expected["epochs"], strict=True):
        assert row["train_loss"] == pytest.approx(right["train_loss"], abs=1e-4)
        assert row["validation_loss"] == pytest.approx(right["validation_loss"], abs=1e-4)
    for split, scores in expected["scores"].items():
        assert found["scores"][split]["rows"] == scores["rows"]
        assert found["scores"][split]["accuracy"] == pytest.approx(scores["accuracy"], abs=0.01)


def test_the_run_learned_something(alone):
    losses = [row["train_loss"] for row in facts(alone)["epochs"]]
    assert losses[-1] < losses[0] / 2


def test_two_killed_processes_go_on_to_the_very_same_end(tiny, together, tmp_path):
    out = tmp_path / "model"
    steps = kill_in_the_second_epoch(options(tiny, out), out, tmp_path, processes=2)
    text = run(options(tiny, out), tmp_path, processes=2)
    assert f"from step {steps[-1]}," in text
    assert steps[-1] % STEPS, "the run was meant to go on from the middle of an epoch"
    found, expected = facts(out), facts(together)
    assert found["run"]["resumed at step"] == steps[-1]
    assert found["epochs"] == expected["epochs"]
    assert found["scores"] == expected["scores"]
    assert all(torch.equal(found, weights(out)[name]) for name, found in weights(together).items())
    assert not out.with_name("model.unfinished").exists()


def test_checkpoints_that_are_not_whole_are_passed_over(tiny, alone, tmp_path, capsys):
    out, work = tmp_path / "model", tmp_path / "model.unfinished"
    steps = kill_in_the_second_epoch(options(tiny, out), out, tmp_path)
    newest = work / f"checkpoint-{steps[-1]}"
    with (newest / "optimizer.pt").open("r+b") as file:
        file.truncate(file.seek(0, os.SEEK_END) // 2)  # altered after it was complete
    half = work / "checkpoint-180"  # and one that a kill cut short
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"half of it")

    finetune.main(options(tiny, out))
    text = capsys.readouterr().out
    assert "checkpoint-180 is not complete" in text
    assert f"checkpoint-{steps[-1]} is not complete" in text
    assert facts(out)["run"]["resumed at step"] == steps[-2]
    assert facts(out)["epochs"] == facts(alone)["epochs"]
    assert all(torch.equal(found, weights(out)[name]) for name, found in weights(alone).items())


def test_a_kill_while_the_model_is_written_leaves_no_half_of_it(tiny, tmp_path, monkeypatch):
    out, write_json = tmp_path / "model", finetune._write_json
    short = options(tiny, out, epochs=1, rows=200)

    def cut_short(path, content):
        if "scores" in content:  # the last file of the finished folder
            raise KeyboardInterrupt
        write_json(path, content)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(finetune, "_write_json", cut_short)
        finetune.main(short)
    assert not out.exists()
    finetune.main(short)
    assert facts(out)["run"]["resumed at step"] == facts(out)["run"]["steps"] == 200 // 32
    assert (out / "README.md").is_file()


def test_a_checkpoint_whose_best_epoch_is_lost_is_left_out(tmp_path):
    for step, best in ((10, "checkpoint-10"), (20, "checkpoint-10"), (30, None)):
        place = tmp_path / f"checkpoint-{step}"
        place.mkdir()
        state = {"best_model_checkpoint": best and f"elsewhere/{best}"}
        (place / "trainer_state.json").write_text(json.dumps(state), encoding="utf-8")
        if step > 10:  # the first was never completed
            seal = {"trainer_state.json": finetune.sha256(place / "trainer_state.json")}
            (place / finetune.SEAL).write_text(json.dumps(seal), encoding="utf-8")
    finetune.drop_incomplete(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-30"]


def test_a_finished_run_does_nothing(tiny, alone, capsys, monkeypatch):
    monkeypatch.setattr(finetune, "SafeTrainer", None)  # whoever trains now, fails
    before = {path: path.stat().st_mtime_ns for path in alone.rglob("*")}
    rest = alone.with_name("model.unfinished")  # of a kill in the very last moment
    rest.mkdir()
    finetune.main(options(tiny, alone))
    assert not rest.exists()
    assert "is finished" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in alone.rglob("*")} == before


def error(arguments):
    with pytest.raises(SystemExit) as stopped:
        finetune.main(arguments)
    return str(stopped.value)


def test_other_settings_never_go_into_the_same_folder(tiny, alone, tmp_path):
    message = error(options(tiny, alone, lr=1e-3))
    assert "lr 0.002, not 0.001" in message
    assert "choose another --out" in message
    work = tmp_path / "model.unfinished"
    work.mkdir()
    (work / finetune.FACTS).write_text(json.dumps(facts(alone)), encoding="utf-8")
    assert "seed 0, not 1" in error(options(tiny, tmp_path / "model", seed=1))


def test_a_folder_with_other_files_is_left_alone(tiny, tmp_path):
    (tmp_path / "letter.txt").write_text("dear friend", encoding="utf-8")
    assert "holds other files" in error(options(tiny, tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_runs_never_share_a_folder(tiny, tmp_path):
    work = tmp_path / "model.unfinished"
    work.mkdir()
    with FileLock(work / "lock"):
        assert "another run is at work" in error(options(tiny, tmp_path / "model"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dataset": "sst22"}, "Did you mean 'sst2'"),
        ({"dataset": "wikitext2"}, "Sets with classes: sst2, "),
        ({"model": "bert-bas-uncased"}, "did you mean 'bert-base-uncased'"),
        ({"rows": 31}, "lower --batch-size"),
        ({"max-length": 65}, "--max-length 64"),
    ],
)
def test_errors_say_what_to_do(tiny, tmp_path, changes, words):
    assert words in error(options(tiny, tmp_path / "model", **changes))
    assert not list(tmp_path.iterdir())


def test_weights_that_are_no_safetensors_are_refused(tiny, tmp_path):
    (tmp_path / "pickled").mkdir()
    (tmp_path / "pickled" / "pytorch_model.bin").write_bytes(b"")
    assert "no .safetensors" in error(options(tmp_path / "pickled", tmp_path / "model"))


@pytest.mark.parametrize(("option", "value"), [("epochs", 0), ("batch-size", -1), ("lr", 0), ("rows", 0)])
def test_sizes_that_cannot_be_meant(tiny, tmp_path, option, value, capsys):
    assert error(options(tiny, tmp_path / "model", **{option: value})) == "2"
    assert f"--{option} must be more than 0" in capsys.readouterr().err


def test_the_card_says_what_a_fresh_evaluation_says(alone):
    data = load_dataset("sst2", "sample")["test"]
    tokenizer = AutoTokenizer.from_pretrained(alone)
    model = AutoModelForSequenceClassification.from_pretrained(alone).eval()
    inputs = tokenizer(data["text"][:], truncation=True, max_length=48, padding=True, return_tensors="pt")
    with torch.no_grad():
        right = (model(**inputs).logits.argmax(1) == torch.tensor(data["label"][:])).tolist()
    accuracy = sum(right) / len(right)
    assert list(model.config.id2label.values()) == data.features["label"].names

    card = ModelCard.load(alone / "README.md")
    (measured,) = [result for result in card.data.eval_results if result.metric_type == "accuracy"]
    assert measured.metric_value == facts(alone)["scores"]["test"]["accuracy"] == pytest.approx(accuracy)
    row = re.search(r"^\| test \| (.*) \|$", card.text, re.MULTILINE)[1].split(" | ")
    assert row[:2] == [str(len(data)), f"{accuracy:.4f}"]
    assert float(row[2]) < accuracy < float(row[3])
    assert "no scores on real text" in card.text
    assert data.info.license in card.text
    # The best epoch by validation is not the last one here, and it is the one that was kept.
    losses = [epoch["validation_loss"] for epoch in facts(alone)["epochs"]]
    best = losses.index(min(losses))
    assert best < EPOCHS - 1
    assert f"those of epoch {best + 1}," in card.text
    kept = facts(alone)["scores"]["validation"]["accuracy"]
    assert kept == pytest.approx(facts(alone)["epochs"][best]["accuracy"])


def test_the_finished_folder_holds_no_pickle_and_no_path_of_this_machine(alone):
    assert {path.suffix for path in alone.iterdir()} == {".json", ".md", ".safetensors"}
    for path in alone.iterdir():
        if path.suffix != ".safetensors":
            assert str(alone.parent) not in path.read_text(encoding="utf-8"), path.name


def pairs(rows=400, **more):
    """A set of two texts and a class whose column has another name, without a validation split."""
    features = {
        "premise": Value("string"),
        "claim": Value("string"),
        "verdict": ClassLabel(names=["no", "yes"]),
    }
    columns = {"premise": [f"p{row}" for row in range(rows)], "claim": ["c"] * rows}
    columns["verdict"] = [int(row % 4 == 0) for row in range(rows)]
    train = Dataset.from_dict(columns, features=Features(features))
    return DatasetDict(train=train, test=train.select(range(20)), **more)


def test_columns_are_found_by_their_types_and_a_tenth_is_held_out(monkeypatch):
    monkeypatch.setattr(finetune, "load_dataset", lambda name, source: pairs())
    splits, label, texts = finetune.read_splits("pairs", "auto", rows=None, seed=0)
    assert (label, texts) == ("verdict", ["premise", "claim"])
    assert {name: len(part) for name, part in splits.items()} == {"train": 360, "validation": 40, "test": 20}
    assert sum(splits["validation"]["verdict"]) == 10, "a quarter is yes, in each part"
    assert not set(splits["train"]["premise"]) & set(splits["validation"]["premise"])
    again, other = (finetune.read_splits("pairs", "auto", rows=100, seed=seed)[0] for seed in (0, 1))
    assert again["validation"]["premise"][:] == splits["validation"]["premise"][:]
    assert again["validation"]["premise"][:] != other["validation"]["premise"][:]
    assert len(again["train"]) == 100


def sampler(rows=1000, step=0, seed=0):
    lengths = torch.randint(3, 60, (rows,), generator=torch.Generator().manual_seed(0)).tolist()
    trainer = SimpleNamespace(
        train_dataset={"input_ids": [[0] * length for length in lengths]},
        state=SimpleNamespace(global_step=step),
        args=SimpleNamespace(seed=seed),
    )
    return lengths, list(finetune.RowsByLength(trainer, 32))


def test_batches_are_of_like_length_and_leave_others_out_each_epoch():
    lengths, first = sampler()
    assert len(set(first)) == len(first) == 1000 // 32 * 32
    spans = [max(batch) - min(batch) for batch in torch.tensor(lengths)[first].view(-1, 32).tolist()]
    assert sum(spans) / len(spans) < 6  # of 57 in a random order
    _, second = sampler(step=1000 // 32)
    assert first != second
    left_out = [set(range(1000)) - set(rows) for rows in (first, second)]
    assert left_out[0] != left_out[1]
    mean = sum(lengths[row] for row in left_out[0] | left_out[1]) / len(left_out[0] | left_out[1])
    assert 15 < mean < 47, "not only the longest or the shortest rows"
    assert sampler(step=5)[1] == first, "within an epoch the order stays"
    assert sampler(seed=1)[1] != first


def test_a_batch_is_shared_by_all_processes():
    args = SimpleNamespace(world_size=4, n_gpu=1, num_train_epochs=3)
    finetune._share_batches(args, 32, rows=640)
    assert (args.per_device_train_batch_size, args.warmup_steps) == (8, 6)
    with pytest.raises(ValueError, match="30 has no 4 equal parts"):
        finetune._share_batches(args, 30, rows=640)


def test_answers_that_are_no_numbers_stop_the_run():
    logits = torch.tensor([[0.0, float("nan")]]).numpy()
    with pytest.raises(FloatingPointError, match="--lr"):
        finetune._epoch_scores(SimpleNamespace(predictions=logits, label_ids=torch.tensor([0]).numpy()))
