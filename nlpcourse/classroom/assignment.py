"""One assignment: its source notebook, what the course demands of it, and how a submission is fitted into it."""

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from nlpcourse.authoring import markdown
from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom.sandbox import Limits

SOLUTION = re.compile(
    r"^[ \t]*### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION[ \t]*\n?", re.MULTILINE | re.DOTALL
)
HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n.*?^### END HIDDEN TESTS[ \t]*\n?", re.MULTILINE | re.DOTALL)
RUBRIC = re.compile(r"^- (\d+(?:\.\d+)?) points?: .*$", re.MULTILINE)
POINTS = 100
MAX_ADDED = 300  # cells of a student's own
MAX_NOTES = 20


def role(cell: NotebookNode) -> str:
    """`solution`, `test`, `manual` or `locked` by its nbgrader metadata; `free` for any other cell."""
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("solution"):
        return "manual" if marks.get("grade") else "solution"
    if marks.get("grade"):
        return "test"
    return "locked" if marks.get("locked") else "free"


def grade_id(cell: NotebookNode) -> str:
    """The name of a cell; of a student's own cell, and wherever a place has dropped the metadata, its id."""
    named = cell.metadata.get("nbgrader", {})
    name = named.get("grade_id") if isinstance(named, dict) else None
    # Colab keeps ids in the metadata, and whoever reads its file may invent new ones.
    return str(name or cell.metadata.get("id") or cell.get("id") or "")


@dataclass(frozen=True)
class Assignment:
    """An assignment of a course folder, which is laid out as nbgrader wants it: source/NAME/NAME.ipynb."""

    course: Path
    name: str
    notebook: NotebookNode = field(repr=False)

    @classmethod
    def load(cls, course: Path, name: str) -> "Assignment":
        """Read `source/NAME/NAME.ipynb` below `course`; a beginning of the name such as `a2` will do.

        Raises:
            UsageError: there is none, or it breaks a rule that grading rests on; the text lists all that is wrong.
        """
        folders = sorted(path.parent for path in (course / "source").glob("*/*.ipynb"))
        known = [folder.name for folder in folders]
        fits = [known_name for known_name in known if known_name == name or known_name.startswith(f"{name}_")]
        if len(fits) != 1:
            raise UsageError(
                f"No assignment is called {name!r}. There are: {', '.join(known) or 'none'}."
                if not fits
                else f"{name!r} could be any of {', '.join(fits)}."
            )
        path = course / "source" / fits[0] / f"{fits[0]}.ipynb"
        if not path.is_file():
            raise UsageError(f"{path.parent} must hold {path.name}.")
        found = cls(course, fits[0], nbformat.read(path, as_version=4))
        if problems := list(found.problems()):
            raise UsageError(
                "\n".join([f"{path.name} cannot be graded as it is:", *(f"  {p}" for p in problems)])
            )
        return found

    @property
    def limits(self) -> Limits:
        """From `metadata.nlpcourse.limits` of the notebook, where it asks for others than usual."""
        return Limits(**self.notebook.metadata.get("nlpcourse", {}).get("limits", {}))

    @cached_property
    def cells(self) -> dict[str, NotebookNode]:
        """The cells that are graded, locked or to be filled in, by name."""
        return {grade_id(cell): cell for cell in self.notebook.cells if role(cell) != "free"}

    @cached_property
    def points(self) -> dict[str, float]:
        """What each test and each question for the teacher is worth."""
        return {
            name: float(cell.metadata.nbgrader["points"])
            for name, cell in self.cells.items()
            if role(cell) in ("test", "manual")
        }

    def is_hidden(self, name: str) -> bool:
        """Whether a student never sees the source of this test."""
        return HIDDEN.search(self.cells[name].source) is not None

    def task_of(self, test: str) -> str | None:
        """The last cell to be filled in above a test."""
        names = list(self.cells)
        above = [name for name in names[: names.index(test)] if role(self.cells[name]) == "solution"]
        return above[-1] if above else None

    def problems(self) -> Iterator[str]:
        """What keeps the notebook from being graded safely, one text each."""
        names = [grade_id(cell) for cell in self.notebook.cells if role(cell) != "free"]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{name}: two cells have this grade_id"
        if (total := sum(self.points.values())) != POINTS:
            yield f"the points add up to {total:g}, not {POINTS}"
        written = {
            name for cell in self.notebook.cells if role(cell) == "solution" for name in bound(cell.source)
        }
        for cell in self.notebook.cells:
            name, kind = grade_id(cell), role(cell)
            if cell.get("id") != name and kind != "free":
                yield f"{name}: its cell id must be the same, by which it is found again where metadata is lost"
            if kind == "free" and cell.cell_type == "code":
                yield f"{cell.get('id')}: a code cell that a student could edit unnoticed: make it locked or a solution"
            if kind in ("solution", "manual") and not SOLUTION.search(cell.source):
                yield f"{name}: has no part between ### BEGIN SOLUTION and ### END SOLUTION"
            if (
                kind == "manual"
                and (given := sum(map(float, RUBRIC.findall(cell.source)))) != self.points[name]
            ):
                yield (
                    f"{name}: its rubric gives {given:g} points and the cell {self.points[name]:g}: end the solution "
                    "with lines such as `- 4 points: says why`"
                )
            if kind == "test":
                yield from (f"{name}: {problem}" for problem in _problems_of_test(cell.source, written))

    def fit(self, submitted: NotebookNode) -> tuple[NotebookNode, list[str]]:
        """The notebook to grade: this assignment's own cells, with the student's answers and additions.

        A cell is known by its name alone. Tests and locked cells are always the assignment's own, whatever stands in
        the submission; a cell that the student has deleted is there again; one that was added follows the same cell
        as in the submission.

        Returns:
            The notebook without outputs, and a note on everything that differs from what was handed out.
        """
        answers: dict[str, NotebookNode] = {}
        before: dict[str, str] = {}
        after: dict[str, list[NotebookNode]] = {"": []}
        notes: list[str] = []
        last = ""
        extra = 0
        free = {grade_id(cell): cell for cell in self.notebook.cells if role(cell) == "free"}
        for cell in submitted.cells:
            name = grade_id(cell)
            if name in self.cells:
                if name in answers:  # a copy: the later one counts, the earlier one runs before it
                    notes.append(f"{name}: occurs more than once; the last one counts")
                    extra += 1
                    if extra <= MAX_ADDED:
                        after[before[name]].append(_added(answers[name], extra))
                else:
                    before[name] = last
                answers[name] = cell
                last = name
            elif name not in free or _bare(markdown.source(cell)) != _bare(free[name].source):
                extra += 1
                if extra <= MAX_ADDED:
                    after[last].append(_added(cell, extra))
            after.setdefault(last, [])
        fitted = nbformat.v4.new_notebook(metadata=dict(self.notebook.metadata))
        fitted.cells = list(after[""])
        for original in self.notebook.cells:
            cell = nbformat.from_dict(dict(original))
            name, kind = grade_id(original), role(original)
            if kind != "free":
                given = answers.get(name)
                if given is None:
                    notes.append(f"{name}: is missing in the submission")
                if kind in ("solution", "manual"):
                    cell.source = _text(given) if given is not None else ""
                elif given is not None and _bare(markdown.source(given)) not in (
                    _bare(original.source),
                    _bare(self.released(original)),
                ):
                    notes.append(f"{name}: was changed; the original is used")
            fitted.cells.append(cell)
            if kind == "manual":  # beside the answer, for whoever marks it and for the student afterwards
                lines = "\n".join(match.group() for match in RUBRIC.finditer(original.source))
                fitted.cells.append(
                    nbformat.v4.new_markdown_cell(f"**Rubric**\n\n{lines}", id=f"{name}-rubric")
                )
            fitted.cells += after.get(name, []) if kind != "free" else []
        if extra > MAX_ADDED:
            notes.append(f"{extra:,} cells of its own: the first {MAX_ADDED} are run")
        return fitted, notes[:MAX_NOTES]

    def released(self, cell: NotebookNode) -> str:
        """The source of one of this assignment's cells as students get it."""
        return HIDDEN.sub("", SOLUTION.sub("", cell.source))


def _bare(source: str) -> str:
    return "".join(source.split())


def _added(cell: NotebookNode, number: int) -> NotebookNode:
    """A student's own cell: its text, and nothing of what else it claims to be."""
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    return make(_text(cell), id=f"added-{number}")


def _text(cell: NotebookNode) -> str:
    """What a student wrote. HTML in prose becomes text: the pages of teachers would run it."""
    text = markdown.source(cell)
    if cell.cell_type == "code":
        return text
    # No tag and no address of a script holds a space, and one of no width changes nothing for the eye.
    return re.sub(
        r"<(?=[A-Za-z/!?])|\\(?=href)|script(?=\s*:)", lambda match: f"{match[0]}\u200b", text, flags=re.I
    )


def bound(source: str) -> set[str]:
    """The names that a cell defines at its top level."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except SyntaxError:
        return set()
    return {
        symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }


def taken(source: str) -> set[str]:
    """The names that a test cell takes from the notebook: used, but neither defined in it nor built in."""
    top = symtable.symtable(source, "test", "exec")
    used: set[str] = set()

    def collect(table: symtable.SymbolTable) -> None:
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                used.add(symbol.get_name())
        for child in table.get_children():
            collect(child)

    collect(top)
    return used - bound(source) - set(vars(builtins))


def _problems_of_test(source: str, written: set[str]) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"is not plain Python ({error})"
        return
    if foreign := sorted(taken(source) - written):
        yield (
            f"uses {', '.join(foreign)}, which no cell to be filled in defines: a student could change them. "
            "Import or define them in the test itself"
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is None:
            yield f"`{ast.unparse(node)[:60]}` has no message: say what the student should think about"
