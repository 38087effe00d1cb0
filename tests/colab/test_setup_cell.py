"""The set-up cell of the chapters, on every Python that is to be had: at once where the package is there, helpful else."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from IPython.core.inputtransformer2 import TransformerManager

import nlpcourse
from nlpcourse.authoring import links
from nlpcourse.authoring.project import chapters

ROOT = Path(__file__).parents[2]
VERSION = nlpcourse.__version__
ADDRESS = links.repository(ROOT)
CELL = links.setup_source(ADDRESS, links.version(ROOT))
# Stands in for the kernel: `pip` notes what it is asked, and may leave a package behind.
KERNEL = """
import json, os, shutil, sys, time
sys.path[:0] = json.loads(os.environ["PLACES"])
class Shell:
    def run_line_magic(self, name, line):
        print(name, line.format(**globals()), file=sys.stderr)
        if os.environ.get("INSTALLS"):
            shutil.copytree(os.environ["INSTALLS"], os.path.join(sys.path[0], "nlpcourse"))
def get_ipython():
    return Shell()
before = set(sys.modules)
started = time.perf_counter()
try:
    exec(compile(os.environ["CELL"], "cell", "exec"))
finally:
    taken = time.perf_counter() - started
    new = sorted({name.split(".")[0] for name in set(sys.modules) - before})
    print("took", taken, "imports", *new, file=sys.stderr)
"""


def pythons() -> dict[str, str]:
    """Version → program, of this interpreter and of others that the package allows and that start."""
    found = {"{}.{}".format(*sys.version_info): sys.executable}
    for version in ("3.11", "3.12", "3.13"):
        program = shutil.which(f"python{version}")
        if version in found or not program:
            continue
        # A launcher such as pyenv's may be there without its Python.
        question = [program, "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]
        answer = subprocess.run(question, capture_output=True, text=True, check=False)
        if answer.stdout.strip() == version:
            found[version] = program
    return found


PYTHONS = pythons()


@pytest.fixture(params=PYTHONS)
def cell(request, tmp_path):
    """Runs the cell in a new interpreter that knows only the standard library and the given places."""

    def run(*places: Path, installs: Path | str = "") -> SimpleNamespace:
        environment = {
            **os.environ,
            "PLACES": json.dumps([str(place) for place in places]),
            "INSTALLS": str(installs),
            "CELL": TransformerManager().transform_cell(CELL),
        }
        # -S: not what is installed beside it; -E: not what PYTHONPATH names.
        command = [PYTHONS[request.param], "-S", "-E", "-c", KERNEL]
        started = time.monotonic()
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - started
        taken, imports = re.search(r"^took (\S+) imports(.*)$", ran.stderr, re.MULTILINE).groups()
        asked = re.findall(r"^pip (.*)$", ran.stderr, re.MULTILINE)
        return SimpleNamespace(
            code=ran.returncode,
            out=ran.stdout,
            err=ran.stderr,
            pip=asked,
            taken=float(taken),
            seconds=seconds,
            imports=imports.split(),
        )

    return run


def package(folder: Path, version: str) -> Path:
    """A package that has a version and nothing else."""
    (folder / "nlpcourse").mkdir(parents=True)
    (folder / "nlpcourse" / "__init__.py").write_text(f"__version__ = {version!r}\n")
    return folder


INSTALL = f'install --quiet "nlpcourse @ git+{ADDRESS}"'


def test_every_chapter_begins_with_this_cell():
    for path in chapters(ROOT):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert ["".join(cell["source"]) for cell in cells if cell.get("id") == "setup"] == [CELL]


def test_where_the_package_is_there_it_shows_one_line_in_under_a_second(cell):
    ran = cell(ROOT)
    assert (ran.code, ran.out, ran.pip) == (0, f"nlpcourse {VERSION}\n", [])
    assert ran.seconds < 1, "a new interpreter and the cell"
    assert ran.taken < 0.2, "the cell alone"
    assert not {"torch", "numpy", "pandas", "transformers", "datasets"} & set(ran.imports)


def test_where_it_is_missing_pip_brings_it_and_one_line_shows(cell, tmp_path):
    (tmp_path / "packages").mkdir()
    ran = cell(tmp_path / "packages", installs=package(tmp_path / "wheel", VERSION) / "nlpcourse")
    assert (ran.code, ran.out, ran.pip) == (0, f"nlpcourse {VERSION}\n", [INSTALL])


def test_a_mere_folder_of_that_name_is_not_taken_for_the_package(cell, tmp_path):
    """As after `git clone` on Colab, where the notebook starts beside the checkout."""
    (tmp_path / "content" / "nlpcourse").mkdir(parents=True)
    (tmp_path / "packages").mkdir()
    wheel = package(tmp_path / "wheel", VERSION) / "nlpcourse"
    ran = cell(tmp_path / "packages", tmp_path / "content", installs=wheel)
    assert (ran.code, ran.out, ran.pip) == (0, f"nlpcourse {VERSION}\n", [INSTALL])


def test_where_pip_fails_it_says_what_to_do(cell, tmp_path):
    ran = cell(tmp_path / "packages")
    assert ran.code == 1 and ran.pip == [INSTALL]
    last = ran.err[ran.err.index("RuntimeError") :]
    for advice in ("what pip says above", "connect and run this cell again", "restart the kernel"):
        assert advice in last


@pytest.mark.parametrize("version", ["0.0.9", "9.0.0"])
def test_another_version_is_used_as_it_is_and_named_with_the_way_to_the_right_one(cell, tmp_path, version):
    ran = cell(package(tmp_path / "packages", version))
    assert ran.code == 0 and ran.pip == []
    first, second, third = ran.out.splitlines()
    assert first == f"nlpcourse {version}"
    assert f"written for {VERSION}" in second and "restart the kernel" in second
    assert third == f'%pip install --upgrade "nlpcourse @ git+{ADDRESS}"'


@pytest.mark.parametrize("version", PYTHONS)
def test_the_whole_package_is_read_without_a_warning(version, tmp_path):
    """Syntax that is new, or that a later Python complains about, shows when the files are compiled."""
    program = (
        "import pathlib, sys\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.py')):\n"
        "    compile(path.read_text(encoding='utf-8'), str(path), 'exec')\n"
        "sys.path.insert(0, str(pathlib.Path(sys.argv[1]).parent))\n"
        "import nlpcourse\n"
    )
    command = [PYTHONS[version], "-S", "-E", "-B", "-W", "error", "-c", program, str(ROOT / "nlpcourse")]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
