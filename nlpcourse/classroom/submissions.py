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
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom.assignment import Assignment, grade_id, role

MAX_NOTEBOOK = 20 * 2**20
MAX_BYTES = 40 * 2**20  # all files of a student together
MAX_FILES = 300  # of a student
MAX_NOTES = 5
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
        folder: the outermost folder, or the file, as it was handed in.
        file: where the notebook stood in what was handed in; empty where there is none.
        content: the bytes of the notebook.
        files: everything that came with it, by relative path.
        handed_in: when, as the file itself says.
        late: the platform marked it as late.
        notes: what a teacher should know.
        problem: why it cannot be graded; empty where it can.
    """

    student: str
    folder: str = ""
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
        with warnings.catch_warnings():  # what is amiss with ids is mended, and of no use to a teacher
            warnings.simplefilter("ignore")
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


def collect(place: Path, assignment: Assignment) -> list[Submission]:
    """Every student's submission below a folder or inside a zip, by name.

    A student with several notebooks is graded on the newest that holds cells of the assignment; one without any is in
    the list, too, with the problem.

    Raises:
        UsageError: there is nothing there at all.
    """
    if not place.exists():
        raise UsageError(f"{place} does not exist: give the folder or the zip that holds the submissions.")
    entries = _without_wrapping(list(_entries(place)))
    if not entries:
        raise UsageError(f"{place} holds no submission.")
    groups: dict[str, list[_Entry]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        name, entry = _whose(entry, assignment.name)
        # The same name, typed on different machines, can differ in its code points and in case.
        key = unicodedata.normalize("NFC", name).lower()
        groups.setdefault(key, []).append(entry)
        names.setdefault(key, name)
    students = {key: safe(name) for key, name in names.items()}
    found = []
    for key, group in groups.items():
        student = students[key]
        if list(students.values()).count(student) > 1:  # two names that become one, such as `a?b` and `a*b`
            student = f"{student} {hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:6]}"
        found.append(_submission(student, group, assignment))
    _mark_twins(found)
    return sorted(found, key=lambda submission: submission.student)


@dataclass(frozen=True)
class _Entry:
    """One file, not read yet.

    Attributes:
        path: in what was handed in.
        inner: among the student's own files.
        size: in bytes, as it says.
        changed: when.
        read: gives its bytes, at most as many as asked for.
        late: the platform marked it as late.
    """

    path: PurePosixPath
    inner: str
    size: int
    changed: datetime
    read: Callable[[int], bytes]
    late: bool = False

    @property
    def is_notebook(self) -> bool:
        return self.path.name.lower().endswith(".ipynb")  # a file called just `.ipynb` has no suffix


def _entries(place: Path) -> Iterator[_Entry]:
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            # A link could lead to any file of this machine, and into a feedback page.
            if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(place.resolve()):
                name = path.relative_to(place).as_posix().encode("utf-8", "surrogateescape")
                inner = PurePosixPath(_decoded(name))
                if not _is_rubbish(inner):
                    found = path.stat()
                    changed = datetime.fromtimestamp(found.st_mtime).astimezone()
                    yield _Entry(inner, str(inner), found.st_size, changed, partial(_read_file, path))
    else:
        try:
            yield from _zip_entries(place, PurePosixPath())
        except zipfile.BadZipFile:
            raise UsageError(f"{place} is neither a folder nor a zip that can be read.") from None


def _zip_entries(source: Path | io.BytesIO, below: PurePosixPath) -> Iterator[_Entry]:
    archive = zipfile.ZipFile(source)
    for info in archive.infolist():
        path = PurePosixPath(_zip_name(info).replace("\\", "/"))
        parts = [part for part in path.parts if part not in ("/", "..", ".")]
        if info.is_dir() or not parts or _is_rubbish(path) or stat.S_ISLNK(info.external_attr >> 16):
            continue
        try:
            changed = datetime(*info.date_time).astimezone()
        except ValueError:
            changed = datetime(1980, 1, 1).astimezone()
        inner = "/".join(parts)
        yield _Entry(below / inner, inner, info.file_size, changed, partial(_read_zipped, archive, info))


def _read_file(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _read_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    # Other methods of compression unpack a whole block at once, whatever size was asked for.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("it is compressed in an unusual way")
    with archive.open(info) as file:
        return file.read(most)


def _is_rubbish(path: PurePosixPath) -> bool:
    """What operating systems and editors leave behind."""
    return bool(_RUBBISH & set(path.parts)) or path.name.startswith("._")


def _decoded(name: bytes) -> str:
    """A name of a file, in the encodings that archivers use without saying so."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return name.decode(encoding)
    return name.decode("utf-8", "replace")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Old archivers do not say how it is encoded: Python reads it as cp437 then."""
    name = info.filename if info.flag_bits & 0x800 else _decoded(info.filename.encode("cp437", "replace"))
    return name.encode("utf-8", "replace").decode()


def _without_wrapping(entries: list[_Entry]) -> list[_Entry]:
    """The entries without a folder around all of them, such as the one a zip program adds.

    One folder with one notebook below it is no wrapping: it is a student's.
    """
    tops = {entry.path.parts[0] for entry in entries}
    if len(tops) > 1 or any(len(entry.path.parts) == 1 for entry in entries):
        return entries
    if len({entry.path.parts[1] for entry in entries if entry.is_notebook}) < 2:
        return entries
    return [
        replace(entry, path=PurePosixPath(*entry.path.parts[1:]), inner="/".join(entry.path.parts[1:]))
        for entry in entries
    ]


def _whose(entry: _Entry, assignment: str) -> tuple[str, _Entry]:
    """The name of the student whose file this is, and the entry with its place among that student's files.

    Only the outermost folder decides: what stands further in, a student has named.
    """
    first, *rest = entry.path.parts
    if not rest and (match := _CANVAS.match(first)):
        return f"{match['name']}_{match['user']}", replace(
            entry, inner=match["file"], late=bool(match["late"])
        )
    if rest:
        if match := _MOODLE.match(first):
            first = f"{match['name']}_{match['number']}"
        elif rest[0] == assignment and len(rest) > 1:  # nbgrader
            rest = rest[1:]
        return first, replace(entry, inner="/".join(rest))
    stem = first.removesuffix(entry.path.suffix) if entry.path.suffix else first.removesuffix(".ipynb")
    # "Copy of a2_cross_entropy - Li Wei (1).ipynb": what remains of the name is the student's.
    stem = re.sub(re.escape(assignment), "", stem, flags=re.IGNORECASE)
    stem = re.sub(
        r"^copy of\b|\s*\(\d+\)$|\s*-?\s*(\bcopy|副本)$", "", stem.strip(" _-."), flags=re.IGNORECASE
    )
    return stem.strip(" _-.") or f"unnamed ({first})", replace(entry, inner=first)


def safe(name: str) -> str:
    """A name as the name of a folder; what cannot stand in one becomes `_`, and no name becomes `unnamed`."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        "_" if char in '/\\:*?"<>|+' or unicodedata.category(char)[0] == "C" else char for char in name
    )
    # A name of a file may have 255 bytes, and others are made from this one.
    return name.strip(" ._").encode()[:180].decode(errors="ignore").strip() or "unnamed"


def _submission(student: str, group: list[_Entry], assignment: Assignment) -> Submission:
    """Choose among a student's files, and read them."""
    submission = Submission(student, folder=group[0].path.parts[0])
    entries = _with_zips_opened(group, submission)
    if len(entries) > MAX_FILES:
        submission.notes.append(f"{len(entries):,} files: only the first {MAX_FILES} are looked at")
        entries = entries[:MAX_FILES]
    notebooks = sorted((one for one in entries if one.is_notebook), key=lambda one: (one.changed, one.inner))
    if not notebooks:
        names = ", ".join(sorted(entry.inner for entry in entries)[:5]) or "nothing"
        submission.problem = f"there is no notebook among the files: {names}"
        return submission
    contents, room = {}, MAX_BYTES
    for entry in reversed(notebooks):
        contents[entry.inner] = _content(entry, min(MAX_NOTEBOOK, room))
        room -= len(contents[entry.inner]) if isinstance(contents[entry.inner], bytes) else 0
    fitting = [one for one in notebooks if _fits(contents[one.inner], assignment)]
    chosen = (fitting or notebooks)[-1]
    submission.file, submission.handed_in, submission.late = str(chosen.path), chosen.changed, chosen.late
    if others := [one.inner for one in notebooks if one is not chosen]:
        more = f" and {len(others) - MAX_NOTES} more" if len(others) > MAX_NOTES else ""
        ignored = ", ".join(others[:MAX_NOTES]) + more
        submission.notes.append(f"several notebooks: {chosen.inner} is graded, not {ignored}")
    content = contents[chosen.inner]
    if isinstance(content, str):
        submission.problem = content
        return submission
    submission.content = content
    try:
        read_notebook(content)
    except Unreadable as error:
        submission.problem = str(error)
    left_out = []
    for entry in entries:
        if not entry.is_notebook:
            content = _content(entry, room)
            if isinstance(content, str):
                left_out.append(entry.inner)
            else:
                submission.files[entry.inner] = content
                room -= len(content)
    if left_out:
        more = f" and {len(left_out) - MAX_NOTES} more" if len(left_out) > MAX_NOTES else ""
        submission.notes.append(
            f"too large or unreadable, and left out: {', '.join(left_out[:MAX_NOTES])}{more}"
        )
    return submission


def _content(entry: _Entry, most: int) -> bytes | str:
    """The bytes of a file, or why they cannot be had."""
    try:
        content = entry.read(most + 1)
    except Unreadable as error:
        return str(error)
    except Exception as error:  # a damaged archive, a password, a file without the right to read it
        return f"the file cannot be read ({type(error).__name__})"
    return content if len(content) <= most else f"the file has more than {most / 2**20:.0f} MiB"


def _fits(content: bytes | str, assignment: Assignment) -> bool:
    """Whether these are the bytes of a notebook that holds a cell of the assignment."""
    if isinstance(content, str):
        return False
    try:
        Submission("", content=content).notebook(assignment)
    except Unreadable:
        return False
    return True


def _with_zips_opened(group: list[_Entry], submission: Submission) -> list[_Entry]:
    """Some students hand in a zip: its files stand in for it, if no notebook lies beside it."""
    zips = [entry for entry in group if entry.path.suffix.lower() == ".zip"]
    if any(entry.is_notebook for entry in group) or not zips:
        return group
    opened = [entry for entry in group if entry not in zips]
    room = MAX_BYTES
    for entry in sorted(zips, key=lambda one: one.changed, reverse=True)[:MAX_NOTES]:
        content = _content(entry, room)
        try:
            if isinstance(content, str):
                raise Unreadable(content)
            room -= len(content)
            opened += _zip_entries(io.BytesIO(content), entry.path)
        except (Unreadable, zipfile.BadZipFile, ValueError, OSError) as error:
            submission.notes.append(f"{entry.inner} cannot be opened ({error})")
            opened.append(entry)
    return opened


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
