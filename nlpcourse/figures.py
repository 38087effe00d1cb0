"""The book's figure style, and the plots that several chapters draw.

A chapter draws with matplotlib or with `lines`, `bars` and `heatmap` below, then calls `show`, which puts
the picture on the page together with its alternative text and its caption:

>>> axes = figures.lines(history, x="epoch", y="loss", hue="model")
>>> figures.show(axes.figure, alt="Loss falls for both models; ...", caption="Training loss by epoch.")
"""

from __future__ import annotations

import base64
import html
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image

from nlpcourse._records import in_notebook

__all__ = ["COLOURS", "bars", "colour", "heatmap", "lines", "show", "use_style"]

# Okabe and Ito, "Color Universal Design" (2008), https://jfly.uni-koeln.de/color/ : told apart by readers
# with any common kind of colour blindness. Its yellow is left out: it is too pale on white.
_PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

#: The same model has the same colour in every chapter.
COLOURS: dict[str, str] = {
    "RNN": "#E69F00",
    "LSTM": "#0072B2",
    "GRU": "#56B4E9",
    "CNN": "#009E73",
    "Transformer": "#D55E00",
    "BERT": "#CC79A7",
    "TF-IDF": "#000000",
    "baseline": "#666666",
    "chance": "#8C8C8C",
}

_others: dict[str, str] = {}  # colours given to names that are not in COLOURS, in the order they came

_INK = "#222222"
_HALO = withStroke(linewidth=5, foreground="white")  # keeps a dark line visible on a dark bar
_LABEL_GAP = 0.075  # least distance of two direct labels, as a share of the height of the axes
_CSS_DPI = 96  # a CSS pixel is 1/96 inch, so a figure of 7 inches is 672 CSS pixels wide


def use_style() -> None:
    """Set matplotlib to the book's style; `nlpcourse.setup` calls this.

    Text of 13 points on a figure of 7 × 4 inches is still readable when a phone shows it half as wide.
    """
    mpl.rcParams.update(
        {
            "figure.figsize": (7, 4),
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "savefig.bbox": "standard",  # never "tight": the frames of an explorable must not jump
            "font.size": 13,
            "font.family": "DejaVu Sans",  # comes with matplotlib, so every machine draws the same
            "axes.titlesize": 13,
            "axes.titlelocation": "left",
            "axes.prop_cycle": mpl.cycler(color=_PALETTE),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": _INK,
            "axes.labelcolor": _INK,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#E4E4E4",
            "xtick.color": _INK,
            "ytick.color": _INK,
            "text.color": _INK,
            "lines.linewidth": 2.2,
            "lines.markersize": 6,
            "legend.frameon": False,
            "image.cmap": "cividis",
        }
    )


def colour(name: str) -> str:
    """Return the colour of a model or method, as "#RRGGBB".

    Names in `COLOURS` have one colour in the whole book. Any other name gets the next colour of the palette
    and keeps it until the kernel stops.
    """
    return _colours([name])[name]


def _colours(names: list[str]) -> dict[str, str]:
    """Return a colour for each name; a new name gets one that no other name of this figure has, if it can."""
    for name in names:
        if name not in COLOURS and name not in _others:
            here = [COLOURS.get(other) or _others.get(other) for other in names]
            used = [shade for shade in (*here, *_others.values()) if shade]
            # The colour used least: first the free ones, and never one of this figure before it must be.
            _others[name] = min(_PALETTE, key=lambda shade: (shade in here, used.count(shade)))
    return {name: COLOURS.get(name) or _others[name] for name in names}


def show(fig: Figure, *, alt: str, caption: str) -> None:
    """Show a figure with alternative text and a caption, then close it.

    Args:
        fig: The figure to show; at 7 × 4 inches it fills the column of the book.
        alt: What a sighted reader sees: the axes, the shape of the curves, which is above which.
        caption: One or two sentences under the figure. Plain text.

    Raises:
        TypeError: When `fig` is not a matplotlib Figure.
        ValueError: When `alt` or `caption` is missing or says too little (under 20 characters).
    """
    if not isinstance(fig, Figure):
        raise TypeError(
            f"figures.show got {type(fig).__name__}, expected a matplotlib Figure. "
            "If you have Axes, pass `axes.figure`."
        )
    check_text("alt", alt)
    check_text("caption", caption)
    picture = img(data_uri(encode_png(fig, dpi=2 * _CSS_DPI)), css_size(fig), alt)
    plt.close(fig)
    markup = (
        f'<figure class="nlpcourse-figure">{picture}<figcaption>{html.escape(caption)}</figcaption></figure>'
    )
    display_html(markup, plain=alt)


def check_text(what: str, text: str) -> None:
    """Raise ValueError unless `text` is long enough to describe a figure; `what` names it in the message."""
    if not isinstance(text, str) or len(text.strip()) < 20:
        raise ValueError(
            f"{what}={text!r} says too little about the figure. Write at least 20 characters: what a reader "
            "who cannot see the picture must know."
        )


def encode_png(fig: Figure, *, dpi: int) -> bytes:
    """Return the figure as a PNG of at most 256 colours: a quarter of the size, and no difference to see."""
    raw, small = io.BytesIO(), io.BytesIO()
    fig.savefig(raw, format="png", dpi=dpi, pil_kwargs={"compress_level": 0})
    image = Image.open(raw).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(small, format="png", optimize=True)
    return small.getvalue()


def data_uri(png: bytes) -> str:
    """Return a PNG as a data: address, so that the picture needs no file and no request."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def css_size(fig: Figure) -> tuple[int, int]:
    """Return the width and height of a figure in CSS pixels."""
    width, height = (round(inches * _CSS_DPI) for inches in fig.get_size_inches())
    return width, height


def img(source: str, size: tuple[int, int], alt: str) -> str:
    """Return an `<img>` element of the given size in CSS pixels, which shrinks where the page is narrower."""
    width, height = size
    return (
        f'<img src="{source}" alt="{html.escape(alt)}" width="{width}" height="{height}" '
        'style="max-width:100%;height:auto">'
    )


def display_html(markup: str, *, plain: str) -> None:
    """Show markup in a notebook with plain text as its other form; outside a notebook, print the text."""
    if in_notebook():
        from IPython.display import display

        display({"text/html": markup, "text/plain": plain}, raw=True)
    else:
        print(plain)


def lines(
    frame: pd.DataFrame,
    x: str,
    y: str,
    hue: str | None = None,
    *,
    log: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw y against x, one line for each value of `hue`, each labelled at its right end.

    Rows with the same x and hue are repetitions (seeds): the line is their mean and the band reaches from
    their least to their greatest.

    Args:
        frame: One row per measurement.
        x, y, hue: Names of its columns; x and y also name the axes.
        log: The axes to draw on a logarithmic scale: "", "x", "y" or "xy".
        ax: Where to draw; a new figure when it is not given.

    Raises:
        KeyError: When the frame lacks a column.
    """
    _check_columns(frame, x, y, hue)
    ax = ax or plt.subplots()[1]
    if "x" in log:
        ax.set_xscale("log")
    if "y" in log:
        ax.set_yscale("log")
    groups = (
        {"": frame} if hue is None else {str(name): rows for name, rows in frame.groupby(hue, sort=False)}
    )
    shades = {"": _PALETTE[0]} if hue is None else _colours(list(groups))
    ends = {}
    for name, rows in groups.items():
        runs = rows.groupby(x)[y].agg(["mean", "min", "max"])  # one row per value of x, in order
        few = "o" if len(runs) <= 12 else None
        ax.plot(runs.index, runs["mean"], color=shades[name], marker=few)
        ax.fill_between(runs.index, runs["min"], runs["max"], color=shades[name], alpha=0.2, linewidth=0)
        if len(known := runs["mean"].dropna()):
            ends[name] = known.iloc[-1]
    ax.set(xlabel=x, ylabel=y)
    if hue is not None:
        _label_ends(ax, ends, shades)
    return ax


def _label_ends(ax: Axes, ends: dict[str, float], shades: dict[str, str]) -> None:
    """Write each line's name to the right of the axes, at the height of its end, none over another."""
    ax.autoscale_view()
    left = ax.get_xlim()[0]
    to_share = (ax.transData + ax.transAxes.inverted()).transform  # data -> shares of the axes
    free = -np.inf
    for height, name in sorted((to_share((left, end))[1], name) for name, end in ends.items()):
        height = max(height, free)
        ax.text(1.02, height, name, color=_dark(shades[name]), transform=ax.transAxes, va="center")
        free = height + _LABEL_GAP


def _dark(shade: str) -> str:
    """Return a shade darkened until text in it reads on white (contrast of 4.5 to 1, WCAG 2.2, 1.4.3)."""
    rgb = np.array(mpl.colors.to_rgb(shade))
    while 1.05 / (_luminance(rgb) + 0.05) < 4.5:
        rgb = rgb * 0.95
    return mpl.colors.to_hex(rgb)


def _luminance(rgb: np.ndarray) -> float:
    """Relative luminance of an sRGB colour, as defined by WCAG 2.2."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def bars(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    low: str | None = None,
    high: str | None = None,
    digits: int = 3,
    ax: Axes | None = None,
) -> Axes:
    """Draw one horizontal bar for each name in column y, as long as the mean of its values in column x.

    Several rows of one name are repetitions (seeds): each is drawn as a dot on the bar. Where there is one
    row per name, `low` and `high` may name the columns with the ends of an interval.

    Args:
        frame: One row per measurement; the bars stand in the order of their first rows, from the top.
        x, y: Names of its columns: the value, and whose value it is. x also names the axis.
        low, high: Names of the columns with the ends of the interval; both or none.
        digits: Digits after the decimal point of the value written at each bar.
        ax: Where to draw; a new figure, as high as its bars need, when it is not given.

    Raises:
        KeyError: When the frame lacks a column.
        ValueError: When only one of `low` and `high` is given.
    """
    _check_columns(frame, x, y, low, high)
    if (low is None) != (high is None):
        raise ValueError("figures.bars needs both `low` and `high`, or neither.")
    runs = frame.groupby(y, sort=False)
    means = runs[x].mean()
    names = [str(name) for name in means.index]
    ax = ax or plt.subplots(figsize=(7, 1.2 + 0.5 * len(names)))[1]
    shades = _colours(names)
    ax.barh(names, means, color=[shades[name] for name in names], height=0.6)
    reach = runs[x].max() if high is None else np.maximum(runs[high].max(), means)
    for place, (name, rows) in enumerate(runs):
        if low is not None:
            ends = [rows[low].min(), rows[high].max()]
            ax.plot(ends, [place, place], color=_INK, solid_capstyle="butt", path_effects=[_HALO])
        elif len(rows) > 1:
            # White with a dark rim shows both on the bar and beyond its end.
            ax.plot(rows[x], [place] * len(rows), "o", color="white", markeredgecolor=_INK, markersize=5)
        ax.annotate(
            f"{means[name]:.{digits}f}",
            (max(reach[name], 0), place),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set(xlabel=x)
    ax.invert_yaxis()
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0)
    return ax


def heatmap(
    values: pd.DataFrame | np.ndarray,
    *,
    xlabel: str = "",
    ylabel: str = "",
    label: str = "",
    digits: int = 2,
    centre: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of numbers as coloured cells, with the numbers written in while there are at most 100.

    Args:
        values: Shape (rows, columns). The names of a DataFrame's rows and columns become the tick labels.
        xlabel, ylabel: What the columns and the rows are.
        label: What the colour means, with its unit.
        digits: Digits after the decimal point of the numbers written in.
        centre: The value in the middle of a two-sided scale (0 for correlations, say); one-sided when not
            given.
        ax: Where to draw; a new figure when it is not given.

    Raises:
        ValueError: When `values` has not two dimensions.
    """
    if np.ndim(values) != 2:
        raise ValueError(f"figures.heatmap needs a table of 2 dimensions, got {np.ndim(values)}.")
    table = pd.DataFrame(values)
    ax = ax or plt.subplots()[1]
    cells = table.to_numpy(dtype=float)
    limits = {}
    if centre is not None:
        far = np.nanmax(np.abs(cells - centre))
        limits = {"cmap": "PuOr_r", "vmin": centre - far, "vmax": centre + far}
    image = ax.imshow(cells, aspect="auto", **limits)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if isinstance(values, pd.DataFrame):
        ax.set_xticks(range(table.shape[1]), [str(name) for name in table.columns])
        ax.set_yticks(range(table.shape[0]), [str(name) for name in table.index])
        if sum(len(str(name)) for name in table.columns) > 40:
            ax.tick_params(axis="x", rotation=90)
    ax.grid(visible=False)
    ax.figure.colorbar(image, ax=ax, label=label).outline.set_visible(False)
    if cells.size <= 100:
        for (row, column), value in np.ndenumerate(cells):
            dark = _luminance(np.array(image.cmap(image.norm(value))[:3])) < 0.18
            ax.text(
                column,
                row,
                f"{value:.{digits}f}",
                ha="center",
                va="center",
                color="white" if dark else "black",
            )
    return ax


def _check_columns(frame: pd.DataFrame, *names: str | None) -> None:
    """Raise KeyError, naming what there is, when the frame lacks one of the columns."""
    for name in names:
        if name is not None and name not in frame.columns:
            raise KeyError(f"the frame has no column {name!r}; it has {list(frame.columns)}")
