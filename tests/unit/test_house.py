"""The rules of the house: who may import whom, what is documented, what never stands in the project."""

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import nlpcourse
from nlpcourse.authoring import doctor

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


# --- one file holds the versions: requirements.lock; pyproject.toml says what the package can live with -------------


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = [Requirement(line) for line in chain.from_iterable(PROJECT["optional-dependencies"].values())]
LOCKED = {
    name.lower().replace("_", "-"): version
    for name, _, version in (
        line.partition("==") for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    )
    if version
}
PYTHONS = [
    f"3.{minor}" for minor in range(8, 30) if f"3.{minor}.0" in SpecifierSet(PROJECT["requires-python"])
]
# Names under which a distribution is imported, where they differ.
IMPORTED_AS = {
    "sklearn": "scikit-learn",
    "PIL": "pillow",
    "IPython": "ipython",
    "huggingface_hub": "huggingface-hub",
}


def test_every_direct_dependency_is_locked_at_a_version_that_fits():
    for requirement in [*WANTED, *EXTRAS]:
        name = requirement.name.lower()
        assert name in LOCKED, f"{name} is not in requirements.lock: run `make lock`"
        assert LOCKED[name] in requirement.specifier, f"{name} {LOCKED[name]} is not {requirement.specifier}"


def test_the_package_itself_asks_for_lower_bounds_only():
    operators = {
        requirement.name: {part.operator for part in requirement.specifier} for requirement in WANTED
    }
    assert {name for name, found in operators.items() if found != {">="}} == set(), "Colab brings its own"


def test_the_package_declares_whatever_it_imports():
    names = {name.split(".")[0] for path in TEACHING for name in imported(path)}
    relative = {path.stem for path in TEACHING} | {path.parent.name for path in TEACHING}
    foreign = {name for name in names if name not in sys.stdlib_module_names and name not in relative}
    declared = {requirement.name for requirement in WANTED}
    assert {IMPORTED_AS.get(name, name) for name in foreign} <= declared


def test_no_other_file_pins_what_the_lock_pins():
    pinned = re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, LOCKED))})\s*==\s*\d", re.IGNORECASE)
    # The bounds; what Colab brings, which is not ours to choose; examples in tests.
    exempt = {"requirements.lock", "pyproject.toml", "tests/colab/brings.txt"}
    found = [
        f"{name}: {match[0]}"
        for path in tracked()
        if (name := path.relative_to(ROOT).as_posix()) not in exempt
        and not (path.suffix == ".py" and name.startswith("tests/"))
        and path.suffix not in (".png", ".svg", ".woff2", ".jsonl")
        for match in pinned.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_the_package_has_one_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert PROJECT["version"] == nlpcourse.__version__ == str(citation["version"])


def test_the_pythons_are_the_same_everywhere():
    first, last = PYTHONS[0], PYTHONS[-1]
    listed = f"Python {', '.join(PYTHONS[:-1])} or {last}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"{listed} is needed" in makefile and f"PYTHON=python{first}" in makefile
    assert "({}) <= v <= ({})".format(*(version.replace(".", ", ") for version in (first, last))) in makefile
    assert listed in (ROOT / "README.md").read_text(encoding="utf-8")
    assert tuple("{}.{}".format(*pair) for pair in doctor.PYTHONS) == (first, last)
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert ruff["target-version"] == f"py{first.replace('.', '')}"


def test_the_conda_environment_takes_its_versions_from_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert set(conda) == {"name", "channels", "dependencies"}
    *packages, pip = conda["dependencies"]
    assert packages == [f"python={PYTHONS[0]}", "pip"], "whatever else conda brought, pip would replace"
    # Both name files, which tells repo2docker to copy the whole repository before it installs.
    assert pip == {"pip": ["--requirement requirements.lock", "--editable ."]}
    # A folder of one of these names would hide environment.yml from repo2docker.
    assert not (ROOT / "binder").exists() and not (ROOT / ".binder").exists()


def test_widgets_show_in_the_jupyterlab_that_the_lock_brings():
    assert {"jupyterlab", "jupyterlab-widgets", "ipywidgets", "ipykernel"} <= LOCKED.keys()
    command = [sys.executable, "-m", "jupyter", "labextension", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    # Colours are put between the words.
    lines = re.sub(r"\x1b\[\d*m", "", listed.stdout + listed.stderr).splitlines()
    (line,) = [line for line in lines if "@jupyter-widgets/jupyterlab-manager" in line]
    assert "enabled OK" in line


def test_the_hooks_before_a_commit_bring_no_tool_of_their_own():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}
    assert {hook["language"] for repository in hooks["repos"] for hook in repository["hooks"]} == {"system"}


# --- what never stands in the project -----------------------------------------------------------------------------


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
