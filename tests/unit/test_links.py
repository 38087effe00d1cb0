"""The public address stands in pyproject.toml and is written from there."""

import json
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nlpcourse.authoring import cli, links
from nlpcourse.authoring.project import UsageError

ADDRESS = "https://github.com/some-school/course.1"
CONFIG = """\
title: x
repository:  # written by a command
  branch: main
  url: https://github.com/old/old  # the address

launch_buttons:
  colab_url: https://colab.research.google.com
url: https://elsewhere.example
"""
README = """\
[![Open in Colab](x.svg)](https://colab.research.google.com/github/old/old/blob/main/notebooks/a.ipynb)
[![CI](https://github.com/old/old/actions/workflows/ci.yml/badge.svg)](https://github.com/old/old/actions)
`git clone https://github.com/old/old.git` or `git clone --depth 1 https://github.com/old/old`
`pip install "nlpcourse @ git+https://github.com/old/old"`
Built with [papermill](https://github.com/nteract/papermill).
"""
CITATION = 'title: "x"\nrepository-code: "https://github.com/old/old"\nurl: https://elsewhere.example\n'


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nversion = "1.2.3"\n[project.urls]\nRepository = "{ADDRESS}"\n'
    )
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "README.md").write_text(README)
    (tmp_path / "CITATION.cff").write_text(CITATION)
    cells = [
        new_markdown_cell("# Title\n\nPromise.\n\n[![Open in Colab](old)](old)\n\nMore.", id="title"),
        new_code_cell("import nlpcourse", id="setup", metadata={"tags": ["hide-input"]}),
        new_code_cell("'é'", id="other"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "notebooks" / "1_1_x.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_badge_and_set_up_cell_are_written(root):
    links.links(root)
    notebook = nbformat.read(root / "notebooks" / "1_1_x.ipynb", as_version=4)
    colab = "https://colab.research.google.com/github/some-school/course.1/blob/main/notebooks/1_1_x.ipynb"
    badge = f"[![Open in Colab](../book/_static/colab-badge.svg)]({colab})"
    assert notebook.cells[0].source == f"# Title\n\nPromise.\n\n{badge}\n\nMore."
    assert notebook.cells[1].source == links.setup_source(ADDRESS, "1.2.3")
    assert f'PACKAGE = "nlpcourse @ git+{ADDRESS}"' in notebook.cells[1].source
    assert 'nlpcourse.__version__ != "1.2.3"' in notebook.cells[1].source
    assert notebook.cells[1].metadata.tags == ["hide-input"]


def test_a_notebook_keeps_its_form(root):
    path = root / "notebooks" / "1_1_x.ipynb"
    before = path.read_text()
    links.links(root)
    after = path.read_text()
    assert after.endswith("}\n") and not after.endswith("\n\n")
    assert after.startswith('{\n "cells": [\n  {') and "é" in after
    was, now = json.loads(before), json.loads(after)
    assert was["cells"][2] == now["cells"][2] and was["metadata"] == now["metadata"]


def test_the_configuration_keeps_everything_but_the_address(root):
    links.links(root)
    assert (root / "_config.yml").read_text() == CONFIG.replace("https://github.com/old/old", ADDRESS)


def test_the_page_and_the_citation_change_only_their_own_address(root):
    links.links(root)
    readme = (root / "README.md").read_text()
    assert readme == README.replace("old/old", "some-school/course.1")
    assert "https://github.com/nteract/papermill" in readme
    assert (root / "CITATION.cff").read_text() == CITATION.replace("https://github.com/old/old", ADDRESS)


def test_check_lists_the_differences_and_changes_nothing(root, capsys):
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert cli.main(["links", "--check"]) == 1
    out = capsys.readouterr().out
    for name in ("notebooks/1_1_x.ipynb", "_config.yml", "README.md", "CITATION.cff"):
        assert name in out
    assert "-  url: https://github.com/old/old" in out and f"+  url: {ADDRESS}" in out
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_writing_twice_changes_nothing_the_second_time(root, capsys):
    assert cli.main(["links"]) == 0
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    assert cli.main(["links", "--check"]) == 0
    assert cli.main(["links"]) == 0
    assert "every address is up to date" in capsys.readouterr().out
    assert before == {path: path.stat().st_mtime_ns for path in root.rglob("*")}


def test_assignments_get_their_set_up_cell_and_what_is_made_from_them_does_not(root):
    made = root / "notebooks" / "assignments" / "release" / "a1" / "a1.ipynb"
    source = root / "notebooks" / "assignments" / "source" / "a1" / "a1.ipynb"
    for path in (made, source):
        path.parent.mkdir(parents=True)
        shutil.copy(root / "notebooks" / "1_1_x.ipynb", path)
    before = made.read_bytes()
    links.links(root)
    assert made.read_bytes() == before
    cells = {cell["id"]: cell for cell in json.loads(source.read_text())["cells"]}
    assert "".join(cells["setup"]["source"]) == links.setup_source(ADDRESS, "1.2.3")


def test_a_new_version_is_written_into_every_set_up_cell(root):
    links.links(root)
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text.replace("1.2.3", "1.3.0"))
    (difference,) = links.links(root)
    assert difference.startswith("notebooks/1_1_x.ipynb") and "written for 1.3.0" in difference
    (root / "pyproject.toml").write_text(text.replace("version", "other"))
    with pytest.raises(UsageError, match=r"\[project\] version"):
        links.links(root)


@pytest.mark.parametrize("line", ["", 'Repository = ""', 'Repository = "https://example.com/x"'])
def test_without_an_address_the_place_to_write_it_is_named(root, line):
    (root / "pyproject.toml").write_text(f"[project.urls]\n{line}\n")
    with pytest.raises(UsageError, match=r"\[project.urls\] Repository"):
        links.repository(root)
