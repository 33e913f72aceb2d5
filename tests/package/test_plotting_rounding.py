"""The pictures of rounding show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data, polar
from matplotlib.colors import to_hex
from refusal import refuses

from posenc import plotting
from posenc.plotting._colours import SOFT

WINDOWS = {"above 256": ([256, 257, 258, 259], [256, 256, 258, 260]), "small": ([1, 2], [1, 2])}


def test_every_place_has_a_thread_to_what_is_stored():
    figure = plotting.thinning(WINDOWS)
    assert plt.get_fignums() == []
    assert [ax.get_title() for ax in figure.axes] == list(WINDOWS)
    for ax, (before, after) in zip(figure.axes, WINDOWS.values(), strict=True):
        threads = [line for line in ax.lines if line.get_linestyle() == "-"]
        for line, place, now in zip(threads, before, after, strict=True):
            np.testing.assert_array_equal(data(line), [[place, 1], [now, 0]])
            assert to_hex(line.get_color()) == (SOFT if place == now else plotting.ORANGE)
        above, below = (line for line in ax.lines if line.get_linestyle() == "None")
        np.testing.assert_array_equal(data(above), [[place, 1] for place in before])
        np.testing.assert_array_equal(data(below), [[now, 0] for now in sorted(set(after))])
        assert [tick.get_text() for tick in ax.get_xticklabels()] == [f"{now:,}" for now in sorted(set(after))]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["position", "what is stored"]


DIALS = {"position 257": (257.0, {"bfloat16": 256.0}), "far": (5001.0, {"bfloat16": 4992.0, "float16": 5000.0})}


def test_hands_stand_at_their_angles_and_arcs_lead_to_them_the_shorter_way():
    figure = plotting.astray(DIALS)
    assert [ax.get_title() for ax in figure.axes] == list(DIALS)
    for ax, (right, others) in zip(figure.axes, DIALS.values(), strict=True):
        hands = {line.get_label(): data(line)[-1] for line in ax.lines if len(line.get_xdata()) == 2}
        for name, angle in {**others, "where it belongs": right}.items():
            np.testing.assert_allclose(hands[name], [np.cos(angle), np.sin(angle)], atol=1e-12)
        _, *arcs = (polar(line) for line in ax.lines if len(line.get_xdata()) == 100)  # the first one is the rim
        for (radii, angles), used in zip((arc.T for arc in arcs), others.values(), strict=True):
            gap = (used - right + np.pi) % (2 * np.pi) - np.pi
            assert angles[-1] - angles[0] == pytest.approx(gap)
            assert np.cos(angles[0]) == pytest.approx(np.cos(right))
            assert 0 < radii[0] < 1
    assert [ax.get_xlabel() for ax in figure.axes] == [
        "bfloat16: 1.00 rad off",
        "bfloat16: 2.72 rad off\nfloat16: 1.00 rad off",
    ]


MEASURED = {"float32": ([10, 100], [1e-6, 2e-5]), "bfloat16": ([10], [0.1])}
BOUNDS = {"float32": ([10, 100], [2e-6, 3e-5]), "bfloat16": ([10, 50], [0.2, 1.5])}


def test_points_and_bounds_share_a_colour_and_levels_are_named():
    labels = {"xlabel": "position", "ylabel": "error"}
    (ax,) = plotting.growth(MEASURED, BOUNDS, levels={"a table": 2e-3}, **labels).axes
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale(), ax.get_yscale()) == ("position", "error", "log", "log")
    *curves, level = ax.lines
    for bound, points, name in zip(curves[::2], curves[1::2], MEASURED, strict=True):
        np.testing.assert_allclose(data(bound), np.column_stack(BOUNDS[name]))
        np.testing.assert_allclose(data(points), np.column_stack(MEASURED[name]))
        assert points.get_label() == name
        assert bound.get_color() == points.get_color()
        assert (points.get_linestyle(), bound.get_marker()) == ("None", "None")
    assert len({line.get_color() for line in curves}) == 2
    assert len({line.get_marker() for line in curves[1::2]}) == 2
    assert set(level.get_ydata()) == {2e-3}
    assert [text.get_text() for text in ax.texts] == ["a table"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.thinning({}), "windows must hold at least one, got none"),
        (
            lambda: plotting.thinning({"a": ([1, 2], [1])}),
            "places and rounded places must be rows of one length, got (2,), (1,)",
        ),
        (lambda: plotting.astray({}), "dials must hold at least one, got none"),
        (
            lambda: plotting.astray({"a": (1, dict.fromkeys("bcde", 2))}),
            "a dial must have 3 other hands at most, got 4 for 'a'",
        ),
        (
            lambda: plotting.growth(MEASURED, {"float32": BOUNDS["float32"]}, xlabel="x", ylabel="y"),
            "measured and bounds must have the same names, got ['float32', 'bfloat16'] and ['float32']",
        ),
        (
            lambda: plotting.growth({}, {}, xlabel="x", ylabel="y"),
            "measured and bounds must have the same names, got [] and []",
        ),
    ],
)
def test_refusals(call, message):
    refuses(call, ValueError, message)
    assert plt.get_fignums() == []
