"""What a class handed in, from a folder or a zip of any learning platform, whatever state it is in.

Known layouts, tried in this order for every file:

    STUDENT/ASSIGNMENT/file                                 nbgrader
    NAME_NUMBER_assignsubmission_file/file                  Moodle
    NAME_NUMBER_NUMBER_file, NAME_LATE_NUMBER_NUMBER_file   Canvas
    STUDENT/file                                            a folder for each student
    STUDENT.ipynb                                           one file for each student

Nothing here runs, unpacks or trusts what was handed in: archives are read in memory, within limits.
"""

import hashlib
import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom.assignment import Assignment, grade_id, role

MAX_NOTEBOOK = 20 * 2**20
MAX_FILES = 40 * 2**20  # all files beside the notebook
_MOODLE = re.compile(r"(?P<name>.*?)_(?P<number>\d+)_assignsubmission_\w+$")
_CANVAS = re.compile(r"(?P<name>[^_]*)_(?P<late>LATE_)?(?P<user>\d+)_\d+_(?P<file>.+)$")
_RUBBISH = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt"}


class Unreadable(Exception):
    """Why a submission cannot be graded, in words for the teacher."""


@dataclass
class Submission:
    """What one student handed in.

    Attributes:
        student: a name that is safe as the name of a folder, and the student's only one.
        file: where the notebook stood in what was handed in; empty where there is none.
        content: the bytes of the notebook.
        files: everything that came with it, by relative path.
        handed_in: when, as the file itself says.
        late: the platform marked it as late.
        notes: what a teacher should know.
        problem: why it cannot be graded; empty where it can.
    """

    student: str
    file: str = ""
    content: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    handed_in: datetime | None = None
    late: bool = False
    notes: list[str] = field(default_factory=list)
    problem: str = ""

    def notebook(self, assignment: Assignment) -> NotebookNode:
        """The notebook, brought to the current format.

        Raises:
            Unreadable: it is none, or is not of this assignment.
        """
        notebook = read_notebook(self.content)
        asked = {name for name, cell in assignment.cells.items() if role(cell) in ("solution", "manual")}
        if not asked & {grade_id(cell) for cell in notebook.cells}:
            raise Unreadable(
                f"it holds no cell of {assignment.name}: another notebook, or its cells were pasted anew"
            )
        return notebook


def read_notebook(content: bytes) -> NotebookNode:
    """Bytes as a notebook of format 4.

    Raises:
        Unreadable: they are none.
    """
    if not content.strip():
        raise Unreadable("the file is empty")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("the file is not text: is it really a notebook?") from None
    try:
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            if not isinstance(cell.metadata, dict) or cell.cell_type not in ("code", "markdown", "raw"):
                raise Unreadable("a cell in it is none")
            if not isinstance(cell.source, str):
                raise Unreadable("a cell in it holds no text")
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("the file is nested too deeply to be a notebook") from None
    except Exception as error:  # nbformat raises many kinds, and a stranger wrote this
        raise Unreadable(f"the file is not a notebook ({type(error).__name__})") from None
    return notebook


def collect(place: Path, assignment: str) -> list[Submission]:
    """Every student's submission below a folder or inside a zip, by name.

    A student with several notebooks is graded on the newest; one without any is in the list, too, with the problem.

    Raises:
        UsageError: there is nothing there at all.
    """
    if not place.exists():
        raise UsageError(f"{place} does not exist: give the folder or the zip that holds the submissions.")
    entries = _without_wrapping(list(_entries(place)))
    if not entries:
        raise UsageError(f"{place} holds no submission.")
    groups: dict[str, list[tuple[_Entry, str, bool]]] = {}
    spellings: dict[str, str] = {}
    for entry in entries:
        student, inner, late = _whose(entry, assignment)
        # The same name, typed on different machines, can differ in its code points and in case.
        key = unicodedata.normalize("NFKC", student).casefold()
        groups.setdefault(key, []).append((entry, inner, late))
        spellings.setdefault(key, student)
    found = [_submission(spellings[key], group) for key, group in groups.items()]
    _mark_twins(found)
    return sorted(found, key=lambda submission: submission.student)


@dataclass(frozen=True)
class _Entry:
    """One file, not read yet."""

    path: PurePosixPath
    size: int
    changed: datetime
    read: Callable[[], bytes]


def _entries(place: Path) -> Iterator[_Entry]:
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            # A link could lead to any file of this machine, and into a feedback page.
            if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(place.resolve()):
                inner = PurePosixPath(path.relative_to(place).as_posix())
                if not _RUBBISH & set(inner.parts):
                    found = path.stat()
                    yield _Entry(
                        inner,
                        found.st_size,
                        datetime.fromtimestamp(found.st_mtime).astimezone(),
                        path.read_bytes,
                    )
    elif zipfile.is_zipfile(place):
        yield from _zip_entries(place.read_bytes(), PurePosixPath())
    else:
        raise UsageError(f"{place} is neither a folder nor a zip.")


def _zip_entries(content: bytes, below: PurePosixPath) -> Iterator[_Entry]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    for info in archive.infolist():
        path = PurePosixPath(_zip_name(info).replace("\\", "/"))
        parts = [part for part in path.parts if part not in ("/", "..", ".")]
        if info.is_dir() or not parts or _RUBBISH & set(parts) or stat.S_ISLNK(info.external_attr >> 16):
            continue
        try:
            changed = datetime(*info.date_time).astimezone()
        except ValueError:
            changed = datetime(1980, 1, 1).astimezone()
        yield _Entry(
            below / PurePosixPath(*parts), info.file_size, changed, lambda info=info: archive.read(info)
        )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Old archivers do not say how it is encoded: Python reads it as cp437 then."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _without_wrapping(entries: list[_Entry]) -> list[_Entry]:
    """The entries without a folder around all of them, such as the one a zip program adds.

    One folder with one notebook below it is no wrapping: it is a student's.
    """
    tops = {entry.path.parts[0] for entry in entries}
    if len(tops) > 1 or any(len(entry.path.parts) == 1 for entry in entries):
        return entries
    if len({entry.path.parts[1] for entry in entries if _is_notebook(entry)}) < 2:
        return entries
    return [replace(entry, path=PurePosixPath(*entry.path.parts[1:])) for entry in entries]


def _is_notebook(entry: _Entry) -> bool:
    return entry.path.name.lower().endswith(".ipynb")  # a file called just `.ipynb` has no suffix


def _whose(entry: _Entry, assignment: str) -> tuple[str, str, bool]:
    """The student whose file this is, its path among the student's files, and whether it is marked late."""
    parts = entry.path.parts
    if assignment in parts[1:-1]:
        place = parts.index(assignment, 1)
        return safe(parts[place - 1]), "/".join(parts[place + 1 :]), False
    for place, part in enumerate(parts[:-1]):
        if match := _MOODLE.match(part):
            return safe(f"{match['name']}_{match['number']}"), "/".join(parts[place + 1 :]), False
    if len(parts) == 1 and (match := _CANVAS.match(parts[0])):
        return safe(f"{match['name']}_{match['user']}"), match["file"], bool(match["late"])
    if len(parts) > 1:
        return safe(parts[0]), "/".join(parts[1:]), False
    stem = parts[0].removesuffix(entry.path.suffix) if entry.path.suffix else parts[0].removesuffix(".ipynb")
    # "a2_cross_entropy - Li Wei (1).ipynb": what remains of the name is the student's.
    stem = re.sub(re.escape(assignment), "", stem, flags=re.IGNORECASE)
    stem = re.sub(r"\s*\(\d+\)$|\s*-\s*(copy|副本)$", "", stem, flags=re.IGNORECASE).strip(" _-.")
    return safe(stem) if stem else safe(f"unnamed ({parts[0]})"), parts[0], False


def safe(name: str) -> str:
    """A name as the name of a folder; what cannot stand in one becomes `_`, and no name becomes `unnamed`."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        "_" if char in '/\\:*?"<>|+' or unicodedata.category(char)[0] == "C" else char for char in name
    )
    return name.strip(" ._")[:80].strip() or "unnamed"


def _submission(student: str, group: list[tuple[_Entry, str, bool]]) -> Submission:
    """Choose among a student's files, and read them."""
    submission = Submission(student)
    group = list(_with_zips_opened(group, submission))
    notebooks = [one for one in group if _is_notebook(one[0])]
    if not notebooks:
        names = ", ".join(sorted(inner for _, inner, _ in group)[:5]) or "nothing"
        submission.problem = f"there is no notebook among the files: {names}"
        return submission
    notebooks.sort(key=lambda one: (one[0].changed, one[1]))
    entry, inner, submission.late = notebooks[-1]
    submission.file, submission.handed_in = entry.path.as_posix(), entry.changed
    for _, other, _ in notebooks[:-1]:
        submission.notes.append(f"several notebooks: the newest, {inner}, is graded, and {other} is not")
    if entry.size > MAX_NOTEBOOK:
        submission.problem = (
            f"the notebook has {entry.size / 2**20:.0f} MiB: more than {MAX_NOTEBOOK // 2**20}"
        )
        return submission
    try:
        submission.content = entry.read()
        read_notebook(submission.content)
    except Unreadable as error:
        submission.problem = str(error)
    except Exception as error:  # a damaged archive, a password, a file without the right to read it
        submission.problem = f"the file cannot be read ({type(error).__name__})"
    room = MAX_FILES
    for other, name, _ in group:
        if other in [one[0] for one in notebooks]:
            continue
        if other.size > room:
            submission.notes.append(f"{name} is too large and was left out")
            continue
        try:
            submission.files[name] = other.read()
            room -= other.size
        except Exception as error:
            submission.notes.append(f"{name} cannot be read ({type(error).__name__}) and was left out")
    return submission


def _with_zips_opened(
    group: list[tuple[_Entry, str, bool]], submission: Submission
) -> Iterator[tuple[_Entry, str, bool]]:
    """Some students hand in a zip: its files stand in for it, if no notebook lies beside it."""
    has_notebook = any(_is_notebook(entry) for entry, _, _ in group)
    for entry, inner, late in group:
        if entry.path.suffix.lower() == ".zip" and not has_notebook and entry.size <= MAX_FILES:
            try:
                inside = list(_zip_entries(entry.read(), entry.path))
            except Exception as error:
                submission.notes.append(f"{inner} cannot be opened ({type(error).__name__})")
            else:
                below = len(entry.path.parts)
                yield from ((one, "/".join(one.path.parts[below:]), late) for one in inside)
                continue
        yield entry, inner, late


def _mark_twins(submissions: list[Submission]) -> None:
    """Say so where two students handed in the very same bytes."""
    owners: dict[str, list[Submission]] = {}
    for submission in submissions:
        if submission.content and not submission.problem:
            owners.setdefault(hashlib.sha256(submission.content).hexdigest(), []).append(submission)
    for group in owners.values():
        for submission in group:
            if others := [other.student for other in group if other is not submission]:
                submission.notes.append(f"the same file as that of {', '.join(others[:5])}")
