"""Pictures of tables that are made by turning."""

import numpy as np
import pytest
from drawn import data, polar
from refusal import refuses

from posenc import plotting

FREQS = [1.0, 0.1, 0.01]
ROWS = [
    {"program": "slow", "ratio": 30.0, "error": 3e-8},
    {"program": "filling", "ratio": 1.0, "error": None},
    {"program": "posenc", "ratio": 1.8, "error": 4e-8},
]


def test_a_hand_is_turned_from_the_last_digit_to_the_position():
    figure = plotting.digit_turns((128, 9), FREQS)
    for ax, freq in zip(figure.axes, FREQS, strict=True):
        _, way, turned, digit, position = ax.lines
        for hand, p in ((digit, 9), (position, 137)):
            np.testing.assert_allclose(data(hand), [[0, 0], [np.cos(p * freq), np.sin(p * freq)]], atol=1e-12)
        assert polar(way)[-1, 1] == pytest.approx(9 * freq % (2 * np.pi))
        angles = polar(turned)[:, 1]
        assert angles[-1] - angles[0] == pytest.approx(128 * freq % (2 * np.pi))
        assert np.cos(angles[0] - 9 * freq) == pytest.approx(1)


def test_whole_turns_are_written():
    labels = [ax.get_xlabel() for ax in plotting.digit_turns((128, 9), FREQS).axes]
    assert labels == [
        "128 steps: 20 whole turns,\nand 2.34 radians",
        "128 steps: 2 whole turns,\nand 0.23 radians",
        "128 steps: 0 whole turns,\nand 1.28 radians",
    ]
    assert "1 whole turn," in plotting.digit_turns((10, 1), [1.0]).axes[0].get_xlabel()


def test_every_program_has_its_cost_and_its_error_the_cheapest_on_top():
    left, right = plotting.costs(ROWS).axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["filling", "posenc", "slow"]
    marks = [line for line in left.lines if line.get_marker() == "o"]
    np.testing.assert_allclose(np.concatenate([data(mark) for mark in marks]), [[1, 0], [1.8, 1], [30, 2]])
    np.testing.assert_allclose(np.concatenate([data(mark) for mark in right.lines]), [[4e-8, 1], [3e-8, 2]])
    assert [text.get_text() for text in left.texts] == ["1.0", "1.8", "30.0"]
    assert (left.get_xscale(), right.get_xscale(), left.yaxis_inverted()) == ("log", "log", True)


def test_posenc_is_told_apart_by_its_colour():
    left, _ = plotting.costs(ROWS).axes
    colors = [line.get_color() for line in left.lines if line.get_marker() == "o"]
    assert colors[0] == colors[2] != colors[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.digit_turns((1, 2, 3), FREQS), "parts must be two and freqs at least one, got 3 and 3"),
        (lambda: plotting.digit_turns((128, 9), []), "parts must be two and freqs at least one, got 2 and 0"),
        (lambda: plotting.costs([]), "rows must hold numbers above 0, got []"),
        (lambda: plotting.costs([ROWS[0] | {"ratio": 0.0}]), "rows must hold numbers above 0, got [0.0, 3e-08]"),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
