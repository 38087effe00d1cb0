"""Grade one submission: student code in the sandbox, tests here, and nothing but plain data between them."""

import base64
import binascii
import builtins
import contextlib
import io
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from nlpcourse.classroom.assignment import Assignment, grade_id, role, taken
from nlpcourse.classroom.sandbox import Died, Limits, Sandbox
from nlpcourse.classroom.wire import WireError

MAX_RESTARTS = 6
MAX_MESSAGE = 2_000  # characters that a test or an error says
MAX_TEXT = 500_000  # characters that all cells together show
MAX_IMAGES = 5_000_000  # characters in base64, of all pictures together


@dataclass(frozen=True)
class Outcome:
    """What a test found: `message` is for the student, and empty where it passed."""

    passed: bool
    message: str = ""


@dataclass
class Judged:
    """A graded submission.

    Attributes:
        notebook: as it was graded, with what the student's cells showed and what the tests said.
        outcomes: of every test, by the name of its cell.
        blank: questions for the teacher that were left as they were handed out; they earn nothing.
        notes: what differs from what was handed out, and what went wrong beside the tests.
        seconds: where the time went: `sandbox`, `session`, `cells`, `tests`.
    """

    notebook: NotebookNode
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def points(self, assignment: Assignment) -> float:
        """The sum over the tests that passed; the teacher's own marks come on top."""
        return sum(assignment.points[name] for name, outcome in self.outcomes.items() if outcome.passed)


def judge(
    assignment: Assignment,
    submitted: NotebookNode,
    folder: Path,
    *,
    tests: Collection[str] | None = None,
    unsandboxed: bool = False,
) -> Judged:
    """Run and grade a submission.

    Args:
        assignment: what was asked.
        submitted: the student's notebook.
        folder: the files that came with it; the session works on a copy.
        tests: the only ones to run; all when None.
        unsandboxed: see `Sandbox`.
    """
    notebook, notes = assignment.fit(submitted)
    judged = Judged(notebook, notes=notes)
    with _Session(folder, assignment.limits, unsandboxed) as session:
        count = 0
        room = {"text": MAX_TEXT, "images": MAX_IMAGES}
        hidden: list[NotebookNode] = []
        for cell in notebook.cells:
            kind, name = role(cell), grade_id(cell)
            if kind == "manual" and _is_blank(assignment, notebook, cell):
                judged.blank.append(name)
            if cell.cell_type != "code":
                continue
            count += 1
            cell.execution_count, cell.outputs = count, []
            if kind == "test" and tests is not None and name not in tests:
                continue
            if kind == "test" and assignment.is_hidden(name):
                hidden.append(cell)
            elif kind == "test":
                _settle(judged, cell, _test(cell.source, session))
            elif cell.source.strip():
                cell.outputs = _shown(session.run(cell.source), room)
        # At the very end, when no cell can show any more what these tests have asked.
        for cell in hidden:
            _settle(judged, cell, _test(cell.source, session, hidden=True))
        judged.notes += session.notes
        judged.seconds = session.seconds
    return judged


def _settle(judged: Judged, cell: NotebookNode, outcome: Outcome) -> None:
    judged.outcomes[grade_id(cell)] = outcome
    if not outcome.passed:
        said = outcome.message
        cell.outputs = [new_output("error", ename="Not passed", evalue=said, traceback=[said])]


def _is_blank(assignment: Assignment, notebook: NotebookNode, cell: NotebookNode) -> bool:
    """Whether a question has no answer, in its own cell or in one that was added below."""
    place = notebook.cells.index(cell) + 2  # behind the rubric
    if place < len(notebook.cells) and notebook.cells[place].id.startswith("added"):
        return False
    original = assignment.released(assignment.cells[grade_id(cell)])
    # Without the marks of no width that `Assignment.fit` puts into tags, those of the question included.
    said = cell.source.replace("YOUR ANSWER HERE", "").replace("\u200b", "")
    return "".join(said.split()) in ("", "".join(original.split()))


# --- the student's session --------------------------------------------------------------------------------------


class _Session:
    """The student's notebook in a sandbox; one that dies is started again, without the cell that killed it."""

    def __init__(self, folder: Path, limits: Limits, unsandboxed: bool):
        self._start = {"folder": folder, "limits": limits, "unsandboxed": unsandboxed}
        self._limits = limits
        self._box: Sandbox | None = None
        self._cells: list[str] = []
        self._began = time.monotonic()
        self._starts = 0
        self.notes: list[str] = []
        self.seconds = dict.fromkeys(("sandbox", "session", "cells", "tests"), 0.0)

    def __enter__(self) -> "_Session":
        return self

    def __exit__(self, *_: object) -> None:
        if self._box:
            self._box.close()

    def run(self, source: str) -> dict[str, Any]:
        """Execute a cell; what it showed, as `_inside._Session.run` says."""
        try:
            answer = self._ask("cells", "run", source=source)
        except (Died, WireError) as error:
            return {"text": "", "images": [], "raised": "Ended", "message": f"This cell was ended: {error}."}
        if answer.get("raised") != "TimeoutError":
            self._cells.append(source)
        return answer

    @property
    def seconds_allowed(self) -> float:
        """For one cell, and for one call of a test."""
        return self._limits.cell_seconds

    def look(self, name: str) -> dict[str, Any]:
        return self._ask("tests", "look", name=name)

    def call(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
        return self._ask("tests", "call", name=name, arguments=list(arguments), named=named)

    def _ask(self, account: str, do: str, **details: Any) -> dict[str, Any]:
        box, left = self._alive(), self._time_left()
        begin = time.monotonic()
        try:
            answer = box.ask(do, seconds=left, **details)
            if any(
                not isinstance(answer.get(name, ""), str | None) for name in ("raised", "message", "refused")
            ):
                raise Died("it sent something that is no answer")
            return answer
        except Died as error:
            box.close()
            self._box = None
            self.notes.append(f"the session had to be started again: {error}")
            raise
        finally:
            self.seconds[account] += time.monotonic() - begin

    def _time_left(self) -> float:
        left = self._limits.total_seconds - (time.monotonic() - self._began)
        if left <= 0:
            raise Died(f"the whole submission may take {self._limits.total_seconds:g} seconds, and has")
        return min(left, self._limits.cell_seconds)

    def _alive(self) -> Sandbox:
        """The session; started again, where it has died, with the cells that had run well."""
        while self._box is None:
            self._time_left()
            if self._starts > MAX_RESTARTS:
                raise Died("it was started again too often")
            self._starts += 1
            box = Sandbox(**self._start)
            self.seconds["sandbox"] += box.start_seconds
            self.seconds["session"] += box.session_seconds
            try:
                for source in self._cells:
                    box.ask("run", source=source, seconds=self._time_left())
            except Died:  # chance, or time: it had run well before
                box.close()
                self._cells.remove(source)
            else:
                self._box = box
        return self._box


# --- the tests --------------------------------------------------------------------------------------------------


class _FromStudent(BaseException):
    """Something the student's code did, in words for the student. Like `Died`, no test can catch it by chance."""


def _test(source: str, session: _Session, *, hidden: bool = False) -> Outcome:
    """Run a test cell here. Every name that it takes from the notebook is fetched, or called, in the sandbox."""
    outcome = _run_test(source, session, hidden)
    return Outcome(outcome.passed, outcome.message[:MAX_MESSAGE])


def _run_test(source: str, session: _Session, hidden: bool) -> Outcome:
    try:
        namespace: dict[str, Any] = {"__name__": "test"}
        for name in sorted(taken(source)):
            namespace[name] = _fetch(name, session, hidden)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            exec(compile(source, "<test>", "exec"), namespace)  # the course's own test, not the student's
    except _FromStudent as error:
        return Outcome(False, str(error))
    except Died as error:
        return Outcome(False, f"The test could not be finished: {error}.")
    except Exception as error:
        if raised := getattr(error, "from_student", None):
            if isinstance(error, NotImplementedError) and not str(error):
                return Outcome(False, "This part has not been filled in.")
            if isinstance(error, TimeoutError):
                return Outcome(
                    False,
                    f"{raised.partition(' raised')[0]} did not end within {session.seconds_allowed:g} s.",
                )
            # Its text may tell what a hidden test had asked.
            unseen = f"{raised}, in a case that the visible tests do not try."
            return Outcome(False, unseen if hidden else f"{raised}: {error}")
        if isinstance(error, AssertionError):
            return Outcome(False, str(error))
        # Most often an answer of a kind that the test does not expect, such as None in place of a tensor.
        detail = type(error).__name__ if hidden else f"{type(error).__name__}: {error}"
        return Outcome(False, f"The answer is not of the kind that the test expects ({detail}).")
    return Outcome(True)


def _fetch(name: str, session: _Session, hidden: bool) -> Any:
    answer = session.look(name)
    kind = answer.get("kind")
    if kind == "missing":
        raise _FromStudent(f"`{name}` is not defined: was its cell deleted, or did it end with an error?")
    if kind == "function":
        return _Remote(name, session, hidden)
    if kind == "value" and "value" in answer:
        return answer["value"]
    if "refused" in answer:
        raise _FromStudent(f"`{name}` is {answer['refused']}.")
    raise _FromStudent(f"`{name}` is neither a function nor a value that a test can read.")


class _Remote:
    """Stands for a function in the sandbox: called, it is called there, with copies of the arguments."""

    def __init__(self, name: str, session: _Session, hidden: bool):
        self._name, self._session, self._hidden = name, session, hidden

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        answer = self._session.call(self._name, arguments, named)
        if "raised" in answer:
            raise _as_raised(self._name, str(answer["raised"]), str(answer.get("message", "")))
        if "refused" in answer:
            # Student code can write these words itself, and would tell with them what a hidden test has asked.
            what = "what a test cannot read: see the types in the task" if self._hidden else answer["refused"]
            raise _FromStudent(f"`{self._name}` returned {what}.")
        if "value" not in answer:
            raise _FromStudent(f"`{self._name}` gave no answer.")
        return answer["value"]


def _as_raised(function: str, name: str, message: str) -> Exception:
    """The exception that a student's function raised, as itself where it is a built-in one: a test may expect it."""
    kind = vars(builtins).get(name)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind, name = RuntimeError, "an exception"
    if issubclass(kind, StopIteration | StopAsyncIteration):
        kind = RuntimeError  # in a test it would end a loop, as if all had gone well
    try:
        error = kind(message)
    except TypeError:  # such as UnicodeDecodeError, which wants five arguments
        error = RuntimeError(message)
    error.from_student = f"`{function}` raised {name}"
    return error


# --- what a cell showed -----------------------------------------------------------------------------------------


def _shown(answer: dict[str, Any], room: dict[str, int]) -> list[NotebookNode]:
    """Outputs for the graded notebook, of text and pictures only, as far as there is room: a teacher will open it."""
    outputs = []
    text = answer.get("text")
    if isinstance(text, str) and (text := text[: room["text"]]).strip():
        outputs.append(new_output("stream", name="stdout", text=text))
        room["text"] -= len(text)
    images = answer.get("images")
    for image in images if isinstance(images, list) else []:
        if isinstance(image, str) and len(image) <= room["images"] and _is_png(image):
            outputs.append(new_output("display_data", data={"image/png": image}))
            room["images"] -= len(image)
    if raised := answer.get("raised"):
        message = f"{raised}: {answer.get('message') or ''}"[: min(MAX_MESSAGE, room["text"])]
        room["text"] -= len(message)
        outputs.append(new_output("error", ename=raised[:100], evalue=message, traceback=[message]))
    return outputs


def _is_png(image: str) -> bool:
    try:
        return base64.b64decode(image, validate=True).startswith(b"\x89PNG\r\n\x1a\n")
    except (ValueError, binascii.Error):
        return False
