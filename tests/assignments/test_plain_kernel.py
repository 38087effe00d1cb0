"""An assignment is done in an ordinary notebook, such as Colab's: nothing of the grader may be needed there."""

import nbformat
import pytest
from nbclient import NotebookClient
from small_assignment import COURSE

from nlpcourse.classroom.assignment import Assignment, grade_id, role
from nlpcourse.classroom.build import as_colab, as_solution, as_stub

NAMES = sorted(path.name for path in (COURSE / "source").iterdir() if path.is_dir())


def run(notebook, folder, monkeypatch):
    """Run all cells in one kernel, in an empty folder, on the offline samples."""
    monkeypatch.setenv("NLPCOURSE_SOURCE", "sample")
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    client = NotebookClient(
        notebook, timeout=280, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return {
        grade_id(cell): next((o.ename for o in cell.outputs if o.output_type == "error"), None)
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_test_of_the_solution_passes_in_a_plain_kernel(name, tmp_path, monkeypatch):
    raised = run(as_solution(Assignment.load(COURSE, name)), tmp_path, monkeypatch)
    assert {cell: error for cell, error in raised.items() if error} == {}


@pytest.mark.parametrize("name", NAMES)
def test_what_students_get_runs_up_to_their_own_part(name, tmp_path, monkeypatch):
    assignment = Assignment.load(COURSE, name)
    notebook = as_colab(as_stub(assignment))
    nbformat.validate(notebook)
    raised = run(notebook, tmp_path, monkeypatch)
    for cell in assignment.notebook.cells:
        kind = role(cell)
        if kind == "locked":
            assert raised[cell.id] is None, f"{cell.id} needs an answer to run"
        if kind == "test":
            # A visible test says that something is missing; a hidden one is one line of comment.
            assert (raised[cell.id] is None) == assignment.is_hidden(cell.id), cell.id
