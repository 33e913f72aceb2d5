"""The pictures of the chapter on frequencies draw the numbers they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from refusal import refuses

import posenc
from posenc import plotting
from posenc.plotting._colours import INK, WRITTEN

BITS = np.arange(8)[:, None] >> np.arange(3) & 1
SINES = posenc.sinusoidal(range(8), 4, base=4)[:, ::2]
NAMES = {"bit_names": ["ones", "twos", "fours"], "sine_names": ["pair 0", "pair 1"]}


def written(ax):
    return {(round(text.get_position()[1]), round(text.get_position()[0])): text.get_text() for text in ax.texts}


def test_counter_writes_and_colours_every_entry():
    figure = plotting.counter(BITS, SINES, **NAMES, titles=("digits", "waves"))
    bits, sines = figure.axes
    np.testing.assert_array_equal(bits.images[0].get_array(), 1 - 2 * BITS)
    np.testing.assert_array_equal(sines.images[0].get_array(), SINES)
    assert [ax.images[0].get_clim() for ax in figure.axes] == [(-1, 1), (-1, 1)]
    assert written(bits) == {place: str(BITS[place]) for place in np.ndindex(8, 3)}
    said = {place: f"{SINES[place]:.2f}".replace("-", "\N{MINUS SIGN}") for place in np.ndindex(8, 2)}
    assert written(sines) == said
    assert {text.get_color() for ax in figure.axes for text in ax.texts} == {INK}
    assert bits.images[0].to_rgba(1.0)[3] == WRITTEN, "pale enough for what is written on it"
    for ax, title, names in ((bits, "digits", NAMES["bit_names"]), (sines, "waves", NAMES["sine_names"])):
        assert ax.get_title() == title
        assert [tick.get_text() for tick in ax.get_xticklabels()] == names
    assert bits.get_ylabel() == "position p"
    assert bits.get_yticks().tolist() == list(range(8))
    assert plt.get_fignums() == []


@pytest.mark.parametrize("freq", [1.0, 0.3, -0.5])
def test_one_hand_stands_where_sine_and_cosine_say(freq):
    positions = np.arange(8)
    figure = plotting.one_hand(freq, positions)
    dial, curves = figure.axes
    way = data(dial.lines[1])
    turned = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
    np.testing.assert_allclose(turned - turned[0], freq * np.linspace(0, 7, 300), atol=1e-9)
    assert (np.hypot(*way.T) > 1.1).all()
    for place, hand, end in zip(positions, dial.lines[2::2], dial.lines[3::2], strict=True):
        tip = [np.cos(freq * place), np.sin(freq * place)]
        np.testing.assert_allclose(data(hand), [[0, 0], tip])
        np.testing.assert_allclose(data(end), [tip])
    for text in dial.texts:
        angle = freq * int(text.get_text())
        np.testing.assert_allclose(text.get_position() / np.hypot(*text.get_position()), [np.cos(angle), np.sin(angle)])
        assert np.hypot(*(way - text.get_position()).T).min() > 0.12  # off the line, however often it comes by
    assert len(dial.texts) == 8
    assert dial.get_aspect() == 1
    for points, wave, name in zip(curves.lines[1::2], (np.sin, np.cos), ("sine", "cosine"), strict=True):
        np.testing.assert_allclose(data(points), np.column_stack([positions, wave(freq * positions)]))
        assert points.get_label().startswith(name)
    assert (dial.get_xlabel(), dial.get_ylabel()) == ("cosine (reach to the right)", "sine (height)")
    assert (curves.get_xlabel(), curves.get_ylabel()) == ("position p", "value")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["sine: height", "cosine: reach"]


def test_readings_are_drawn_at_truth_and_reading():
    panels = {name: ([0, 5, 9], [k, 5, 9 - k]) for k, name in enumerate(["all", "fast", "slow", "none"])}
    figure = plotting.readings(panels)
    for ax, (title, (truth, read)) in zip(figure.axes, panels.items(), strict=False):
        assert ax.get_title() == title
        np.testing.assert_array_equal(ax.collections[0].get_offsets(), np.column_stack([truth, read]))
        assert ax.lines[0].get_slope() == 1
        assert ax.lines[0].get_xy1() == (0, 0)
        assert ax.get_aspect() == 1
    assert [ax.axison for ax in figure.axes] == [True] * 4 + [False] * 2
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("true position", "position read")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.readings({}), "panels must hold at least one panel, got none"),
        (lambda: plotting.one_hand(1.0, [3]), "positions must be two or more on one axis, got shape (1,)"),
        (lambda: plotting.counter(2 * BITS, SINES, **NAMES), "bits must be 0 or 1, got other values"),
        (
            lambda: plotting.counter(BITS[1:], SINES, **NAMES),
            "bits and sines must have a row for each position, got 7 and 8 rows",
        ),
        (
            lambda: plotting.counter(BITS, SINES, bit_names=["ones"], sine_names=["a", "b"]),
            "bit_names must be one for each of 3 columns, got 1",
        ),
        (
            lambda: plotting.counter(BITS, SINES, bit_names=NAMES["bit_names"], sine_names=["a"]),
            "sine_names must be one for each of 2 columns, got 1",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
