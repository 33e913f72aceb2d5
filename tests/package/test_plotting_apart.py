"""The pictures of "Can two positions share an encoding?" and of "What is orthogonal here, and what is not?"."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from refusal import refuses

from posenc import plotting

FREQS = (1.0, 0.1)
UNTIL = 20 * np.pi


def test_a_path_goes_on_at_the_opposite_side():
    figure = plotting.wrapped_paths({"ten": FREQS, "root": (1.0, 10**-0.5)}, until=UNTIL)
    assert plt.get_fignums() == []
    ten, root = figure.axes
    assert (ten.get_title(), root.get_title()) == ("ten", "root")
    assert ten.get_xlabel() == root.get_xlabel() == "angle of the first clock (turns)"
    assert ten.get_ylabel() == "angle of the second clock (turns)"
    for ax, freqs in ((ten, FREQS), (root, (1.0, 10**-0.5))):
        path = data(ax.lines[0])
        assert np.isnan(path[2::3]).all()
        starts, stops = path[::3], path[1::3]
        slope = (stops - starts)[:, 1] / (stops - starts)[:, 0]
        np.testing.assert_allclose(slope, freqs[1] / freqs[0], rtol=1e-9)
        assert path[~np.isnan(path)].min() > -1e-9
        assert path[~np.isnan(path)].max() < 1 + 1e-9
        # Where one piece ends, the next one starts, up to a whole turn; all pieces together are the whole way.
        jumps = starts[1:] - stops[:-1]
        np.testing.assert_allclose(jumps, np.round(jumps), atol=1e-9)
        np.testing.assert_allclose((stops - starts).sum(axis=0), np.array(freqs) * UNTIL / (2 * np.pi))
    assert len(data(ten.lines[0])) == 3 * 10  # ten turns of the first clock, one of the second
    assert len(data(root.lines[0])) == 3 * (10 + 3)  # and three whole turns of the second


def test_dots_are_whole_positions_and_the_ends_are_marked():
    ax = plotting.wrapped_paths({"ten": FREQS}, until=UNTIL, labelled=3).axes[0]
    path, dots, ring, cross = ax.lines
    p = np.arange(63)
    np.testing.assert_allclose(data(dots), np.column_stack([p / (2 * np.pi) % 1, p / (20 * np.pi) % 1]))
    assert (path.get_marker(), dots.get_marker(), ring.get_marker(), cross.get_marker()) == ("None", "o", "o", "x")
    np.testing.assert_allclose(data(ring), [[0, 0]])
    np.testing.assert_allclose(data(cross), [[0, 0]], atol=1e-6)
    assert [text.get_text() for text in ax.texts] == ["0", "1", "2"]
    np.testing.assert_allclose([text.xy for text in ax.texts], data(dots)[:3])
    open_end = plotting.wrapped_paths({"root": (1.0, 10**-0.5)}, until=UNTIL).axes[0].lines[3]
    np.testing.assert_allclose(data(open_end), [[0, 10**0.5 % 1]], atol=1e-6)


def test_products_and_what_they_add_up_to():
    one, other = np.array([1.0, 2, -1, 0.5]), np.array([1.0, -1, -3, 2])
    figure = plotting.running_totals({"a": (one, other), "b": (other, other)}, ticks=[2, 4])
    assert plt.get_fignums() == []
    above, other_above, below, other_below = figure.axes
    assert (above.get_title(), other_above.get_title()) == ("a", "b")
    assert (above.get_ylabel(), below.get_ylabel()) == ("product", "sum so far")
    assert below.get_xlabel() == other_below.get_xlabel() == "number of positions n"
    for top, bottom, products in ((above, below, one * other), (other_above, other_below, other**2)):
        bars = sorted(top.patches, key=lambda bar: bar.get_x())
        np.testing.assert_allclose([bar.get_x() + bar.get_width() / 2 for bar in bars], [1, 2, 3, 4])
        np.testing.assert_array_equal([bar.get_height() for bar in bars], products)
        assert [bool(bar.get_hatch()) for bar in bars] == list(products < 0)
        np.testing.assert_array_equal(data(bottom.lines[0]), np.column_stack([[1, 2, 3, 4], np.cumsum(products)]))
        assert bottom.get_xticks().tolist() == [2, 4]
    assert plotting.running_totals({"a": (one, other)}).axes[1].get_xticks().tolist() != [2, 4]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.wrapped_paths({}, until=1), "paths must hold at least one and until be above 0, got 0 and 1"),
        (
            lambda: plotting.wrapped_paths({"a": FREQS}, until=0),
            "paths must hold at least one and until be above 0, got 1 and 0",
        ),
        (lambda: plotting.running_totals({}), "columns must hold at least one pair of columns, got none"),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
