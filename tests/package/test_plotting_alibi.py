import matplotlib.pyplot as plt
import numpy as np
import pytest
from refusal import refuses

from posenc import plotting

HEADS = {
    "steep": ([-2, -1, 0], [-2.0, -1.0, 0.0], [0.1, 0.25, 0.65]),
    "flat": ([-2, -1, 0], [-0.2, -0.1, 0.0], [0.3, 0.33, 0.37]),
}


@pytest.fixture(scope="module")
def figure():
    return plotting.penalties(HEADS, means={"steep": -0.45, "flat": -0.93})


def panels(figure):
    """Title, upper and lower panel and the three arrays of every head."""
    above, below = figure.axes[: len(HEADS)], figure.axes[len(HEADS) :]
    return zip(HEADS, above, below, HEADS.values(), strict=True)


def test_stems_hang_from_zero_to_what_is_added(figure):
    for title, above, _, (offsets, added, _) in panels(figure):
        assert above.get_title() == title
        stems = above.collections[0].get_segments()
        for stem, offset, number in zip(stems, offsets, added, strict=True):
            np.testing.assert_array_equal(np.sort(stem[:, 1]), np.sort([number, 0]))
            assert set(stem[:, 0]) == {offset}
        np.testing.assert_array_equal(above.lines[0].get_data(), [offsets, added])


def test_bars_are_the_weights(figure):
    for _, _, below, (offsets, _, weights) in panels(figure):
        assert [bar.get_height() for bar in below.patches] == weights
        assert [bar.get_x() + bar.get_width() / 2 for bar in below.patches] == pytest.approx(offsets)
        assert below.get_xlabel() == "offset k (positions)"


def test_triangles_mark_the_means_below_the_bars(figure):
    for (_, _, below, _), mean in zip(panels(figure), (-0.45, -0.93), strict=True):
        (mark,) = [line for line in below.lines if line.get_marker() == "^"]
        assert mark.get_xdata() == [mean]
        assert mark.get_ydata() < 0
    legends = [ax.get_legend() for ax in figure.axes]
    assert [text.get_text() for text in legends[2].get_texts()] == ["mean offset"]
    assert [bool(legend) for legend in legends] == [False, False, True, False]


def test_all_heads_have_common_axes(figure):
    above, below = figure.axes[:2], figure.axes[2:]
    for row in (above, below):
        assert row[0].get_ylim() == row[1].get_ylim()
    assert (above[0].get_ylabel(), below[0].get_ylabel()) == ("added to the score", "attention weight")
    assert plt.get_fignums() == []


def test_without_means_nothing_is_marked():
    figure = plotting.penalties(HEADS)
    assert not any(ax.get_legend() for ax in figure.axes)
    assert not any(line.get_marker() == "^" for ax in figure.axes for line in ax.lines)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.penalties({}), "heads must hold at least one head, got none"),
        (
            lambda: plotting.penalties({"a": ([-1, 0], [0.0], [0.5, 0.5])}),
            "offsets, numbers and weights must be equally long, got shapes (2,), (1,) and (2,) for 'a'",
        ),
        (
            lambda: plotting.penalties(HEADS, means={"other": 0.0}),
            "means must name panels of ['steep', 'flat'], got ['other']",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    refuses(call, ValueError, message)
    assert plt.get_fignums() == []
