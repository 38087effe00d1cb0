"""What a reader meets on every page of the book, in a real browser with the network blocked."""

import json
import re
from importlib import metadata

import pytest
import yaml
from small_book import PHONE, REPOSITORY, THEMES

MEGABYTE = 1_000_000


def test_pages_ask_no_other_server(book, visit):
    problems = {}
    for path in book.pages:
        here = visit(path)
        here.page.wait_for_load_state("networkidle")
        text = (book.root / path).read_text(encoding="utf-8")
        loads = re.findall(
            r'<(?:script|img|iframe|link rel="(?:stylesheet|preload)")[^>]*="((?:https?:)?//[^"]*)"', text
        )
        cdn = re.findall(r"unpkg|jsdelivr|cdnjs|googleapis|gstatic", text)
        if found := [*here.outside, *here.errors, *loads, *cdn]:
            problems[path] = found
    assert not problems


def test_mathematics_is_typeset(book, visit):
    formulas, problems = 0, {}
    for path in book.pages:
        page = visit(path).page
        formulas += page.locator("article .math").count()
        # A formula has to hold typeset output, and no TeX may be left among the words.
        bare = page.locator("article .math:not(:has(mjx-container))").all_inner_texts()
        wrong = page.locator("article mjx-merror").all_inner_texts()
        words = page.evaluate(
            """() => { const article = document.querySelector("article").cloneNode(true);
            article.querySelectorAll("pre, code, script, style").forEach(node => node.remove());
            return article.textContent; }"""
        )
        raw = re.findall(r"\$\$|\\[a-zA-Z]{2,}|\\[(\[]", words)
        if bare or wrong or raw:
            problems[path] = (bare, wrong, raw)
    assert not problems
    assert formulas


def test_explorables_move_with_the_keyboard(book, visit):
    moved = 0
    for path in book.pages:
        page = visit(path).page
        for figure in page.locator(".nlpcourse-explore").all():
            picture = figure.locator("img")
            for slider in figure.locator("input").all():
                before = picture.get_attribute("src"), picture.get_attribute("alt")
                shown = slider.evaluate("input => input.nextElementSibling.textContent")
                slider.focus()
                page.keyboard.press("End")
                assert slider.evaluate("input => input.nextElementSibling.textContent") != shown, path
                assert picture.get_attribute("src") != before[0], path
                assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 100
                moved += 1
            page.wait_for_timeout(600)
            assert figure.locator(".spoken").inner_text() == picture.get_attribute("alt")
    assert moved


def test_search_finds(book, visit):
    here = visit(f"search.html?q={book.query}")
    here.page.locator("#search-results li").first.wait_for()
    assert not here.outside


@pytest.mark.timeout(900)  # some ten seconds for each page
@pytest.mark.parametrize("theme", THEMES)
def test_pages_are_accessible(book, visit, theme):
    """axe-core finds nothing, in either theme; no rule is switched off."""
    axe = metadata.distribution("axe-playwright-python").locate_file("axe_playwright_python/axe.min.js")
    problems = []
    for path in [*book.pages, "search.html"]:
        page = visit(path, theme).page
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        page.evaluate(axe.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        problems += [
            (path, rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]
        ]
        # Text in exactly the colour of its ground could be hidden on purpose, so axe only asks; we never do that.
        problems += [
            (path, "invisible text", node["html"][:200])
            for rule in found["incomplete"]
            for node in rule["nodes"]
            for check in node["any"]
            if (check["data"] or {}).get("messageKey") == "equalRatio"
        ]
    assert not problems


def test_no_page_scrolls_sideways_on_a_phone(book, visit):
    widths = {
        path: visit(path, width=PHONE).page.evaluate("document.scrollingElement.scrollWidth")
        for path in book.pages
    }
    assert all(width <= PHONE for width in widths.values()), widths


# How far each displayed equation begins left of its box, where nobody can scroll to, and reaches beyond it.
EQUATIONS = """() => [...document.querySelectorAll("article div.math")].map(box => {
    const glyphs = [...box.querySelectorAll("mjx-c")].map(glyph => glyph.getBoundingClientRect());
    const left = Math.min(...glyphs.filter(glyph => glyph.width).map(glyph => glyph.left));
    return {
        lost: box.getBoundingClientRect().left - left,
        beyond: box.scrollWidth - box.clientWidth,
        text: box.textContent.slice(0, 80),
    };
})"""


def test_equations_begin_in_sight_and_fit_a_desktop(book, visit):
    problems = []
    for path in book.pages:
        for equation in visit(path, width=PHONE).page.evaluate(EQUATIONS):
            if equation["lost"] > 1:
                problems.append((path, "cut off on a phone", equation))
        for equation in visit(path).page.evaluate(EQUATIONS):
            if equation["lost"] > 1 or equation["beyond"] > 1:
                problems.append((path, "wider than the column: write two displays", equation))
    assert not problems


def test_every_picture_has_alternative_text(book, visit):
    problems = {}
    for path in book.pages:
        page = visit(path).page
        empty = page.locator(
            'article img:not([alt]), article img[alt=""], article svg[role="img"]:not([aria-label])'
        )
        if empty.count():
            problems[path] = [
                picture.evaluate("node => node.outerHTML.slice(0, 200)") for picture in empty.all()
            ]
    assert not problems


def test_buttons_lead_to_clean_notebooks(book, visit):
    repository = yaml.safe_load((REPOSITORY / "_config.yml").read_text(encoding="utf-8"))["repository"]
    project, branch = repository["url"].removeprefix("https://github.com/"), repository["branch"]
    notebooks = [path for path in book.pages if path.startswith("notebooks/")]
    assert notebooks
    for path in notebooks:
        source = path.replace(".html", ".ipynb")
        page = visit(path).page
        links = page.locator("header a[href], .article-header-buttons a[href]").evaluate_all(
            "links => links.map(link => link.href)"
        )
        assert f"https://colab.research.google.com/github/{project}/blob/{branch}/{source}" in links
        assert f"https://github.com/{project}/blob/{branch}/{source}?plain=1" in links
        assert f"{book.address}_sources/{source}" in links
        served = json.loads((book.root / "_sources" / source).read_text(encoding="utf-8"))
        code = [cell for cell in served["cells"] if cell["cell_type"] == "code"]
        assert not any(cell["outputs"] or cell["execution_count"] for cell in code), source


def test_pages_are_light(book):
    """A page with its figures and explorables stays under 1.5 MB; what all pages share is not counted."""
    sizes = {path: (book.root / path).stat().st_size / MEGABYTE for path in book.pages}
    assert all(size < 1.5 for size in sizes.values()), sizes
