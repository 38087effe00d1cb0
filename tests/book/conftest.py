"""Books to look at, a local server, and a browser that may talk to nobody else."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright
from small_book import REPOSITORY, build, execute, write_book


@dataclass
class Book:
    """A built book behind a local server."""

    root: Path
    address: str
    query: str  # a word that its search must find

    @property
    def pages(self) -> list[str]:
        """Addresses of its pages, relative to the root."""
        files = [*self.root.glob("book/*.html"), *self.root.glob("notebooks/*.html")]
        return sorted(file.relative_to(self.root).as_posix() for file in files)


@dataclass
class Visit:
    """One look at one page, with what the browser asked for and complained of on the way."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def serve(root: Path) -> Iterator[str]:
    """Serve a folder on this machine while the block runs; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing: a browser that leaves a page stops reading what it asked for."""

    handler = functools.partial(Quiet, directory=str(root))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources and the build of the small book. Tests that change it work on a copy."""
    root = tmp_path_factory.mktemp("book")
    write_book(root)
    execute(root)
    result = build(root)
    assert result.returncode == 0, result.stdout + result.stderr
    return root


@pytest.fixture(scope="session", params=["small", pytest.param("course", marks=pytest.mark.book)])
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    """The small book, and the course itself as it was last built."""
    if request.param == "small":
        root, query = request.getfixturevalue("small_book") / "_build" / "html", "xylophone"
    else:
        root, query = Path(os.environ.get("NLPCOURSE_BOOK", REPOSITORY / "_build" / "html")), "gradient"
        if not (root / "index.html").is_file():
            pytest.fail(f"there is no built book at {root}: run `make book` first, or set NLPCOURSE_BOOK")
    with serve(root) as address:
        yield Book(root, address, query)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or else the one that Playwright brought."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, book: Book) -> Iterator[Callable[..., Visit]]:
    """Open a page of the book, with every request to another server refused and written down."""
    contexts = []

    def open_page(path: str, theme: str = "light", width: int = 1280) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        contexts.append(context)
        here = Visit(context.new_page())

        def refuse(route: Route) -> None:
            here.outside.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith(book.address), refuse)
        here.page.on("pageerror", lambda error: here.errors.append(str(error)))
        here.page.on(
            "response", lambda r: here.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None
        )
        here.page.goto(book.address + path)
        # MathJax is there only on pages with mathematics, and works on after the page has loaded.
        here.page.evaluate("window.MathJax?.startup?.promise")
        # The theme fades its colours in; half-way their contrast is too low.
        here.page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
        return here

    yield open_page
    for context in contexts:
        context.close()
