"""Fill tables from the run report each time the book is built, so that no result is ever typed.

A page in PAGES holds a line that a table takes the place of while Sphinx reads the page. A run that is missing is a
warning, which stops the build under `-W`.
"""

from pathlib import Path

import nbformat
from sphinx.application import Sphinx
from sphinx.util import logging

from nlpcourse.authoring import report
from nlpcourse.authoring.project import UsageError

WORDS_A_MINUTE = 150  # slowly, with a pencil

logger = logging.getLogger(__name__)


def _times(found: dict, root: Path) -> str:
    """How long each chapter takes to read and to run."""
    lines = ["| chapter | words | minutes to read | seconds to run |", "|---|--:|--:|--:|"]
    for name, entry in found["notebooks"].items():
        cells = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4).cells
        words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
        link = f"[{cells[0].source.splitlines()[0].removeprefix('# ')}](../notebooks/{name}.ipynb)"
        lines.append(f"| {link} | {words:,} | {words / WORDS_A_MINUTE:.0f} | {entry['seconds']:.0f} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "book/a_5_teaching": ("<!-- times -->", _times),
    "book/a_6_results": ("<!-- results -->", lambda found, _: report.as_page(found)),
}


def _fill_in(app: Sphinx, docname: str, source: list[str]) -> None:
    if docname not in PAGES:
        return
    mark, table = PAGES[docname]
    path = Path(app.srcdir, "_build", "report.json")
    app.env.note_dependency(str(path))  # a new run makes Sphinx read the page again
    if mark not in source[0]:
        logger.warning("has no line `%s` for the tables to stand in", mark, location=docname)
        return
    try:
        found = report.load(path)
    except UsageError as error:
        logger.warning("%s", error, location=docname)
        return
    if not found["notebooks"]:
        logger.warning("there is no run report: run `nlpcourse run` first", location=docname)
        return
    source[0] = source[0].replace(mark, table(found, Path(app.srcdir)))


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", _fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
