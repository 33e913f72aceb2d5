"""The pictures of the chapter on labels draw the labels they are given."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from refusal import refuses

from posenc import plotting

OFFSETS = np.arange(5) - np.arange(5)[:, None]
CLIPPED = np.clip(OFFSETS, -2, 2)


def drawn(labels, offsets):
    return plotting.label_matrices({"one": labels}, {"one": offsets}).axes[0]


def test_every_label_is_written_in_its_cell():
    ax = drawn(CLIPPED, OFFSETS)
    written = {(text.get_position()[1], text.get_position()[0]): text.get_text() for text in ax.texts}
    assert written == {place: str(CLIPPED[place]) for place in np.ndindex(5, 5)}
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("one", "key position q", "query position p")
    assert ax.get_aspect() == 1
    assert plt.get_fignums() == []


def test_a_label_has_one_colour_by_side_and_distance():
    image = drawn(CLIPPED, OFFSETS).images[0].get_array()
    colour = {label: {tuple(cell) for cell in image[label == CLIPPED]} for label in range(-2, 3)}
    assert all(len(cells) == 1 for cells in colour.values())
    assert [cell[3] for cell in colour[0]] == [0], "the ground of the page"
    behind, far_behind, ahead, far_ahead = (np.array(*colour[label]) for label in (-1, -2, 1, 2))
    for near, far, full in ((behind, far_behind, plotting.BLUE), (ahead, far_ahead, plotting.ORANGE)):
        np.testing.assert_allclose([near[:3], far[:3]], 2 * [to_rgb(full)])
        assert 0.1 < near[3] < far[3] - 0.2, "stronger"
    assert far_behind[3] < 0.65  # numbers are read on it
    assert far_ahead[3] < 0.65


def test_lines_run_between_different_labels_and_nowhere_else():
    (lines,) = drawn(CLIPPED, OFFSETS).collections
    found = {tuple(map(tuple, segment)) for segment in np.round(lines.get_segments(), 6).tolist()}
    expected = set()
    for row, column in np.ndindex(5, 5):
        if column < 4 and CLIPPED[row, column] != CLIPPED[row, column + 1]:
            expected.add(((column + 0.5, row - 0.5), (column + 0.5, row + 0.5)))
        if row < 4 and CLIPPED[row, column] != CLIPPED[row + 1, column]:
            expected.add(((column - 0.5, row + 0.5), (column + 0.5, row + 0.5)))
    assert found == expected


def test_cells_without_a_label_are_hatched_and_blank():
    labels = np.where(OFFSETS > 0, np.nan, OFFSETS)
    ax = drawn(labels, OFFSETS)
    hatched = {(patch.get_y() + 0.5, patch.get_x() + 0.5) for patch in ax.patches if patch.get_hatch()}
    assert hatched == {place for place in np.ndindex(5, 5) if OFFSETS[place] > 0}
    assert len(ax.texts) == 15
    assert not ax.figure.legends  # nothing is ahead
    assert [text.get_text() for text in drawn(CLIPPED, OFFSETS).figure.legends[0].get_texts()] == [
        "key behind the query",
        "key ahead of it",
    ]


def test_large_matrices_show_no_numbers():
    many = np.arange(25) - np.arange(25)[:, None]
    assert not drawn(many, many).texts


STARTS = {"fine": [0, 1, 2, 3], "doubling": [1, 2, 4, 8, 16]}


def cells(ax, level):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_y() == level - 0.24]


def test_rulers_have_a_cell_from_each_start_to_the_next():
    ax = plotting.rulers(STARTS, stop=64, mark=32, xlabel="far").axes[0]
    for number, row in enumerate(STARTS.values()):
        spans = [(cell.get_x(), cell.get_x() + cell.get_width()) for cell in cells(ax, -number)]
        edges = [*(start for start in row if start >= 1), 64]
        assert spans == list(itertools.pairwise(edges))
        tints = [cell.get_facecolor() for cell in cells(ax, -number)]
        assert all(one != other for one, other in itertools.pairwise(tints))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == list(STARTS)
    assert ax.get_yticks().tolist() == [0, -1]
    assert (ax.get_xscale(), ax.get_xlabel(), ax.get_xlim()) == ("log", "far", (1, 64))
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["1", "2", "4", "8", "16", "32", "64"]
    assert ax.lines[0].get_xdata() == [32, 32]
    assert plt.get_fignums() == []


def test_rulers_write_what_fits_and_where_the_last_label_begins():
    ax = plotting.rulers(STARTS, stop=64, names={"fine": ["a", "b", "c", "d"]}).axes[0]
    written = {(text.get_text(), round(text.get_position()[1], 2)) for text in ax.texts}
    assert {("b", 0), ("c", 0), ("d", 0), ("from 3 on", 0.31), ("from 16 on", -0.69)} <= written
    assert {(str(number), -1) for number in range(5)} <= written
    assert not ax.lines
    for text in ax.texts:
        if text.get_text() == "d":
            assert 3 < text.get_position()[0] < 64
    crowded = plotting.rulers({"all": range(60)}, stop=64).axes[0]
    shown = [text.get_text() for text in crowded.texts]
    assert "5" in shown
    assert "40" not in shown


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.label_matrices({}, {}), "tables must hold at least one table, got none"),
        (lambda: drawn([1, 2], [1, 2]), "a table must have two axes, got shape (2,) for 'one'"),
        (lambda: drawn(CLIPPED, OFFSETS[:4]), "offsets must have shape (5, 5), got (4, 5) for 'one'"),
        (
            lambda: plotting.label_matrices({"one": CLIPPED}, {"two": OFFSETS}),
            "offsets must have the titles ['one'], got ['two']",
        ),
        (lambda: plotting.rulers({}, stop=8), "starts must hold at least one ruler, got none"),
        (
            lambda: plotting.rulers({"one": [0, 2, 2]}, stop=8),
            "starts must rise from 0 or 1 to below stop = 8, got [0, 2, 2] for 'one'",
        ),
        (
            lambda: plotting.rulers({"one": [2, 4]}, stop=8),
            "starts must rise from 0 or 1 to below stop = 8, got [2, 4] for 'one'",
        ),
        (
            lambda: plotting.rulers({"one": [0, 9]}, stop=8),
            "starts must rise from 0 or 1 to below stop = 8, got [0, 9] for 'one'",
        ),
        (
            lambda: plotting.rulers({"one": [0, 4]}, stop=8, names={"one": ["a"]}),
            "names must be one for each of 2 labels, got 1 for 'one'",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
