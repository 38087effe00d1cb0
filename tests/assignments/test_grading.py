"""A whole class: scores, gradebook and feedback are right, and neither a kill nor a bad submission harms them."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import nbformat
import psutil
import pytest
from made_up_class import moodle_zip
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_assignment import COURSE, small_notebook, write_course

from nlpcourse.authoring import cli
from nlpcourse.classroom import gradebook, grading
from nlpcourse.classroom.assignment import Assignment, grade_id
from nlpcourse.classroom.build import as_solution, as_stub, build

NAME = "a0_doubling"


def table(course: Path) -> dict[str, dict[str, str]]:
    text = (course / "scores" / f"{NAME}.csv").read_bytes().decode("utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text))}


def hand_in(folder: Path, student: str, notebook, name: str = "work.ipynb") -> None:
    (folder / student).mkdir(parents=True, exist_ok=True)
    content = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
    (folder / student / name).write_bytes(content)


def changed(assignment: Assignment, **sources: str):
    notebook = as_solution(assignment)
    for cell in notebook.cells:
        if grade_id(cell) in sources:
            cell.source = sources[grade_id(cell)]
    return notebook


@pytest.fixture
def inbox(tmp_path, assignment) -> Path:
    place = tmp_path / "in"
    hand_in(place, "Li Wei", as_solution(assignment))
    hand_in(
        place,
        "李雷",
        changed(assignment, double="def double(x):\n    return abs(2 * x)", why="## 3 · Why? (20 points)"),
    )
    hand_in(place, "empty", b"")
    hand_in(place, "untouched", as_stub(assignment))
    hand_in(place, "=cmd|' calc'!A0", changed(assignment, number="number = 41"))
    return place


def grade(course: Path, place: Path, **options):
    return grading.grade(course, "a0", place, grading.Options(**options))


def test_scores_gradebook_and_feedback_of_a_class(course, assignment, inbox):
    path, rows = grade(course, inbox, due=datetime(2020, 1, 1).astimezone())
    assert path == course / "scores" / f"{NAME}.csv" and len(rows) == 5
    scores = table(course)
    assert {name: row["points"] for name, row in scores.items()} == {
        "'=cmd_' calc'!A0": "50", "Li Wei": "80", "empty": "", "untouched": "0", "李雷": "50",
    }  # fmt: skip
    assert scores["Li Wei"]["to mark"] == "20" and scores["Li Wei"]["why"] == ""
    assert scores["李雷"]["to mark"] == "0" and scores["李雷"]["why"] == "0"
    assert scores["李雷"]["double-test"] == "20" and scores["李雷"]["double-hidden"] == "0"
    assert scores["empty"]["status"] == "not graded: the file is empty"
    assert all(row["late"].startswith("late by ") for row in scores.values() if row["points"])

    with gradebook.opened(course) as book:
        submission = book.find_submission(NAME, "李雷")
        assert (submission.score, submission.max_score, submission.needs_manual_grade) == (50, 100, False)
        assert book.find_submission(NAME, "Li Wei").needs_manual_grade
        assert {student.id for student in book.students} == {
            "Li Wei",
            "李雷",
            "untouched",
            "=cmd_' calc'!A0",
        }

    page = (course / "feedback" / "李雷" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert (
        "50 of 100" in page
        and "late by" in page
        and "think of negative numbers" in page
        and "twice 3 is 6" not in page
    )
    assert "double(-1.5)" not in page and "7041776" not in page
    assert not list((course / "feedback").glob("empty*"))


def test_marks_of_a_teacher_stay_and_count(course, assignment, inbox):
    grade(course, inbox)
    with gradebook.opened(course) as book:
        mark = book.find_grade("why", NAME, NAME, "Li Wei")
        mark.manual_score, mark.needs_manual_grade = 15, False
        book.find_comment("why", NAME, NAME, "Li Wei").manual_comment = "Well *put*. <b>x</b>"
        book.db.commit()
    grade(course, inbox)
    row = table(course)["Li Wei"]
    assert (row["points"], row["to mark"], row["why"]) == ("95", "0", "15")
    page = (course / "feedback" / "Li Wei" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "95 of 100" in page and "Well *put*. &lt;b&gt;x&lt;/b&gt;" in page
    assert "Rubric" in page  # now that the mark is given
    # A new answer to the same question: the mark stands, and somebody should look again.
    hand_in(inbox, "Li Wei", changed(assignment, why="## 3 · Why? (20 points)\n\nSomething else."))
    grade(course, inbox)
    assert (table(course)["Li Wei"]["why"], table(course)["Li Wei"]["to mark"]) == ("15", "20")
    with gradebook.opened(course) as book:
        mark = book.find_grade("why", NAME, NAME, "Li Wei")
        assert (mark.needs_manual_grade, mark.manual_score) == (True, 15)
        mark.needs_manual_grade = False  # as nbgrader's page does when the mark is confirmed
        book.db.commit()
    grade(course, inbox)
    assert table(course)["Li Wei"]["to mark"] == "0"


def test_points_that_a_teacher_takes_off_a_test_are_shown_as_that(course, inbox):
    grade(course, inbox)
    with gradebook.opened(course) as book:
        mark = book.find_grade("double-test", NAME, NAME, "Li Wei")
        mark.manual_score, mark.needs_manual_grade = 0, False
        book.db.commit()
    grade(course, inbox)
    page = (course / "feedback" / "Li Wei" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "0 of 20, as your teacher has decided" in page and table(course)["Li Wei"]["points"] == "60"


def test_the_rubric_is_not_shown_before_the_mark(course, inbox):
    grade(course, inbox)
    page = (course / "feedback" / "Li Wei" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Rubric" not in page and "not marked yet, of 20" in page and "80 of 80" in page


def test_the_deadline_is_remembered(course, inbox):
    grade(course, inbox, due=datetime(2020, 1, 1).astimezone())
    late = table(course)["Li Wei"]["late"]
    grade(course, inbox)
    assert table(course)["Li Wei"]["late"] == late and late.startswith("late by")
    grade(course, inbox, due=datetime(2100, 1, 1).astimezone())
    assert table(course)["Li Wei"]["late"] == ""


def test_pages_go_back_in_folders_that_the_platform_knows(course, assignment, tmp_path):
    place = tmp_path / "in.zip"
    content = nbformat.writes(as_solution(assignment))
    with zipfile.ZipFile(place, "w") as archive:
        for name in ("Ana Díaz_7_assignsubmission_file_", "李 雷_123_assignsubmission_file_"):
            archive.writestr(f"{name}/work.ipynb", content)
    grade(course, place)
    with zipfile.ZipFile(course / "feedback" / f"{NAME}.zip") as archive:
        assert archive.namelist() == [
            f"Ana Díaz_7_assignsubmission_file_/{NAME}.html", f"李 雷_123_assignsubmission_file_/{NAME}.html"
        ]  # fmt: skip
    assert [(row["name"], row["id"]) for row in table(course).values()] == [
        ("Ana Díaz", "7"),
        ("李 雷", "123"),
    ]


def test_nbgraders_own_buttons_run_no_student_code(course, inbox, tmp_path):
    grade(course, inbox)
    trace = tmp_path / "trace"
    path = course / "submitted" / "Li Wei" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, new_code_cell(f"open({str(trace)!r}, 'w')"))
    nbformat.write(notebook, path)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command in ("generate_feedback", "autograde"):
        ran = subprocess.run(
            ["nbgrader", command, NAME, "--student", "Li Wei", "--force"],
            cwd=course, env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert ran.returncode != 0 and "nlpcourse grade" in ran.stderr
    assert not trace.exists()
    grade(course, inbox)  # what the failed command removed is made again
    assert (course / "autograded" / "Li Wei" / NAME / f"{NAME}.ipynb").is_file()
    assert table(course)["Li Wei"]["points"] == "80"


def test_nothing_is_graded_twice_and_a_new_submission_is_graded_anew(course, assignment, inbox, monkeypatch):
    grade(course, inbox)
    asked = []
    whole = grading._judged
    monkeypatch.setattr(
        grading,
        "_judged",
        lambda a, rows, o: asked.append(sorted(r.submission.student for r in rows)) or whole(a, rows, o),
    )
    before = (course / "scores" / f"{NAME}.csv").read_bytes()
    grade(course, inbox)
    assert asked == [[]] and (course / "scores" / f"{NAME}.csv").read_bytes() == before
    hand_in(inbox, "untouched", as_solution(assignment))
    (course / "scores" / NAME / "李雷.json").write_text("{ half a fi")
    grade(course, inbox)
    assert asked[1] == ["untouched", "李雷"]
    path = course / "autograded" / "Li Wei" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("double", "triple"), encoding="utf-8")
    grade(course, inbox)  # somebody else has put another notebook there
    assert asked[2] == ["Li Wei"] and "triple" not in path.read_text(encoding="utf-8")
    assert table(course)["untouched"]["points"] == "80" and table(course)["李雷"]["points"] == "50"


def test_a_grader_that_is_killed_goes_on_where_it_was(tmp_path):
    notebook = small_notebook()
    next(
        cell for cell in notebook.cells if cell.id == "imports"
    ).source = "import math, time; time.sleep(0.7)"
    course = write_course(tmp_path / "course", notebook)
    assignment = Assignment.load(course, "a0")
    place = tmp_path / "in"
    for number in range(8):
        hand_in(place, f"s{number}", changed(assignment, number=f"number = 42 + 0 * {number}"))
    command = [sys.executable, "-m", "nlpcourse", "grade", "a0", str(place), "--course", str(course)]
    for end in (signal.SIGKILL, signal.SIGINT):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        deadline = time.monotonic() + 90
        before = len(list((course / "scores").rglob("*.json")))
        while len(list((course / "scores").rglob("*.json"))) < before + 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        family = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, end)
        _, errors = process.communicate(timeout=30)
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive, f"left running: {alive}"
        if end == signal.SIGINT:
            assert b"What was graded is kept" in errors and process.returncode == 130, errors
    kept = {path: path.stat().st_mtime_ns for path in (course / "scores").rglob("*.json")}
    assert 4 <= len(kept) < 8
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert [row["points"] for row in table(course).values()] == ["80"] * 8
    assert not list(course.rglob(".*json*"))


@pytest.mark.parametrize("noticed", ["by whoever waits", "when the next is handed over"])
def test_a_worker_that_dies_costs_its_own_submission_at_most(course, inbox, tmp_path, monkeypatch, noticed):
    # The judge trusts its own tests only: one that ends the process stands for any crash in compiled code.
    path = course / "source" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    go = tmp_path / "go"
    for cell in notebook.cells:
        if cell.id == "number-test":
            cell.source = (
                "import os, pathlib, time\n"
                f"while number == 41 and not pathlib.Path({str(go)!r}).exists():\n    time.sleep(0.05)\n"
                "assert number != 41 or os._exit(9), 'x'"
            )
    keep = grading._keep

    def keep_while_a_worker_dies(assignment, row):
        go.touch()
        time.sleep(2)
        keep(assignment, row)

    if noticed == "by whoever waits":
        go.touch()
    else:
        monkeypatch.setattr(grading, "_keep", keep_while_a_worker_dies)
    nbformat.write(notebook, path)
    _, rows = grade(course, inbox)
    by_name = {row.submission.student: row for row in rows}
    assert "BrokenProcessPool" in by_name["=cmd_' calc'!A0"].submission.problem
    assert by_name["Li Wei"].judged and by_name["李雷"].judged and by_name["untouched"].judged


def test_a_hostile_submission_harms_no_other(course, assignment, tmp_path):
    place = tmp_path / "in"
    attack = (
        "import os, pathlib, signal\nfor root in ('/', '/submission', '/home', '/tmp', '/work'):\n"
        "    for path in pathlib.Path(root).rglob('*.ipynb'):\n        try: path.write_text('gone')\n        except OSError: pass\n"
        "for pid in range(2, 400):\n    try: os.kill(pid, 9)\n    except OSError: pass\n"
    )
    evil = as_solution(assignment)
    evil.cells.insert(0, new_code_cell(attack))
    evil.cells.insert(
        0,
        new_code_cell(
            "while True:\n    try:\n        import time; time.sleep(1)\n    except BaseException: pass"
        ),
    )
    hand_in(place, "evil", evil)
    for number in range(3):
        hand_in(place, f"good {number}", changed(assignment, number=f"number = 42 + 0 * {number}"))
    _, rows = grade(course, place)
    assert {row.submission.student: row.judged.points(assignment) for row in rows} == {
        "evil": 80, "good 0": 80, "good 1": 80, "good 2": 80,
    }  # fmt: skip
    # It attacked, it was ended, and its honest cells count as anybody's.
    assert "started again" in str(rows[0].judged.notes)


def test_a_feedback_page_runs_and_loads_nothing(course, assignment, tmp_path):
    place = tmp_path / "in"
    evil = changed(
        assignment,
        double="def double(x):\n    return '</code></pre><script>evil()</script>'",
        why="## 3 · Why? (20 points)\n\n<img src=x onerror=evil()> [a](javascript:evil()) ![b](https://example.org/b.png)",
    )
    evil.cells.append(new_markdown_cell("<script>evil()</script>"))
    evil.cells.append(new_code_cell("print('<script>evil()</script>')"))
    hand_in(place, "<title><script>evil()<", evil)
    hand_in(place, "other", as_solution(assignment))
    grade(course, place)
    page = next((course / "feedback").glob("*title_*/*/*.html")).read_text(encoding="utf-8")
    assert (
        "<script" not in page
        and "<img" not in page
        and 'href="javascript' not in page
        and "default-src 'none'" in page
    )
    assert page.count("evil()") >= 4  # it is all there to be read, as text


def test_the_gradebook_is_backed_up_before_it_is_touched(course, inbox):
    grade(course, inbox)
    first = (course / "gradebook.db").read_bytes()
    grade(course, inbox)
    assert (course / "gradebook.backup.db").is_file() and len(first) > 0
    with gradebook.opened(course) as book:
        assert len(book.students) == 4


def test_an_assignment_that_has_changed_its_cells_is_not_mixed_with_old_grades(course, inbox):
    from nlpcourse.authoring.project import UsageError

    grade(course, inbox)
    path = course / "source" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "number-test")
    cell.id = cell.metadata.nbgrader.grade_id = "number-check"
    nbformat.write(notebook, path)
    before = (course / "scores" / f"{NAME}.csv").read_bytes()
    with pytest.raises(UsageError, match="submissions"):
        grade(course, inbox)
    assert (course / "scores" / f"{NAME}.csv").read_bytes() == before


# --- the command ------------------------------------------------------------------------------------------------


def test_assign_makes_three_versions(course, capsys):
    assert cli.main(["assign", "a0", "--course", str(course)]) == 0
    release, solution, colab = (
        nbformat.read(path, as_version=4) for path in capsys.readouterr().out.splitlines()
    )
    text = nbformat.writes(release) + nbformat.writes(colab)
    assert "2 * x" not in text and "Because" not in text and "7041776" not in text and "HIDDEN" not in text
    assert "raise NotImplementedError" in text and "YOUR ANSWER HERE" in text
    assert "2 * x" in nbformat.writes(solution) and "SOLUTION" not in nbformat.writes(solution)
    assert all(cell.metadata["id"] == cell.id for cell in colab.cells)
    assert "Download .ipynb" in colab.cells[0].source
    assert cli.main(["assign", "a0", "--course", str(course)]) == 0  # again, over what is there


def test_assign_and_grade_agree_on_what_students_get(course, assignment):
    release, _, colab = (nbformat.read(path, as_version=4) for path in build(assignment))
    for made in (release, colab):
        _, notes = assignment.fit(made)
        assert notes == []


def test_the_command_reports_and_its_exit_code_tells(course, inbox, capsys):
    assert cli.main(["grade", "a0", str(inbox), "--course", str(course)]) == 1
    told = capsys.readouterr().out
    assert "✗ empty: the file is empty" in told and "4 of 5 submissions graded" in told
    assert cli.main(["grade", "a0", str(inbox), "--course", str(course), "--due", "soon"]) == 2
    assert cli.main(["grade", "a0", str(inbox), "--course", str(course), "--workers", "0"]) == 2
    assert cli.main(["grade", "a9", str(inbox), "--course", str(course)]) == 2
    assert "--due 'soon' is no time" in capsys.readouterr().err


def test_prove_reports_and_its_exit_code_tells(course, capsys):
    assert cli.main(["prove", "a0", "--course", str(course)]) == 1
    told = capsys.readouterr().out
    assert "✓ a0_doubling: solution" in told and "✗ a0_doubling: mutants" in told


def test_a_made_up_class_holds_every_kind(tmp_path):
    assignment = Assignment.load(COURSE, "a2")
    moodle_zip(assignment, tmp_path / "class.zip", 30)
    rows = grading.collect(tmp_path / "class.zip", assignment)
    assert len(rows) == 30 and any(row.problem for row in rows)


def test_halves_of_characters_stop_nobody(course, assignment, tmp_path):
    place = tmp_path / "in"
    forged = (
        "import os\nfrom safetensors.numpy import save\nblob = save({}, metadata={'tree': '{\"dict\": "
        '[["text", "\\\\ud83d"], ["raised", "\\\\ud83d"]]}\'})\n'
        "for n in range(3, 30):\n    try: os.write(n, len(blob).to_bytes(8, 'big') + blob)\n    except OSError: pass"
    )
    evil = as_solution(assignment)
    evil.cells.append(new_code_cell(forged))
    hand_in(place, "evil", evil)
    hand_in(place, "good", as_solution(assignment))
    grade(course, place)
    assert table(course)["good"]["points"] == "80" and table(course)["evil"]["status"]


def test_a_row_that_cannot_be_published_stops_no_other(course, inbox, monkeypatch):
    whole = grading.feedback.page

    def page(assignment, judged, student, *rest):
        if student == "Li Wei":
            raise ValueError("no page")
        return whole(assignment, judged, student, *rest)

    monkeypatch.setattr(grading.feedback, "page", page)
    grade(course, inbox)
    scores = table(course)
    assert "no page" in scores["Li Wei"]["status"] and scores["李雷"]["points"] == "50"


def test_a_page_of_endless_markdown_takes_no_time(course, assignment, tmp_path):
    place = tmp_path / "in"
    evil = changed(assignment, why="## " + "(points" * 100_000 + "\n\n" + "[a]: /x\n" * 20_000)
    hand_in(place, "evil", evil)
    hand_in(place, "good", as_solution(assignment))
    grade(course, place)
    begin = time.monotonic()
    grade(course, place)
    assert time.monotonic() - begin < 20


def test_what_a_killed_grader_leaves_is_removed_by_the_next(course, inbox):
    (course / ".work" / "999999999" / "x").mkdir(parents=True)
    grade(course, inbox)
    assert list((course / ".work").iterdir()) == []


def test_without_a_sandbox_grading_refuses_unless_it_is_told_to(course, inbox, monkeypatch, capsys):
    whole = grading.shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "bwrap" else whole(name))
    assert cli.main(["grade", "a0", str(inbox), "--course", str(course)]) == 2
    assert "--unsandboxed" in capsys.readouterr().err and not (course / "scores").exists()
    assert cli.main(["grade", "a0", str(inbox), "--course", str(course), "--unsandboxed"]) == 1
    assert table(course)["Li Wei"]["points"] == "80" and table(course)["李雷"]["points"] == "50"
