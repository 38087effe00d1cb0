import base64
import html
import io
import json
import re
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest
from PIL import Image

from nlpcourse import explorables as module
from nlpcourse import explore, figures

ALT = "The curve bends upwards with power {power}."
CAPTION = "Move the slider to bend the curve."


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(figures, "display_html", lambda markup, plain: outputs.append((markup, plain)))
    return outputs


def draw(power, shade="black"):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.plot([x**power for x in range(10)], color=shade)
    return fig


def colours_of(picture):
    return {colour for _, colour in picture.convert("RGB").getcolors(maxcolors=1_000_000)}


def frames_of(markup):
    """The pictures of an explorable, in the order the script counts them."""
    first = re.search(r'<img src="([^"]+)" alt="([^"]*)"', markup)
    rest = json.loads(re.search(r"\.\.\.(\[\[.*?\]\])\], texts", markup, re.DOTALL)[1])
    return [[first[1], html.unescape(first[2])], *rest]


def test_every_choice_has_its_picture_and_text_in_order(shown):
    explore(draw, alt=ALT + " Ink: {shade}.", caption=CAPTION, power=[1, 2], shade=["black", "red"])
    [(markup, plain)] = shown
    frames = frames_of(markup)
    texts = [f"The curve bends upwards with power {p}. Ink: {s}." for p in (1, 2) for s in ("black", "red")]
    assert [alt for _, alt in frames] == texts
    assert plain == texts[0]
    pictures = [Image.open(io.BytesIO(base64.b64decode(src.split(",")[1]))) for src, _ in frames]
    assert len({picture.size for picture in pictures}) == 1
    assert len({src for src, _ in frames}) == 4
    assert (255, 0, 0) not in colours_of(pictures[2])
    assert (255, 0, 0) in colours_of(pictures[3])


def test_controls_are_labelled_and_ids_unique(shown):
    for _ in range(2):
        explore(draw, alt=ALT, caption=CAPTION + " <b>", power=[0.5, 1])
    page = "".join(markup for markup, _ in shown)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 4
    for target in re.findall(r' for="([^"]+)"', page):
        assert target in ids
    assert page.count('type="range" min="0" max="1"') == 2
    assert "&lt;b&gt;" in page and "This shows power = 0.5." in page
    assert "http" not in page


def test_alt_may_be_a_function_and_may_not_break_out_of_the_script(shown):
    explore(draw, alt=lambda power: f"</script> curve of power {power}, bent", caption=CAPTION, power=[1, 2])
    markup = shown[0][0]
    assert markup.count("</script>") == 1
    assert frames_of(markup)[1][1] == "</script> curve of power 2, bent"


def test_figures_are_closed(shown):
    before = plt.get_fignums()
    explore(draw, alt=ALT, caption=CAPTION, power=[1, 2])
    assert plt.get_fignums() == before


def test_too_many_frames_are_counted(shown):
    with pytest.raises(ValueError, match=r"61 frames \(61 for power\), at most 60\. Give fewer values"):
        explore(draw, alt=ALT, caption=CAPTION, power=range(61))
    explore(lambda power: plt.figure(figsize=(1, 1)), alt=ALT, caption=CAPTION, power=range(60))
    assert len(frames_of(shown[0][0])) == 60


@pytest.mark.parametrize(
    ("choices", "message"),
    [({}, "nothing to choose"), ({"power": []}, "'power' has no values")],
)
def test_nothing_to_choose_is_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        explore(draw, alt=ALT, caption=CAPTION, **choices)


def test_failing_draw_names_the_choice_and_leaves_no_figure():
    def fails(power):
        fig = draw(power)
        fig.axes[0].set_title(f"{1 / power}")
        return fig

    before = plt.get_fignums()
    with pytest.raises(RuntimeError, match="draw failed at power=0: ZeroDivisionError: division by zero"):
        explore(fails, alt=ALT, caption=CAPTION, power=[1, 0])
    assert plt.get_fignums() == before


def test_draw_must_return_a_figure():
    with pytest.raises(TypeError, match="returned Axes at power=1, expected a matplotlib Figure"):
        explore(lambda power: draw(power).axes[0], alt=ALT, caption=CAPTION, power=[1])


def test_texts_are_checked():
    with pytest.raises(ValueError, match=r"alt asks for 'lag'.*The choices are power"):
        explore(draw, alt="The curve at lag {lag}", caption=CAPTION, power=[1])
    with pytest.raises(ValueError, match="alt='curve' says too little"):
        explore(draw, alt="curve", caption=CAPTION, power=[1])
    with pytest.raises(ValueError, match="caption='' says too little"):
        explore(draw, alt=ALT, caption="", power=[1])


def test_figures_of_two_sizes_are_refused():
    with pytest.raises(ValueError, match=r"2 sizes.*Give every figure the same figsize"):
        explore(lambda power: plt.figure(figsize=(power, 1)), alt=ALT, caption=CAPTION, power=[1, 2])


def test_widgets_only_where_a_front_end_can_show_them(monkeypatch):
    shell = SimpleNamespace(user_ns={})
    monkeypatch.delenv("NLPCOURSE_HEADLESS", raising=False)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr(module, "in_notebook", lambda: False)
    assert not module._has_widgets()
    monkeypatch.setattr(module, "in_notebook", lambda: True)
    assert module._has_widgets()
    monkeypatch.setenv("NLPCOURSE_HEADLESS", "1")
    assert not module._has_widgets()
    monkeypatch.delenv("NLPCOURSE_HEADLESS")
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace())
    assert not module._has_widgets()
    monkeypatch.delitem(sys.modules, "google.colab")
    shell.user_ns["__vsc_ipynb_file__"] = "chapter.ipynb"
    assert not module._has_widgets()


def test_live_sliders_draw_afresh(shown, monkeypatch):
    boxes = []
    monkeypatch.setattr(module, "_has_widgets", lambda: True)
    monkeypatch.setattr("ipywidgets.VBox", lambda children: boxes.append(children) or Box())

    class Box:
        def add_class(self, name):
            self.name = name

        def _repr_mimebundle_(self):
            return {}

    ink = {"shade": "black"}
    explore(lambda power: draw(power, ink["shade"]), alt=ALT, caption=CAPTION, power=[1, 2, 0])
    picture, slider = boxes[0]
    first = picture.value
    slider.value = 2
    assert "with power 2." in picture.value and picture.value != first
    ink["shade"] = "red"
    slider.value = 1
    assert "with power 1." in picture.value and picture.value != first
    ink["shade"] = "no colour"
    slider.value = 2
    assert "draw failed at power=2" in picture.value
