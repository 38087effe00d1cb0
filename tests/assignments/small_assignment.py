"""One small assignment that is graded in a second, and a course folder around it."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

COURSE = Path(__file__).parents[2] / "notebooks" / "assignments"


def marked(name: str, source: str, *, grade=False, solution=False, locked=False, points=None, kind="code"):
    """A cell as nbgrader marks it."""
    make = new_code_cell if kind == "code" else new_markdown_cell
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        marks["points"] = points
    return make(source, id=name, metadata={"nbgrader": marks | {"cell_type": kind}})


SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"


def small_notebook(limits: dict | None = None):
    """An assignment with one function, one value, and one question."""
    cells = [
        new_markdown_cell("# Assignment 0 · Doubling", id="title"),
        marked("imports", "import math", locked=True),
        new_markdown_cell("## 1 · Double (50 points)\n\nWrite it.", id="double-text"),
        marked(
            "double",
            "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
            solution=True,
        ),
        marked("double-test", 'assert double(3) == 6, "twice 3 is 6"', grade=True, locked=True, points=20),
        marked(
            "double-hidden",
            "# Hidden tests run here when your work is graded.\n### BEGIN HIDDEN TESTS\n"
            'assert double(-1.5) == -3.0, "think of negative numbers"\n'
            'assert double(7041776) == 14083552, "think of large numbers"\n### END HIDDEN TESTS',
            grade=True,
            locked=True,
            points=30,
        ),
        new_markdown_cell("## 2 · A number (30 points)", id="number-text"),
        marked("number", SOLUTION.format("number = 41 + 1"), solution=True),
        marked("number-test", 'assert number == 42, "six times nine"', grade=True, locked=True, points=30),
        marked(
            "why",
            "## 3 · Why? (20 points)\n\n"
            + SOLUTION.format("Because.\n\n- 12 points: says so\n- 8 points: politely"),
            grade=True,
            solution=True,
            points=20,
            kind="markdown",
        ),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    metadata["nlpcourse"] = {"limits": {"cell_seconds": 3, "total_seconds": 40, **(limits or {})}}
    return new_notebook(cells=cells, metadata=metadata)


def write_course(course: Path, notebook) -> Path:
    """Lay out a course folder around one assignment called a0_doubling."""
    path = course / "source" / "a0_doubling" / "a0_doubling.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    shutil.copy(COURSE / "nbgrader_config.py", course)
    return course
