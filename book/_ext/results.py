"""Fill the results appendix from the run report each time the book is built, so that no result is ever typed.

The page `book/a_6_results` holds the line MARK; the tables take its place while Sphinx reads the page. A run that is
missing is a warning, which stops the build under `-W`.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from nlpcourse.authoring import report
from nlpcourse.authoring.project import UsageError

PAGE = "book/a_6_results"
MARK = "<!-- results -->"

logger = logging.getLogger(__name__)


def _fill_in(app: Sphinx, docname: str, source: list[str]) -> None:
    if docname != PAGE:
        return
    path = Path(app.srcdir, "_build", "report.json")
    app.env.note_dependency(str(path))  # a new run makes Sphinx read the page again
    if MARK not in source[0]:
        logger.warning("has no line `%s` for the tables to stand in", MARK, location=docname)
        return
    try:
        found = report.load(path)
    except UsageError as error:
        logger.warning("%s", error, location=docname)
        return
    if not found["notebooks"]:
        logger.warning("there is no run report: run `nlpcourse run` first", location=docname)
        return
    source[0] = source[0].replace(MARK, report.as_page(found))


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", _fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
