"""What a class hands in: every state it can be in is handled, reported, and stops nothing else."""

import io
import os
import time
import zipfile
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom import submissions
from nlpcourse.classroom.build import as_solution
from nlpcourse.classroom.submissions import Unreadable, collect, read_notebook, safe

NAME = "a0_doubling"


def some_notebook(text: str = "x") -> bytes:
    return nbformat.writes(new_notebook(cells=[new_code_cell(text, id="c")])).encode()


def lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: dict[str, bytes], *, when=(2026, 11, 24, 12, 0, 0)) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, when), content)
    return buffer.getvalue()


LAYOUTS = {
    "nbgrader": ({f"李雷/{NAME}/{NAME}.ipynb": b"", f"ana/{NAME}/{NAME}.ipynb": b""}, ["ana", "李雷"]),
    "moodle": (
        {
            "李 雷_123_assignsubmission_file_/my work.ipynb": b"",
            "Ana Díaz_7_assignsubmission_file_/a.ipynb": b"",
        },
        ["Ana Díaz_7", "李 雷_123"],
    ),
    "canvas": (
        {"liwei_99_1234_a0.ipynb": b"", "diazana_LATE_77_1235_a0 (1).ipynb": b""},
        ["diazana_77", "liwei_99"],
    ),
    "folders": ({"Li Wei/x.ipynb": b"", "Ana/sub/y.ipynb": b""}, ["Ana", "Li Wei"]),
    "files": (
        {f"{NAME} - Li Wei.ipynb": b"", "Ana (1).ipynb": b"", f"李雷_{NAME}.ipynb": b""},
        ["Ana", "Li Wei", "李雷"],
    ),
    "a folder around all": ({"class 3/Li Wei/x.ipynb": b"", "class 3/Ana/y.ipynb": b""}, ["Ana", "Li Wei"]),
    "one student alone": ({"Li Wei/x.ipynb": b""}, ["Li Wei"]),
    "one student alone, nbgrader": ({f"Li Wei/{NAME}/x.ipynb": b""}, ["Li Wei"]),
}


@pytest.mark.parametrize("kind", ["folder", "zip"])
@pytest.mark.parametrize(("files", "students"), LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_finds_every_student(tmp_path, files, students, kind, assignment):
    files = {name: some_notebook(name) for name in files}
    place = tmp_path / ("in" if kind == "folder" else "in.zip")
    if kind == "folder":
        lay_out(place, files)
    else:
        place.write_bytes(zipped(files))
    found = collect(place, assignment)
    assert [one.student for one in found] == students
    assert not [one.problem for one in found if one.problem]
    assert {one.content for one in found} == set(files.values())


def test_canvas_says_who_was_late(tmp_path, assignment):
    found = collect(
        lay_out(tmp_path, {"a_LATE_1_2_x.ipynb": some_notebook("1"), "b_3_4_x.ipynb": some_notebook("2")}),
        assignment,
    )
    assert [one.late for one in found] == [True, False]


def test_files_without_a_students_name_stay_apart(tmp_path, assignment):
    files = {
        f"{NAME}.ipynb": some_notebook("1"),
        f"{NAME} (1).ipynb": some_notebook("2"),
        ".ipynb": some_notebook("3"),
    }
    found = collect(lay_out(tmp_path, files), assignment)
    assert len(found) == 3 and all(one.student.startswith("unnamed") and not one.problem for one in found)


BAD = {
    b"": "empty",
    b"  \n": "empty",
    b"{": "not a notebook",
    b"[]": "not a notebook",
    b"null": "not a notebook",
    b'{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}': "not a notebook",
    b'{"nbformat": 99, "cells": []}': "not a notebook",
    b"\x89PNG\r\n\x1a\n\xff\xfe": "not text",
    "李雷".encode("gb18030"): "not text",
    b"[" * 100_000: "nested|not a notebook",
    b"PK\x03\x04 no zip at all": "not a notebook|not text",
}


@pytest.mark.parametrize(("content", "says"), BAD.items(), ids=range(len(BAD)))
def test_what_is_no_notebook_is_reported_and_the_rest_goes_on(tmp_path, content, says, assignment):
    found = collect(lay_out(tmp_path, {"bad/x.ipynb": content, "good/x.ipynb": some_notebook()}), assignment)
    assert [one.student for one in found] == ["bad", "good"]
    import re

    assert re.search(says, found[0].problem) and not found[1].problem


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_notebook_in_another_encoding_is_read(encoding):
    text = some_notebook("print('李雷')").decode()
    assert read_notebook(text.encode(encoding)).cells[0].source == "print('李雷')"


def test_a_notebook_of_an_older_format_is_read():
    import json

    cell = {
        "cell_type": "code",
        "input": ["x = 1"],
        "outputs": [],
        "language": "python",
        "metadata": {},
        "collapsed": False,
    }
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    assert read_notebook(json.dumps(old).encode()).cells[0].source == "x = 1"


def test_another_notebook_is_not_this_assignment(assignment, tmp_path):
    found = collect(lay_out(tmp_path / "in", {"a/x.ipynb": some_notebook()}), assignment)[0]
    with pytest.raises(Unreadable, match="holds no cell of a0_doubling"):
        found.notebook(assignment)
    right = nbformat.writes(as_solution(assignment)).encode()
    assert collect(lay_out(tmp_path / "two", {"a/x.ipynb": right}), assignment)[0].notebook(assignment).cells


def test_of_several_notebooks_the_newest_is_taken_and_the_others_are_named(tmp_path, assignment):
    lay_out(
        tmp_path,
        {
            "ana/old.ipynb": some_notebook("1"),
            "ana/new.ipynb": some_notebook("2"),
            "bo/x.ipynb": some_notebook("3"),
        },
    )
    os.utime(tmp_path / "ana" / "old.ipynb", (1, 1))
    ana = collect(tmp_path, assignment)[0]
    assert ana.content == some_notebook("2")
    assert ana.notes == ["several notebooks: new.ipynb is graded, not old.ipynb"]


def test_the_same_name_in_other_code_points_is_the_same_student(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(
        zipped(
            {
                "Jose\u0301/a.ipynb": some_notebook("1"),
                "José/b.ipynb": some_notebook("2"),
                "Bo/x.ipynb": some_notebook("3"),
            }
        )
    )
    assert [one.student for one in collect(place, assignment)] == ["Bo", "José"]


def test_the_same_file_twice_is_mentioned_to_the_teacher(tmp_path, assignment):
    found = collect(
        lay_out(
            tmp_path,
            {
                "a/x.ipynb": some_notebook("1"),
                "b/y.ipynb": some_notebook("1"),
                "c/z.ipynb": some_notebook("2"),
            },
        ),
        assignment,
    )
    assert [one.notes for one in found] == [
        ["the same file as that of b"],
        ["the same file as that of a"],
        [],
    ]


def test_a_student_without_a_notebook_is_in_the_list(tmp_path, assignment):
    found = collect(lay_out(tmp_path, {"a/answer.py": b"x", "b/y.ipynb": some_notebook()}), assignment)
    assert found[0].problem == "there is no notebook among the files: answer.py"


def test_a_zip_in_a_zip_is_opened(tmp_path, assignment):
    inner = zipped({"work/mine.ipynb": some_notebook("1"), "work/data.txt": b"7"})
    place = tmp_path / "in.zip"
    place.write_bytes(
        zipped(
            {
                "Ana_1_assignsubmission_file_/work.zip": inner,
                "Bo_2_assignsubmission_file_/b.ipynb": some_notebook("2"),
            }
        )
    )
    ana, bo = collect(place, assignment)
    assert ana.content == some_notebook("1") and ana.files == {"work/data.txt": b"7"}
    assert bo.content == some_notebook("2")


def test_a_broken_zip_in_a_zip_is_reported(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(
        zipped(
            {
                "Ana_1_assignsubmission_file_/work.zip": b"PK no",
                "Bo_2_assignsubmission_file_/b.ipynb": some_notebook("2"),
            }
        )
    )
    ana, bo = collect(place, assignment)
    assert "no notebook among the files: work.zip" in ana.problem and "cannot be opened" in ana.notes[0]
    assert not bo.problem


def test_paths_that_lead_out_of_a_zip_lead_nowhere(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(
        zipped(
            {
                "../../evil/x.ipynb": some_notebook("1"),
                "/etc/x.ipynb": some_notebook("2"),
                "a\\..\\b\\x.ipynb": some_notebook("3"),
                "ok/../../../tmp/y.txt": b"1",
                "c/x.ipynb": some_notebook("4"),
            }
        )
    )
    found = collect(place, assignment)
    assert {one.student for one in found} == {"evil", "etc", "a", "ok", "c"}
    assert not any(".." in name for one in found for name in one.files)


def test_links_are_not_followed(tmp_path, assignment):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(some_notebook("secret"))
    os.utime(secret, (2**31, 2**31))  # the newest by far
    lay_out(tmp_path / "in", {"a/x.ipynb": some_notebook("1"), "b/x.ipynb": some_notebook("2")})
    (tmp_path / "in" / "a" / "y.ipynb").symlink_to(secret)
    (tmp_path / "in" / "c").symlink_to(tmp_path)
    found = collect(tmp_path / "in", assignment)
    assert [one.student for one in found] == ["a", "b"] and found[0].content == some_notebook("1")


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch, assignment):
    monkeypatch.setattr(submissions, "MAX_NOTEBOOK", 10_000)
    monkeypatch.setattr(submissions, "MAX_BYTES", 10_000)
    place = tmp_path / "in.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/x.ipynb", bytes(10**7))
        archive.writestr("b/x.ipynb", some_notebook())
        archive.writestr("b/large.bin", bytes(10**7))
    a, b = collect(place, assignment)
    assert "the file has more than" in a.problem and a.content == b""
    assert b.files == {} and b.notes == ["too large or unreadable, and left out: large.bin"]


def test_old_zips_do_not_say_how_names_are_encoded(tmp_path, assignment):
    for encoding in ("utf-8", "gb18030"):
        # The archiver writes bytes without the mark for UTF-8: the same length of another name is put in their place.
        raw = "李雷".encode(encoding)
        content = zipped({"Z" * len(raw) + "/x.ipynb": some_notebook("1"), "Bo/x.ipynb": some_notebook("2")})
        place = tmp_path / f"{encoding}.zip"
        place.write_bytes(content.replace(b"Z" * len(raw), raw))
        assert [one.student for one in collect(place, assignment)] == ["Bo", "李雷"]


def test_rubbish_of_operating_systems_is_nobodys(tmp_path, assignment):
    files = {
        "__MACOSX/a/._x.ipynb": b"1",
        "a/.DS_Store": b"1",
        "a/.ipynb_checkpoints/x.ipynb": b"1",
        "a/x.ipynb": some_notebook(),
        "b/x.ipynb": some_notebook("2"),
    }
    assert [one.student for one in collect(lay_out(tmp_path, files), assignment)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("Li Wei", "Li Wei"), ("李雷", "李雷"), ("a/b\\c:d", "a_b_c_d"), ("..", "unnamed"), ("", "unnamed"),
        ("  ", "unnamed"), ("x" * 300, "x" * 180), ("😀" * 90, "😀" * 45), ("tab\there\0", "tab_here"), ("\u202egnp.exe", "gnp.exe"), ("=1+1", "=1_1"),
    ],
)  # fmt: skip
def test_names_become_names_of_folders(name, becomes):
    assert safe(name) == becomes


def test_nothing_there_says_so(tmp_path, assignment):
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_bytes(b"x")
    for place, says in (
        ("empty", "holds no submission"),
        ("missing", "does not exist"),
        ("no.zip", "neither a folder nor a zip"),
    ):
        with pytest.raises(UsageError, match=says):
            collect(tmp_path / place, assignment)


def test_the_time_of_handing_in_is_that_of_the_file(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(
        zipped(
            {"a/x.ipynb": some_notebook("1"), "b/x.ipynb": some_notebook("2")}, when=(2026, 3, 1, 23, 58, 0)
        )
    )
    assert collect(place, assignment)[0].handed_in == datetime(2026, 3, 1, 23, 58).astimezone()


def right(assignment, text: str = "") -> bytes:
    notebook = as_solution(assignment)
    notebook.cells.append(new_code_cell(text, id="extra"))
    return nbformat.writes(notebook).encode()


def test_what_a_student_names_inside_makes_it_nobody_elses(tmp_path, assignment):
    files = {
        f"Eve_22_assignsubmission_file_/Victim_11_assignsubmission_file_/{NAME}/x.ipynb": some_notebook(
            "eve"
        ),
        "Victim_11_assignsubmission_file_/x.ipynb": some_notebook("victim"),
        f"Li/homework/{NAME}/x.ipynb": some_notebook("li"),
        f"Wu/homework/{NAME}/x.ipynb": some_notebook("wu"),
    }
    found = {one.student: one.content for one in collect(lay_out(tmp_path, files), assignment)}
    assert found == {
        "Eve_22": some_notebook("eve"), "Victim_11": some_notebook("victim"),
        "Li": some_notebook("li"), "Wu": some_notebook("wu"),
    }  # fmt: skip


def test_two_names_that_become_one_folder_stay_two_students(tmp_path, assignment):
    long = "x" * 200
    place = tmp_path / "in.zip"
    names = ("a?b", "a*b", f"{long}_1_assignsubmission_file_", f"{long}_2_assignsubmission_file_")
    place.write_bytes(zipped({f"{name}/x.ipynb": some_notebook(name) for name in names}))
    found = collect(place, assignment)
    assert len({one.student for one in found}) == 4
    assert [one.student for one in found] == [one.student for one in collect(place, assignment)]


def test_a_newer_notebook_of_another_kind_is_not_taken_for_the_work(tmp_path, assignment):
    lay_out(
        tmp_path,
        {
            "Li/mine.ipynb": right(assignment),
            "Li/._mine.ipynb": b"fork",
            "Li/Untitled.ipynb": some_notebook(),
        },
    )
    lay_out(
        tmp_path, {f"Wu/{NAME}/a0.ipynb": right(assignment, "1"), "Wu/a1_other/a1.ipynb": some_notebook("2")}
    )
    os.utime(tmp_path / "Li" / "mine.ipynb", (1, 1))
    os.utime(tmp_path / "Wu" / NAME / "a0.ipynb", (1, 1))
    li, wu = collect(tmp_path, assignment)
    assert li.content == right(assignment) and wu.content == right(assignment, "1")
    assert li.notes == ["several notebooks: mine.ipynb is graded, not Untitled.ipynb"]


def test_a_name_in_raw_bytes_of_another_encoding(tmp_path, assignment):
    folder = os.fsencode(tmp_path) + b"/" + "李雷".encode("gb18030")
    os.mkdir(folder)  # noqa: PTH102 - a Path holds no bytes
    with open(folder + b"/x.ipynb", "wb") as file:  # noqa: PTH123
        file.write(some_notebook())
    lay_out(tmp_path, {"Bo/x.ipynb": some_notebook("2")})
    found = collect(tmp_path, assignment)
    assert [one.student for one in found] == ["Bo", "李雷"]
    assert found[1].file.encode("utf-8") and not found[1].problem


def test_unusual_compression_is_not_unpacked(tmp_path, assignment):
    place = tmp_path / "in.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a/x.ipynb", bytes(10**7))
        archive.writestr("b/x.ipynb", some_notebook(), compress_type=zipfile.ZIP_STORED)
    a, b = collect(place, assignment)
    assert "unusual" in a.problem and not b.problem


def test_thousands_of_files_of_one_student_take_no_time(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(zipped({f"a/{n}.ipynb": b"x" for n in range(5000)} | {"b/x.ipynb": some_notebook()}))
    begin = time.monotonic()
    a, b = collect(place, assignment)
    assert time.monotonic() - begin < 10
    assert "5,000 files: only the first 300 are looked at" in a.notes and len(" ".join(a.notes)) < 500
    assert not b.problem


def test_a_damaged_zip_says_so(tmp_path, assignment):
    place = tmp_path / "in.zip"
    place.write_bytes(zipped({"a/x.ipynb": some_notebook()})[:-30])
    with pytest.raises(UsageError, match="neither a folder nor a zip that can be read"):
        collect(place, assignment)


def test_an_encrypted_file_is_reported(tmp_path, assignment):
    content = bytearray(zipped({"a/x.ipynb": some_notebook("1"), "b/x.ipynb": some_notebook("2")}))
    first = content.index(b"PK\x01\x02")
    content[first + 8] |= 1  # the mark of encryption, in the list of contents
    content[6] |= 1
    place = tmp_path / "in.zip"
    place.write_bytes(bytes(content))
    a, b = collect(place, assignment)
    assert "cannot be read" in a.problem and not b.problem


def test_names_that_only_look_alike_are_two_students(tmp_path, assignment):
    files = {
        f"{name}.ipynb": some_notebook(name) for name in ("Anna Weiß", "Anna Weiss", "\uff2ci Wei", "Li Wei")
    }
    assert len(collect(lay_out(tmp_path, files), assignment)) == 4
