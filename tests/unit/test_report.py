"""The run report: reading, merging, and the tables drawn from it."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from nlpcourse.authoring import cli, report
from nlpcourse.authoring.project import UsageError

EXTENSION = Path(__file__).parents[2] / "book" / "_ext" / "results.py"


def entry(**changes):
    claims = [
        {"text": "GRU beats RNN", "left": 0.012345, "op": "<", "right": "0.100", "holds": True, "note": ""},
        {
            "text": "a|b *loud* <i>",
            "left": 3,
            "op": "≈",
            "right": "3.00 ± 0.10",
            "holds": None,
            "note": "not checked on the sample",
        },
    ]
    return {
        "status": "ok",
        "seconds": 41.26,
        "peak_memory_mb": 1234,
        "peak_gpu_memory_mb": None,
        "profile": "fast",
        "source": "sample",
        "claims": claims,
        "data": [{"name": "sst2_phrases", "source": "sample"}],
        **changes,
    }


SETUP = {
    "profile": "fast",
    "hardware": {"cpu": "Some CPU", "cores": 2, "memory_gb": 8.0, "gpu": None},
    "versions": {"python": "3.11.9", "torch": "2.13.0"},
}


@pytest.fixture
def full():
    found = report.load(Path("absent.json"))
    report.merge(found, "5_3_fine_tuning", entry(), SETUP)
    failed = entry(status="failed", claims=[], data=[], source="none", error={"message": "ValueError: bad"})
    report.merge(found, "1_2_long_sequences", failed, None)
    return found


def test_notebooks_stand_in_the_order_of_the_book(full):
    for name in ("1_10_more", "1_3_next", "a_3_questions"):
        report.merge(full, name, entry(), None)
    expected = ["1_2_long_sequences", "1_3_next", "1_10_more", "5_3_fine_tuning", "a_3_questions"]
    assert list(full["notebooks"]) == expected


def test_what_is_saved_is_loaded_again(tmp_path, full):
    path = tmp_path / "new" / "report.json"
    report.save(path, full)
    assert report.load(path) == full


def test_two_empty_reports_share_nothing(tmp_path):
    report.load(tmp_path / "absent")["notebooks"]["x"] = {}
    assert report.load(tmp_path / "absent")["notebooks"] == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"notebooks": []}'])
def test_a_file_that_is_no_report_is_named_with_what_to_do(tmp_path, text):
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="delete it and run the notebooks again"):
        report.load(path)


def test_merging_keeps_other_notebooks_and_takes_the_machine_from_the_latest_setup(full):
    assert set(full["notebooks"]) == {"5_3_fine_tuning", "1_2_long_sequences"}
    assert full["hardware"] == SETUP["hardware"] and full["profile"] == "fast"
    report.merge(full, "5_3_fine_tuning", entry(source="real"), {**SETUP, "profile": "full"})
    assert full["profile"] == "full" and full["source"] == "real"
    assert len(full["notebooks"]) == 2


@pytest.mark.parametrize(
    ("sources", "overall"),
    [
        ([], "none"),
        (["none"], "none"),
        (["real", "none"], "real"),
        (["sample"], "sample"),
        (["real", "sample"], "mixed"),
        (["mixed", "real"], "mixed"),
    ],
)
def test_where_the_data_came_from_in_one_word(sources, overall):
    assert report.overall_source(sources) == overall


def test_the_terminal_shows_cost_claims_and_failures(full):
    text = report.as_text(full)
    assert "5_3_fine_tuning     ok      41.3     1,234 MB  –    2 (1 not checked)  sample" in text
    assert "  ✓ GRU beats RNN: 0.01235 < 0.100\n" in text
    assert "  – a|b *loud* <i>: 3 ≈ 3.00 ± 0.10 (not checked on the sample)\n" in text
    assert "1_2_long_sequences: ValueError: bad" in text
    assert "Some CPU, 2 cores, 8.0 GB of memory; python 3.11.9, torch 2.13.0." in text


def test_without_a_run_the_command_that_makes_one_is_named(tmp_path):
    assert "make book" in report.as_text(report.load(tmp_path / "absent"))


def test_the_page_holds_every_claim_with_its_value(full):
    page = report.as_page(full)
    row = (
        "| [5_3_fine_tuning](../notebooks/5_3_fine_tuning.ipynb) | ok | fast | sample | 41.3 | 1,234 MB | – |"
        " 2 (1 not checked) |"
    )
    assert row in page
    assert "| ✓ | GRU beats RNN | 0.01235 | &lt; | 0.100 |" in page
    assert "| – | a\\|b \\*loud\\* &lt;i&gt; (not checked on the sample) | 3 | ≈ | 3.00 ± 0.10 |" in page
    assert "Data: sst2\\_phrases (sample)." in page
    assert "Some CPU" in page and "torch 2.13.0" in page
    assert page.count("## ") == 1, "a chapter with neither claims nor data has no section"


def test_the_command_prints_both_forms(tmp_path, monkeypatch, capsys, full):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    report.save(tmp_path / "_build" / "report.json", full)
    assert cli.main(["report"]) == 0
    assert capsys.readouterr().out == report.as_text(full) + "\n"
    assert cli.main(["report", "--page"]) == 0
    assert capsys.readouterr().out == report.as_page(full) + "\n"


# --- the appendix of the book ------------------------------------------------------------------------------------


@pytest.fixture
def results():
    spec = importlib.util.spec_from_file_location("results", EXTENSION)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def fill_in(results, tmp_path, monkeypatch):
    """Lets the extension read one page; returns the page and the warnings."""
    warnings = []
    monkeypatch.setattr(
        results.logger, "warning", lambda message, *values, **_: warnings.append(message % values)
    )
    needed = []
    app = SimpleNamespace(srcdir=tmp_path, env=SimpleNamespace(note_dependency=needed.append))

    def read(text, page="book/a_6_results"):
        source = [text]
        results._fill_in(app, page, source)
        return source[0], warnings, needed

    return read


def test_the_appendix_is_filled_from_the_report_of_the_run(fill_in, tmp_path, full):
    report.save(tmp_path / "_build" / "report.json", full)
    text, warnings, needed = fill_in("# Results\n\n<!-- results -->\n")
    assert text == f"# Results\n\n{report.as_page(full)}\n"
    assert warnings == [] and needed == [str(tmp_path / "_build" / "report.json")]


def test_other_pages_stay_as_they_are(fill_in):
    assert fill_in("<!-- results -->", page="book/index") == ("<!-- results -->", [], [])


def test_a_missing_or_broken_report_is_a_warning(fill_in, tmp_path):
    fill_in("<!-- results -->")
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "report.json").write_text("{")
    _, warnings, _ = fill_in("<!-- results -->")
    assert "run `nlpcourse run` first" in warnings[0] and "not JSON" in warnings[1]


def test_each_page_itself_has_the_place_for_its_table(results):
    assert set(results.PAGES) == {"book/a_5_teaching", "book/a_6_results"}
    for page, (mark, _) in results.PAGES.items():
        assert (EXTENSION.parents[2] / f"{page}.md").read_text(encoding="utf-8").count(mark) == 1


def test_the_times_of_a_chapter_come_from_its_text_and_its_run(results, tmp_path):
    path = tmp_path / "notebooks" / "1_1_x.ipynb"
    path.parent.mkdir()
    cells = [
        nbformat.v4.new_markdown_cell("# 1.1 A title\n\n" + "word " * 597),
        nbformat.v4.new_code_cell("not counted"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    table = results.PAGES["book/a_5_teaching"][1]({"notebooks": {"1_1_x": {"seconds": 41.6}}}, tmp_path)
    assert table.splitlines()[-1] == "| [1.1 A title](../notebooks/1_1_x.ipynb) | 601 | 4 | 42 |"
