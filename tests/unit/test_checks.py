"""`nlpcourse check`: a good chapter passes, and each rule has a bad one that trips it, and only it."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nlpcourse.authoring import checks, cli, markdown

ROOT = Path(__file__).parents[2]

FIGURE = 'figures.show(fig, alt=f"Two lines that cross at step {step}.", caption="Loss by step, mean over three seeds.")'
EXPLORE = 'explore(draw, alt="Gradient norm at radius {radius}.", caption="Move the radius and see it vanish.", radius=[1, 2])'
CLAIMS = (
    'claim("the network beats chance", accuracy, ">", 0.5)\n'
    'claim("the gap is large", accuracy - chance, ">", 0.1, on=data)\n'
    'claim("both agree", left=first, op="≈", right=(second, 1e-6))'
)


def good() -> nbformat.NotebookNode:
    """A chapter that keeps every rule."""
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_markdown_cell(
                "# 2.4 Gates\n\nWhy forget? You will see.\n\n[![Open in Colab](../book/badge.svg)](https://colab.example/x)",
                id="title",
            ),
            new_markdown_cell(
                "**You will be able to**\n- train a model\n\n**You need** [the other](1_1_other.ipynb#the-idea)\n\n"
                "**Paper** [Kim (2014)](https://doi.org/10.3115/v1/D14-1181)",
                id="goals",
            ),
            new_code_cell(
                'from importlib.util import find_spec\n\nif find_spec("nlpcourse") is None:\n    %pip install --quiet nlpcourse',
                id="setup",
                metadata={"tags": ["hide-input"]},
            ),
            new_code_cell('profile = "auto"', id="parameters", metadata={"tags": ["parameters"]}),
            new_code_cell('run = setup(profile, fast={"rate": 0.01}, full={"rate": 0.02})', id="sizes"),
            new_markdown_cell("## Predict first\n\nWhich one wins?", id="predict"),
            new_markdown_cell(
                "## 1 The idea\n\nA rate of 0.01 is small, 10 % is a threshold, `1.234` is code and $x=1.75$ is math.\n"
                "[Kim (2014)](https://doi.org/10.3115/v1/D14-1181) reports .881. See section 2.7 and Python 3.11.\n\n"
                "| work | result |\n|---|---|\n| [Kim](https://doi.org/10.3115/v1/D14-1181) | .881 |",
                id="idea",
            ),
            new_code_cell(FIGURE, id="figure"),
            new_code_cell(EXPLORE, id="explore"),
            new_code_cell(CLAIMS, id="claims"),
            new_markdown_cell("## What can go wrong\n\nMuch.", id="wrong"),
            new_markdown_cell(
                "## Exercises\n\n**Warm-up.** a\n\n**Core.** b\n\n**Open.** c\n\n### Hints\n\nNone.",
                id="exercises",
            ),
            new_markdown_cell("## Summary\n\n- one\n- two", id="summary"),
            new_markdown_cell(
                "## Sources\n\n- [Kim (2014)](https://doi.org/10.3115/v1/D14-1181): filters", id="sources"
            ),
        ],
    )


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


@pytest.fixture
def course(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "badge.svg").touch()
    (tmp_path / "pyproject.toml").touch()
    other = new_notebook(cells=[new_markdown_cell("# Other\n\n## The idea\n")])
    nbformat.write(other, tmp_path / "notebooks" / "1_1_other.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(course, notebook) -> list[str]:
    path = course / "notebooks" / "2_4_gates.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return [str(problem) for problem in checks.check_notebook(path, course)]


def test_a_good_chapter_passes(course):
    assert problems(course, good()) == []


def replaced(name: str, old: str, new: str) -> Callable:
    def change(notebook):
        assert old in cell(notebook, name).source
        cell(notebook, name).source = cell(notebook, name).source.replace(old, new)

    return change


def added(name: str, text: str) -> Callable:
    def change(notebook):
        cell(notebook, name).source += text

    return change


def removed(name: str) -> Callable:
    def change(notebook):
        notebook.cells.remove(cell(notebook, name))

    return change


def swap(notebook) -> None:
    first, second = (notebook.cells.index(cell(notebook, name)) for name in ("exercises", "summary"))
    notebook.cells[first], notebook.cells[second] = notebook.cells[second], notebook.cells[first]


OUTPUT = new_output("stream", text="x")
BROKEN = {
    # hygiene
    "output": (lambda n: cell(n, "figure").outputs.append(OUTPUT), "(figure): has an output"),
    "count": (
        lambda n: cell(n, "figure").update(execution_count=1),
        "(figure): has an output or an execution count",
    ),
    "widgets": (lambda n: n.metadata.update(widgets={}), "metadata.widgets does not belong"),
    "papermill": (lambda n: n.metadata.update(papermill={}), "metadata.papermill does not belong"),
    "absolute path": (added("figure", '\nopen("/home/me/x.txt")'), "absolute path /home/m"),
    "absolute path in prose": (added("idea", "\n\nSee /content/data there."), "absolute path /content/d"),
    "windows path": (added("figure", "\nopen(r'C:\\Users\\me')"), "absolute path C:\\U"),
    # format
    "format": (lambda n: n.update(nbformat_minor=6), "format 4.5"),
    "kernel": (lambda n: n.metadata.kernelspec.update(name="ir"), "asks for the kernel 'ir'"),
    "same id": (
        lambda n: cell(n, "claims").update(id="figure"),
        "(figure): needs an id that no other cell has",
    ),
    "no id": (lambda n: cell(n, "claims").pop("id"), "is not a valid notebook"),
    # opening
    "no title": (replaced("title", "# 2.4", "## 2.4"), "begins with `# Title`"),
    "second title": (replaced("idea", "## 1 The idea", "# The idea"), "a second title"),
    "no badge": (replaced("title", "[![Open in Colab]", "[![Open]"), "no Colab badge"),
    "no promise": (replaced("title", "Why forget? You will see.", ""), "promises nothing"),
    "no goals": (replaced("goals", "**You will be able to**", "Goals"), "no **You will be able to**"),
    "no needs": (replaced("goals", "**You need**", "Needs"), "no **You need**"),
    "no paper": (replaced("goals", "**Paper**", "Read"), "no **Paper**"),
    # set-up
    "no set-up": (removed("setup"), "has no set-up cell"),
    "untagged set-up": (lambda n: cell(n, "setup").metadata.update(tags=[]), "has no set-up cell"),
    "no parameters": (removed("parameters"), "has 0 code cells tagged `parameters`"),
    "more parameters": (added("parameters", "\nsteps = 3"), "holds exactly"),
    "two parameters": (
        lambda n: n.cells.insert(
            5, new_code_cell('profile = "auto"', id="again", metadata={"tags": ["parameters"]})
        ),
        "has 2 code cells",
    ),
    "no setup call": (replaced("sizes", "setup(profile", "dict(profile"), "never calls setup"),
    # sections
    **{
        f"no {title}": (replaced(name, f"## {title}", "## Else"), f"no section `## {title}`")
        for name, title in (
            ("predict", "Predict first"),
            ("wrong", "What can go wrong"),
            ("exercises", "Exercises"),
            ("summary", "Summary"),
            ("sources", "Sources"),
        )
    },
    "order": (swap, "out of order"),
    "exercise missing": (replaced("exercises", "**Core.**", "**More.**"), "(exercises): no core exercise"),
    "long summary": (added("summary", "\n- x" * 4), "the summary has 6 lines"),
    "empty summary": (replaced("summary", "- one\n- two", ""), "the summary has 0 lines"),
    "sources without links": (
        lambda n: cell(n, "sources").update(source="## Sources\n\nMany."),
        "the sources hold no link",
    ),
    # cells
    "long cell": (added("figure", "\nx = 1" * 25), "has 26 lines"),
    "empty cell": (
        lambda n: n.cells.insert(6, new_code_cell(" ", id="empty")),
        "(empty): is empty",
    ),
    # figures
    "plt.show": (added("figure", "\nplt.show()"), "plt.show(…) shows a figure nobody described"),
    "fig.show": (added("figure", "\nfig.show()"), "fig.show(…) shows a figure nobody described"),
    "display": (added("figure", "\ndisplay(fig)"), "display(…) shows a figure nobody described"),
    "no alt": (
        lambda n: cell(n, "figure").update(source='figures.show(fig, caption="c" * 30)'),
        "has no alt=",
    ),
    "empty alt": (
        lambda n: cell(n, "figure").update(source='figures.show(fig, alt="", caption="c" * 30)'),
        "alt says too little",
    ),
    "short caption": (
        replaced("figure", "Loss by step, mean over three seeds.", "Loss"),
        "caption says too little",
    ),
    "explore without alt": (
        replaced("explore", 'alt="Gradient norm at radius {radius}.", ', ""),
        "explore(…) has no alt=",
    ),
    "no explore": (removed("explore"), "has no explore(…)"),
    # claims
    "two claims": (
        lambda n: cell(n, "claims").update(source="\n".join(CLAIMS.split("\n")[:2])),
        "makes 2 claims",
    ),
    "seven claims": (added("claims", '\nclaim("x", a, "<", b)' * 4), "makes 7 claims"),
    "itself": (replaced("claims", "accuracy - chance", "0.1"), "compares 0.1 with itself"),
    "same side": (
        replaced("claims", '"≈", right=(second, 1e-6)', '"==", right=first'),
        "compares first with itself",
    ),
    "fixed": (
        replaced("claims", 'accuracy, ">", 0.5', '0.9, ">", 0.5'),
        "compares two fixed values, 0.9 and 0.5",
    ),
    # numbers
    "decimal": (added("idea", "\n\nIt reaches 0.87 here."), "the number 0.87 is typed"),
    "percent": (added("idea", "\n\nIt reaches 87 % here."), "the number 87 % is typed"),
    "percent, close": (added("idea", "\n\nIt reaches 87.5% here."), "the number 87.5% is typed"),
    "bare decimal": (added("idea", "\n\nIt reaches .873 here."), "the number .873 is typed"),
    "own table": (added("idea", "\n| ours | 0.912 |"), "the number 0.912 is typed"),
    "after a citation": (
        added("idea", "\n\n[Kim](https://doi.org/10.1) says so. Ours has 0.93 instead."),
        "the number 0.93 is typed",
    ),
    "beside an inner link": (
        added("idea", "\n\nAs [before](1_1_other.ipynb) it was 0.93."),
        "the number 0.93 is typed",
    ),
    # words
    "role": (added("idea", "\n\nSee {ref}`there`."), "MyST ({ref}`)"),
    "directive": (added("idea", "\n\n```{note}\nx\n```"), "MyST (```{note})"),
    "colon fence": (added("idea", "\n\n:::{note}\nx\n:::"), "MyST (:::{note})"),
    "hype": (added("idea", "\n\nA Powerful model."), "“powerful” is praise"),
    "more hype": (added("idea", "\n\nIn recent years, much."), "“in recent years” is praise"),
    # links
    "dead file": (added("idea", "\n\n[x](9_9_gone.ipynb)"), "9_9_gone.ipynb leads to no file"),
    "dead anchor": (added("idea", "\n\n[x](1_1_other.ipynb#nowhere)"), "no heading or target of that name"),
    "dead own anchor": (added("idea", "\n\n[x](#nowhere)"), "no heading or target of that name"),
    "outside": (added("idea", "\n\n[x](../../etc/passwd)"), "leads out of the course"),
    "dead picture": (added("idea", "\n\n![x](gone.png)"), "gone.png leads to no file"),
}


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_each_rule_is_tripped_by_its_own_breach_alone(course, change, message):
    notebook = good()
    change(notebook)
    found = problems(course, notebook)
    assert any(message in problem for problem in found), found
    assert len(found) == 1, found


@pytest.mark.parametrize(
    "text",
    [
        "\n\nThe set {1, 2} and `{ref}` and f-strings `{x:.2f}`.",
        "\n\n[inside](#1-the-idea) and [out](https://example.com/0.87) and [mail](mailto:a@b.example)",
        "\n\n```python\nx = 0.87\n```",
        "\n\n$$y = 0.87$$",
        "\n\nTwo thirds, 3 layers, 2014, 1.5: see version 2.13 of PyTorch 2.4, CC BY 4.0.".replace(
            "1.5: ", ""
        ),
        "\n\nAn empowerful word, and a path like data/home/x or https://example.com/home/x.",
    ],
)
def test_what_only_looks_like_a_breach_passes(course, text):
    notebook = good()
    added("idea", text)(notebook)
    assert problems(course, notebook) == []


def test_a_file_that_is_no_notebook_is_named(course):
    path = course / "notebooks" / "2_4_gates.ipynb"
    for text in ("{", '{"cells": 3}', "[]"):
        path.write_text(text)
        (problem,) = checks.check_notebook(path, course)
        assert str(problem).startswith("notebooks/2_4_gates.ipynb: is not a valid notebook")


def test_source_may_be_a_list_of_lines(course):
    notebook = json.loads(json.dumps(good()))
    for one in notebook["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)
    assert problems(course, notebook) == []


def test_pages_are_checked_for_dead_links(course):
    (course / "README.md").write_text("[a](book/page.md) [b](gone.md) [again](gone.md) `[c](code.md)`")
    (course / "book" / "page.md").write_text(
        "(target)=\n# A page\n\n[a](#a-page) [b](#target) [c](#gone) [d](../notebooks/1_1_other.ipynb#the-idea)\n\n"
        "```{note}\n[e](inside.md)\n```\n\n```{code-block} md\n[f](verbatim.md)\n```\n"
    )
    found = [str(problem) for problem in checks.check_pages(course)]
    assert found == [
        "README.md: the link gone.md leads to no file",
        "book/page.md: the link #gone: page.md has no heading or target of that name",
        "book/page.md: the link inside.md leads to no file",
    ]


def test_the_command_prints_every_problem_and_fails(course, capsys):
    notebook = good()
    added("figure", "\nplt.show()")(notebook)
    problems(course, notebook)
    assert cli.main(["check", "2_4"]) == 1
    out = capsys.readouterr().out
    assert "notebooks/2_4_gates.ipynb: cell 8 (figure): plt.show(…)" in out
    assert "1 notebook checked: 1 problem\n" in out
    problems(course, good())
    assert cli.main(["check", "2_4"]) == 0
    assert "1 notebook checked: no problems" in capsys.readouterr().out


def test_the_command_checks_pages_when_no_chapter_is_named(course, capsys):
    (course / "notebooks" / "1_1_other.ipynb").unlink()
    (course / "README.md").write_text("[gone](gone.md)")
    assert cli.main(["check"]) == 1
    assert "README.md: the link gone.md" in capsys.readouterr().out


def test_prose_leaves_out_code_math_headings_and_link_texts():
    text = "# 1.1\n\nOne `2.2` and $3.3$ and [4.4](x.md).\nFive 5.5! Six.\n\n| a | b |\n|---|---|\n| c | [d](https://e.x) |"
    assert list(markdown.prose(text)) == [
        "One  and  and .",
        "Five 5.5!",
        "Six.",
        "a | b",
        f"c | {markdown.CITATION}",
    ]
