"""`setup` chooses sizes and seeds everything; careless use is refused with a message that helps."""

import random
import subprocess
import sys

import numpy as np
import pytest
import torch

import nlpcourse
from nlpcourse import runtime, setup


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    monkeypatch.delenv("NLPCOURSE_PROFILE", raising=False)


@pytest.mark.parametrize(("device", "profile"), [("cpu", "fast"), ("cuda", "full"), ("mps", "full")])
def test_auto_is_full_with_an_accelerator(monkeypatch, device, profile):
    monkeypatch.setattr(runtime, "_device", lambda: device)
    run = setup("auto", fast={"steps": 3}, full={"steps": 300})
    assert (run.profile, run.device) == (profile, device)
    assert run.steps == {"fast": 3, "full": 300}[profile]


def test_environment_says_what_auto_means_but_not_what_a_reader_chose(monkeypatch):
    monkeypatch.setenv("NLPCOURSE_PROFILE", "full")
    assert setup("auto").profile == "full"
    assert setup("fast").profile == "fast"
    monkeypatch.setenv("NLPCOURSE_PROFILE", "quick")
    with pytest.raises(ValueError, match="NLPCOURSE_PROFILE is 'quick'"):
        setup("auto")


def test_unknown_profile():
    with pytest.raises(ValueError, match="unknown profile 'slow': use one of auto, fast, full"):
        setup("slow")


def test_a_size_missing_in_one_profile_is_named():
    with pytest.raises(ValueError, match="'rows' is missing in fast; 'steps' is missing in full"):
        setup(fast={"steps": 1}, full={"rows": 2})


def test_a_size_may_not_hide_an_attribute():
    with pytest.raises(ValueError, match="seed cannot name a size"):
        setup(fast={"seed": 1}, full={"seed": 2})


def test_an_unknown_size_lists_the_known_ones():
    with pytest.raises(AttributeError, match="no size 'step' in this run; setup was given: steps"):
        _ = setup("fast", fast={"steps": 1}, full={"steps": 2}).step


def _numbers(seed: int) -> list[float]:
    setup("fast", seed=seed)
    model = torch.nn.LSTM(3, 4)
    return [
        random.random(),
        np.random.rand(),
        torch.rand(1).item(),
        model(torch.rand(5, 1, 3))[0].sum().item(),
    ]


def test_same_seed_same_numbers():
    assert _numbers(7) == _numbers(7)
    assert all(one != other for one, other in zip(_numbers(7), _numbers(8), strict=True))


def test_record_holds_hardware_and_versions(monkeypatch):
    rows = []
    monkeypatch.setattr(runtime, "record", lambda kind, data, text: rows.append((kind, data, text)))
    setup("fast", fast={"steps": 3}, full={"steps": 4}, seed=5)
    kind, data, text = rows[0]
    assert kind == "setup" and data["sizes"] == {"steps": "3"} and data["seed"] == 5
    assert data["hardware"]["cores"] >= 1 and data["hardware"]["memory_gb"] > 0
    assert data["versions"]["torch"] == torch.__version__
    assert text.startswith("profile fast on ") and text.endswith("seed 5")


def test_importing_the_package_imports_nothing_heavy():
    code = "import sys, nlpcourse; print([m for m in ('torch', 'pandas', 'matplotlib') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_unknown_public_name_lists_the_known_ones():
    with pytest.raises(AttributeError, match=r"nlpcourse has no 'train'; it has: .*claim.*fit"):
        _ = nlpcourse.train


@pytest.mark.parametrize("name", nlpcourse.__all__)
def test_every_public_name_exists_and_is_documented(name):
    assert getattr(nlpcourse, name).__doc__
