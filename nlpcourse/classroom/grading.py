"""`nlpcourse grade`: a whole class, two at a time, and nothing twice after an interruption."""

import csv
import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import psutil
from nbgrader.api import Gradebook
from tqdm import tqdm

from nlpcourse.authoring.project import write_atomic
from nlpcourse.classroom import feedback, gradebook
from nlpcourse.classroom.assignment import Assignment, grade_id, role
from nlpcourse.classroom.build import build
from nlpcourse.classroom.judge import Judged, Outcome, judge
from nlpcourse.classroom.sandbox import require_bubblewrap
from nlpcourse.classroom.submissions import Submission, Unreadable, collect


@dataclass(frozen=True)
class Options:
    """How to grade a class: `due` is the deadline; None keeps the one that was given before."""

    workers: int = 2
    due: datetime | None = None
    unsandboxed: bool = False


@dataclass
class Row:
    """One line of the scores: a student's submission, and how it was judged, if it could be."""

    submission: Submission
    judged: Judged | None = None


def grade(course: Path, name: str, place: Path, options: Options) -> tuple[Path, list[Row]]:
    """Grade every submission at `place`, enter the points, and write scores and feedback.

    What was graded before from the same bytes is not graded again. Results are kept one by one: after a kill the same
    command goes on where it was.

    Args:
        course: the folder that holds source/ and the gradebook.
        name: of the assignment.
        place: folder or zip with the submissions.
        options: see `Options`.

    Returns:
        The table scores/NAME.csv, and its rows.

    Raises:
        UsageError: there is nothing to grade, the assignment cannot be graded, or there is no sandbox.
    """
    assignment = Assignment.load(course, name)
    if not options.unsandboxed:
        require_bubblewrap()
    rows = [Row(submission) for submission in collect(place, assignment)]
    gradebook.back_up(course)
    build(assignment)
    for row in rows:
        row.judged = _recall(assignment, row)
    todo = [row for row in rows if not row.judged and not row.submission.problem]
    with (
        _workplace(course),
        tqdm(
            total=len(rows),
            initial=len(rows) - len(todo),
            unit=" submissions",
            dynamic_ncols=True,
            disable=not sys.stderr.isatty(),
        ) as bar,
    ):
        for row in _judged(assignment, todo, options):
            bar.update()
            bar.set_postfix_str(row.submission.student[:20])
            if row.judged:
                with _reported(row):
                    _keep(assignment, row)
    return _publish(assignment, rows, options), rows


@contextmanager
def _reported(row: Row) -> Iterator[None]:
    """What goes wrong with one submission is reported with it, and stops no other."""
    try:
        yield
    except Exception as error:
        row.judged = None
        row.submission.problem = f"grading it failed ({type(error).__name__}: {error})"


# --- judging, in other processes --------------------------------------------------------------------------------


def _judged(assignment: Assignment, rows: list[Row], options: Options) -> Iterator[Row]:
    """Judge the rows, and give back each when it is done."""
    waiting = list(rows)
    while waiting:
        running: dict[Future[Judged], Row] = {}
        # A worker's death shows here or there: `submit` refuses where it died while nobody was waiting for it.
        with _pool(options.workers) as pool, suppress(BrokenProcessPool):
            while waiting or running:
                # Not all at once: when a worker dies, only these can be the reason.
                while waiting and len(running) < options.workers:
                    row = waiting[0]
                    running[pool.submit(_judge_one, assignment, row.submission, options.unsandboxed)] = row
                    del waiting[0]
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                    break
                for future in done:
                    yield _settled(running.pop(future), future)
        for row in running.values():
            with _pool(1) as pool:
                future = pool.submit(_judge_one, assignment, row.submission, options.unsandboxed)
                wait([future])
                yield _settled(row, future)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that end at once where the work is interrupted."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker) as pool:
        try:
            yield pool
        except BaseException:  # Ctrl-C, above all
            for worker in multiprocessing.active_children():
                worker.kill()
            raise


def _settled(row: Row, future: Future[Judged]) -> Row:
    error = future.exception()
    if error is None:
        row.judged = future.result()
    elif isinstance(error, Unreadable):
        row.submission.problem = str(error)
    else:
        row.submission.problem = f"grading it failed ({type(error).__name__}: {error})"
    return row


def _prepare_worker() -> None:
    """A worker ends with its parent, even one that was killed, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parent = multiprocessing.parent_process()

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _judge_one(assignment: Assignment, submission: Submission, unsandboxed: bool) -> Judged:
    # The last resort against whatever holds this process up: it ends, and the submission is reported.
    last_resort = threading.Timer(assignment.limits.total_seconds + 60, os._exit, [1])
    last_resort.daemon = True
    last_resort.start()
    try:
        with TemporaryDirectory(dir=_work(assignment.course, os.getppid())) as name:
            folder = Path(name) / "files"
            folder.mkdir()
            for inner, content in submission.files.items():
                path = folder / inner
                if path.resolve().is_relative_to(folder.resolve()):
                    with suppress(OSError, ValueError):  # a name that this file system cannot hold
                        path.parent.mkdir(parents=True, exist_ok=True)
                        path.write_bytes(content)
            return judge(assignment, submission.notebook(assignment), folder, unsandboxed=unsandboxed)
    finally:
        last_resort.cancel()


def _work(course: Path, pid: int) -> Path:
    """Where a grader with this process number keeps what it is working on."""
    return course / ".work" / str(pid)


@contextmanager
def _workplace(course: Path) -> Iterator[None]:
    """A folder of our own, gone in the end, together with what killed graders have left."""
    own = _work(course, os.getpid())
    for old in own.parent.glob("*") if own.parent.is_dir() else []:
        if not (old.name.isdecimal() and psutil.pid_exists(int(old.name))):
            shutil.rmtree(old, ignore_errors=True)
    own.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(own, ignore_errors=True)


# --- keeping results --------------------------------------------------------------------------------------------


def _digest(assignment: Assignment, submission: Submission) -> str:
    """Of all that decides how a submission is graded."""
    parts = [nbformat.writes(assignment.notebook).encode(), submission.content]
    for inner, content in sorted(submission.files.items()):
        parts += [inner.encode("utf-8", "surrogatepass"), content]
    parts += [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    return _hash("".join(map(_hash, parts)).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _places(assignment: Assignment, student: str) -> tuple[Path, Path]:
    """The graded notebook, where nbgrader's pages look for it, and what was found, which is written last."""
    name = assignment.name
    return (
        assignment.course / "autograded" / student / name / f"{name}.ipynb",
        assignment.course / "scores" / name / f"{student}.json",
    )


def _keep(assignment: Assignment, row: Row) -> None:
    judged, student = row.judged, row.submission.student
    notebook, found = _places(assignment, student)
    submitted = assignment.course / "submitted" / student / assignment.name / f"{assignment.name}.ipynb"
    submitted.parent.mkdir(parents=True, exist_ok=True)
    submitted.write_bytes(row.submission.content)
    write_atomic(notebook, nbformat.writes(judged.notebook) + "\n")
    record = {
        "digest": _digest(assignment, row.submission),
        "notebook": _hash(notebook.read_bytes()),
        "outcomes": {name: asdict(outcome) for name, outcome in judged.outcomes.items()},
        "blank": judged.blank,
        "notes": judged.notes,
        "seconds": judged.seconds,
    }
    write_atomic(found, json.dumps(record, ensure_ascii=False, indent=1))


def _recall(assignment: Assignment, row: Row) -> Judged | None:
    """What was found before for exactly this submission, if anything was."""
    notebook, found = _places(assignment, row.submission.student)
    try:
        record = json.loads(found.read_text(encoding="utf-8"))
        if row.submission.problem or record["digest"] != _digest(assignment, row.submission):
            return None
        if record["notebook"] != _hash(notebook.read_bytes()):  # another program has put its own there
            return None
        outcomes = {name: Outcome(**outcome) for name, outcome in record["outcomes"].items()}
        graded = nbformat.read(notebook, as_version=4)
        return Judged(graded, outcomes, record["blank"], record["notes"], record["seconds"])
    except (OSError, ValueError, KeyError, TypeError):  # never graded, or a file that somebody has changed
        return None


# --- scores and feedback ----------------------------------------------------------------------------------------


def _publish(assignment: Assignment, rows: list[Row], options: Options) -> Path:
    """Enter all points, and write the table and the pages from what the gradebook then says."""
    table: list[dict[str, str]] = []
    pages: dict[str, str] = {}
    with gradebook.opened(assignment.course) as book:
        due = gradebook.deadline(book, assignment, options.due)
        for row in rows:
            line: dict[str, str] = {}
            if row.judged:
                with _reported(row):
                    line, page = _enter_and_tell(book, assignment, row, due)
                    pages[row.submission.folder] = page
            table.append({**_line(row, due), **line} if row.judged else _line(row, due))
    columns = [
        "student",
        "name",
        "id",
        "status",
        "points",
        "of",
        "to mark",
        "handed in",
        "late",
        "file",
        "notes",
    ]
    text = StringIO()
    writer = csv.DictWriter(text, [*columns, *assignment.points], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in line.items()} for line in table)
    path = assignment.course / "scores" / f"{assignment.name}.csv"
    # With the mark by which a spreadsheet knows that Chinese names are UTF-8.
    write_atomic(path, "\ufeff" + text.getvalue())
    _write_zip(assignment.course / "feedback" / f"{assignment.name}.zip", assignment.name, pages)
    return path


def _enter_and_tell(
    book: Gradebook, assignment: Assignment, row: Row, due: datetime | None
) -> tuple[dict[str, str], str]:
    """Enter the points of one student, and write the feedback; gives the columns that hold points, and the page."""
    judged, student, when = row.judged, row.submission.student, row.submission.handed_in
    passed = {name: outcome.passed for name, outcome in judged.outcomes.items()}
    gradebook.enter(book, assignment, student, passed, judged.blank, _changed(assignment, row), when)
    marks = gradebook.marks(book, assignment, student)
    page = feedback.page(
        assignment,
        judged,
        _name_and_number(student)[0],
        f"{when:%Y-%m-%d %H:%M}{', ' * bool(_late(row, due))}{_late(row, due)}" if when else "",
        marks,
        gradebook.comments(book, assignment, student),
    )
    write_atomic(assignment.course / "feedback" / student / assignment.name / f"{assignment.name}.html", page)
    waiting = sum(mark.of for mark in marks.values() if mark.waiting)
    points = {name: "" if mark.points is None else f"{mark.points:g}" for name, mark in marks.items()}
    return {
        "status": f"{waiting:g} points to mark" if waiting else "graded",
        "points": f"{sum(mark.points or 0 for mark in marks.values()):g}",
        "of": f"{sum(mark.of for mark in marks.values()):g}",
        "to mark": f"{waiting:g}",
        **points,
    }, page


def _changed(assignment: Assignment, row: Row) -> list[str]:
    """Questions whose answer differs from the one that was entered the last time; remembers the present ones."""
    path = assignment.course / "scores" / assignment.name / f"{row.submission.student}.answers.json"
    answers = {
        grade_id(cell): _hash(cell.source.encode())
        for cell in row.judged.notebook.cells
        if role(cell) == "manual"
    }
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    if answers != before:
        write_atomic(path, json.dumps(answers))
    return [name for name, answer in answers.items() if before.get(name, answer) != answer]


def _write_zip(path: Path, name: str, pages: dict[str, str]) -> None:
    """All pages in folders with the names that the platform gave, so that it knows whose they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, page in pages.items():
            archive.writestr(f"{folder}/{name}.html", page)
    unfinished.replace(path)


def _line(row: Row, due: datetime | None) -> dict[str, str]:
    submission = row.submission
    notes = list(submission.notes)
    if row.judged:
        notes += [f"{name}: left empty" for name in row.judged.blank] + row.judged.notes
    name, number = _name_and_number(submission.student)
    return {
        "student": submission.student,
        "name": name,
        "id": number,
        "status": f"not graded: {submission.problem}",
        "handed in": f"{submission.handed_in:%Y-%m-%d %H:%M}" if submission.handed_in else "",
        "late": _late(row, due),
        "file": submission.file,
        "notes": "; ".join(notes),
    }


def _name_and_number(student: str) -> tuple[str, str]:
    """A learning platform's `Ana Díaz_10003` as the name and the number."""
    name, _, number = student.rpartition("_")
    return (name, number) if name and number.isdigit() else (student, "")


def _late(row: Row, due: datetime | None) -> str:
    if due and row.submission.handed_in and row.submission.handed_in > due:
        return f"late by {(row.submission.handed_in - due).total_seconds() / 3600:.1f} h"
    return "late" if row.submission.late else ""


def _harmless(value: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in tuple("=+-@\t\r\n＝＋－＠") else value
