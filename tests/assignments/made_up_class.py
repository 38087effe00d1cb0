"""A class that never was: as many submissions as asked for, of every kind that a teacher meets."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from nlpcourse.classroom.assignment import Assignment, grade_id
from nlpcourse.classroom.build import as_solution, as_stub
from nlpcourse.classroom.proving import mutants

FAMILY = [
    "Li",
    "Wang",
    "Zhang",
    "李",
    "王",
    "张",
    "García",
    "Müller",
    "O'Brien",
    "Nowak",
    "Åkesson",
    "Nguyễn",
    "Ivanova",
    "Okafor",
    "Haddad",
    "Sato",
]
GIVEN = [
    "Wei",
    "Min",
    "伟",
    "小明",
    "静",
    "Ana",
    "Jürgen",
    "Siobhán",
    "Łukasz",
    "Elin",
    "Minh",
    "Olga",
    "Chidi",
    "Layla",
    "Kenji",
    "Zoë",
]


def notebooks(assignment: Assignment) -> list[tuple[int, Callable[[random.Random], bytes]]]:
    """Kinds of submission with their weights; each makes the bytes of one."""
    wrong = mutants(assignment)

    def written(notebook: NotebookNode, number: random.Random) -> bytes:
        # No two alike, as in a real class.
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"Done at {number.random()}"))
        return nbformat.writes(notebook).encode()

    def solution(number: random.Random) -> bytes:
        return written(as_solution(assignment), number)

    def stub(number: random.Random) -> bytes:
        return written(as_stub(assignment), number)

    def some_mistakes(number: random.Random) -> bytes:
        notebook = as_solution(assignment)
        for mutant in number.sample(wrong, k=number.randint(1, 3)):
            for cell in notebook.cells:
                if grade_id(cell) == mutant.replaces:
                    cell.source = mutant.source
        return written(notebook, number)

    def half_done(number: random.Random) -> bytes:
        notebook, empty = as_solution(assignment), as_stub(assignment)
        half = len(notebook.cells) // 2
        notebook.cells[half:] = empty.cells[half:]
        return written(notebook, number)

    def with_experiments(number: random.Random) -> bytes:
        notebook = as_solution(assignment)
        source = (
            "import matplotlib.pyplot as plt\nimport torch\nplt.plot(torch.randn(100).cumsum(0))\nplt.gcf()"
        )
        notebook.cells.insert(len(notebook.cells) // 2, nbformat.v4.new_code_cell(source))
        return written(notebook, number)

    def endless(number: random.Random) -> bytes:
        notebook = as_solution(assignment)
        notebook.cells.insert(len(notebook.cells) // 2, nbformat.v4.new_code_cell("while True:\n    pass"))
        return written(notebook, number)

    def broken(number: random.Random) -> bytes:
        return number.choice([b"", b"{", b"\x89PNG\r\n", b'{"cells": 3}', "not a notebook: 不是".encode()])

    return [
        (70, some_mistakes),
        (60, solution),
        (30, half_done),
        (20, with_experiments),
        (12, stub),
        (2, endless),
        (6, broken),
    ]


def moodle_zip(assignment: Assignment, path: Path, count: int, seed: int = 0) -> None:
    """Write the zip that Moodle gives for `count` students; the kinds come in fixed shares."""
    number = random.Random(seed)
    kinds = notebooks(assignment)
    whole = sum(weight for weight, _ in kinds)
    chosen = [make for weight, make in kinds for _ in range(max(1, round(count * weight / whole)))]
    number.shuffle(chosen)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(count):
            name = f"{number.choice(GIVEN)} {number.choice(FAMILY)}_{10_000 + place}_assignsubmission_file_"
            make = chosen[place % len(chosen)]
            buffer = io.BytesIO(make(number))
            archive.writestr(f"{name}/{assignment.name}.ipynb", buffer.getvalue())
