"""The page that a student gets back: points, what each test found, and a teacher's comments.

It shows no source of a hidden test, and it is safe to open: what a student or a teacher wrote stands there as plain
text, and the page allows no script and no request.
"""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from nlpcourse.classroom.assignment import Assignment, grade_id, role
from nlpcourse.classroom.gradebook import Mark
from nlpcourse.classroom.judge import Judged

_TEMPLATE = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
).get_template("feedback.html.j2")

MAX_TEXT = 20_000  # characters of one cell or output


def page(
    assignment: Assignment,
    judged: Judged,
    student: str,
    handed_in: str,
    marks: dict[str, Mark],
    comments: dict[str, str],
) -> str:
    """The feedback for one student as an HTML page that needs nothing else.

    Args:
        assignment: what was asked.
        judged: the graded submission.
        student: the name on the page.
        handed_in: when, and how late; as text.
        marks: of every graded cell, see `gradebook.marks`.
        comments: of a teacher, by cell.
    """
    parts = [part for part in _parts(assignment, judged, marks, comments) if part["entries"]]
    waiting = sum(mark.of for mark in marks.values() if mark.points is None)
    decided = sum(mark.of for mark in marks.values() if mark.points is not None)
    earned = sum(mark.points or 0 for mark in marks.values())
    for part in parts:
        for item in part["entries"]:
            if item["kind"] != "image" and len(item["text"]) > MAX_TEXT:
                item["text"] = item["text"][:MAX_TEXT] + " …"
    return _TEMPLATE.render(
        title=_title(assignment),
        student=student,
        handed_in=handed_in,
        parts=parts,
        notes=judged.notes,
        waiting=f"{waiting:g}" if waiting else "",
        total=f"{earned:g} of {decided:g}",
    )


def _title(assignment: Assignment) -> str:
    first = re.search(r"^# (.+)$", assignment.notebook.cells[0].source, re.MULTILINE)
    return first[1] if first else assignment.name


def _parts(
    assignment: Assignment, judged: Judged, marks: dict[str, Mark], comments: dict[str, str]
) -> list[dict[str, Any]]:
    """The page in parts, one for each `## heading` of the assignment."""
    parts: list[dict[str, Any]] = []
    names: dict[str, list[str]] = {}
    ours = {cell.id: cell.source for cell in assignment.notebook.cells}
    for cell in judged.notebook.cells:
        name, kind = grade_id(cell), role(cell)
        # From the assignment's own text: nothing that a student wrote is searched for patterns.
        heading = re.search(r"^## (.+?)(?: \([^()]*points[^()]*\))?$", ours.get(name, ""), re.MULTILINE)
        if heading and cell.cell_type == "markdown":
            parts.append({"name": f"part-{len(parts) + 1}", "title": heading[1], "entries": []})
        prose = kind == "free" and name in ours
        if not parts or prose or kind == "locked":
            continue
        if (question := name.removesuffix("-rubric")) != name and marks[question].points is None:
            continue  # not before the mark: others may still hand in
        parts[-1]["entries"] += _items(assignment, cell, judged, marks)
        if name in comments:
            parts[-1]["entries"].append({"kind": "comment", "text": comments[name]})
        if name in marks:
            names.setdefault(parts[-1]["name"], []).append(name)
    for part in parts:
        here = [marks[name] for name in names.get(part["name"], [])]
        open_still = any(mark.points is None for mark in here)
        points = "not marked yet, of" if open_still else f"{sum(mark.points or 0 for mark in here):g} of"
        part["points"] = f"{points} {sum(mark.of for mark in here):g}" if here else ""
    return parts


def _items(assignment: Assignment, cell: Any, judged: Judged, marks: dict[str, Mark]) -> list[dict[str, Any]]:
    name, kind = grade_id(cell), role(cell)
    if kind == "test":
        outcome, mark = judged.outcomes[name], marks[name]
        label = "Hidden tests" if assignment.is_hidden(name) else "Tests"
        points = f"{mark.points or 0:g} of {mark.of:g}"
        if mark.points != (mark.of if outcome.passed else 0):
            points += ", as your teacher has decided"
        return [
            {
                "kind": "passed" if outcome.passed else "failed",
                "label": f"{label} {'passed' if outcome.passed else 'not passed'}",
                "points": points,
                "text": outcome.message,
            }
        ]
    if kind == "manual":
        mark = marks[name]
        state = "not yet" if mark.points is None else f"{mark.points:g} of {mark.of:g}"
        return [
            {"kind": "prose", "text": _answer(assignment, cell)},
            {"kind": "read", "label": "Read by a teacher", "points": state, "text": ""},
        ]
    if cell.cell_type == "markdown":
        return [{"kind": "prose", "text": cell.source.replace("**Rubric**", "Rubric")}]
    items = [{"kind": "code", "text": cell.source}] if cell.source.strip() else []
    for output in cell.get("outputs", []):
        if output.output_type == "display_data":
            items.append({"kind": "image", "text": output.data["image/png"]})
        else:
            items.append({"kind": "output", "text": output.get("text") or output.get("evalue", "")})
    return items


def _answer(assignment: Assignment, cell: Any) -> str:
    """What a student wrote to a question, without the question where that still stands above it."""
    question = assignment.released(assignment.cells[grade_id(cell)]).strip()
    answer = cell.source.strip().removeprefix(question).strip()
    return f"Your answer:\n\n{answer or '(none)'}"
