"""One call at the top of every chapter: sizes, device, seeds, threads and figure style."""

import os
import platform
import random
import sys
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from nlpcourse._records import record

PROFILES = ("auto", "fast", "full")
_VERSIONS = ("torch", "transformers", "datasets", "numpy", "nlpcourse")


@dataclass(frozen=True)
class Run:
    """What `setup` decided. The chosen sizes are attributes: `run.steps`, `run.hidden_size`, …"""

    profile: str
    device: str
    seed: int
    sizes: dict[str, Any] = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        sizes = self.__dict__.get("sizes", {})
        if name in sizes:
            return sizes[name]
        raise AttributeError(f"no size {name!r} in this run; setup was given: {', '.join(sizes) or 'none'}")


def setup(
    profile: str = "auto",
    *,
    fast: dict[str, Any] | None = None,
    full: dict[str, Any] | None = None,
    seed: int = 0,
) -> Run:
    """Choose a profile and a device, seed every random generator and set the style of the figures.

    Args:
        profile: "fast" (two processor cores), "full" (a GPU), or "auto": "full" where CUDA or MPS is present and
            "fast" elsewhere. The environment variable `NLPCOURSE_PROFILE` says what "auto" means.
        fast: sizes of the fast profile, such as `{"steps": 300}`.
        full: the same names with the sizes of the full profile.
        seed: for Python, NumPy and PyTorch.

    Returns:
        The chosen sizes as attributes, with `profile`, `device` and `seed`.

    Raises:
        ValueError: for an unknown profile, or when a size stands in one profile and not in the other.
    """
    fast, full = fast or {}, full or {}
    if profile not in PROFILES:
        raise ValueError(f"unknown profile {profile!r}: use one of {', '.join(PROFILES)}")
    if fast.keys() != full.keys():
        lonely = {name: "full" if name in fast else "fast" for name in sorted(fast.keys() ^ full.keys())}
        missing = "; ".join(f"{name!r} is missing in {where}" for name, where in lonely.items())
        raise ValueError(f"both profiles need the same sizes: {missing}")
    if reserved := sorted({"profile", "device", "seed", "sizes"} & fast.keys()):
        raise ValueError(f"{', '.join(reserved)} cannot name a size: the run has an attribute of that name")

    import torch

    device = _device()
    if profile == "auto":
        profile = os.environ.get("NLPCOURSE_PROFILE", "auto")
        if profile not in PROFILES:
            raise ValueError(f"NLPCOURSE_PROFILE is {profile!r}: use one of {', '.join(PROFILES)}")
    if profile == "auto":
        profile = "fast" if device == "cpu" else "full"

    seed_everything(seed)
    from nlpcourse import figures

    figures.use_style()
    run = Run(profile=profile, device=device, seed=seed, sizes=dict(fast if profile == "fast" else full))
    hardware = describe_hardware()
    where = hardware["gpu"] or f"{hardware['cpu']}, {torch.get_num_threads()} thread(s)"
    record(
        "setup",
        {
            "profile": run.profile,
            "device": run.device,
            "seed": seed,
            "threads": torch.get_num_threads(),
            "sizes": {name: str(value) for name, value in run.sizes.items()},
            "hardware": hardware,
            "versions": describe_versions(),
        },
        f"profile {run.profile} on {where}; seed {seed}",
    )
    return run


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and PyTorch (every device), so that a repeated run repeats its numbers."""
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        # cuDNN otherwise chooses among kernels by a race, and the winner's rounding differs from run to run.
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True


def describe_hardware() -> dict[str, Any]:
    """Processor, cores this process may use, memory in GB and GPU (or None)."""
    import psutil
    import torch

    gpu = None
    if torch.cuda.is_available():
        gpu = torch.cuda.get_device_name()
    elif torch.backends.mps.is_available():
        gpu = "Apple MPS"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = round(psutil.virtual_memory().total / 1e9, 1)
    return {"cpu": _cpu_name(), "cores": cores, "memory_gb": memory, "gpu": gpu}


def describe_versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide a chapter's numbers; absent ones are left out."""
    versions = {"python": platform.python_version()}
    for name in _VERSIONS:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


def _device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _cpu_name() -> str:
    """The processor's own name: `platform.processor` is empty on most Linux machines."""
    if sys.platform == "linux":
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
