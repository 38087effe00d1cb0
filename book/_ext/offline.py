"""Keep the book from needing any other server: MathJax travels inside it, and nothing points at a CDN.

MathJax comes from the Python package `sphinx-mathjax-offline`, which holds the files of MathJax 3.2.2 as its
authors published them. It is a small package by one person: only its files are taken, none of its code is
imported, and they are used only if they are the official ones.
"""

import hashlib
from importlib import metadata
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset

PACKAGE = "sphinx-mathjax-offline"
# What a page can ask for: the entry, TeX extensions, web fonts, the menu, and speech for screen readers.
PARTS = ("tex-chtml.js", "a11y", "input/tex", "output/chtml", "sre", "ui")
# Of these parts of es5/ in the npm package mathjax@3.2.2; see `_digest`.
SHA256 = "5e47c40a875955519f8e7aa6f0ef246feaf3b548624c333bb8b2c9152611d79b"


def _digest(root: Path) -> str:
    """Return one SHA-256 over the paths and bytes of all files that the book takes."""
    total = hashlib.sha256()
    for part in PARTS:
        path = root / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    return total.hexdigest()


def _find_mathjax() -> Path:
    """Return the folder with the verified files."""
    try:
        root = Path(str(metadata.distribution(PACKAGE).locate_file(f"{PACKAGE}/static/mathjax")))
    except metadata.PackageNotFoundError:
        raise ExtensionError(f"the book needs the package {PACKAGE}: pip install {PACKAGE}==0.0.2") from None
    if (found := _digest(root)) != SHA256:
        raise ExtensionError(
            f"the files of MathJax in {PACKAGE} are not those of MathJax 3.2.2: their SHA-256 is {found}, "
            f"expected {SHA256}. Reinstall {PACKAGE}==0.0.2."
        )
    return root


def _copy_mathjax(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    root = _find_mathjax()
    for part in PARTS:
        target = Path(app.outdir, "_static", "mathjax", part)
        copy_asset(root / part, target if (root / part).is_dir() else target.parent)


def _drop_thebe(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Leave out the scripts of thebe, which runs code on another server: Jupyter Book adds them unasked."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if "thebe" not in f"{script.filename} {script.attributes.get('body', '')}"
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.config.mathjax_path = "mathjax/tex-chtml.js"
    app.connect("builder-inited", _copy_mathjax)
    app.connect("html-page-context", _drop_thebe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
