"""The pictures of rotary show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import polar
from matplotlib.colors import to_hex
from refusal import refuses

from posenc import plotting

QUERY, KEY = [2.0, 1.0], [-0.5, 1.0]
PLACES = [(0, 0), (4, 1), (8, 5.5), (2, 9)]
FREQ = 0.3


def turned(pair, angle):
    """A pair as a complex number, turned and scaled by the length of the longer hand."""
    return complex(*pair) * np.exp(1j * angle) / max(np.hypot(*QUERY), np.hypot(*KEY))


def tip(line):
    x, y = line.get_data()
    return complex(x[-1], y[-1])


def hands(ax):
    """Hands before and after turning: the lines of two points, those with a hollow tip first."""
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    return sorted(lines, key=lambda line: line.get_markerfacecolor() != "white")


@pytest.fixture(scope="module")
def dials():
    figure = plotting.turned_hands(QUERY, KEY, PLACES, FREQ)
    assert plt.get_fignums() == []
    return list(zip(figure.axes, PLACES, strict=True))


def test_thin_hands_are_the_words_and_thick_ones_are_turned_by_their_places(dials):
    for ax, (p, q) in dials:
        query, key, turned_query, turned_key = hands(ax)
        assert np.isclose(tip(query), turned(QUERY, 0))
        assert np.isclose(tip(key), turned(KEY, 0))
        assert np.isclose(tip(turned_query), turned(QUERY, p * FREQ))
        assert np.isclose(tip(turned_key), turned(KEY, q * FREQ))
        assert query.get_linewidth() < turned_query.get_linewidth()
        assert (turned_query.get_marker(), turned_key.get_marker()) == ("o", "s")
        assert turned_query.get_linestyle() != turned_key.get_linestyle()
        assert to_hex(turned_query.get_color()) == to_hex(query.get_color()) == plotting.BLUE.lower()
        assert ax.get_title() == f"query at {p:g}, key at {q:g}"


def test_the_inner_arc_leads_from_the_query_to_the_key(dials):
    words = np.angle(complex(*KEY) / complex(*QUERY))
    for ax, (p, q) in dials:
        arc = polar(next(line for line in ax.lines if to_hex(line.get_color()) == plotting.GREEN.lower()))
        assert np.isclose(np.exp(1j * arc[0, 1]), turned(QUERY, p * FREQ) / abs(turned(QUERY, 0)))
        assert np.isclose(np.exp(1j * arc[-1, 1]), turned(KEY, q * FREQ) / abs(turned(KEY, 0)))
        assert arc[-1, 1] - arc[0, 1] == pytest.approx(words + (q - p) * FREQ)
        assert ax.get_xlabel() == f"query to key: {words + (q - p) * FREQ:.2f} rad".replace("-", "\N{MINUS SIGN}")


def test_outside_the_dial_arcs_with_arrowheads_show_the_turns(dials):
    for ax, places in dials:
        outside = [line for line in ax.lines if len(line.get_xdata()) > 2 and polar(line)[0, 0] > 1.01]
        arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
        assert len(outside) == len(arrows) == sum(place != 0 for place in places)
        moved = [(pair, place) for pair, place in zip((QUERY, KEY), places, strict=True) if place]
        for (pair, place), line, arrow in zip(moved, outside, arrows, strict=True):
            arc = polar(line)
            assert np.isclose(np.exp(1j * arc[0, 1]), complex(*pair) / np.hypot(*pair))
            assert arc[-1, 1] - arc[0, 1] == pytest.approx(place * FREQ)
            np.testing.assert_allclose(arrow.xy, [values[-1] for values in line.get_data()])


def test_titles_and_one_legend():
    figure = plotting.turned_hands(QUERY, KEY, PLACES[:2], FREQ, titles=["before", "after"])
    assert [ax.get_title() for ax in figure.axes] == ["before", "after"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["query", "key", "from query to key"]


def test_outputs_are_hands_and_those_that_fall_together_are_drawn_once():
    stays, turns = [[3, 4]] * 4, [[0, 10], [-10, 0], [0, -10], [0, 10]]
    figure = plotting.moved_outputs({"stays": stays, "turns": turns}, [0, 1.5, 3, 4])
    still, moving = figure.axes
    assert [ax.get_title() for ax in figure.axes] == ["stays", "turns"]
    assert [text.get_text() for text in still.texts] == ["0 to 4"]
    assert [text.get_text() for text in moving.texts] == ["0, 4", "1.5", "3"]
    assert [np.round(tip(line), 9) for line in hands(still)] == [0.3 + 0.4j]
    assert [np.round(tip(line), 9) for line in hands(moving)] == [1j, -1, -1j]
    for ax, radius in ((still, 0.5), (moving, 1.0)):
        (circle,) = [line for line in ax.lines if len(line.get_xdata()) > 2]
        np.testing.assert_allclose(polar(circle)[:, 0], radius)
        assert ax.get_aspect() == 1
    assert (still.get_xlabel(), still.get_ylabel()) == ("across", "up")


def test_a_label_stands_beyond_its_hand():
    outputs = [[10, 0], [-10, 0], [0, 10]]
    (ax,) = plotting.moved_outputs({"around": outputs}, range(3)).axes
    assert [text.get_ha() for text in ax.texts] == ["left", "right", "center"]
    for text, output in zip(ax.texts, outputs, strict=True):
        place, way = np.array(text.get_position()), np.array(output) / 10
        assert np.isclose(np.hypot(*place), place @ way)
        assert place @ way > 1


def test_each_pair_has_a_thin_wave_and_the_score_is_thick():
    offsets = np.arange(5.0)
    waves = {"a": np.arange(10.0).reshape(5, 2), "b": -np.arange(10.0).reshape(5, 2)}
    scores = {"a": np.ones(5), "b": np.zeros(5)}
    figure = plotting.wave_sums(offsets, waves, scores, xlabel="offset", ylabel="sum")
    for ax, title in zip(figure.axes, waves, strict=True):
        *thin, thick = ax.lines
        assert ax.get_title() == title
        for i, line in enumerate(thin):
            np.testing.assert_array_equal(line.get_data(), [offsets, waves[title][:, i]])
        np.testing.assert_array_equal(thick.get_data(), [offsets, scores[title]])
        assert max(line.get_linewidth() for line in thin) < thick.get_linewidth()
        assert len({line.get_linestyle() for line in thin}) == 2
        assert ax.get_xlabel() == "offset"
    assert [ax.get_ylabel() for ax in figure.axes] == ["sum", ""]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["pair 0", "pair 1", "sum"]


def test_an_output_of_zero_is_drawn_at_the_centre():
    (ax,) = plotting.moved_outputs({"nothing": [[0, 0]]}, [0]).axes
    assert tip(hands(ax)[0]) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plotting.turned_hands(QUERY, KEY, [], 1.0),
            "places must hold at least one pair of positions, got none",
        ),
        (
            lambda: plotting.turned_hands(QUERY, KEY, PLACES, 1.0, titles=["a"]),
            "titles must be one for each of 4 dials, got 1",
        ),
        (lambda: plotting.turned_hands([1, 2, 3], KEY, PLACES, 1.0), "query must be two numbers, got shape (3,)"),
        (lambda: plotting.turned_hands(QUERY, [0, 0], PLACES, 1.0), "key must not have length 0, got [0.0, 0.0]"),
        (lambda: plotting.moved_outputs({}, [0]), "outputs must hold at least one panel, got none"),
        (
            lambda: plotting.moved_outputs({"a": [[1, 2]]}, [0, 1]),
            "outputs must have shape (2, 2), got (1, 2) for 'a'",
        ),
        (lambda: plotting.wave_sums([0, 1], {}, {}), "waves must hold at least one panel, got none"),
        (
            lambda: plotting.wave_sums([0], {"a": [[1]]}, {"b": [1]}),
            "scores must have the titles of waves, ['a'], got ['b']",
        ),
        (
            lambda: plotting.wave_sums([0, 1], {"a": [[1], [2]]}, {"a": [1]}),
            "waves and scores must have 2 rows, one an offset, got shapes (2, 1) and (1,)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
