"""`make bench-grading`: how fast a class is graded, and where the time goes."""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from made_up_class import moodle_zip

from nlpcourse.authoring.project import find_root
from nlpcourse.classroom import grading
from nlpcourse.classroom.assignment import Assignment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="submissions (default: 200)")
    parser.add_argument("--name", default="a2_cross_entropy", help="assignment (default: a2_cross_entropy)")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        course = Path(name)
        shutil.copytree(find_root() / "notebooks" / "assignments" / "source", course / "source")
        shutil.copytree(find_root() / "notebooks" / "assignments" / "mutants", course / "mutants")
        assignment = Assignment.load(course, options.name)
        moodle_zip(assignment, course / "class.zip", options.count)
        begin = time.monotonic()
        _, rows = grading.grade(
            course, assignment.name, course / "class.zip", grading.Options(options.workers)
        )
        whole = time.monotonic() - begin
    graded = [row.judged for row in rows if row.judged]
    print(
        f"{len(rows)} submissions, {len(graded)} of them readable, in {whole:.0f} s with {options.workers} workers"
    )
    print(f"{60 * len(rows) / whole:.0f} submissions a minute")
    names = {
        "sandbox": "sandbox start-up",
        "session": "kernel start",
        "cells": "student cells",
        "tests": "tests",
    }
    spent = {key: sum(judged.seconds[key] for judged in graded) for key in names}
    for key, title in names.items():
        print(f"  {title:17} {spent[key]:7.1f} s in all, {spent[key] / len(graded):6.2f} s each")
    rest = options.workers * whole - sum(spent.values())
    print(f"  {'everything else':17} {rest:7.1f} s in all: reading, judging, gradebook, scores, feedback")


if __name__ == "__main__":
    main()
