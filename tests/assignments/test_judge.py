"""Tests decide outside the sandbox: no trick inside earns a point, and an honest answer loses none."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_assignment import marked, small_notebook, write_course

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom.assignment import Assignment, bound, grade_id, role, taken
from nlpcourse.classroom.build import as_solution, as_stub
from nlpcourse.classroom.judge import judge


def answered(assignment, **sources):
    """The solution with some cells replaced."""
    notebook = as_solution(assignment)
    for cell in notebook.cells:
        if grade_id(cell) in sources:
            cell.source = sources[grade_id(cell)]
    return notebook


def graded(assignment, tmp_path, notebook):
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    return judge(assignment, notebook, folder)


def earned(assignment, tmp_path, source, cell="double"):
    """Points of the task `double` (50) for this cell."""
    judged = graded(assignment, tmp_path, answered(assignment, **{cell: source}))
    return sum(
        assignment.points[name] for name in ("double-test", "double-hidden") if judged.outcomes[name].passed
    )


def test_the_solution_earns_all_and_the_stub_nothing(assignment, tmp_path):
    assert graded(assignment, tmp_path, as_solution(assignment)).points(assignment) == 80
    judged = graded(assignment, tmp_path, as_stub(assignment))
    assert judged.points(assignment) == 0 and judged.blank == ["why"]
    assert judged.outcomes["double-test"].message == "This part has not been filled in."
    assert "not defined" in judged.outcomes["number-test"].message


TRICKS = {
    "an object that equals everything": "class E:\n    __eq__ = lambda *a: True\ndef double(x): return E()",
    "a number that equals everything": (
        "class E(float):\n    def __eq__(self, o): return True\n    __hash__ = float.__hash__\ndef double(x): return E(1)"
    ),
    "nothing is an error any more": "import builtins\nbuiltins.AssertionError = type('A', (Exception,), {})\ndouble = lambda x: 0",
    "a patched library": (
        "import numpy.testing, torch.testing\nnumpy.testing.assert_allclose = torch.testing.assert_close = print\n"
        "double = lambda x: 0"
    ),
    "a patched claim": "import nlpcourse\nnlpcourse.claim = print\ndouble = lambda x: 0",
    "the session run_cell is replaced": "get_ipython().run_cell = lambda *a, **k: None\ndouble = lambda x: 0",
    "the compiler forgets assertions": (
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(T())\ndouble = lambda x: 0"
    ),
    "a generator, which is true": "def double(x):\n    yield 6",
    "a function": "def double(x): return lambda: 6",
    "the answer as a text": "def double(x): return str(2 * x)",
    "not a number": "def double(x): return float('nan')",
    "everything ends": "import os\ndef double(x): os._exit(0)",
    "an exit that looks like success": "def double(x): raise SystemExit(0)",
    "it never ends": "def double(x):\n    while True: pass",
    "a forged answer on every pipe": (
        "import os\nfrom nlpcourse.classroom import wire\ndef double(x):\n    for n in range(3, 60):\n        try:\n"
        "            wire.send(n, {'value': 5, 'passed': True, 'kind': 'value'})\n        except Exception: pass\n    return 0"
    ),
    "forged scores among the files": (
        "import json, pathlib\npathlib.Path('scores').mkdir()\npathlib.Path('scores/a0_doubling.csv').write_text('me,100')\n"
        "double = lambda x: 0"
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", TRICKS.values(), ids=TRICKS)
def test_no_trick_earns_a_point(assignment, tmp_path, source):
    assert earned(assignment, tmp_path, source) == 0


def test_answers_learnt_by_heart_earn_the_visible_points_alone(assignment, tmp_path):
    assert earned(assignment, tmp_path, "def double(x): return 6") == 20


def test_one_bad_task_costs_no_other_task_its_points(assignment, tmp_path):
    for source in (
        "import os; os._exit(1)",
        "while True: pass",
        "1 +",
        "raise ValueError",
        "del math; import nothing",
    ):
        judged = graded(assignment, tmp_path, answered(assignment, double=source))
        assert judged.outcomes["number-test"].passed, source
        assert not judged.outcomes["double-test"].passed


def test_what_stood_before_a_session_died_stands_again(assignment, tmp_path):
    notebook = as_solution(assignment)
    notebook.cells.insert(5, new_code_cell("import os; os._exit(9)"))
    judged = graded(assignment, tmp_path, notebook)
    assert judged.points(assignment) == 80
    assert any("started again" in note for note in judged.notes)


def test_edited_test_cells_are_restored(assignment, tmp_path):
    notebook = answered(
        assignment,
        **{"double": "def double(x): return 0", "double-test": "pass", "double-hidden": "1", "imports": "x"},
    )
    judged = graded(assignment, tmp_path, notebook)
    assert not judged.outcomes["double-test"].passed and not judged.outcomes["double-hidden"].passed
    assert sum("was changed; the original is used" in note for note in judged.notes) == 3
    assert [cell.source for cell in judged.notebook.cells if grade_id(cell) == "imports"] == ["import math"]


def test_deleted_cells_are_restored_and_a_deleted_answer_is_a_missing_one(assignment, tmp_path):
    notebook = as_solution(assignment)
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) in ("number", "why")]
    judged = graded(assignment, tmp_path, notebook)
    assert set(judged.outcomes) == {"double-test", "double-hidden", "number-test"}
    assert judged.points(assignment) == 30
    assert "double: is missing in the submission" in judged.notes


def test_an_answer_in_a_cell_of_ones_own_counts(assignment, tmp_path):
    notebook = answered(assignment, double="")
    notebook.cells.insert(4, new_code_cell("def double(x):\n    return x + x"))
    assert graded(assignment, tmp_path, notebook).points(assignment) == 80


def test_of_two_copies_of_a_cell_the_last_counts(assignment, tmp_path):
    notebook = as_solution(assignment)
    place = next(n for n, cell in enumerate(notebook.cells) if grade_id(cell) == "double")
    copy = nbformat.from_dict(dict(notebook.cells[place]))
    copy.source = "def double(x): return 0"
    notebook.cells.insert(place, copy)
    judged = graded(assignment, tmp_path, notebook)
    assert judged.points(assignment) == 80
    assert "double: occurs more than once; the last one counts" in judged.notes


def test_a_place_that_drops_the_metadata_costs_nothing(assignment, tmp_path):
    notebook = as_solution(assignment)
    for cell in notebook.cells:  # as Colab saves it
        cell.metadata = nbformat.from_dict({"id": cell.pop("id"), "outputId": "x"})
    notebook.nbformat_minor = 0
    judged = graded(assignment, tmp_path, notebook)
    assert judged.points(assignment) == 80 and judged.notes == []


def test_cells_that_claim_to_be_more_than_they_are_stay_what_they_are(assignment, tmp_path):
    notebook = answered(assignment, double="def double(x): return 0")
    notebook.cells += [
        marked("extra-test", "assert True", grade=True, locked=True, points=1000),
        marked("double-test-2", "assert True", grade=True, locked=True, points=20),
    ]
    notebook.metadata["nlpcourse"] = {"limits": {"cell_seconds": 10**9}}
    judged = graded(assignment, tmp_path, notebook)
    assert set(judged.outcomes) == {"double-test", "double-hidden", "number-test"}
    assert judged.points(assignment) == 30
    assert judged.notebook.metadata["nlpcourse"] == assignment.notebook.metadata["nlpcourse"]
    assert all(role(cell) == "free" for cell in judged.notebook.cells if grade_id(cell).startswith("added"))


def test_hidden_arguments_leak_through_nothing_that_a_student_sees(assignment, tmp_path):
    source = (
        "seen = []\ndef double(x):\n    print('asked', x)\n    seen.append(x)\n"
        "    if x == 3: return 6\n    raise type(f'Asked{x}', (Exception,), {})(f'asked {x}')"
    )
    notebook = answered(assignment, double=source)
    notebook.cells.append(new_code_cell("print(seen)"))
    judged = graded(assignment, tmp_path, notebook)
    told = (
        str([cell.get("outputs") for cell in judged.notebook.cells])
        + str(judged.outcomes)
        + str(judged.notes)
    )
    assert (
        judged.outcomes["double-hidden"].message
        == "`double` raised an exception, in a case that the visible tests do not try."
    )
    assert "7041776" not in told and "-1.5" not in told


def test_a_students_own_error_is_told_in_a_visible_test_and_only_named_in_a_hidden_one(assignment, tmp_path):
    judged = graded(
        assignment, tmp_path, answered(assignment, double="def double(x): raise ValueError(f'no {x}')")
    )
    assert judged.outcomes["double-test"].message == "`double` raised ValueError: no 3"
    assert (
        judged.outcomes["double-hidden"].message
        == "`double` raised ValueError, in a case that the visible tests do not try."
    )


def test_what_a_cell_shows_is_kept_as_text_and_pictures_alone(assignment, tmp_path):
    notebook = as_solution(assignment)
    notebook.cells.append(
        new_code_cell(
            "from IPython.display import HTML, display\nimport matplotlib.pyplot as plt\nprint('hello')\n"
            "display(HTML('<script>evil()</script>')); fig, ax = plt.subplots(); ax.plot([1, 2])\nplt.show()"
        )
    )
    notebook.cells.append(
        new_code_cell(
            "from nlpcourse import figures\nfigures.show(fig, alt='a line that rises', caption='x' * 30)"
        )
    )
    judged = graded(assignment, tmp_path, notebook)
    kinds = {
        key for cell in judged.notebook.cells for o in cell.get("outputs", []) for key in o.get("data", {})
    }
    assert kinds <= {"image/png"}
    assert "evil" not in str([cell.get("outputs") for cell in judged.notebook.cells])
    assert "hello" in str(judged.notebook.cells[-2].outputs)


def test_an_image_that_is_none_is_left_out(assignment, tmp_path):
    notebook = as_solution(assignment)
    notebook.cells.append(
        new_code_cell(
            "from IPython.display import publish_display_data as show\n"
            "show({'image/png': '\"><script>evil()</script>'}); show({'image/png': 'aGVsbG8='})"
        )
    )
    judged = graded(assignment, tmp_path, notebook)
    assert judged.notebook.cells[-1].outputs == []


def test_a_whole_submission_has_a_limit_of_its_own(tmp_path):
    course = write_course(tmp_path / "c", small_notebook({"cell_seconds": 2, "total_seconds": 5}))
    assignment = Assignment.load(course, "a0")
    notebook = as_solution(assignment)
    notebook.cells[2:2] = [new_code_cell("import time; time.sleep(1.5)") for _ in range(20)]
    judged = graded(assignment, tmp_path, notebook)
    assert judged.points(assignment) == 0
    assert "5 seconds" in judged.outcomes["double-test"].message


def test_test_cells_never_enter_the_sandbox(assignment, tmp_path):
    source = (
        "import gc\nfound = [t for t in gc.get_objects() if isinstance(t, (dict, list, tuple))]\n"
        "print(any('7041' + '776' in str(t)[:10**6] for t in found))\ndef double(x): return 2 * x"
    )
    judged = graded(assignment, tmp_path, answered(assignment, double=source))
    cell = next(cell for cell in judged.notebook.cells if grade_id(cell) == "double")
    assert cell.outputs[0].text.strip() == "False"


# --- what an assignment must be ---------------------------------------------------------------------------------


def test_names_that_a_test_takes_from_the_notebook():
    source = "import math\ny = f(3)\ndef g(a):\n    return h(a, y) + math.pi\nassert sum(k for k in g(1)) == z, f'{w}'"
    assert taken(source) == {"f", "h", "z", "w"}
    assert bound("import a.b\nfrom c import d as e\nf = 1\ndef g(): pass\nclass H: pass\nfor i in []: pass") == {
        "a", "e", "f", "g", "H", "i"
    }  # fmt: skip


def broken(change):
    notebook = small_notebook()
    cells = {cell.id: cell for cell in notebook.cells}
    change(notebook, cells)
    return notebook


FAULTS = {
    "points": (lambda n, c: c["double-test"].metadata.nbgrader.update(points=21), "add up to 101"),
    "a name twice": (lambda n, c: c["number"].metadata.nbgrader.update(grade_id="double"), "two cells"),
    "another id": (lambda n, c: c["double"].update(id="other"), "cell id must be the same"),
    "no solution": (lambda n, c: c["double"].update(source="def double(x): pass"), "has no part between"),
    "an open cell": (lambda n, c: n.cells.append(new_code_cell("x = 1")), "could edit unnoticed"),
    "a rubric too small": (
        lambda n, c: c["why"].update(source=c["why"].source.replace("- 8", "- 7")),
        "rubric gives 19",
    ),
    "no message": (lambda n, c: c["double-test"].update(source="assert double(3) == 6"), "has no message"),
    "a name that students own": (
        lambda n, c: c["double-test"].update(source="assert math.isclose(double(3), 6), 'x'"),
        "uses math",
    ),
    "magic": (lambda n, c: c["double-test"].update(source="%time double(3)"), "not plain Python"),
}


@pytest.mark.parametrize(("change", "says"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_assignment_is_refused_with_the_reason(tmp_path, change, says):
    course = write_course(tmp_path / "c", broken(change))
    with pytest.raises(UsageError, match=says):
        Assignment.load(course, "a0")


def test_an_assignment_is_found_by_the_beginning_of_its_name(course):
    assert Assignment.load(course, "a0").name == Assignment.load(course, "a0_doubling").name == "a0_doubling"
    for name in ("a", "a1", "../a0_doubling", ""):
        with pytest.raises(UsageError, match="a0_doubling"):
            Assignment.load(course, name)


def test_an_added_markdown_cell_brings_no_html_of_its_own(assignment, tmp_path):
    notebook = as_solution(assignment)
    notebook.cells.append(new_markdown_cell("<script>evil()</script> and *words*"))
    judged = graded(assignment, tmp_path, notebook)
    assert "<script" not in nbformat.writes(judged.notebook)


def test_what_is_shown_has_a_measure(assignment, tmp_path):
    notebook = as_solution(assignment)
    source = (
        "import matplotlib.pyplot as plt, numpy as np\nplt.imsave('x.png', np.random.rand(400, 400, 3))\n"
    )
    source += "from IPython.display import Image, display\nfor n in range(6): display(Image('x.png'))"
    notebook.cells += [new_code_cell(source) for _ in range(4)]
    notebook.cells.append(new_code_cell("raise ValueError('x' * 10**6)"))
    judged = graded(assignment, tmp_path, notebook)
    assert len(nbformat.writes(judged.notebook)) < 6_000_000
    assert any(
        "image/png" in o.get("data", {})
        for o in judged.notebook.cells[-3].outputs + judged.notebook.cells[-5].outputs
    )


def test_a_message_has_a_measure(assignment, tmp_path):
    judged = graded(
        assignment, tmp_path, answered(assignment, double="def double(x): raise ValueError('x' * 10**6)")
    )
    assert len(judged.outcomes["double-test"].message) <= 2000


@pytest.mark.parametrize(
    "forged", ["{'refused': 'SECRET'}", "{'kind': 'SECRET', 'raised': ['SECRET']}", "{'raised': 'SECRET'}"]
)
def test_forged_answers_to_hidden_tests_tell_nothing(assignment, tmp_path, forged):
    source = (
        "import os\nfrom nlpcourse.classroom import wire\ndef double(x):\n    if x == 3: return 6\n"
        f"    for n in range(3, 30):\n        try: wire.send(n, {forged})\n        except BaseException: pass\n    return 0"
    )
    judged = graded(assignment, tmp_path, answered(assignment, double=source))
    assert not judged.outcomes["double-hidden"].passed
    assert "SECRET" not in str(judged.outcomes) + str(judged.notes)


def test_an_exception_that_ends_loops_ends_no_test(tmp_path):
    notebook = small_notebook()
    for cell in notebook.cells:
        if cell.id == "double-test":
            cell.source = "assert all(x == 6 for x in map(double, [3])), 'twice 3 is 6'"
    assignment = Assignment.load(write_course(tmp_path / "c", notebook), "a0")
    judged = graded(assignment, tmp_path, answered(assignment, double="def double(x): raise StopIteration"))
    assert not judged.outcomes["double-test"].passed


def test_a_question_that_holds_a_tag_can_be_left_blank(tmp_path):
    notebook = small_notebook()
    why = next(cell for cell in notebook.cells if cell.id == "why")
    why.source = why.source.replace("Why?", "Why `<unk>`?")
    assignment = Assignment.load(write_course(tmp_path / "c", notebook), "a0")
    assert graded(assignment, tmp_path, as_stub(assignment)).blank == ["why"]


def test_an_answer_in_a_cell_below_the_question_is_no_blank(assignment, tmp_path):
    notebook = as_stub(assignment)
    place = next(n for n, cell in enumerate(notebook.cells) if grade_id(cell) == "why")
    notebook.cells.insert(place + 1, new_markdown_cell("Because."))
    assert graded(assignment, tmp_path, notebook).blank == []


def test_what_a_student_writes_into_a_text_of_the_assignment_is_kept(assignment, tmp_path):
    notebook = as_solution(assignment)
    cell = next(cell for cell in notebook.cells if grade_id(cell) == "double-text")
    cell.source += "\n\nMy derivation."
    judged = graded(assignment, tmp_path, notebook)
    assert "My derivation." in nbformat.writes(judged.notebook)


def test_addresses_of_scripts_in_prose_are_no_addresses(assignment, tmp_path):
    notebook = answered(assignment, why="[a](javascript:evil()) $\\href{JavaScript :evil()}{x}$")
    text = nbformat.writes(graded(assignment, tmp_path, notebook).notebook).lower()
    assert "javascript:" not in text and "javascript :" not in text and "\\href" not in text


def test_forged_outputs_and_scores_in_a_submission_are_not_even_read(assignment, tmp_path):
    notebook = answered(assignment, double="def double(x): return 0")
    for cell in notebook.cells:
        if role(cell) == "test":
            # What nbgrader takes for partial credit, and for a cell that has run well.
            cell.outputs = [
                nbformat.v4.new_output("execute_result", data={"text/plain": "50.0"}, execution_count=1)
            ]
            cell.execution_count = 1
            cell.metadata.nbgrader.update(score=50, points=50, checksum="forged")
    judged = graded(assignment, tmp_path, notebook)
    assert judged.points(assignment) == 30
    failed = [cell for cell in judged.notebook.cells if grade_id(cell) == "double-test"]
    assert failed[0].outputs[0].output_type == "error" and failed[0].metadata.nbgrader.points == 20
