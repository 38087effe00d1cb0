"""The rules of the house: who may import whom, what is documented, what never stands in the project."""

import ast
import inspect
import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

import nlpcourse

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "nlpcourse"
KEEPING = {"authoring", "classroom"}
TEACHING = sorted(p for p in PACKAGE.rglob("*.py") if not KEEPING & set(p.relative_to(PACKAGE).parts))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_teaching_half_never_imports_the_keeping_half(path):
    if path.name == "__main__.py":
        return  # the door to the command is all it is
    assert not [name for name in imported(path) if KEEPING & set(name.split("."))]


def test_every_public_function_says_what_it_takes_and_gives():
    lacking = []
    for name in nlpcourse.__all__:
        thing = getattr(nlpcourse, name)
        members = vars(thing).items() if inspect.ismodule(thing) else [(name, thing)]
        for member, value in members:
            if member.startswith("_") or not inspect.isfunction(value):
                continue
            if not value.__module__.startswith("nlpcourse"):
                continue
            hints = value.__annotations__
            parameters = [p for p in inspect.signature(value).parameters if p not in ("self", "options")]
            if not value.__doc__ or "return" not in hints or [p for p in parameters if p not in hints]:
                lacking.append(f"{value.__module__}.{member}")
    assert not lacking


def test_every_direct_dependency_is_locked_at_a_version_that_fits():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = dict(line.lower().split("==") for line in lines if "==" in line)
    locked = {name.replace("_", "-"): version for name, version in locked.items()}
    for requirement in map(Requirement, wanted):
        name = requirement.name.lower()
        assert name in locked, f"{name} is not in requirements.lock: run `make lock`"
        assert locked[name] in requirement.specifier, f"{name} {locked[name]} is not {requirement.specifier}"


def test_the_conda_environment_takes_its_versions_from_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict)]
    assert pip == ["--requirement requirements.lock", "--editable ."]


def test_ruff_is_the_same_everywhere():
    hook = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    revisions = {repo["repo"].split("/")[-1]: repo.get("rev") for repo in hook["repos"]}
    locked = re.search(
        r"^ruff==(.*)$", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    if "ruff-pre-commit" in revisions:
        assert revisions["ruff-pre-commit"] == f"v{locked[1]}"


# Put together from parts, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root)/\w"),
    "a host of a package registry": re.compile(
        "|".join(["py" + r"pi\.org", "python" + "hosted", "registry\\." + "npmjs"])
    ),
    "a word about how the project is developed": re.compile(
        "|".join(["\\bAI" + "[- ]generated", "language model wrote", "Chat" + "GPT", "Co-Authored" + "-By"])
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_never_in_the_project(what):
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in (".png", ".svg", ".woff2"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if FORBIDDEN[what].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found


def test_no_file_in_the_repository_is_large():
    large = [path for path in tracked() if path.stat().st_size > 1_500_000]
    assert not large, (
        f"{[str(path.relative_to(ROOT)) for path in large]}: data stay outside, see data/registry.toml"
    )


def test_no_real_data_is_committed():
    hashes = set(
        re.findall(r'sha256 = "(\w{64})"', (ROOT / "data" / "registry.toml").read_text(encoding="utf-8"))
    )
    from nlpcourse.checkpoints import sha256

    assert not [path for path in tracked() if sha256(path) in hashes]
