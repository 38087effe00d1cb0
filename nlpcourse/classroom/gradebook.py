"""nbgrader's gradebook: where points of tests and marks of teachers stand side by side.

Marks and comments that a teacher has entered are never touched here.
"""

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from nlpcourse.classroom.assignment import Assignment, role
from nlpcourse.classroom.build import COURSE_ID


@dataclass(frozen=True)
class Mark:
    """What one cell earned.

    Attributes:
        points: None while nobody has decided.
        of: at most.
        waiting: a teacher has to read it, or to read it again because it has changed.
    """

    points: float | None
    of: float
    waiting: bool


@contextmanager
def opened(course: Path) -> Iterator[Gradebook]:
    """The gradebook of a course folder; created where there is none."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", COURSE_ID) as book:
        yield book


def back_up(course: Path) -> Path | None:
    """Copy the gradebook to `gradebook.backup.db`, whole even while somebody writes to it; None if there is none yet."""
    path, copy = course / "gradebook.db", course / "gradebook.backup.db"
    if not path.is_file():
        return None
    unfinished = copy.with_suffix(".unfinished")
    with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(unfinished)) as there:
        here.backup(there)
    unfinished.replace(copy)
    return copy


def enter(
    book: Gradebook,
    assignment: Assignment,
    student: str,
    passed: dict[str, bool],
    blank: list[str],
    changed: list[str],
    handed_in: datetime | None,
) -> None:
    """Enter what the tests found for one student, in place of what they found before.

    Args:
        book: see `opened`.
        assignment: must be in the gradebook already, see `build.build`.
        student: an identifier; added where it is new.
        passed: for every test.
        blank: questions without an answer: no points, and nothing to read.
        changed: questions whose answer is not the one that was entered before.
        handed_in: the time of handing in.
    """
    name = assignment.name
    when = handed_in.astimezone(UTC).replace(tzinfo=None) if handed_in else None
    with warnings.catch_warnings():
        # nbgrader builds a new submission in an order that SQLAlchemy 2 remarks on, and adds it in the end.
        warnings.simplefilter("ignore", SAWarning)
        book.update_or_create_student(student)
        book.update_or_create_submission(name, student, timestamp=when)
    for cell, points in assignment.points.items():
        grade = book.find_grade(cell, name, name, student)
        if role(assignment.cells[cell]) == "test":
            found = points if passed[cell] else 0.0
        else:
            found = 0.0 if cell in blank else None
        # A mark that stands already was given to another answer, perhaps: somebody should look again.
        differs = grade.auto_score != found or cell in changed
        grade.auto_score = found
        if grade.manual_score is None:
            grade.needs_manual_grade = found is None
        elif differs:
            grade.needs_manual_grade = True
    book.db.commit()


def deadline(book: Gradebook, assignment: Assignment, due: datetime | None) -> datetime | None:
    """Remember the deadline of an assignment, where one is given; returns the one that holds."""
    if due:
        moment = due.astimezone(UTC).replace(tzinfo=None)
        book.update_or_create_assignment(assignment.name, duedate=moment)
    known = book.find_assignment(assignment.name).duedate
    return known.replace(tzinfo=UTC).astimezone() if known else None


def marks(book: Gradebook, assignment: Assignment, student: str) -> dict[str, Mark]:
    """What every graded cell of a student has earned so far, by hand where a teacher has decided."""
    name, found = assignment.name, {}
    for cell, of in assignment.points.items():
        grade = book.find_grade(cell, name, name, student)
        undecided = grade.manual_score is None and grade.auto_score is None
        found[cell] = Mark(None if undecided else grade.score, of, bool(grade.needs_manual_grade))
    return found


def comments(book: Gradebook, assignment: Assignment, student: str) -> dict[str, str]:
    """A teacher's comments on the cells that the student filled in."""
    name = assignment.name
    found = {}
    for cell, original in assignment.cells.items():
        if role(original) in ("solution", "manual"):
            comment = book.find_comment(cell, name, name, student)
            # nbgrader notes "No response." by itself.
            if comment.manual_comment:
                found[cell] = comment.manual_comment
    return found
