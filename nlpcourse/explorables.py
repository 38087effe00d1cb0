"""Figures a reader can move: in a live notebook, in a saved one, on Colab and in the printed book.

`explore` draws one picture for each choice beforehand and puts them all into one piece of HTML with sliders:
that needs no kernel and no network. Where a Jupyter kernel lives it adds ipywidgets sliders, which draw
afresh with whatever the notebook's variables now hold, and the HTML steps aside while they are there.
"""

from __future__ import annotations

import html
import itertools
import json
import math
import os
import sys
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from nlpcourse import figures
from nlpcourse._records import in_notebook

__all__ = ["explore"]

MAX_FRAMES = 60  # a page of the book stays under 1.5 MB
_DPI = 120

Choice = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """One picture: its data: address, its alternative text, and its width and height in CSS pixels."""

    source: str
    alt: str
    size: tuple[int, int]

    def img(self) -> str:
        return figures.img(self.source, self.size, self.alt)


def explore(
    draw: Callable[..., Figure], *, alt: str | Callable[..., str], caption: str, **choices: Iterable[Any]
) -> None:
    """Show a figure with one slider for each choice.

    >>> explore(
    ...     draw_gradient,
    ...     alt="Gradient norm against distance for spectral radius {radius}.",
    ...     caption="Move the slider: below 1 the gradient vanishes, above 1 it explodes.",
    ...     radius=[0.8, 0.9, 1.0, 1.1],
    ... )

    Args:
        draw: Takes one value for each choice, by name, and returns a matplotlib Figure. All figures must have
            the same size. `explore` closes them.
        alt: What a sighted reader sees at each position of the sliders: a format string with the names of the
            choices in braces, or a function of the same arguments as `draw`.
        caption: One or two sentences under the figure. Plain text.
        choices: For each name the values its slider can take; the first ones are shown first. At most 60
            combinations.

    Raises:
        ValueError: When there is no choice, a choice has no values, there are more than 60 combinations, the
            figures differ in size, or `alt` or `caption` says too little.
        TypeError: When `draw` returns something else than a Figure.
        RuntimeError: When `draw` fails; the message says for which values.
    """
    values = {name: list(options) for name, options in choices.items()}
    _check(values)
    figures.check_text("caption", caption)
    frames = [
        _draw_frame(draw, alt, dict(zip(values, combination, strict=True)))
        for combination in itertools.product(*values.values())
    ]
    if len(sizes := sorted({frame.size for frame in frames})) > 1:
        raise ValueError(
            f"explore: the figures have {len(sizes)} sizes (in pixels: {sizes}), so the picture would jump. "
            "Give every figure the same figsize."
        )
    name = f"explore-{uuid.uuid4().hex[:8]}"  # tells this one from the others on the page
    style = _STYLE
    if _has_widgets():
        _show_widgets(name, draw, alt, values, frames[0])
        style += _STYLE_BESIDE_WIDGETS.replace("NAME", name)
    figures.display_html(_markup(name, style, values, frames, caption), plain=frames[0].alt)


def _check(values: dict[str, list[Any]]) -> None:
    """Raise ValueError when there is nothing to choose, or too much."""
    if not values:
        raise ValueError("explore: nothing to choose. Add at least one choice, such as lag=[1, 10, 100].")
    for name, options in values.items():
        if not options:
            raise ValueError(f"explore: the choice {name!r} has no values. Give it at least one.")
    count = math.prod(len(options) for options in values.values())
    if count > MAX_FRAMES:
        product = " × ".join(f"{len(options)} for {name}" for name, options in values.items())
        raise ValueError(
            f"explore: {count} frames ({product}), at most {MAX_FRAMES}. Give fewer values, or drop a choice."
        )


def _draw_frame(draw: Callable[..., Figure], alt: str | Callable[..., str], choice: Choice) -> Frame:
    where = ", ".join(f"{name}={value!r}" for name, value in choice.items())
    before = plt.get_fignums()
    try:
        fig = draw(**choice)
    except Exception as error:
        for number in set(plt.get_fignums()) - set(before):
            plt.close(number)  # half a figure would otherwise show up under the error
        raise RuntimeError(f"explore: draw failed at {where}: {type(error).__name__}: {error}") from error
    if not isinstance(fig, Figure):
        raise TypeError(
            f"explore: draw returned {type(fig).__name__} at {where}, expected a matplotlib Figure. "
            "End it with `return fig` (from Axes: `return axes.figure`)."
        )
    try:
        text = alt(**choice) if callable(alt) else alt.format(**choice)
    except (KeyError, IndexError) as error:
        raise ValueError(
            f"explore: alt asks for {error}, which is no choice. The choices are {', '.join(choice)}."
        ) from error
    figures.check_text("alt", text)
    frame = Frame(figures.data_uri(figures.encode_png(fig, dpi=_DPI)), text, figures.css_size(fig))
    plt.close(fig)
    return frame


def _as_text(value: Any) -> str:
    """Return a value as its slider shows it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


# --- the sliders of the page ---------------------------------------------------------------------------------

# The thumb is 28 pixels across so that a finger finds it; the grey of the track reads on light and on dark.
_STYLE = """
.nlpcourse-explore {margin: 1em 0}
.nlpcourse-explore img {display: block; background: #fff}
.nlpcourse-explore .controls {display: grid; grid-template-columns: auto minmax(6rem, 1fr) minmax(4ch, auto);
  gap: 0 .75rem; align-items: center; max-width: 672px}
.nlpcourse-explore input {appearance: none; width: 100%; height: 44px; margin: 0; background: none; cursor: pointer}
.nlpcourse-explore input::-webkit-slider-runnable-track {height: 4px; border-radius: 2px; background: #808080}
.nlpcourse-explore input::-moz-range-track {height: 4px; border-radius: 2px; background: #808080}
.nlpcourse-explore input::-webkit-slider-thumb {appearance: none; box-sizing: border-box; width: 28px; height: 28px;
  margin-top: -12px; border: 2px solid #fff; border-radius: 50%; background: #0072B2}
.nlpcourse-explore input::-moz-range-thumb {box-sizing: border-box; width: 28px; height: 28px;
  border: 2px solid #fff; border-radius: 50%; background: #0072B2}
.nlpcourse-explore input:focus-visible {outline: 3px solid #56B4E9; outline-offset: -4px; border-radius: 8px}
.nlpcourse-explore output {font-variant-numeric: tabular-nums}
.nlpcourse-explore .spoken {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
"""

# Jupyter shows outputs one under another as `.jp-OutputArea-child`. While the kernel's sliders work, these
# sliders hide; when they do not (a saved notebook), what is left of them, an error message, hides instead.
_STYLE_BESIDE_WIDGETS = """
.jp-OutputArea-child:has(.NAME-live:not(.jupyter-widgets-disconnected))
  + .jp-OutputArea-child:has(#NAME) {display: none}
.jp-OutputArea-child:not(:has(.NAME-live:not(.jupyter-widgets-disconnected))):has(
  + .jp-OutputArea-child #NAME) {display: none}
"""

# The frames are stored in the order of itertools.product: the last slider runs fastest.
_SCRIPT = """
for (const figure of document.querySelectorAll("#NAME")) {
  const picture = figure.querySelector("img"), spoken = figure.querySelector(".spoken");
  const inputs = [...figure.querySelectorAll("input")];
  const frames = [[picture.src, picture.alt], ...FRAMES], texts = TEXTS;
  let pause;
  const update = () => {
    let index = 0;
    inputs.forEach((input, i) => {
      index = index * texts[i].length + Number(input.value);
      const text = texts[i][input.value];
      input.setAttribute("aria-valuetext", text);
      input.nextElementSibling.textContent = text;
    });
    [picture.src, picture.alt] = frames[index];
    clearTimeout(pause);  // a screen reader hears the picture once, when the slider rests
    pause = setTimeout(() => { spoken.textContent = picture.alt; }, 500);
  };
  for (const input of inputs) {
    input.addEventListener("input", update);
    input.addEventListener("keydown", event => event.stopPropagation());  // Jupyter would take the arrow keys
  }
  figure.querySelector(".note").remove();
}
"""


def _markup(name: str, style: str, values: dict[str, list[Any]], frames: list[Frame], caption: str) -> str:
    """Return the explorable as one piece of HTML that needs nothing outside itself."""
    texts = [[_as_text(value) for value in options] for options in values.values()]
    controls = "".join(
        f'<label for="{name}-{choice}">{html.escape(choice.replace("_", " "))}</label>'
        f'<input id="{name}-{choice}" type="range" min="0" max="{len(options) - 1}" step="1" value="0" '
        f'aria-valuetext="{html.escape(options[0])}" autocomplete="off">'
        f'<output for="{name}-{choice}" aria-live="off">{html.escape(options[0])}</output>'
        for choice, options in zip(values, texts, strict=True)
    )
    first = ", ".join(f"{choice} = {options[0]}" for choice, options in zip(values, texts, strict=True))
    script = (
        _SCRIPT.replace("NAME", name)
        .replace("TEXTS", _json(texts))
        .replace("FRAMES", _json([[frame.source, frame.alt] for frame in frames[1:]]))
    )
    return (
        f'<figure class="nlpcourse-explore" id="{name}"><style>{style}</style>'
        f"{frames[0].img()}"
        f'<div class="controls">{controls}</div>'
        f'<p class="note">This shows {html.escape(first)}. To move the sliders, turn JavaScript on, or in '
        "Jupyter trust this notebook.</p>"
        f'<p class="spoken" aria-live="polite"></p>'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
        f"<script>(() => {{{script}}})()</script>"
    )


def _json(value: Any) -> str:
    """Return a value as JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


# --- the sliders of a live kernel ----------------------------------------------------------------------------


def _has_widgets() -> bool:
    """Whether ipywidgets can be shown: a live Jupyter kernel with a front end that needs no CDN for them."""
    if not in_notebook() or os.environ.get("NLPCOURSE_HEADLESS") == "1":
        return False
    from IPython import get_ipython

    in_vs_code = "__vsc_ipynb_file__" in get_ipython().user_ns
    return not in_vs_code and "google.colab" not in sys.modules


def _show_widgets(
    name: str,
    draw: Callable[..., Figure],
    alt: str | Callable[..., str],
    values: dict[str, list[Any]],
    first: Frame,
) -> None:
    """Show ipywidgets sliders that draw on demand."""
    import ipywidgets
    from IPython.display import display

    picture = ipywidgets.HTML(first.img())
    sliders = {
        choice: ipywidgets.SelectionSlider(
            options=[(_as_text(value), value) for value in options], description=choice.replace("_", " ")
        )
        for choice, options in values.items()
    }

    def redraw(_change: Any) -> None:
        try:
            frame = _draw_frame(draw, alt, {choice: slider.value for choice, slider in sliders.items()})
            picture.value = frame.img()
        except Exception as error:  # outside the cell that ran, nobody would see it
            picture.value = f"<pre>{html.escape(str(error))}</pre>"

    for slider in sliders.values():
        slider.observe(redraw, "value")
    box = ipywidgets.VBox([picture, *sliders.values()])
    box.add_class(f"{name}-live")
    # Without a kernel only the text is left, so it must say more than the widget's own repr.
    display({**box._repr_mimebundle_(), "text/plain": "(sliders that need a kernel)"}, raw=True)
