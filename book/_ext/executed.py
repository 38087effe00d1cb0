"""Show the executed copy of each notebook in the book, and say so when there is none.

Only the text that Sphinx reads is replaced, so the download, source and Colab buttons of a page still lead to
the clean notebook. A warning here stops the build under `-W`.
"""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from nlpcourse._records import MIME

logger = logging.getLogger(__name__)


def _cells(notebook: dict[str, Any]) -> list[str]:
    """Return the source of each cell; nbformat allows a list of lines in place of one string."""
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def _without_records(notebook: dict[str, Any]) -> str:
    """Return the notebook's text without what is meant for the run report: a page shows the line beside it."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(MIME, None)
    return json.dumps(notebook)


def _show_executed(app: Sphinx, docname: str, source: list[str]) -> None:
    folder, _, name = docname.rpartition("/")
    if folder != "notebooks":
        return
    executed = Path(app.srcdir, "_build", "executed", f"{name}.ipynb")
    app.env.note_dependency(str(executed))  # a new execution makes Sphinx read the page again
    if not executed.is_file():
        logger.warning("not executed: run `nlpcourse run %s` first", name, location=docname)
        return
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    if _cells(notebook) != _cells(json.loads(source[0])):
        logger.warning("changed since it was executed: run `nlpcourse run %s` again", name, location=docname)
    source[0] = _without_records(notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", _show_executed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
