"""`nlpcourse prove`: the tests of an assignment are tested. Solutions pass, stubs earn nothing, wrong answers are caught."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom.assignment import Assignment, grade_id, role
from nlpcourse.classroom.build import as_solution, as_stub
from nlpcourse.classroom.judge import Judged, judge

MIN_MUTANTS = 3
_HEADER = re.compile(
    r"# replaces: (?P<replaces>\S+)\n# caught by: (?P<caught_by>\S+)\n# says: (?P<says>.+)\n"
)


@dataclass(frozen=True)
class Mutant:
    """A wrong answer to one task.

    It is a file `mutants/ASSIGNMENT/NAME.py` that begins with three lines, and goes on with the wrong cell:

        # replaces: the cell to be filled in
        # caught by: the test that must fail
        # says: words from the message that the student gets
    """

    name: str
    replaces: str
    caught_by: str
    says: str
    source: str

    @classmethod
    def read(cls, path: Path) -> "Mutant":
        """Read one file.

        Raises:
            UsageError: its first three lines are others.
        """
        text = path.read_text(encoding="utf-8")
        if (header := _HEADER.match(text)) is None:
            raise UsageError(
                f"{path.name} must begin with the lines `# replaces: …`, `# caught by: …`, `# says: …`."
            )
        return cls(path.stem, **header.groupdict(), source=text[header.end() :])


def mutants(assignment: Assignment) -> list[Mutant]:
    """The wrong answers beside an assignment, by name.

    Raises:
        UsageError: one cannot be read, or names a cell that the assignment does not have.
    """
    found = [
        Mutant.read(path) for path in sorted((assignment.course / "mutants" / assignment.name).glob("*.py"))
    ]
    for mutant in found:
        for name, wanted in ((mutant.replaces, "solution"), (mutant.caught_by, "test")):
            if name not in assignment.cells or role(assignment.cells[name]) != wanted:
                raise UsageError(f"{mutant.name}.py: {assignment.name} has no {wanted} cell called {name!r}.")
    return found


def prove(assignment: Assignment, *, unsandboxed: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Grade the solution, the stub and every mutant.

    Yields:
        What was tried, and what was wrong with the result: nothing, if the tests deserve trust.
    """
    yield (
        "solution",
        _wrong_with_solution(assignment, _grade(assignment, as_solution(assignment), unsandboxed)),
    )
    yield "stub", _wrong_with_stub(assignment, _grade(assignment, as_stub(assignment), unsandboxed))
    tried = mutants(assignment)
    for mutant in tried:
        notebook = as_solution(assignment)
        for cell in notebook.cells:
            if grade_id(cell) == mutant.replaces:
                cell.source = mutant.source
        tests = [name for name in assignment.points if _task(assignment, name) == mutant.replaces]
        judged = _grade(assignment, notebook, unsandboxed, tests)
        yield mutant.name, _wrong_with_mutant(mutant, judged)
    tasks = {task for name in assignment.points if (task := _task(assignment, name))}
    few = {task: n for task in sorted(tasks) if (n := sum(m.replaces == task for m in tried)) < MIN_MUTANTS}
    if few:
        lacking = ", ".join(f"{task} has {n}" for task, n in few.items())
        yield (
            "mutants",
            [f"each task needs at least {MIN_MUTANTS} wrong answers that a test catches; {lacking}"],
        )


def _grade(
    assignment: Assignment, notebook: NotebookNode, unsandboxed: bool, tests: list[str] | None = None
) -> Judged:
    with TemporaryDirectory(prefix="nlpcourse-") as empty:
        notebook = nbformat.from_dict(dict(notebook))
        return judge(assignment, notebook, Path(empty), tests=tests, unsandboxed=unsandboxed)


def _task(assignment: Assignment, name: str) -> str | None:
    return assignment.task_of(name) if role(assignment.cells[name]) == "test" else None


def _wrong_with_solution(assignment: Assignment, judged: Judged) -> list[str]:
    wrong = [
        f"{name} fails: {outcome.message}" for name, outcome in judged.outcomes.items() if not outcome.passed
    ]
    for cell in judged.notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" and role(cell) != "test":
                wrong.append(f"its cell {grade_id(cell)} raises {output.evalue}")
    return wrong + [f"{name} counts as left blank" for name in judged.blank] + judged.notes


def _wrong_with_stub(assignment: Assignment, judged: Judged) -> list[str]:
    wrong = [
        f"{name} passes without an answer" for name, outcome in judged.outcomes.items() if outcome.passed
    ]
    questions = [name for name, cell in assignment.cells.items() if role(cell) == "manual"]
    return wrong + [f"{name} does not count as left blank" for name in questions if name not in judged.blank]


def _wrong_with_mutant(mutant: Mutant, judged: Judged) -> list[str]:
    outcome = judged.outcomes.get(mutant.caught_by)
    if outcome is None:
        return [f"{mutant.caught_by} does not test {mutant.replaces}"]
    if outcome.passed:
        return [f"{mutant.caught_by} passes"]
    if mutant.says not in outcome.message:
        return [f"{mutant.caught_by} fails, but says {outcome.message!r} without {mutant.says!r}"]
    return []
