"""`nlpcourse assign`: from one source notebook to what students get, what teachers keep, and what opens on Colab."""

import os
import sysconfig
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from nlpcourse.authoring.project import UsageError, write_atomic
from nlpcourse.classroom.assignment import Assignment, role

COURSE_ID = "nlpcourse"
HAND_IN = (
    "**On Colab**: *File → Save a copy in Drive* before you begin. When you are done, *Runtime → Restart session and "
    "run all*, look at every cell once, then *File → Download → Download .ipynb* and hand that file in."
)


def build(assignment: Assignment) -> list[Path]:
    """Write the three versions, and enter the assignment into the gradebook.

    Returns:
        release/NAME/NAME.ipynb for students, solution/NAME/NAME.ipynb, and colab/NAME.ipynb, the release once more
        with what Colab needs.

    Raises:
        UsageError: nbgrader refuses the source.
    """
    name, course = assignment.name, assignment.course
    answer = _generate(course, name)
    if not answer["success"]:
        raise UsageError(f"nbgrader cannot make {name} from its source:\n{answer['log'] or answer['error']}")
    release = course / "release" / name / f"{name}.ipynb"
    solution = course / "solution" / name / f"{name}.ipynb"
    colab = course / "colab" / f"{name}.ipynb"
    write_atomic(solution, nbformat.writes(as_solution(assignment), indent=1) + "\n")
    write_atomic(colab, nbformat.writes(as_colab(nbformat.read(release, as_version=4)), indent=1) + "\n")
    return [release, solution, colab]


def as_solution(assignment: Assignment) -> NotebookNode:
    """The source with its answers, without the lines that mark them."""
    notebook = nbformat.from_dict(dict(assignment.notebook))
    for cell in notebook.cells:
        if role(cell) in ("solution", "manual"):
            lines = cell.source.split("\n")
            cell.source = "\n".join(
                line for line in lines if line.strip()[4:] not in ("BEGIN SOLUTION", "END SOLUTION")
            )
    return notebook


def as_stub(assignment: Assignment) -> NotebookNode:
    """What a student gets, as nbgrader makes it, without touching any file or gradebook."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    notebook, resources = nbformat.from_dict(dict(assignment.notebook)), {}
    for step in (ClearSolutions(), ClearHiddenTests()):
        notebook, resources = step.preprocess(notebook, resources)
    return notebook


def as_colab(release: NotebookNode) -> NotebookNode:
    """A release for Colab, which keeps no cell ids: they stand in the metadata, too."""
    notebook = nbformat.from_dict(dict(release))
    first = notebook.cells[0]
    first.source = f"{first.source}\n\n{HAND_IN}"
    for cell in notebook.cells:
        cell.metadata["id"] = cell.id
    notebook.metadata["colab"] = {"provenance": []}
    return notebook


def _generate(course: Path, name: str) -> dict[str, Any]:
    """Have nbgrader make the release and enter the assignment: `success`, `log` and `error`."""
    # A new gradebook is made with the program alembic, which is not on the PATH where no environment is activated.
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = COURSE_ID
    folder = CourseDirectory(config=config)
    folder.assignment_id = name
    converter = GenerateAssignment(coursedir=folder, config=config)
    converter.force = True
    return capture_log(converter)
