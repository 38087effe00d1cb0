"""Reading Markdown as a reader sees it: links, headings, and prose without code, math and link texts."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

# Stands in prose where a link to the outside was: a sentence with one names its source.
CITATION = "\N{INVERTED QUESTION MARK}cited\N{INVERTED QUESTION MARK}"
# Directives whose body is not Markdown.
_VERBATIM = ("code", "literalinclude", "math", "mermaid", "raw", "bibliography", "toctree", "eval-rst")

_parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin).use(front_matter_plugin)


def tokens(text: str) -> list[Token]:
    """The tokens of a page; the Markdown inside a MyST directive is read too."""
    found: list[Token] = []
    for token in _parser.parse(text):
        directive = re.match(r"\{([\w:-]+)\}", token.info) if token.type == "fence" else None
        if directive and not directive[1].startswith(_VERBATIM):
            found += tokens(token.content)
        else:
            found.append(token)
    return found


def links(text: str) -> list[str]:
    """Targets of every link and image, in order."""
    targets = []
    for token in tokens(text):
        for child in token.children or ():
            if child.type == "link_open":
                targets.append(str(child.attrs["href"]))
            elif child.type == "image":
                targets.append(str(child.attrs["src"]))
    return targets


def headings(text: str) -> list[tuple[int, str]]:
    """Level and text of every heading, in order."""
    page = tokens(text)
    return [
        (int(token.tag[1:]), plain(page[index + 1]))
        for index, token in enumerate(page)
        if token.type == "heading_open"
    ]


def plain(inline: Token) -> str:
    """The text of one inline token, formatting gone."""
    return "".join(
        child.content
        if child.type in ("text", "code_inline", "math_inline")
        else " "
        if "break" in child.type
        else ""
        for child in inline.children or ()
    )


def prose(text: str) -> Iterator[str]:
    """Sentences and table rows without headings, code, math and link texts; see CITATION."""
    row: list[str] | None = None
    in_heading = False
    for token in tokens(text):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " | ".join(row or [])
            row = None
        elif token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.type == "inline" and not in_heading:
            if row is None:
                yield from re.split(r"(?<=[.!?])\s+", _without_links(token))
            else:
                row.append(_without_links(token))


def _without_links(inline: Token) -> str:
    parts: list[str] = []
    depth = 0
    for child in inline.children or ():
        if child.type == "link_open":
            depth += 1
            if re.match(r"https?://", str(child.attrs["href"])):
                parts.append(CITATION)
        elif child.type == "link_close":
            depth -= 1
        elif depth == 0 and child.type == "text":
            parts.append(child.content)
        elif "break" in child.type:
            parts.append(" ")
    return "".join(parts)


def dead_link(target: str, page: Path, root: Path) -> str | None:
    """Why a link of `page` leads nowhere, or None. Links to the outside are not followed."""
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return None
    path, _, anchor = unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.is_relative_to(root):
        return f"the link {target} leads out of the course"
    if not file.exists():
        return f"the link {target} leads to no file"
    if (
        anchor
        and file.suffix in (".md", ".ipynb")
        and anchor.lower() not in _anchors(file, file.stat().st_mtime_ns)
    ):
        return f"the link {target}: {file.name} has no heading or target of that name"
    return None


@lru_cache(maxsize=256)
def _anchors(file: Path, _modified: int) -> frozenset[str]:
    """Names that a link to this file can end in: slugs of its headings and MyST targets."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        text = "\n\n".join(
            source(cell) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"
        )
    slugs = (re.sub(r"[^\w\s-]", "", title.lower()).strip() for _, title in headings(text))
    targets = re.findall(r"^\((\S+)\)=\s*$", text, flags=re.MULTILINE)
    return frozenset([*(re.sub(r"\s", "-", slug) for slug in slugs), *(name.lower() for name in targets)])


def source(cell: dict[str, Any]) -> str:
    """A cell's source, which a file may hold as text or as a list of lines."""
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
