"""Data sets by name, as `datasets.DatasetDict`: real where they can be had, a sample written for the course else."""

import difflib
import functools
import json
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ._fetch import DataError, UnavailableError, WrongBytesError, cache_folder, find
from ._readers import columns, read

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict

__all__ = [
    "DataError",
    "UnavailableError",
    "WrongBytesError",
    "cache_folder",
    "data_root",
    "is_real",
    "load_dataset",
    "registry",
]

SOURCES = ("auto", "real", "sample")
# The two marks stand in `info.description`: `datasets` hands it on through map, filter, select, shuffle, splits and
# saving, and joins the texts when it concatenates, so a mixture still carries the mark of the sample.
REAL, SAMPLE = "[nlpcourse: real text]", "[nlpcourse: offline sample]"
SAMPLE_LICENCE = "CC BY 4.0, written for this course"


def data_root() -> Path:
    """The folder that holds registry.toml and samples/: `data/` in a checkout, `nlpcourse/_data/` once installed."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


def registry() -> dict[str, dict]:
    """All known real data sets, name → entry. The file's own comment explains the fields."""
    return _read_registry(data_root() / "registry.toml")


@functools.cache
def _read_registry(path: Path) -> dict[str, dict]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_dataset(name: str, source: str = "auto") -> "DatasetDict":
    """Load a data set of the course and say in one line where it came from.

    The real data are searched in the folder NLPCOURSE_DATA, then in the user's cache (NLPCOURSE_CACHE), then at the
    pinned URL, unless NLPCOURSE_OFFLINE is set. Their bytes must have the pinned sha256, and the rows and labels must
    be as many as the registry says. If they cannot be had, `auto` takes the offline sample.

    Args:
        name: a name in data/registry.toml, such as "sst2".
        source: "real", "sample", or "auto": what NLPCOURSE_SOURCE says, else real if possible and sample if not.

    Returns:
        The splits. Classification sets have `text` (str) and `label` (ClassLabel). `info` of each split holds
        licence, citation, homepage and description; `is_real` tells real text from the sample.

    Raises:
        DataError: no such set or source; bytes with a wrong hash; no data to be had. The message says what to do.
    """
    entry = _entry(name)
    source = _source(source)
    why = ""
    if source == "sample":
        splits, place = _read_sample(name, entry), "sample"
    else:
        try:
            blobs, place = find(entry["files"])
            splits = read(name, entry, blobs)
        except UnavailableError as error:
            why = str(error)
            if source == "real" or not _has_sample(name, entry):
                # The message holds the reason; the chain of library errors behind it would bury it.
                raise UnavailableError(_how_to_get(name, entry, why)) from None
            splits, place = _read_sample(name, entry), "sample"
    data = _to_datasets(entry, splits, real=place != "sample")
    _announce(name, data, place, why)
    return data


def is_real(data: "Dataset | DatasetDict") -> bool:
    """Whether data from `load_dataset` are real text; False if any of them come from the offline sample.

    Holds after map, filter, select, shuffle, train_test_split, concatenation and saving.

    Raises:
        DataError: the data did not come from `load_dataset`, or lost their `info` (through pandas, say).
    """
    parts = list(data.values()) if isinstance(data, dict) else [data]
    descriptions = [part.info.description or "" for part in parts]
    if not parts or not all(REAL in text or SAMPLE in text for text in descriptions):
        raise DataError(
            "These data do not say whether they are real: they did not come from load_dataset, or were rebuilt from "
            "lists or pandas. Pass the data set that they were made from."
        )
    return not any(SAMPLE in text for text in descriptions)


def _entry(name: str) -> dict:
    sets = registry()
    if name not in sets:
        near = difflib.get_close_matches(str(name), sets, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise DataError(f"There is no data set {name!r}.{hint} Known: {', '.join(sets)}.")
    return sets[name]


def _source(source: str) -> str:
    if source == "auto" and os.environ.get("NLPCOURSE_SOURCE"):
        setting, source = "NLPCOURSE_SOURCE", os.environ["NLPCOURSE_SOURCE"]
    else:
        setting = "source"
    if source not in SOURCES:
        raise DataError(f"{setting} is {source!r}; it must be one of {', '.join(SOURCES)}.")
    return source


def _sample_file(name: str, split: str) -> Path:
    return data_root() / "samples" / name / f"{split}.jsonl"


def _has_sample(name: str, entry: dict) -> bool:
    return all(_sample_file(name, split).is_file() for split in entry["splits"])


def _how_to_get(name: str, entry: dict, why: str) -> str:
    files = ", ".join(file["local"] for file in entry["files"])
    hosts = ", ".join(sorted({urlsplit(file["url"]).netloc for file in entry["files"]}))
    sample = (
        'Or take the offline sample: source="sample", or NLPCOURSE_SOURCE=sample.'
        if _has_sample(name, entry)
        else "The course has no offline sample of this set."
    )
    return (
        f"The real data of {name!r} cannot be had: {why}.\n"
        f"Connect to the network ({hosts}) and try again, or put {files} into a folder and set NLPCOURSE_DATA to "
        f"it.\n{sample}"
    )


def _read_sample(name: str, entry: dict) -> dict[str, list[list]]:
    """Rows of data/samples/NAME/SPLIT.jsonl: an object per line, columns as in the real set, labels as numbers."""
    if not _has_sample(name, entry):
        raise UnavailableError(
            f"The course has no offline sample of {name!r} (data/samples/{name}/). Use the real data: connect to the "
            'network, or set NLPCOURSE_DATA, and leave source="auto".'
        )
    splits = {}
    for split in entry["splits"]:
        text = _sample_file(name, split).read_text(encoding="utf-8")
        rows = [json.loads(line) for line in text.split("\n") if line]  # not splitlines: see _readers
        splits[split] = [[row[column] for column in columns(entry, split)] for row in rows]
    return splits


def _to_datasets(entry: dict, splits: dict[str, list[list]], real: bool) -> "DatasetDict":
    from datasets import ClassLabel, Dataset, DatasetDict, DatasetInfo, Features, Value

    types = {  # all other columns are text
        "label": lambda: ClassLabel(names=list(entry["labels"].values())),
        "score": lambda: Value("float64"),
        "batch_id": lambda: Value("int64"),
    }
    data = DatasetDict()
    for split, rows in splits.items():
        names = columns(entry, split)
        features = Features({name: types.get(name, lambda: Value("string"))() for name in names})
        values = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        about = f"{entry['description']} {entry['notes']}\n{REAL}"
        if not real:
            about = f"Text written for this course in the form of: {entry['description']}\n{SAMPLE}"
        info = DatasetInfo(
            description=about,
            citation=entry["citation"],
            homepage=entry["homepage"],
            license=entry["licence"] if real else SAMPLE_LICENCE,
            features=features,
        )
        data[split] = Dataset.from_dict(values, info=info, split=split)
    return data


def _announce(name: str, data: "DatasetDict", place: str, why: str) -> None:
    from nlpcourse._records import record

    rows = {split: len(part) for split, part in data.items()}
    licence = next(iter(data.values())).info.license
    text = {
        "folder": "real text from the folder NLPCOURSE_DATA",
        "cache": "real text from the cache",
        "download": "real text, downloaded now",
        "sample": "offline sample, not the real text" + (f" ({why})" if why else ""),
    }[place]
    counts = ", ".join(f"{split} {count:,}" for split, count in rows.items())
    record(
        "dataset",
        {"name": name, "source": place, "real": place != "sample", "rows": rows, "licence": licence},
        f"{name}: {text} · rows: {counts} · licence: {licence}",
    )
