import matplotlib.pyplot as plt
import numpy as np
import pytest
from refusal import refuses

from posenc import plotting


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def holds(patch, key, query):
    return patch.get_path().contains_point((key, query))


def test_a_longer_sequence_has_a_square_a_band_and_two_corners():
    trained, total = 5, 12
    ax = plotting.longer_sequence(trained, total, offset=-2).axes[0]
    square, band, *corners = ax.patches
    for query in range(total):
        for key in range(total):
            if abs(key - query) == trained:
                continue  # on the edge of the band
            assert holds(square, key, query) == (max(key, query) < trained)
            assert holds(band, key, query) == (abs(key - query) < trained <= max(key, query))
            assert any(holds(corner, key, query) for corner in corners) == (abs(key - query) > trained)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("key position", "query position")
    assert ax.get_xlim() == (-0.5, 11.5)
    assert ax.get_ylim() == (11.5, -0.5)
    assert legend(ax) == ["seen in training", "new places, old offsets", "new offsets", "right keys"]
    assert len({patch.get_hatch() for patch in (band, corners[0], square)}) == 3
    assert plt.get_fignums() == []


@pytest.mark.parametrize(("offset", "keys", "queries"), [(-2, [0, 9], [2, 11]), (3, [3, 11], [0, 8])])
def test_the_right_keys_lie_at_the_offset(offset, keys, queries):
    line = plotting.longer_sequence(5, 12, offset=offset).axes[0].lines[-1]
    np.testing.assert_array_equal(line.get_xdata(), keys)
    np.testing.assert_array_equal(line.get_ydata(), queries)
    assert line.get_label() == "right keys"


def test_a_moved_window_is_outlined_where_it_stands():
    ax = plotting.longer_sequence(5, 12, offset=-2, moved=6).axes[0]
    ring = ax.lines[0]
    assert (min(ring.get_xdata()), max(ring.get_xdata())) == (5.5, 10.5)
    assert (min(ring.get_ydata()), max(ring.get_ydata())) == (5.5, 10.5)
    assert "a window that has moved" in legend(ax)


WORDS = {"cats": (1.0, 0.0), "dogs": (4.0, 1.0)}
PLACES = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0]])


def test_sums_draw_every_word_and_every_sum():
    ax = plotting.sums(WORDS, PLACES, places=[5, 6, 7], xlabel="x", ylabel="y").axes[0]
    for number, word in enumerate(WORDS.values()):
        way, added, dot = ax.lines[3 * number : 3 * number + 3]
        np.testing.assert_array_equal(way.get_data(), added.get_data())
        np.testing.assert_array_equal(np.transpose(added.get_data()), np.array(word) + PLACES)
        np.testing.assert_array_equal(np.ravel(dot.get_data()), word)
        assert added.get_marker() != dot.get_marker()
    written = {(text.get_text(), *np.round(text.xy, 6)) for text in ax.texts}
    expected = {(name, *word) for name, word in WORDS.items()}
    expected |= {(str(5 + i), *(word + row)) for word in map(np.array, WORDS.values()) for i, row in enumerate(PLACES)}
    assert written == expected
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_aspect()) == ("x", "y", 1.0)


def test_a_way_is_drawn_round_every_word():
    curve = np.array([[0.0, 1.0], [0.7, 0.7], [1.0, 0.0]])
    ax = plotting.sums(WORDS, PLACES, way=curve).axes[0]
    for line, word in zip(ax.lines[::3], WORDS.values(), strict=False):
        np.testing.assert_array_equal(np.transpose(line.get_data()), np.array(word) + curve)


def test_numbers_stand_further_out_or_where_they_are_told_to():
    for beside, expected in ((None, [(0, 9), (9, 0), (0, -9)]), ((7, 1), 3 * [(7, 1)])):
        ax = plotting.sums({"cats": (1.0, 0.0)}, PLACES, beside=beside).axes[0]
        assert [tuple(text.xyann) for text in ax.texts[1:]] == expected


def test_a_marked_sum_is_two_arrows_head_to_tail():
    ax = plotting.sums(WORDS, PLACES, mark=("dogs", 2)).axes[0]
    arrows = [(tuple(text.xyann), tuple(text.xy)) for text in ax.texts if text.arrow_patch is not None]
    assert arrows == [((0.0, 0.0), (4.0, 1.0)), ((4.0, 1.0), (4.0, 0.0))]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.longer_sequence(5, 5, offset=-2), "trained must lie between 0 and total = 5, got 5"),
        (lambda: plotting.longer_sequence(5, 12, offset=-2, moved=8), "moved must lie between 0 and 7, got 8"),
        (lambda: plotting.sums(WORDS, [1.0, 2.0]), "encodings must have two columns, got shape (2,)"),
        (lambda: plotting.sums({}, PLACES), "words must hold at least one word, got none"),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)


def test_a_mark_needs_its_word():
    refuses(lambda: plotting.sums(WORDS, PLACES, mark=("birds", 0)), KeyError, "'birds'")
