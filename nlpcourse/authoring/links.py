"""`nlpcourse links`: address and version stand once, in pyproject.toml, and are written from there where they are needed."""

import difflib
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat

from nlpcourse.authoring import markdown
from nlpcourse.authoring.project import UsageError, chapters, write_atomic

BRANCH = "main"
# Drawn here: the book makes no request to the outside, not even for a badge.
BADGE = "../book/_static/colab-badge.svg"


def repository(root: Path) -> str:
    """The address from `[project.urls] Repository`, such as https://github.com/owner/name.

    Raises:
        UsageError: the entry is missing, or is not such an address.
    """
    with (root / "pyproject.toml").open("rb") as file:
        address = tomllib.load(file).get("project", {}).get("urls", {}).get("Repository", "")
    if not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", address):
        raise UsageError(
            f"pyproject.toml: [project.urls] Repository is {address!r}; expected https://github.com/OWNER/NAME."
        )
    return address.removesuffix(".git")


def badge_line(address: str, notebook: str) -> str:
    """The line that opens a chapter on Colab; `notebook` is the path inside the repository."""
    slug = address.removeprefix("https://github.com/")
    return f"[![Open in Colab]({BADGE})](https://colab.research.google.com/github/{slug}/blob/{BRANCH}/{notebook})"


def version(root: Path) -> str:
    """The version of the package that the notebooks beside it are written for.

    Raises:
        UsageError: `[project] version` is missing.
    """
    with (root / "pyproject.toml").open("rb") as file:
        found = tomllib.load(file).get("project", {}).get("version", "")
    if not found:
        raise UsageError("pyproject.toml: [project] version is missing.")
    return found


def setup_source(address: str, version: str) -> str:
    """The set-up cell: one line where the package is there, pip where it is not (on Colab), and advice where it fails.

    It must not need the package, and an older one must not confuse it: only `__version__` is read.
    """
    return f"""\
from importlib.util import find_spec

PACKAGE = "nlpcourse @ git+{address}"
# As on Colab. A mere folder of this name has no origin.
if not getattr(find_spec("nlpcourse"), "origin", None):
    %pip install --quiet "{{PACKAGE}}"
    if not getattr(find_spec("nlpcourse"), "origin", None):
        raise RuntimeError(
            "nlpcourse is not installed: see what pip says above. If the network failed, "
            "connect and run this cell again; if pip succeeded, restart the kernel."
        )
import nlpcourse

print(f"nlpcourse {{nlpcourse.__version__}}")
if nlpcourse.__version__ != "{version}":
    print("This notebook was written for {version}. If a cell fails, run this and restart the kernel:")
    print(f'%pip install --upgrade "{{PACKAGE}}"')"""


def wanted(root: Path) -> dict[Path, tuple[str, str]]:
    """Every file that holds the address: its text now, and as it should be."""
    address = repository(root)
    setup = setup_source(address, version(root))
    texts: dict[Path, tuple[str, str]] = {}
    assignments = sorted((root / "notebooks" / "assignments" / "source").glob("*/*.ipynb"))
    for path in [*chapters(root), *assignments]:
        now = path.read_text(encoding="utf-8")
        texts[path] = (now, _notebook(now, address, setup, path.relative_to(root).as_posix()))
    rewriters: dict[str, Callable[[str, str], str]] = {
        "_config.yml": _config,
        "CITATION.cff": _citation,
        "README.md": _page,
        "CONTRIBUTING.md": _page,
    }
    for name, rewrite in rewriters.items():
        if (root / name).is_file():
            now = (root / name).read_text(encoding="utf-8")
            texts[root / name] = (now, rewrite(now, address))
    return texts


def links(root: Path, check_only: bool = False) -> list[str]:
    """Bring every address up to date, or with `check_only` write nothing.

    Returns:
        One text per file that differed: its name, and the lines that differ.
    """
    differences = []
    for path, (now, then) in wanted(root).items():
        if now == then:
            continue
        changed = difflib.unified_diff(now.splitlines(), then.splitlines(), lineterm="", n=0)
        lines = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
        differences.append("\n".join([path.relative_to(root).as_posix(), *(f"  {line}" for line in lines)]))
        if not check_only:
            write_atomic(path, then)
    return differences


def _notebook(text: str, address: str, setup: str, name: str) -> str:
    """The notebook with badge, set-up cell and links written; exactly the same text where they are right already."""
    raw = json.loads(text)
    changed = False
    for index, cell in enumerate(raw["cells"]):
        source = markdown.source(cell)
        if index == 0:
            # A function, because a replacement text would have its backslashes read.
            new = re.sub(
                r"^\[!\[Open in Colab\].*$",
                lambda _: badge_line(address, name),
                _page(source, address),
                flags=re.MULTILINE,
            )
        elif cell["cell_type"] == "code" and cell.get("id") == "setup":
            new = setup
        else:
            continue
        if new != source:
            cell["source"] = new
            changed = True
    if not changed:
        return text
    return nbformat.writes(nbformat.from_dict(raw), indent=1).rstrip("\n") + "\n"


def _config(text: str, address: str) -> str:
    """`repository: url:` of Jupyter Book's configuration; everything else, comments too, stays."""
    return re.sub(
        r"^(repository:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n)*?[ \t]+url[ \t]*:[ \t]*)(\"?)[^\s\"#]+\2",
        lambda match: f"{match[1]}{match[2]}{address}{match[2]}",
        text,
        flags=re.MULTILINE,
    )


def _citation(text: str, address: str) -> str:
    return re.sub(
        r"^(repository-code:[ \t]*)([\"']?)[^\s\"'#]+\2",
        lambda match: f"{match[1]}{match[2]}{address}{match[2]}",
        text,
        flags=re.MULTILINE,
    )


def _page(text: str, address: str) -> str:
    """Addresses that can only be the course's own: Colab, workflows, and what is cloned or installed."""
    slug = address.removeprefix("https://github.com/")
    for before, after in (
        (r"(colab\.research\.google\.com/github/)[\w.-]+/[\w.-]+(?=/blob/)", rf"\g<1>{slug}"),
        (
            r"(git clone (?:-\S+ (?:\d+ )?)*|git\+)https://github\.com/[\w.-]+/[\w.-]+?(?=(?:\.git)?[\s`\"'@]|$)",
            rf"\g<1>{address}",
        ),
        (r"https://github\.com/[\w.-]+/[\w.-]+(?=/(?:actions|issues|blob|discussions)\b)", address),
    ):
        text = re.sub(before, after, text, flags=re.MULTILINE)
    return text
