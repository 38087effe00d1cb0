import base64
import io
import itertools
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from nlpcourse import figures

ALT = "Two lines fall together from three to one."
CAPTION = "Loss by step, for two models."


@pytest.fixture(autouse=True)
def clean():
    with mpl.rc_context():
        figures.use_style()
        yield
    plt.close("all")


@pytest.fixture
def shown(monkeypatch):
    """What `show` puts on the page, as (markup, plain text)."""
    outputs = []
    monkeypatch.setattr(figures, "display_html", lambda markup, plain: outputs.append((markup, plain)))
    return outputs


@pytest.fixture
def frame():
    rows = itertools.product(["RNN", "LSTM"], [1, 2, 3], [0, 1, 2])
    return pd.DataFrame(
        [{"model": m, "step": s, "loss": 4 - s + 0.1 * seed + (m == "RNN")} for m, s, seed in rows]
    )


def luminance(shade):
    rgb = np.array(mpl.colors.to_rgb(shade))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]


def test_show_gives_a_sharp_small_png_with_its_texts(shown):
    fig, ax = plt.subplots()
    ax.plot([3, 2, 1])
    figures.show(fig, alt=ALT + ' "<quoted>"', caption=CAPTION + " <b>")
    [(markup, plain)] = shown
    assert plain == ALT + ' "<quoted>"'
    assert 'alt="Two lines fall together from three to one. &quot;&lt;quoted&gt;&quot;"' in markup
    assert "two models. &lt;b&gt;</figcaption>" in markup
    png = base64.b64decode(re.search(r"base64,([^\"]+)", markup)[1])
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (1344, 768))  # twice the 672 × 384 CSS pixels
    assert 'width="672" height="384"' in markup and "max-width:100%" in markup
    assert len(png) < 80_000


def test_show_closes_the_figure(shown):
    fig = plt.figure()
    figures.show(fig, alt=ALT, caption=CAPTION)
    assert not plt.fignum_exists(fig.number)


@pytest.mark.parametrize(
    "texts", [{"alt": "", "caption": CAPTION}, {"alt": ALT, "caption": "  short   " + " " * 20}]
)
def test_show_refuses_empty_words(shown, texts):
    with pytest.raises(ValueError, match="says too little"):
        figures.show(plt.figure(), **texts)
    assert not shown


def test_show_refuses_what_is_no_figure(shown):
    with pytest.raises(TypeError, match=r"expected a matplotlib Figure.*axes\.figure"):
        figures.show(plt.subplots()[1], alt=ALT, caption=CAPTION)


def test_show_prints_the_text_outside_a_notebook(capsys):
    figures.show(plt.figure(), alt=ALT, caption=CAPTION)
    assert capsys.readouterr().out == ALT + "\n"


def test_quantising_leaves_the_picture_as_it_was():
    fig, ax = plt.subplots()
    ax.imshow(np.linspace(0, 1, 400).reshape(20, 20))
    full = io.BytesIO()
    fig.savefig(full, format="png", dpi=96)
    small = figures.encode_png(fig, dpi=96)
    before = np.asarray(Image.open(full).convert("RGB"), dtype=float)
    after = np.asarray(Image.open(io.BytesIO(small)).convert("RGB"), dtype=float)
    assert np.abs(before - after).mean() < 2  # of 255
    assert len(small) < len(full.getvalue())


def test_a_model_keeps_its_colour_and_others_get_their_own():
    assert figures.colour("LSTM") == figures.COLOURS["LSTM"]
    first = figures.colour("a new method")
    assert re.fullmatch(r"#[0-9A-F]{6}", first)
    assert figures.colour("another") != first
    assert figures.colour("a new method") == first


def test_colours_of_one_figure_differ():
    names = ["RNN", "LSTM", "GRU", "something", "else", "entirely"]
    shades = figures._colours(names)
    assert len(set(shades.values())) == len(names)


def test_lines_draw_mean_band_and_readable_labels(frame):
    ax = figures.lines(frame, "step", "loss", "model")
    means = {
        text.get_text(): line.get_ydata()
        for text, line in zip(
            sorted(ax.texts, key=lambda text: -text.get_position()[1]), ax.lines, strict=True
        )
    }
    np.testing.assert_allclose(means["RNN"], [4.1, 3.1, 2.1])
    np.testing.assert_allclose(means["LSTM"], [3.1, 2.1, 1.1])
    assert ax.get_xlabel() == "step" and ax.get_ylabel() == "loss"
    band = ax.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == pytest.approx(2.0) and band[:, 1].max() == pytest.approx(4.2)
    for text in ax.texts:
        assert 1.05 / (luminance(text.get_color()) + 0.05) >= 4.5  # WCAG AA on white


def test_labels_of_lines_that_end_together_do_not_overlap():
    frame = pd.DataFrame([{"x": x, "y": x, "hue": name} for name in "abcd" for x in (0, 1)])
    ax = figures.lines(frame, "x", "y", "hue")
    ax.figure.canvas.draw()
    boxes = sorted((text.get_window_extent().extents for text in ax.texts), key=lambda box: box[1])
    assert all(below[3] <= above[1] for below, above in itertools.pairwise(boxes))


def test_lines_take_a_logarithmic_scale(frame):
    ax = figures.lines(frame, "step", "loss", "model", log="xy")
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_bars_show_means_and_every_seed():
    frame = pd.DataFrame({"model": ["LSTM"] * 3 + ["GRU"] * 3, "accuracy": [0.7, 0.8, 0.9, 0.5, 0.6, 0.7]})
    ax = figures.bars(frame, "accuracy", "model")
    assert [patch.get_width() for patch in ax.patches] == pytest.approx([0.8, 0.6])
    assert [text.get_text() for text in ax.texts] == ["0.800", "0.600"]
    assert list(ax.lines[0].get_xdata()) == [0.7, 0.8, 0.9]


def test_bars_show_intervals_and_want_both_ends():
    frame = pd.DataFrame({"model": ["a", "b"], "score": [1.0, 2.0], "low": [0.5, 1.5], "high": [1.5, 3.0]})
    ax = figures.bars(frame, "score", "model", low="low", high="high", digits=1)
    assert list(ax.lines[1].get_xdata()) == [1.5, 3.0]
    with pytest.raises(ValueError, match="both `low` and `high`"):
        figures.bars(frame, "score", "model", low="low")


def test_heatmap_names_cells_and_stays_readable():
    table = pd.DataFrame([[0.0, 1.0], [-1.0, 0.5]], index=["the", "cat"], columns=["le", "chat"])
    ax = figures.heatmap(table, centre=0, label="weight")
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["le", "chat"]
    assert [text.get_text() for text in ax.texts] == ["0.00", "1.00", "-1.00", "0.50"]
    image = ax.images[0]
    assert image.get_clim() == (-1, 1)
    for text, value in zip(ax.texts, table.to_numpy().ravel(), strict=True):
        ground = luminance(image.cmap(image.norm(value))[:3])
        ink = luminance(text.get_color())
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5
    assert not figures.heatmap(np.zeros((20, 20))).texts


def test_mistakes_are_named(frame):
    with pytest.raises(KeyError, match=r"no column 'lost'.*'loss'"):
        figures.lines(frame, "step", "lost")
    with pytest.raises(ValueError, match="2 dimensions, got 1"):
        figures.heatmap(np.zeros(3))
