"""Explorables in JupyterLab: with a live kernel, in a saved notebook without one, and not trusted."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect
from small_book import CELLS, REPOSITORY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=CELLS)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (folder / "notebooks").mkdir()
    nbformat.write(notebook, folder / "notebooks" / "demo.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that knows nothing of this user's settings, and ends with the tests."""
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    env.pop("NLPCOURSE_HEADLESS", None)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        env[name] = str(folder / name)
    for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        env[name] = str(folder / name)
    options = {
        "--ServerApp.root_dir": folder / "notebooks",
        "--ServerApp.port": 0,
        "--ServerApp.disable_check_xsrf": True,
        "--IdentityProvider.token": "",
        "--LabApp.news_url": None,
        "--LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdates",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"{name}={value}" for name, value in options.items()]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 60
        while not (started := list((folder / "JUPYTER_RUNTIME_DIR").glob("jpserver-*.json"))):
            assert server.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.2)
        yield json.loads(started[0].read_text())["url"]
    finally:
        server.terminate()
        server.wait(timeout=30)


def choose(page: Page, menu: str, item: str) -> None:
    page.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()


def open_notebook(browser: Browser, lab: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.goto(f"{lab}lab/tree/demo.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    return page


def assert_moves(page: Page, slider: str, picture: str) -> None:
    """Move a slider by one with the keyboard, and see another picture with another text."""
    before = page.locator(picture).get_attribute("src")
    page.locator(slider).first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(picture)).to_have_attribute("alt", "The curve of x to the power 1, drawn in black.")
    assert page.locator(picture).get_attribute("src") != before


WIDGET, PAGE = ".jupyter-widgets.widget-vbox", ".nlpcourse-explore"


@pytest.fixture(scope="module")
def live(browser: Browser, lab: str) -> Page:
    """The notebook, just run with a live kernel."""
    page = open_notebook(browser, lab)
    choose(page, "Run", "Run All Cells")
    page.locator(WIDGET).wait_for(timeout=60_000)
    return page


@pytest.fixture(scope="module")
def saved(live: Page, lab: str, folder: Path) -> Path:
    """The notebook saved after it ran; its kernel is gone."""
    live.locator(".jp-Notebook").click(position={"x": 5, "y": 5})
    choose(live, "File", "Save Notebook")
    path = folder / "notebooks" / "demo.ipynb"
    deadline = time.monotonic() + 20
    while "nlpcourse-explore" not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "JupyterLab did not save the notebook"
        time.sleep(0.2)
    live.close()
    for session in json.load(urlopen(f"{lab}api/sessions")):
        urlopen(Request(f"{lab}api/sessions/{session['id']}", method="DELETE"))
    return path


def test_live_kernel_shows_its_own_sliders_alone(live):
    expect(live.locator(WIDGET)).to_be_visible()
    expect(live.locator(PAGE)).to_be_hidden()
    assert_moves(live, f"{WIDGET} .noUi-handle", f"{WIDGET} img")


def test_saved_notebook_moves_without_its_kernel(saved, browser, lab):
    assert "widget-view" in saved.read_text(encoding="utf-8")  # the widget really is in the file
    page = open_notebook(browser, lab)
    choose(page, "Kernel", "Shut Down Kernel")
    page.get_by_text("No Kernel").first.wait_for()
    expect(page.locator(PAGE)).to_be_visible()
    expect(page.get_by_text("Error displaying widget")).to_be_hidden()
    assert_moves(page, f"{PAGE} input", f"{PAGE} img")
    page.close()


def test_untrusted_notebook_shows_the_first_picture(saved, browser, lab):
    # A change from outside breaks the signature, so JupyterLab strips scripts and styles from the outputs.
    notebook = nbformat.read(saved, as_version=4)
    notebook.cells[-1].source += "  # changed"
    nbformat.write(notebook, saved)
    page = open_notebook(browser, lab)
    picture = page.locator(f"{PAGE} img")
    expect(picture).to_be_visible()
    expect(picture).to_have_attribute("alt", "The curve of x to the power 0.5, drawn in black.")
    expect(page.locator(f"{PAGE} .note")).to_contain_text("power = 0.5, colour = black")
    assert not page.locator(f"{PAGE} script").count()
    expect(page.get_by_text("Error displaying widget")).to_be_hidden()
    page.close()
