"""The run report: what every notebook cost and claimed, kept as JSON and drawn as tables."""

import json
import re
from pathlib import Path
from typing import Any

from nlpcourse.authoring.project import UsageError, reading_order, write_atomic

EMPTY: dict[str, Any] = {"profile": None, "source": None, "hardware": {}, "versions": {}, "notebooks": {}}


def load(path: Path) -> dict[str, Any]:
    """The report at `path`, or an empty one where there is none.

    Raises:
        UsageError: the file is there and is not a report.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return json.loads(json.dumps(EMPTY))
    except ValueError as error:
        raise UsageError(f"{path} is not JSON ({error}): delete it and run the notebooks again.") from error
    if not isinstance(report, dict) or not isinstance(report.get("notebooks"), dict):
        raise UsageError(f"{path} is not a run report: delete it and run the notebooks again.")
    return {**EMPTY, **report}


def save(path: Path, report: dict[str, Any]) -> None:
    """Write the report, whole or not at all."""
    write_atomic(path, json.dumps(report, indent=1, ensure_ascii=False) + "\n")


def merge(report: dict[str, Any], name: str, entry: dict[str, Any], setup: dict[str, Any] | None) -> None:
    """Put one notebook's entry into the report; what its set-up recorded describes the whole run."""
    entries = {**report["notebooks"], name: entry}
    report["notebooks"] = {stem: entries[stem] for stem in sorted(entries, key=reading_order)}
    if setup:
        report.update({key: setup[key] for key in ("profile", "hardware", "versions")})
    report["source"] = overall_source([found["source"] for found in report["notebooks"].values()])


def overall_source(sources: list[str]) -> str:
    """One word for where data came from: "real", "sample", "mixed", or "none" where none was loaded."""
    kinds = set(sources) - {"none"}
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "none"


def as_text(report: dict[str, Any]) -> str:
    """The report for a terminal."""
    if not report["notebooks"]:
        return "No notebook has been run yet: `make book` runs them all, `nlpcourse run 5_3` one."
    rows = [("notebook", "status", "seconds", "memory", "GPU", "claims", "data")]
    for name, entry in report["notebooks"].items():
        rows.append(
            (
                name,
                entry["status"],
                _number(entry["seconds"], 1),
                _number(entry["peak_memory_mb"], 0, " MB"),
                _number(entry["peak_gpu_memory_mb"], 0, " MB"),
                _count(entry["claims"]),
                entry["source"],
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    for name, entry in report["notebooks"].items():
        if entry["claims"]:
            lines += ["", name, *(f"  {_mark(claim)} {_claim(claim)}" for claim in entry["claims"])]
        if entry["status"] != "ok":
            lines += ["", f"{name}: {entry['error']['message']}"]
    return "\n".join([*lines, "", _machine(report)])


def as_page(report: dict[str, Any]) -> str:
    """The report as Markdown tables: the body of the results appendix."""
    lines = [
        _machine(report),
        "",
        "| notebook | status | profile | data | seconds | peak memory | peak GPU memory | claims |",
        "|---|---|---|---|--:|--:|--:|--:|",
    ]
    for name, entry in report["notebooks"].items():
        lines.append(
            f"| {_link(name)} | {entry['status']} | {entry['profile']} | {entry['source']} | "
            f"{_number(entry['seconds'], 1)} | {_number(entry['peak_memory_mb'], 0, ' MB')} | "
            f"{_number(entry['peak_gpu_memory_mb'], 0, ' MB')} | {_count(entry['claims'])} |"
        )
    for name, entry in report["notebooks"].items():
        lines += _chapter(name, entry)
    return "\n".join(lines) + "\n"


def _chapter(name: str, entry: dict[str, Any]) -> list[str]:
    """One chapter's claims and data, under a heading; nothing where it has neither."""
    lines = []
    if entry["claims"]:
        lines += ["", "| holds | claim | measured | is | compared with |", "|:-:|---|--:|:-:|:--|"]
    for claim in entry["claims"]:
        lines.append(
            f"| {_mark(claim)} | {_cell(claim['text'] + _note(claim))} | {_number(claim['left'])} | "
            f"{_cell(claim['op'])} | {_cell(_number(claim['right']))} |"
        )
    if entry["data"]:
        used = "; ".join(f"{_cell(data['name'])} ({data['source']})" for data in entry["data"])
        lines += ["", f"Data: {used}."]
    return ["", f"## {_cell(name)}", *lines] if lines else []


def _machine(report: dict[str, Any]) -> str:
    hardware, versions = report["hardware"], report["versions"]
    parts = [
        f"Profile {report['profile']}",
        f"data {report['source']}",
        ", ".join(
            str(part)
            for part in (
                hardware.get("gpu") or "no GPU",
                hardware.get("cpu"),
                f"{hardware.get('cores')} cores",
                f"{hardware.get('memory_gb')} GB of memory",
            )
        ),
        ", ".join(f"{name} {version}" for name, version in versions.items()),
    ]
    return "; ".join(part for part in parts if part) + "."


def _count(claims: list[dict[str, Any]]) -> str:
    unchecked = sum(claim["holds"] is None for claim in claims)
    return f"{len(claims)} ({unchecked} not checked)" if unchecked else str(len(claims))


def _mark(claim: dict[str, Any]) -> str:
    return {True: "✓", False: "✗", None: "–"}[claim["holds"]]


def _note(claim: dict[str, Any]) -> str:
    return f" ({claim['note']})" if claim["note"] else ""


def _claim(claim: dict[str, Any]) -> str:
    return f"{claim['text']}: {_number(claim['left'])} {claim['op']} {_number(claim['right'])}{_note(claim)}"


def _number(value: Any, digits: int | None = None, unit: str = "") -> str:
    """A number as a person writes it; text stays as it is and an absent value is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if digits is not None:
        return f"{value:,.{digits}f}{unit}"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def _cell(text: str) -> str:
    """Text that cannot end a table cell, begin a tag or turn into formatting."""
    return re.sub(r"([\\`*_\[\]$|])", r"\\\1", text).replace("<", "&lt;").replace(">", "&gt;")


def _link(name: str) -> str:
    return f"[{name}](../notebooks/{name}.ipynb)"
