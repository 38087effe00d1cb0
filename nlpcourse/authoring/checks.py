"""`nlpcourse check`: every chapter against the rules in CONTRIBUTING.md, and the links of every page.

A rule is a function that takes a `Chapter` and yields problems; `RULES` lists them.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.validator import iter_validate

from nlpcourse.authoring import markdown
from nlpcourse.authoring.project import chapters

MAX_CELL_LINES = 25
MAX_SUMMARY_LINES = 5
MIN_DESCRIPTION = 20  # characters: the same as figures.show asks for
CLAIMS = range(3, 7)
SECTIONS = ("Predict first", "What can go wrong", "Exercises", "Summary", "Sources")
EXERCISES = ("warm-up", "core", "open")
HYPE = ("powerful", "revolutionary", "in recent years")
PARAMETERS = 'profile = "auto"'

# A number after one of these names a version or a place, not a result.
_NAMES_A_NUMBER = re.compile(
    r"(?:chapters?|parts?|sections?|equations?|figures?|tables?|appendix|version|python|pytorch|cuda|cc by|§)\s*$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<![\w.])(\d*\.\d+|\d+)(\s?%)?(?![\w]|\.\d)")
_ABSOLUTE = re.compile(
    r"(?<![\w:/.~<])/(?:home|work|tmp|root|Users|content|mnt|usr|var|opt|data)/\w|\b[A-Z]:\\\w"
)
_MYST = re.compile(r"(?<!`)\{[a-z][\w:+-]*\}`|^\s*(?:`{3,}|:{3,}|~{3,})\s*\{[\w:+-]+\}", re.MULTILINE)


@dataclass(frozen=True)
class Problem:
    """What breaks a rule, and where."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass
class Chapter:
    """One notebook, read once for all rules."""

    path: Path
    root: Path
    notebook: nbformat.NotebookNode = field(repr=False)

    @cached_property
    def cells(self) -> list[Any]:
        return self.notebook.cells

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """Index and source of the Markdown cells."""
        return [(index, cell.source) for index, cell in enumerate(self.cells) if cell.cell_type == "markdown"]

    @cached_property
    def code(self) -> list[tuple[int, ast.Module]]:
        """Index and syntax tree of the code cells that parse; `%` lines are translated as Jupyter does."""
        trees = []
        for index, cell in enumerate(self.cells):
            if cell.cell_type == "code":
                try:
                    trees.append((index, ast.parse(TransformerManager().transform_cell(cell.source))))
                except SyntaxError:
                    continue  # the linter names it better
        return trees

    @cached_property
    def calls(self) -> list[tuple[int, str, ast.Call]]:
        """Cell, dotted name and node of every call."""
        return [
            (index, ast.unparse(node.func), node)
            for index, tree in self.code
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        ]

    def section(self, title: str) -> tuple[int, str] | None:
        """Cell and text from the heading `## title` to the next heading of its level."""
        lines: list[str] | None = None
        place = 0
        for index, text in self.prose:
            for line in text.splitlines():
                if re.match(rf"##\s+{re.escape(title)}\b", line, re.IGNORECASE):
                    lines, place = [], index
                elif lines is not None and re.match(r"##?\s", line):
                    return place, "\n".join(lines)
                elif lines is not None:
                    lines.append(line)
        return None if lines is None else (place, "\n".join(lines))

    def place(self, index: int | None) -> str:
        name = self.path.relative_to(self.root).as_posix()
        return name if index is None else f"{name}: cell {index + 1} ({self.cells[index].get('id', 'no id')})"


Found = Iterator[tuple[int | None, str]]
Rule = Callable[[Chapter], Found]


def is_clean(chapter: Chapter) -> Found:
    for key in set(chapter.notebook.metadata) - {"kernelspec", "language_info"}:
        yield None, f"metadata.{key} does not belong into git: `nbstripout --keep-id` on the file removes it"
    for index, cell in enumerate(chapter.cells):
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            yield index, "has an output or an execution count: `nbstripout --keep-id` on the file removes it"
        if match := _ABSOLUTE.search(cell.source):
            yield index, f"the absolute path {match.group()}… exists on one machine only: use a relative one"


def is_valid(chapter: Chapter) -> Found:
    if (chapter.notebook.nbformat, chapter.notebook.nbformat_minor) != (4, 5):
        yield None, "is not of notebook format 4.5: save it with a current Jupyter"
    ids = [cell.get("id") for cell in chapter.cells]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield index, "needs an id that no other cell has"
    kernel = chapter.notebook.metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield None, f"asks for the kernel {kernel!r}: it must be 'python3'"


def opens_well(chapter: Chapter) -> Found:
    first = chapter.cells[0] if chapter.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield 0 if first else None, "the first cell is Markdown and begins with `# Title`"
        return
    lines = [line for line in first.source.splitlines()[1:] if line.strip()]
    badges = [number for number, line in enumerate(lines) if line.startswith("[![Open in Colab]")]
    if not badges:
        yield 0, "has no Colab badge: add a line `[![Open in Colab]` and run `nlpcourse links`"
    if not lines or badges[:1] == [0]:
        yield 0, "promises nothing: say in two or three sentences what is asked and what the reader will have"
    second = (
        chapter.cells[1].source if len(chapter.cells) > 1 and chapter.cells[1].cell_type == "markdown" else ""
    )
    for words in ("You will be able to", "You need", "Paper"):
        if f"**{words}" not in second:
            yield 1 if len(chapter.cells) > 1 else None, f"the second cell has no **{words}**"
    for index, text in chapter.prose:
        for level, title in markdown.headings(text):
            if level == 1 and index > 0:
                yield index, f"a second title: write `## {title}`"


def has_set_up(chapter: Chapter) -> Found:
    tagged: dict[str, list[int]] = {"hide-input": [], "parameters": []}
    for index, cell in enumerate(chapter.cells):
        for tag in set(cell.metadata.get("tags", [])) & set(tagged):
            if cell.cell_type == "code":
                tagged[tag].append(index)
    if not any(chapter.cells[index].get("id") == "setup" for index in tagged["hide-input"]):
        yield None, "has no set-up cell: a code cell with the id `setup` and the tag `hide-input`"
    if len(tagged["parameters"]) != 1:
        yield None, f"has {len(tagged['parameters'])} code cells tagged `parameters`: exactly one is needed"
    for index in tagged["parameters"]:
        if chapter.cells[index].source.strip() != PARAMETERS:
            yield index, f"the parameters cell holds exactly `{PARAMETERS}`"
    if not any(name == "setup" for _, name, _ in chapter.calls):
        yield None, "never calls setup(profile, …)"


def has_sections(chapter: Chapter) -> Found:
    titles = [
        (index, title)
        for index, text in chapter.prose
        for level, title in markdown.headings(text)
        if level == 2
    ]
    met = []
    for wanted in SECTIONS:
        places = [
            number for number, (_, title) in enumerate(titles) if title.lower().startswith(wanted.lower())
        ]
        if not places:
            yield None, f"has no section `## {wanted}`"
        met += places[:1]
    if met != sorted(met):
        yield None, f"its sections are out of order: {', '.join(SECTIONS)}"
    if exercises := chapter.section("Exercises"):
        for kind in EXERCISES:
            if kind not in exercises[1].lower():
                yield exercises[0], f"no {kind} exercise: a chapter has three ({', '.join(EXERCISES)})"
    if summary := chapter.section("Summary"):
        lines = [line for line in summary[1].splitlines() if line.strip()]
        if not 1 <= len(lines) <= MAX_SUMMARY_LINES:
            yield summary[0], f"the summary has {len(lines)} lines: one to {MAX_SUMMARY_LINES} are read"
    if (sources := chapter.section("Sources")) and not markdown.links(sources[1]):
        yield sources[0], "the sources hold no link"


def has_short_cells(chapter: Chapter) -> Found:
    for index, cell in enumerate(chapter.cells):
        if cell.cell_type != "code":
            continue
        lines = len(cell.source.strip().splitlines())
        if lines > MAX_CELL_LINES:
            yield index, f"has {lines} lines: split it, a cell does one thing in at most {MAX_CELL_LINES}"
        if not lines:
            yield index, "is empty: remove it"


def describes_figures(chapter: Chapter) -> Found:
    explorables = 0
    for index, name, call in chapter.calls:
        if re.fullmatch(r"(plt|pyplot|matplotlib\.pyplot|fig|figure)\.show", name) or (
            name == "display" and any(ast.unparse(argument) in ("fig", "figure") for argument in call.args)
        ):
            yield index, f"{name}(…) shows a figure nobody described: use figures.show(fig, alt=…, caption=…)"
        if name == "explore":
            explorables += 1
        elif name != "figures.show":
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        for wanted in ("alt", "caption"):
            value = given.get(wanted)
            if value is None and None not in given:
                yield index, f"{name}(…) has no {wanted}="
            elif isinstance(value, ast.Constant) and len(str(value.value).strip()) < MIN_DESCRIPTION:
                yield index, f"{name}(…): {wanted} says too little; say what a sighted reader sees"
    if not explorables:
        yield None, "has no explore(…): a chapter holds one figure that the reader can move"


def claims_something(chapter: Chapter) -> Found:
    claims = [(index, call) for index, name, call in chapter.calls if name == "claim"]
    if len(claims) not in CLAIMS:
        yield (
            None,
            f"makes {len(claims)} claims: {CLAIMS.start} to {CLAIMS.stop - 1} findings a reader takes away",
        )
    for index, call in claims:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        sides = [
            call.args[at] if len(call.args) > at else given.get(name)
            for at, name in ((1, "left"), (3, "right"))
        ]
        if None in sides:
            continue  # Python itself refuses the call
        left, right = (ast.dump(side) for side in sides)
        if left == right:
            yield index, f"compares {ast.unparse(sides[0])} with itself: that holds by construction"
        elif all(_is_fixed(side) for side in sides):
            yield index, f"compares two fixed values, {ast.unparse(sides[0])} and {ast.unparse(sides[1])}"


def _is_fixed(node: ast.AST) -> bool:
    """Whether an expression is made of literals alone, so that no run can change it."""
    return not any(isinstance(part, ast.Name | ast.Call | ast.Attribute) for part in ast.walk(node))


def computes_its_numbers(chapter: Chapter) -> Found:
    literals = {
        float(node.value)
        for _, tree in chapter.code
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }
    for index, text in chapter.prose:
        for sentence in markdown.prose(text):
            if markdown.CITATION in sentence:
                continue  # somebody else's number, with its source beside it
            for match in _DECIMAL.finditer(sentence):
                number, percent = match.groups()
                if "." not in number and not percent:
                    continue
                if _NAMES_A_NUMBER.search(sentence[: match.start()]):
                    continue
                value = float(number)
                if value in literals or (percent and any(abs(value / 100 - one) < 1e-9 for one in literals)):
                    continue
                yield (
                    index,
                    f"the number {match.group().strip()} is typed: let a claim or a table compute it, or cite its source",
                )


def speaks_plainly(chapter: Chapter) -> Found:
    for index, text in chapter.prose:
        if match := _MYST.search(text):
            yield index, f"MyST ({match.group().strip()}) shows as raw text on Colab: use plain Markdown"
        for word in HYPE:
            if re.search(rf"\b{word}\b", text, re.IGNORECASE):
                yield index, f"“{word}” is praise, not information: say what was measured"


def links_lead_somewhere(chapter: Chapter) -> Found:
    for index, text in chapter.prose:
        for target in markdown.links(text):
            if why := markdown.dead_link(target, chapter.path, chapter.root):
                yield index, f"{why}: mend or remove it"


RULES: tuple[Rule, ...] = (
    is_clean,
    is_valid,
    opens_well,
    has_set_up,
    has_sections,
    has_short_cells,
    describes_figures,
    claims_something,
    computes_its_numbers,
    speaks_plainly,
    links_lead_somewhere,
)


def check_notebook(path: Path, root: Path, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Every problem of one notebook, in the order of its cells."""
    name = path.relative_to(root).as_posix()
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return [Problem(name, f"is not a valid notebook: {error}")]
    # Neither nbformat.read nor validate: both repair what they find, and the file is what is checked.
    if not isinstance(raw, dict) or (error := next(iter_validate(raw), None)):
        reason = error.message if isinstance(raw, dict) else "it is no JSON object"
        return [Problem(name, f"is not a valid notebook: {reason}")]
    notebook = nbformat.from_dict(raw)
    for cell in notebook.cells:
        cell.source = markdown.source(cell)
    chapter = Chapter(path, root, notebook)
    found = [item for rule in rules for item in rule(chapter)]
    found.sort(key=lambda item: -1 if item[0] is None else item[0])
    return [Problem(chapter.place(index), message) for index, message in found]


def check_pages(root: Path) -> list[Problem]:
    """Dead links in the pages of the book, the data cards and the files at the top."""
    pages = [*root.glob("*.md"), *(root / "book").rglob("*.md"), *(root / "data").rglob("*.md")]
    return [
        Problem(page.relative_to(root).as_posix(), why)
        for page in sorted(pages)
        for target in dict.fromkeys(markdown.links(page.read_text(encoding="utf-8")))  # each once
        if (why := markdown.dead_link(target, page, root))
    ]


def check(root: Path, names: list[str]) -> list[Problem]:
    """Problems of the chapters called `names`; of all of them and of the pages when there are no names."""
    problems = [problem for path in chapters(root, names) for problem in check_notebook(path, root)]
    return problems if names else problems + check_pages(root)
