"""Where things lie in a checkout, and how files are written so that no half file is ever seen."""

import os
import tempfile
from pathlib import Path


class UsageError(Exception):
    """The command cannot do what was asked; the text says why and what to do."""


def find_root(start: Path | None = None) -> Path:
    """The checkout around `start` (default: the working directory).

    Raises:
        UsageError: no folder on the way up holds both pyproject.toml and notebooks/.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "notebooks").is_dir():
            return folder
    raise UsageError(
        f"{start} is not inside a checkout of the course (no folder above it holds pyproject.toml and notebooks/). "
        "Change into the checkout first."
    )


def chapters(root: Path, names: list[str] | None = None) -> list[Path]:
    """The chapters' notebooks, in order; `names` are file names or their beginnings, such as `5_3`.

    Raises:
        UsageError: a name that fits no notebook.
    """
    notebooks = sorted((root / "notebooks").glob("*.ipynb"), key=lambda path: reading_order(path.stem))
    if not names:
        return notebooks
    chosen: set[Path] = set()
    for name in names:
        stem = Path(name).name.removesuffix(".ipynb").replace(".", "_")
        # `2_1` means chapter 2.1, not 2.10: a beginning ends where a word of the file name ends.
        fits = [path for path in notebooks if f"{path.stem}_".startswith(f"{stem.rstrip('_')}_")]
        fits = fits or [path for path in notebooks if path.stem.startswith(stem)]
        if not fits:
            known = ", ".join(path.stem for path in notebooks) or "none yet"
            raise UsageError(f"No notebook's name begins with {name!r}. There are: {known}.")
        chosen.update(fits)
    return [path for path in notebooks if path in chosen]


def reading_order(stem: str) -> list[tuple[int, int, str]]:
    """Sort key that puts 2_9 before 2_10, and the appendices last."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in stem.split("_")]


def write_atomic(path: Path, text: str) -> None:
    """Write a whole file or nothing: readers see the old text or the new, also after a kill."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # mkstemp makes private files; what is written here is for everybody who may read the folder.
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
