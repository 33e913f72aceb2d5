"""The pictures of slower ladders show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, Wedge
from refusal import refuses

from posenc import plotting
from posenc.plotting._colours import INK

FREQS = [1.0, 0.05, 0.004]
TEXTS = {"as it is": (FREQS, 400), "slowed by 4": ([w / 4 for w in FREQS], 400)}
TURN = 2 * np.pi


def arcs(ax):
    """The lines of 100 points by their colour: the angles from where to where, and the radius."""
    found = {}
    for line in ax.lines:
        way = data(line)
        if len(way) == 100:
            angles = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
            found[to_hex(line.get_color())] = (angles[0] % TURN, angles[-1] - angles[0], np.hypot(*way.T))
    return found


def test_a_sector_holds_the_angles_of_training():
    figure = plotting.seen_arcs(FREQS, 100, TEXTS)
    assert plt.get_fignums() == []
    assert len(figure.axes) == 6
    for place, ax in enumerate(figure.axes):
        (sector,) = (patch for patch in ax.patches if isinstance(patch, Wedge))
        assert sector.theta1 == 0
        assert sector.theta2 == pytest.approx(np.degrees(min(100 * FREQS[place % 3], TURN)))
        assert ax.get_aspect() == 1


def test_arcs_are_solid_where_seen_and_dashed_where_new():
    axes = plotting.seen_arcs(FREQS, 100, TEXTS).axes
    for ax, own in zip(axes, [*FREQS, *(w / 4 for w in FREQS)], strict=True):
        seen = min(100 * FREQS[axes.index(ax) % 3], TURN)
        end = min(400 * own, TURN)
        drawn = arcs(ax)
        start, way, radius = drawn[plotting.BLUE]
        np.testing.assert_allclose([start, way], [0, min(seen, end)], atol=1e-9)
        np.testing.assert_allclose(radius, radius[0])
        assert (plotting.ORANGE in drawn) == (end > seen)
        if end > seen:
            start, way, radius = drawn[plotting.ORANGE]
            np.testing.assert_allclose([start, way], [seen, end - seen], atol=1e-9)
    assert [plotting.ORANGE in arcs(ax) for ax in axes] == [False, True, True, False, False, False]
    dashes = {to_hex(line.get_color()): line.get_linestyle() for line in axes[1].lines}
    assert dashes[plotting.BLUE] != dashes[plotting.ORANGE]


def test_a_hand_stands_where_the_longer_text_ends_unless_it_has_gone_round():
    axes = plotting.seen_arcs(FREQS, 100, TEXTS).axes
    for ax, reached in zip(axes, [400, 20, 1.6, 100, 5, 0.4], strict=True):
        hands = [data(line)[-1] for line in ax.lines if len(line.get_xdata()) == 2]
        np.testing.assert_allclose(hands[0], [1, 0])
        assert len(hands) == (2 if reached < TURN else 1)
        if reached < TURN:
            np.testing.assert_allclose(hands[1], [np.cos(reached), np.sin(reached)])


def test_dials_are_named_and_their_turns_written():
    figure = plotting.seen_arcs(FREQS, 100, TEXTS, titles=["fast", "calm", "slow"])
    assert [ax.get_title() for ax in figure.axes[:3]] == ["fast", "calm", "slow"]
    assert [figure.axes[row].get_ylabel() for row in (0, 3)] == list(TEXTS)
    assert [ax.get_xlabel() for ax in figure.axes[:3]] == ["64 turns", "3.2 turns", "0.25 turns"]
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["angles seen in training", "longer text: seen before", "longer text: new"]
    assert [ax.get_title() for ax in plotting.seen_arcs([1, 2], 1, {"a": ([1, 2], 2)}).axes] == ["pair 0", "pair 1"]


TURNS = [100, 10, 2, 0.5, 0.05]
MAPS = {"linear": [0.25] * 5, "by parts": [1, 0.9, 0.5, 0.25, 0.25]}
PANELS = {"c = 4": (TURNS, 4, MAPS), "c = 8": ([50, 0.2], 8, {"other": [1, 0.125]})}
LABELS = {"linear": (50, 0.3), "by parts": (5, 0.8), "other": (10, 0.6)}


def curves(ax):
    return {line.get_label(): data(line) for line in ax.lines if not line.get_label().startswith("_")}


def test_every_map_is_drawn_against_the_turns_and_named():
    figure = plotting.slowdowns(PANELS, labels=LABELS)
    for ax, (title, (turns, _, maps)) in zip(figure.axes, PANELS.items(), strict=True):
        assert ax.get_title() == title
        drawn = curves(ax)
        assert set(drawn) == set(maps)
        for name, ratios in maps.items():
            np.testing.assert_allclose(drawn[name], np.column_stack([turns, ratios]))
        places = {text.get_text(): text.get_position() for text in ax.texts}
        colours = {text.get_text(): text.get_color() for text in ax.texts}
        for line in ax.lines:
            if line.get_label() in maps:
                assert places[line.get_label()] == LABELS[line.get_label()]
                assert colours[line.get_label()] == INK
    assert figure.axes[0].get_ylabel() == "new speed / old speed"
    assert {ax.get_xlabel() for ax in figure.axes} == {"turns in the trained length"}
    looks = {
        (line.get_color(), str(line.get_linestyle()))
        for ax in figure.axes
        for line in ax.lines[:2]
        if len(line.get_xdata()) > 1
    }
    assert len(looks) >= 3


def test_the_shade_covers_less_than_a_turn_and_less_than_the_factor():
    for ax, factor in zip(plotting.slowdowns(PANELS, labels=LABELS).axes, (4, 8), strict=True):
        left, right = ax.get_xlim()
        assert left > right, "fast pairs stand at the left"
        assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
        (shade,) = (patch for patch in ax.patches if isinstance(patch, Rectangle))
        assert shade.get_x() == pytest.approx(right)
        assert shade.get_x() + shade.get_width() == pytest.approx(1)
        assert shade.get_y() == pytest.approx(1 / factor)
        assert shade.get_y() + shade.get_height() == pytest.approx(ax.get_ylim()[1])
        assert [text.get_text() for text in ax.get_yticklabels()] == ["1", "1/2", "1/4", "1/8"][
            : 3 if factor == 4 else 4
        ]
        ticks = ax.yaxis.get_major_locator()()
        np.testing.assert_allclose(ticks, [1, 0.5, 0.25, 0.125][: len(ticks)])


def test_without_a_slow_pair_nothing_is_shaded():
    (ax,) = plotting.slowdowns({"a": ([10, 2], 2, {"m": [1, 0.6]})}, labels={"m": (5, 0.8)}).axes
    assert not [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert [text.get_text() for text in ax.texts] == ["m"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.seen_arcs([], 1, TEXTS), "freqs must be one or more numbers above 0, got []"),
        (lambda: plotting.seen_arcs([1, 0], 1, TEXTS), "freqs must be one or more numbers above 0, got [1, 0]"),
        (lambda: plotting.seen_arcs([1], 0, TEXTS), "trained must be one or more numbers above 0, got 0"),
        (lambda: plotting.seen_arcs([1], 1, {}), "longer must hold at least one text, got none"),
        (
            lambda: plotting.seen_arcs([1], 1, {"a": ([1, 2], 1)}),
            "the frequencies of 'a' must be 1, one a pair, got 2",
        ),
        (
            lambda: plotting.seen_arcs([1], 1, {"a": ([1], -1)}),
            "the length of 'a' must be one or more numbers above 0, got -1",
        ),
        (
            lambda: plotting.seen_arcs([1], 1, TEXTS, titles=["a", "b"]),
            "titles must be one for each of 1 frequencies, got 2",
        ),
        (lambda: plotting.slowdowns({}, labels={}), "panels must hold at least one panel, got none"),
        (
            lambda: plotting.slowdowns({"a": ([1], 1, {"m": [1]})}, labels={"m": (1, 1)}),
            "the factor of 'a' must be above 1, got 1",
        ),
        (
            lambda: plotting.slowdowns({"a": ([1, 2], 4, {"m": [1]})}, labels={"m": (1, 1)}),
            "the ratios of 'm' must be 2, one a pair, got 1",
        ),
        (
            lambda: plotting.slowdowns({"a": ([1], 4, {"m": [0]})}, labels={"m": (1, 1)}),
            "the ratios of 'm' must be one or more numbers above 0, got [0]",
        ),
        (
            lambda: plotting.slowdowns({"a": ([1], 4, {"m": [1]})}, labels={"n": (1, 1)}),
            "labels must say where 'm' stands, got ['n']",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
    assert plt.get_fignums() == []
