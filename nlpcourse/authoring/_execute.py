"""The process that runs one notebook: papermill, and nothing that could harm its neighbours.

Started by the runner as `python -m nlpcourse.authoring._execute`, with its orders as one JSON argument.
"""

import json
import os
import sys
import threading
from pathlib import Path

import papermill
import psutil
from papermill.exceptions import PapermillExecutionError


def _follow_the_runner() -> None:
    """End this process and its kernel when the runner is gone, even by `kill -9`: its end of our stdin closes."""
    # The bare call: a buffered reader would hold a lock that the interpreter needs when it ends.
    os.read(sys.stdin.fileno(), 1)
    for process in psutil.Process().children(recursive=True):
        process.kill()
    os._exit(1)


def main() -> int:
    orders = json.loads(sys.argv[1])
    threading.Thread(target=_follow_the_runner, daemon=True).start()
    try:
        papermill.execute_notebook(
            orders["notebook"],
            orders["executed"],
            kernel_name="python3",
            language="python",
            cwd=orders["folder"],
            execution_timeout=orders["cell_timeout"],
            autosave_cell_every=5,
            progress_bar=False,
        )
    except PapermillExecutionError as error:
        message = f"{error.ename}: {error.evalue}"
    except Exception as error:  # whatever happened, the runner must be able to say what it was
        message = f"{type(error).__name__}: {error}"
    else:
        return 0
    Path(orders["error"]).write_text(message, encoding="utf-8")
    return 1


if __name__ == "__main__":
    sys.exit(main())
