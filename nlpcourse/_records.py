"""What a notebook leaves behind for the run report: small JSON records inside its own outputs."""

import json
import sys
from typing import Any

MIME = "application/vnd.nlpcourse.record+json"


def in_notebook() -> bool:
    """Whether this code runs in a Jupyter kernel, where outputs can carry more than text."""
    # Asking sys.modules keeps a plain script from paying for the import of IPython.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and shell.__class__.__name__ != "TerminalInteractiveShell"


def record(kind: str, data: dict[str, Any], text: str) -> None:
    """Show `text` to the reader and keep `data` for the report, in one output.

    The runner reads the records back from the executed notebook, so a value in the report is a value that the
    page shows, and no side file can go missing.

    Args:
        kind: what this is: "setup", "dataset", "checkpoint" or "claim".
        data: anything that `json` can write.
        text: one line for the reader.
    """
    payload = {"kind": kind, **data}
    json.dumps(payload, allow_nan=False)  # a value that cannot be written must fail here, not in the runner
    if in_notebook():
        from IPython.display import display

        display({MIME: payload, "text/plain": text}, raw=True)
    else:
        print(text)
