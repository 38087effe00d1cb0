"""The Sphinx extensions: the book shows executed copies or stops, and carries its own MathJax."""

import importlib.util
import shutil
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from small_book import REPOSITORY, build
from sphinx.errors import ExtensionError


@pytest.fixture
def copy(small_book: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_book, tmp_path / "book"))


def edit(path: Path, old: str, new: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert old in notebook.cells[0].source
    notebook.cells[0].source = notebook.cells[0].source.replace(old, new)
    nbformat.write(notebook, path)


def test_page_shows_the_outputs_and_the_source_stays_clean(small_book):
    page = (small_book / "_build" / "html" / "notebooks" / "demo.html").read_text(encoding="utf-8")
    assert 'class="nlpcourse-figure"' in page
    served = small_book / "_build" / "html" / "_sources" / "notebooks" / "demo.ipynb"
    assert served.read_bytes() == (small_book / "notebooks" / "demo.ipynb").read_bytes()


def test_missing_execution_stops_the_build(copy):
    (copy / "_build" / "executed" / "demo.ipynb").unlink()
    result = build(copy)
    assert result.returncode != 0
    assert "not executed: run `nlpcourse run demo` first" in result.stderr


def test_stale_execution_stops_the_build_and_a_new_one_mends_it(copy):
    edit(copy / "notebooks" / "demo.ipynb", "A chapter", "A better chapter")
    result = build(copy)
    assert result.returncode != 0
    assert "changed since it was executed: run `nlpcourse run demo` again" in result.stderr

    edit(copy / "_build" / "executed" / "demo.ipynb", "A chapter", "A better chapter")
    result = build(copy)
    assert result.returncode == 0, result.stderr
    assert "A better chapter" in (copy / "_build" / "html" / "notebooks" / "demo.html").read_text(
        encoding="utf-8"
    )


def test_tampered_mathjax_is_refused(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("offline", REPOSITORY / "book" / "_ext" / "offline.py")
    offline = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(offline)
    root = offline._find_mathjax()
    assert (root / "tex-chtml.js").is_file()

    fake = tmp_path / offline.PACKAGE / "static" / "mathjax"
    shutil.copytree(root, fake)
    with (fake / "tex-chtml.js").open("a", encoding="utf-8") as script:
        script.write("//")

    class Distribution:
        def locate_file(self, path):
            return tmp_path / path

    monkeypatch.setattr(metadata, "distribution", lambda _: Distribution())
    with pytest.raises(ExtensionError, match="are not those of MathJax"):
        offline._find_mathjax()
