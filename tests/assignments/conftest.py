"""A course folder of its own for each test."""

from pathlib import Path

import pytest
from small_assignment import small_notebook, write_course

from nlpcourse.classroom.assignment import Assignment


@pytest.fixture
def course(tmp_path_factory) -> Path:
    return write_course(tmp_path_factory.mktemp("of a class") / "course", small_notebook())


@pytest.fixture
def assignment(course) -> Assignment:
    return Assignment.load(course, "a0")
