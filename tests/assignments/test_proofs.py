"""Every test of every assignment is proven: the solution passes, the stub earns nothing, wrong answers are caught."""

from pathlib import Path

import nbformat
import pytest
from small_assignment import COURSE, small_notebook, write_course

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom import proving
from nlpcourse.classroom.assignment import Assignment, role

NAMES = sorted(path.name for path in (COURSE / "source").iterdir() if path.is_dir())


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", NAMES)
def test_the_tests_of_an_assignment_deserve_trust(name):
    results = dict(proving.prove(Assignment.load(COURSE, name)))
    assert {"solution", "stub"} < set(results) and len(results) > 10
    assert {tried: problems for tried, problems in results.items() if problems} == {}


@pytest.mark.parametrize("name", NAMES)
def test_an_assignment_has_what_a_class_needs(name):
    assignment = Assignment.load(COURSE, name)
    roles = [role(cell) for cell in assignment.notebook.cells]
    assert roles.count("manual") >= 1 and roles.count("solution") >= 3
    by_hand = sum(
        points for cell, points in assignment.points.items() if role(assignment.cells[cell]) == "manual"
    )
    assert 10 <= by_hand <= 40
    hidden = [
        cell
        for cell in assignment.points
        if role(assignment.cells[cell]) == "test" and assignment.is_hidden(cell)
    ]
    for cell in hidden:
        # Of a hidden test nothing stays in what students get but one line that says so.
        assert assignment.released(assignment.cells[cell]).strip().startswith("# Hidden tests run here")
    assert len(hidden) >= 3


@pytest.fixture
def with_mutants(tmp_path):
    course = write_course(tmp_path / "course", small_notebook())

    def add(name: str, text: str) -> Assignment:
        path = course / "mutants" / "a0_doubling" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return Assignment.load(course, "a0")

    return add


HEADER = "# replaces: double\n# caught by: {}\n# says: {}\n"


def test_a_proof_finds_what_is_wrong_with_tests(with_mutants):
    with_mutants("survives", HEADER.format("double-test", "twice") + "def double(x): return 2 * x\n")
    with_mutants("misnamed", HEADER.format("double-test", "large") + "def double(x): return 0\n")
    with_mutants("elsewhere", HEADER.format("number-test", "six") + "number = 0\n")
    assignment = with_mutants(
        "caught", HEADER.format("double-hidden", "negative") + "double = lambda x: abs(2 * x)\n"
    )
    found = dict(proving.prove(assignment))
    assert found["solution"] == found["stub"] == found["caught"] == []
    assert found["survives"] == ["double-test passes"]
    assert "without 'large'" in found["misnamed"][0]
    assert found["elsewhere"] == ["number-test does not test double"]
    assert "number has 0" in found["mutants"][0] and "double has" not in found["mutants"][0]


def test_a_proof_reports_a_test_that_passes_without_an_answer(tmp_path):
    notebook = small_notebook()
    for cell in notebook.cells:
        if cell.id == "number-test":
            cell.source = "assert True, 'never'"
    found = dict(proving.prove(Assignment.load(write_course(tmp_path / "c", notebook), "a0")))
    assert found["stub"] == ["number-test passes without an answer"]


def test_a_proof_reports_a_solution_that_fails(tmp_path):
    notebook = small_notebook()
    for cell in notebook.cells:
        if cell.id == "double":
            cell.source = cell.source.replace("2 * x", "2 + x")
    found = dict(proving.prove(Assignment.load(write_course(tmp_path / "c", notebook), "a0")))
    assert found["solution"] == [
        "double-test fails: twice 3 is 6",
        "double-hidden fails: think of negative numbers",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def double(x): pass\n", "must begin with"),
        ("# replaces: nothing\n# caught by: double-test\n# says: x\n", "no solution cell called 'nothing'"),
        ("# replaces: double\n# caught by: double\n# says: x\n", "no test cell called 'double'"),
    ],
)
def test_a_mutant_that_cannot_be_used_is_refused(with_mutants, text, says):
    with pytest.raises(UsageError, match=says):
        proving.mutants(with_mutants("bad", text))


def test_every_mutant_belongs_to_an_assignment():
    folders = {path.name for path in (COURSE / "mutants").iterdir()}
    assert folders <= set(NAMES)
    assert not [path for path in (COURSE / "mutants").rglob("*") if path.is_file() and path.suffix != ".py"]


def test_source_notebooks_are_clean():
    for path in Path(COURSE / "source").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells), path
