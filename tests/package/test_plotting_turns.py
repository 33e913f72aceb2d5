"""The pictures of the two chapters on the shift show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from matplotlib.colors import to_hex
from refusal import refuses

from posenc import plotting

FREQS = [1.0, 0.4]
STEPS = [(2, 3), (12, 13.5), (3, 1)]
RADII = [0.4, 0.6, 0.8]


def arcs(ax):
    """The curved lines before the rim, in order of the steps."""
    return [line for line in ax.lines if len(line.get_xdata()) > 2 and line.get_zorder() > 0]


def hands(ax):
    """The end of each hand, by the position written beside it."""
    tips = {tuple(np.round(data(line)[-1], 9)): line for line in ax.lines if len(line.get_xdata()) == 2}
    found = {}
    for text in (text for text in ax.texts if text.get_text()):
        place = np.array(text.get_position())
        found[float(text.get_text())] = tips[tuple(np.round(place / np.linalg.norm(place), 9))]
    return found


def test_an_arc_runs_from_the_first_hand_to_the_second():
    figure = plotting.turns(FREQS, STEPS, radii=RADII)
    assert plt.get_fignums() == []
    for ax, w in zip(figure.axes, FREQS, strict=True):
        arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
        for (start, stop), radius, arc, arrow in zip(STEPS, RADII, arcs(ax), arrows, strict=True):
            way = data(arc)
            np.testing.assert_allclose(np.hypot(*way.T), radius)
            angles = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
            np.testing.assert_allclose(angles[-1] - angles[0], (stop - start) * w, atol=1e-12)
            np.testing.assert_allclose(way[0], [radius * np.cos(start * w), radius * np.sin(start * w)], atol=1e-12)
            np.testing.assert_allclose(arrow.xy, way[-1])
            assert np.linalg.norm(np.subtract(arrow.xyann, way[-1])) > 0
            assert arrow.arrow_patch.get_arrowstyle().__class__.__name__ == "CurveFilledB"


def test_hands_point_where_sine_and_cosine_say_and_are_numbered():
    figure = plotting.turns(FREQS, STEPS)
    for ax, w in zip(figure.axes, FREQS, strict=True):
        pointing = hands(ax)
        assert set(pointing) == {1, 2, 3, 12, 13.5}
        for position, line in pointing.items():
            np.testing.assert_allclose(data(line), [[0, 0], [np.cos(position * w), np.sin(position * w)]], atol=1e-9)
        assert pointing[2].get_linewidth() < pointing[13.5].get_linewidth(), "thin where a step begins"
        assert ax.get_aspect() == 1
        assert ax.get_xlim()[0] < -1 < 1 < ax.get_xlim()[1]


def test_steps_differ_in_colour_and_dashes_and_a_shared_hand_is_of_neither():
    (ax,) = plotting.turns([0.3], STEPS).axes
    assert len({(to_hex(arc.get_color()), arc.get_linestyle()) for arc in arcs(ax)}) == 3
    assert len({arc.get_linestyle() for arc in arcs(ax)}) == 3
    pointing = hands(ax)
    assert to_hex(pointing[2].get_color()) == plotting.BLUE.lower()
    assert to_hex(pointing[12].get_color()) == plotting.ORANGE.lower()
    assert to_hex(pointing[3].get_color()) == "#222832"


def test_turns_say_titles_axes_and_level():
    figure = plotting.turns(FREQS, [(2, 4)], titles=["fast", "slow"], level=0.5)
    assert [ax.get_title() for ax in figure.axes] == ["fast", "slow"]
    assert [ax.get_xlabel() for ax in figure.axes] == ["cosine", "cosine"]
    assert [ax.get_ylabel() for ax in figure.axes] == ["sine", ""]
    for ax in figure.axes:
        assert [list(line.get_ydata()) for line in ax.lines if line.get_linestyle() == "--"] == [[0.5, 0.5]]
    plain = plotting.turns(FREQS, [(2, 4)])
    assert [ax.get_title() for ax in plain.axes] == ["pair 0", "pair 1"]
    assert not [line for ax in plain.axes for line in ax.lines if line.get_linestyle() == "--"]


def test_a_score_map_marks_query_and_key():
    scores = np.arange(12.0).reshape(3, 4)
    ax, bar = plotting.score_map(scores, [(1, 0), (2, 3)], colorbar="score").axes
    np.testing.assert_array_equal(ax.images[0].get_array(), scores)
    assert ax.images[0].origin == "upper"
    np.testing.assert_array_equal(data(ax.lines[0]), [[0, 1], [3, 2]])
    assert (ax.get_xlabel(), ax.get_ylabel(), bar.get_ylabel()) == ("key", "query", "score")
    assert len(plotting.score_map(scores, []).axes[0].lines[0].get_xdata()) == 0


def test_samples_are_dots_and_curves_run_on():
    curves = {"found": ([0, 1, 5], [0, 2, 3]), "wanted": ([0, 5], [1, 1])}
    (ax,) = plotting.samples([0, 1], [0, 2], curves, name="given", xlabel="position p", ylabel="value").axes
    found, wanted, dots = ax.lines
    np.testing.assert_array_equal(data(found), np.transpose(curves["found"]))
    np.testing.assert_array_equal(data(wanted), np.transpose(curves["wanted"]))
    np.testing.assert_array_equal(data(dots), [[0, 0], [1, 2]])
    assert (dots.get_linestyle(), dots.get_marker()) == ("None", "o")
    assert found.get_linestyle() != wanted.get_linestyle()
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"found", "wanted", "given"}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("position p", "value")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.turns([], [(0, 1)]), "freqs and steps must not be empty, got 0 and 1 of them"),
        (lambda: plotting.turns([1.0], []), "freqs and steps must not be empty, got 1 and 0 of them"),
        (
            lambda: plotting.turns([1.0], [(0, 1)], titles=["a", "b"]),
            "titles must be one for each of 1 frequencies, got 2",
        ),
        (lambda: plotting.turns([1.0], [(0, 1)], radii=[]), "radii must be one for each of 1 steps, got 0"),
        (lambda: plotting.score_map([1.0], []), "a table must have two axes, got shape (1,) for ''"),
        (
            lambda: plotting.samples([0, 1], [0], {}, name="a", xlabel="x", ylabel="y"),
            "values must be one for each of 2 positions, got shapes (1,) and (2,)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
