"""From the bytes of a data set to rows, one function per shape of set; `data/registry.toml` says which.

Text is cut at "\\n" only. `str.splitlines` would also cut at U+2028, form feeds and the like, which stand inside
texts, and would shift every row behind them.
"""

import csv
import gzip
import hashlib
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from ._fetch import DataError

BREAKS = re.compile(r"\s*(<br\s*/?\s*>?\s*)+")

Row = list
Table = tuple[dict, list[Row]]  # a file's entry in the registry and what stands in it


def read(name: str, entry: dict, blobs: list[bytes]) -> dict[str, list[Row]]:
    """Rows of every split of a set; cells are in the order of the split's columns.

    Args:
        name: the set, for messages.
        entry: its entry in the registry.
        blobs: bytes of its files, in the registry's order.

    Raises:
        DataError: the bytes are not of the stated format, or rows or labels are not as many as the registry says.
    """
    try:
        tables = [(file, _parse(entry, blob)) for file, blob in zip(entry["files"], blobs, strict=True)]
        splits = READERS[entry.get("reader", "table")](tables)
        for split, rows in splits.items():
            names = columns(entry, split)
            if any(len(row) != len(names) for row in rows):
                raise ValueError(f"a row of {split} does not have the {len(names)} fields {', '.join(names)}")
            if "label" in names:
                position = names.index("label")
                for row in rows:
                    row[position] = entry["labels"][row[position]]
    # gzip.BadGzipFile is an OSError; a LookupError is an encoding that Python does not know, or, as KeyError, a label
    # that the registry does not list.
    except (ValueError, LookupError, csv.Error, EOFError, OSError) as error:
        raise DataError(
            f"{name} cannot be read as {entry['format']!r}: {error!r}. The bytes are the pinned ones, so its entry in "
            "data/registry.toml is wrong."
        ) from error
    _check_counts(name, entry, splits)
    return splits


def columns(entry: dict, split: str) -> list[str]:
    """Names of a split's columns: those of the set, unless a file of this split has its own."""
    own = [file["columns"] for file in entry["files"] if file["split"] == split and "columns" in file]
    return own[0] if own else entry["columns"]


def _check_counts(name: str, entry: dict, splits: dict[str, list[Row]]) -> None:
    found = {}
    for split, rows in splits.items():
        found[split] = {"rows": len(rows)}
        if "labels" in entry:
            position = columns(entry, split).index("label")
            counts = Counter(row[position] for row in rows)
            found[split]["labels"] = [counts[label] for label in entry["labels"].values()]
    if found != entry["splits"]:
        wrong = [s for s in entry["splits"] | found if entry["splits"].get(s) != found.get(s)]
        raise DataError(
            f"{name} did not come out as data/registry.toml states:\n"
            + "\n".join(f"  {s}: expected {entry['splits'].get(s)}, found {found.get(s)}" for s in wrong)
            + "\nThe bytes are the pinned ones, so the reader or the registry is wrong."
        )


# --- from bytes to cells


def _parse(entry: dict, blob: bytes) -> list[Row]:
    if entry.get("compression") == "gzip":
        blob = gzip.decompress(blob)
    # "utf-8-sig" is UTF-8 that may start with a byte-order mark.
    text = blob.decode(entry.get("encoding", "utf-8-sig")).replace("\r\n", "\n")
    rows = FORMATS[entry["format"]](text)
    return rows[1:] if entry.get("header") else rows


def _separated(text: str, split: Callable[[str], list[str]]) -> list[Row]:
    return [[cell.strip() for cell in split(line)] for line in text.removesuffix("\n").split("\n")]


def _quoted(text: str, delimiter: str) -> list[Row]:
    # A quotation mark that is never closed would swallow the rows behind it: `strict`, the module's limit on the
    # length of a field and the row counts all stand against that.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [[cell.strip() for cell in row] for row in rows]


FORMATS: dict[str, Callable[[str], list[Row]]] = {
    "lines": lambda text: [[line] for line in text.split("\n")],
    "label text": lambda text: _separated(text, lambda line: line.split(" ", 1)),
    "words": lambda text: _separated(text, str.split),
    "tsv": lambda text: _separated(text, lambda line: line.split("\t")),
    "csv": lambda text: _quoted(text, ","),
    "quoted tsv": lambda text: _quoted(text, "\t"),
}


# --- from cells to splits


def _table(tables: list[Table]) -> dict[str, list[Row]]:
    """One file per split, nothing to clean."""
    return {file["split"]: rows for file, rows in tables}


def _film_reviews(tables: list[Table]) -> dict[str, list[Row]]:
    """Reviews from web pages: each run of line breaks becomes one space; `batch_id`, where there is one, a number.

    Revising left some `<br />` without their end; the pattern takes these too.
    """
    return {
        file["split"]: [
            [label, BREAKS.sub(" ", text).strip(), *map(int, pair)] for label, text, *pair in rows
        ]
        for file, rows in tables
    }


def _hotel_reviews(tables: list[Table]) -> dict[str, list[Row]]:
    """One file without splits: drop empty and repeated texts, then split and order by a hash of the text.

    Two texts are the same if they differ in white space only. A text that stands under both labels is dropped
    altogether: one of the labels is wrong, and nothing says which.
    """
    [(_, rows)] = tables
    versions = defaultdict(list)
    for label, text in rows:
        versions["".join(text.split())].append([label, " ".join(text.split())])
    kept = [
        (key, same[0]) for key, same in versions.items() if key and len({label for label, _ in same}) == 1
    ]
    return _split_by_hash(kept)


def _sentence_pairs(tables: list[Table]) -> dict[str, list[Row]]:
    """Pairs without splits: all translations of one English sentence go to the same side.

    Sentences that differ only in case, spaces or punctuation count as one.
    """
    [(_, rows)] = tables
    return _split_by_hash((re.sub(r"\W", "", row[0].casefold()), row) for row in rows)


def _split_by_hash(keyed: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    """About 80/10/10, by a hash of each row's key, and in the order of that hash.

    A row's side depends on its key alone, so it stays where it is when other rows come, go or move; and the order
    owes nothing to the file's, which may be sorted by class or length.
    """
    splits = {"train": [], "validation": [], "test": []}
    sides = ["train"] * 8 + ["validation", "test"]
    for key, row in keyed:
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
        splits[sides[number % 10]].append((number, row))
    return {split: [row for _, row in sorted(rows)] for split, rows in splits.items()}


def _paragraphs(tables: list[Table]) -> dict[str, list[Row]]:
    """Running text, one paragraph or heading per line; blank lines are dropped."""
    return {file["split"]: [[line.strip()] for [line] in rows if line.strip()] for file, rows in tables}


def _verse(tables: list[Table]) -> dict[str, list[Row]]:
    """One text, cut by position: the first 90 % of its lines, then the rest. Joined by newlines they are the text."""
    [(_, rows)] = tables
    cut = len(rows) * 9 // 10
    return {"train": rows[:cut], "validation": rows[cut:]}


def _aligned_files(tables: list[Table]) -> dict[str, list[Row]]:
    """Two files per split, line n of one being the translation of line n of the other."""
    sides = defaultdict(list)
    for file, rows in tables:
        lines = [line.strip() for [line] in rows]
        if not lines[-1]:
            lines.pop()  # what stands behind the last newline
        sides[file["split"]].append(lines)
    return {split: [list(pair) for pair in zip(*both, strict=True)] for split, both in sides.items()}


def _word_pairs(tables: list[Table]) -> dict[str, list[Row]]:
    """Two words and a score."""
    return {file["split"]: [[a, b, float(score)] for a, b, score in rows] for file, rows in tables}


def _analogies(tables: list[Table]) -> dict[str, list[Row]]:
    """Four words a row, under section lines that start with a colon."""
    [(file, rows)] = tables
    section, questions = "", []
    for row in rows:
        if row[0] == ":":
            section = " ".join(row[1:])
        else:
            questions.append([section, *row])
    return {file["split"]: questions}


READERS: dict[str, Callable[[list[Table]], dict[str, list[Row]]]] = {
    "table": _table,
    "film reviews": _film_reviews,
    "hotel reviews": _hotel_reviews,
    "sentence pairs": _sentence_pairs,
    "paragraphs": _paragraphs,
    "verse": _verse,
    "aligned files": _aligned_files,
    "word pairs": _word_pairs,
    "analogies": _analogies,
}
