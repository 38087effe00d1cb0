"""A book of two pages with this project's configuration and looks, so that they can be tested before any chapter."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

REPOSITORY = Path(__file__).parents[2]
THEMES = ("light", "dark")
PHONE = 390

TOC = """
format: jb-book
root: book/index
parts:
  - caption: Fixture
    chapters:
      - file: notebooks/demo
"""

# What usually breaks a page: wide tables, long code, long words, mathematics, and links in every direction.
INDEX = r"""
# A small book

It begins with $\hat y = \sigma(w^\top x)$ and goes on with the xylophone.

$$
\mathcal{L}(\theta) = \frac{1}{N}\sum_{i=1}^{N}\ell(y_i, f_\theta(x_i)), \qquad
\frac{\partial \ell}{\partial z} = \sigma(z) - y. \tag{1}
$$

| a | rather | wide | table | with | many | columns | that | no | telephone | could | show | at | once |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 0.123456 | 0.123456 | 0.123456 | 0.123456 | 0.1 | 0.2 | 0.3 | 0.4 | 0.5 | 0.6 | 0.7 | 0.8 | 0.9 | 1.0 |

:::{note}
See [the chapter](../notebooks/demo.ipynb), and
[a long address](https://example.org/a/very/long/address/that/has/no/place/to/break/in/it/whatsoever.html).
:::

```python
a_long_line = "of code that does not fit on a telephone, and must scroll in its own box and not move the whole page"
```

Term
: Its definition.
"""

CELLS = [
    nbformat.v4.new_markdown_cell(
        "# A chapter\n\nInline $e^{i\\pi} = -1$ and a [way back](../book/index.md).", id="title"
    ),
    nbformat.v4.new_code_cell(
        "import matplotlib.pyplot as plt\nfrom nlpcourse import explore, figures\n\nfigures.use_style()",
        id="setup",
        metadata={"tags": ["hide-input"]},
    ),
    nbformat.v4.new_code_cell(
        "import pandas as pd\n\n"
        'frame = pd.DataFrame({"step": [1, 2, 3] * 2, "loss": [3, 2, 1, 3, 1, 0.5], "model": ["RNN"] * 3 + ["LSTM"] * 3})\n'
        "frame",
        id="table",
    ),
    nbformat.v4.new_code_cell(
        'axes = figures.lines(frame, "step", "loss", "model")\n'
        'figures.show(axes.figure, alt="Two falling lines: LSTM ends below RNN.", caption="Loss by step for two models.")',
        id="figure",
    ),
    nbformat.v4.new_code_cell(
        "def draw(power, colour):\n"
        "    fig, ax = plt.subplots()\n"
        "    ax.plot(range(10), [x**power for x in range(10)], color=colour)\n"
        "    return fig\n\n\n"
        "explore(\n"
        "    draw,\n"
        '    alt="The curve of x to the power {power}, drawn in {colour}.",\n'
        '    caption="Move the sliders to bend and to paint the curve.",\n'
        "    power=[0.5, 1, 2],\n"
        '    colour=["black", "blue"],\n'
        ")",
        id="explore",
    ),
    nbformat.v4.new_code_cell('print("one long line of plain output " * 10)', id="long"),
]


def write_book(root: Path) -> None:
    """Write the small book under `root`, its notebook clean, with this project's configuration and looks."""
    shutil.copytree(REPOSITORY / "book" / "_ext", root / "book" / "_ext")
    shutil.copytree(REPOSITORY / "book" / "_static", root / "book" / "_static")
    shutil.copy(REPOSITORY / "_config.yml", root)
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    (root / "book" / "index.md").write_text(INDEX, encoding="utf-8")
    (root / "book" / "references.bib").write_text("", encoding="utf-8")
    (root / "notebooks").mkdir()
    notebook = nbformat.v4.new_notebook(cells=CELLS)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, root / "notebooks" / "demo.ipynb")


def execute(root: Path) -> None:
    """Do what `nlpcourse run` does to the small book's notebook."""
    notebook = nbformat.read(root / "notebooks" / "demo.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(REPOSITORY)}})
    client.execute(env={**os.environ, "NLPCOURSE_HEADLESS": "1"})
    target = root / "_build" / "executed" / "demo.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """Build a book as `make book` does, and return how it went."""
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    command = [jupyter_book, "build", ".", "-W", "-n", "--keep-going"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=240)
