"""What runs inside the sandbox: an IPython session that executes the student's cells and calls their functions.

Started by `sandbox.py` with its orders as one JSON argument. Nothing here is trusted by the judge, because student code
shares this process and can change it: whatever it sends counts as something that the student's code has answered.
"""

import io
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from nlpcourse.classroom import wire

MAX_TEXT = 20_000  # characters of output kept for one cell
MAX_IMAGE = 1_000_000  # characters of one image in base64
MAX_IMAGES = 6  # for one cell


def main() -> None:
    orders = json.loads(sys.argv[1])
    requests, answers = _take_the_pipes()
    _limit(orders["memory_bytes"], orders["disk_bytes"], orders["cpu_seconds"])
    # A throw-away copy: the original is mounted read-only.
    shutil.copytree(orders["folder"], Path.cwd(), dirs_exist_ok=True)
    wire.send(answers, "started")
    session = _Session()
    wire.send(answers, "ready")
    while True:
        try:
            request = wire.receive(requests)
        except wire.Closed:
            return
        with _Alarm(request["seconds"]):
            answer = session.answer(request)
        try:
            wire.send(answers, answer)
        except wire.WireError as error:
            wire.send(answers, {"refused": str(error)})


def _take_the_pipes() -> tuple[int, int]:
    """Move the two pipes away from where `print` and `input` would reach them."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def _limit(memory: int, disk: int, cpu_seconds: int) -> None:
    """Limits of this process. The filter of system calls forbids a second one, so they hold for the whole sandbox."""
    for limit, value in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_AS, memory + 16 * 2**30),  # room for libraries, and an end to tables of empty pages
        (resource.RLIMIT_FSIZE, disk),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_NOFILE, 256),
        (
            resource.RLIMIT_NPROC,
            300,
        ),  # threads; the kernel does not count them for root, which `sandbox.py` does
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


class _Alarm:
    """Raises TimeoutError inside student code that takes too long; the judge kills what ignores it."""

    def __init__(self, seconds: float):
        self.seconds = seconds

    def __enter__(self) -> None:
        def ring(*_: object) -> None:
            raise TimeoutError(f"this took longer than {self.seconds:g} seconds")

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Session:
    """The student's notebook, alive."""

    def __init__(self) -> None:
        from IPython.core.displaypub import CapturingDisplayPublisher
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        class Publisher(CapturingDisplayPublisher):
            """Keeps what is displayed, and prints what is no picture, such as a table."""

            def publish(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> None:
                super().publish(data, *args, **kwargs)
                if _picture(data) is None and "text/plain" in data:
                    print(data["text/plain"])

        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.xmode = "Minimal"
        self.shell = InteractiveShell.instance(config=config)
        self.shell.display_pub = Publisher()
        # What every notebook may say, such as `%matplotlib inline` and `!pip install`, must not end its cell.
        self.shell.enable_gui = lambda *_, **__: None
        self.shell.system = self.shell.system_piped = self.shell.system_raw = _no_command
        self.shell.getoutput = lambda *_, **__: []

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; see `sandbox.Sandbox.ask` for the kinds of request."""
        try:
            return getattr(self, request["do"])(request)
        except BaseException as error:  # also SystemExit: a cell that calls exit() is not the end
            return {"raised": type(error).__name__, "message": str(error)[:MAX_TEXT]}

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Execute a cell."""
        text = _Capped(MAX_TEXT)
        self.shell.display_pub.outputs = []
        sys.stdout = sys.stderr = text
        try:
            result = self.shell.run_cell(request["source"], store_history=True)
        finally:
            sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, PermissionError) and error.errno == 1:
            error = PermissionError(
                f"{error}. When graded, no second process can be started: use num_workers=0"
            )
        return {
            "text": text.getvalue(),
            "images": list(_images(self.shell.display_pub.outputs)),
            "raised": type(error).__name__ if error else None,
            "message": str(error)[:MAX_TEXT] if error else "",
        }

    def look(self, request: dict[str, Any]) -> dict[str, Any]:
        """Say what a name of the notebook stands for, with its value where it is one."""
        name = request["name"]
        if name not in self.shell.user_ns:
            return {"kind": "missing"}
        value = self.shell.user_ns[name]
        if isinstance(value, ModuleType):
            return {"kind": "module"}
        if callable(value):
            return {"kind": "function"}
        return {"kind": "value", "value": value}

    def call(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a function of the notebook. What it prints meanwhile is dropped: it could tell what a hidden test asks."""
        function = self.shell.user_ns[request["name"]]
        sys.stdout = sys.stderr = _Capped(0)
        try:
            return {"value": function(*request["arguments"], **request["named"])}
        finally:
            sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


def _no_command(command: str) -> None:
    print(f"(left out when graded: {command[:100]})")


def _picture(data: dict[str, Any]) -> str | None:
    """The picture in what a cell displayed, in base64; `figures.show` wraps one into HTML."""
    mark = 'src="data:image/png;base64,'
    if mark in data.get("text/html", ""):
        return data["text/html"].split(mark)[1].split('"')[0]
    return data.get("image/png")


def _images(outputs: list[Any]) -> Iterator[str]:
    """The pictures among what a cell displayed. HTML and scripts stay behind: a teacher opens these pages."""
    pictures = [picture for output in outputs if isinstance(picture := _picture(output["data"]), str)]
    yield from [picture for picture in pictures if len(picture) <= MAX_IMAGE][:MAX_IMAGES]


class _Capped(io.TextIOBase):
    """A text stream that forgets what goes beyond its limit, so that printing a gigabyte costs nothing."""

    def __init__(self, limit: int):
        self.left, self.parts = limit, []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
            if self.left <= 0:
                self.parts.append("\n… the rest of this output is left out")
        return len(text)

    def getvalue(self) -> str:
        return "".join(self.parts)


if __name__ == "__main__":
    main()
