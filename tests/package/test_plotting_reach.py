"""The pictures of "Do rotary scores fade with distance?"."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from refusal import refuses

from posenc import plotting

SCORES = {"falls": ([0, 10, 2000], [3.0, 1.0, -2.0]), "peaks": ([0, 10, 2000], [0.0, 0.5, 1.5])}
LADDERS = {"near": [1.0, 0.1, 0.001], "far": [1.0, 0.01, 0.0001]}


def test_each_score_has_a_strip_and_its_highest_point_a_ring():
    figure = plotting.score_strips(SCORES, xlabel="words back", ylabel="score")
    assert plt.get_fignums() == []
    assert figure.get_supylabel() == "score"
    assert [ax.get_xlabel() for ax in figure.axes] == ["", "words back"]
    for ax, (name, (x, y)) in zip(figure.axes, SCORES.items(), strict=True):
        assert ax.get_title(loc="right") == name
        level, score, ring = ax.lines
        np.testing.assert_array_equal(data(level)[:, 1], 0)
        np.testing.assert_array_equal(data(score), np.column_stack([x, y]))
        best = np.argmax(y)
        np.testing.assert_array_equal(data(ring), [[x[best], y[best]]])
        assert (ring.get_marker(), ring.get_markerfacecolor()) == ("o", "none")
    assert [ax.texts[0].get_text() for ax in figure.axes] == ["highest at 0", "highest at 2,000"]
    first, second = figure.axes
    assert first.get_xlim() == second.get_xlim()
    assert first.get_ylim() == second.get_ylim()


def test_a_clock_is_filled_as_far_as_its_hand_has_turned():
    figure = plotting.swept(LADDERS, 40, [0, 2, 1])
    assert plt.get_fignums() == []
    clocks = iter(figure.axes)
    for row, (name, freqs) in enumerate(LADDERS.items()):
        for column, pair in enumerate([0, 2, 1]):
            ax, angle = next(clocks), 40 * freqs[pair]
            (wedge,) = ax.patches
            assert wedge.theta1 == 0
            assert wedge.theta2 == pytest.approx(min(360, np.degrees(angle)))
            rim, way, start, hand = map(data, ax.lines)
            np.testing.assert_allclose(np.hypot(*rim.T), 1)
            np.testing.assert_allclose(np.unwrap(np.arctan2(way[:, 1], way[:, 0]))[-1], min(2 * np.pi, angle))
            np.testing.assert_allclose(start, [[0, 0], [1, 0]])
            np.testing.assert_allclose(hand, [[0, 0], [np.cos(angle), np.sin(angle)]], atol=1e-12)
            assert (ax.lines[1].get_linewidth() > 2) == (angle >= 2 * np.pi)
            assert ax.get_title() == (f"pair {pair}" if row == 0 else "")
            assert ax.get_ylabel() == (name if column == 0 else "")
    assert [ax.get_xlabel() for ax in figure.axes[:3]] == ["6.4 turns", "0.0064 turns", "0.64 turns"]


def test_many_turns_are_whole_numbers():
    (ax,) = plotting.swept({"": [1.0]}, 8192, [0]).axes
    assert ax.get_xlabel() == "1,304 turns"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plotting.score_strips({}, xlabel="x", ylabel="y"),
            "scores must hold at least one score, got none",
        ),
        (
            lambda: plotting.swept({}, 1, [0]),
            "ladders and pairs must not be empty and length must be above 0, got 0, 1 and 1",
        ),
        (
            lambda: plotting.swept(LADDERS, 1, []),
            "ladders and pairs must not be empty and length must be above 0, got 2, 0 and 1",
        ),
        (
            lambda: plotting.swept(LADDERS, 0, [0]),
            "ladders and pairs must not be empty and length must be above 0, got 2, 1 and 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
    assert plt.get_fignums() == [], "a refused picture leaves no figure open"
