"""What the picture of the two layouts draws, compared with the entries and pairs that it is given."""

import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from refusal import refuses

from posenc import plotting

ROWS = {"interleaved": ["a0", "b0", "a1", "b1", "a2", "b2"], "halves": ["a0", "a1", "a2", "b0", "b1", "b2"]}
PAIRS = {entry: int(entry[1]) for entry in ROWS["halves"]}
INTERLEAVED, HALVES = ROWS.values()


@pytest.fixture(scope="module")
def ax():
    return plotting.layouts(ROWS, PAIRS).axes[0]


def test_it_is_one_closed_figure():
    assert isinstance(plotting.layouts(ROWS, PAIRS), Figure)
    assert plt.get_fignums() == []


def test_every_entry_stands_in_its_column_in_the_colour_of_its_pair(ax):
    assert [text.get_text() for text in ax.texts[:2]] == ["interleaved", "halves"]
    written = {}
    for text in ax.texts[2:]:
        written.setdefault(text.get_position()[1], {})[text.get_position()[0]] = text.get_text()
    rows = [written[height] for height in sorted(written, reverse=True)]
    numbers = {j: str(j) for j in range(6)}
    assert rows == [dict(enumerate(INTERLEAVED)), numbers, numbers, dict(enumerate(HALVES))]
    boxes = {(round(box.get_x() + box.get_width() / 2), box.get_y()): box for box in ax.patches}
    upper, lower = sorted({floor for _, floor in boxes}, reverse=True)
    assert len(boxes) == len(ax.patches) == 12
    colours = {}
    for (column, floor), box in boxes.items():
        entry = {upper: INTERLEAVED, lower: HALVES}[floor][column]
        colours.setdefault(PAIRS[entry], set()).add(matplotlib.colors.to_hex(box.get_facecolor()))
    assert [len(colours[pair]) for pair in range(3)] == [1, 1, 1]
    assert len(set.union(*colours.values())) == 3


def test_a_thread_leads_from_each_entry_to_itself(ax):
    threads = [line for line in ax.lines if len(line.get_xdata()) == 2]
    ways = [tuple(line.get_xdata()) for line in threads]
    assert ways == [(j, HALVES.index(entry)) for j, entry in enumerate(INTERLEAVED)]
    assert all(line.get_ydata()[0] > line.get_ydata()[1] for line in threads)
    looks = [(line.get_color(), line.get_linestyle()) for line in threads]
    assert [looks.index(look) // 2 for look in looks] == [PAIRS[entry] for entry in INTERLEAVED]
    assert len({dashes for _, dashes in looks}) == 3


def test_an_arc_joins_the_two_of_a_pair_outside_the_rows(ax):
    arcs = [line for line in ax.lines if len(line.get_xdata()) > 2]
    ends = [tuple(np.round(line.get_xdata()[[0, -1]]).astype(int)) for line in arcs]
    assert ends == [(0, 1), (2, 3), (4, 5), (0, 3), (1, 4), (2, 5)]
    threads = [line for line in ax.lines if len(line.get_xdata()) == 2]
    for line in arcs[:3]:
        assert line.get_ydata().min() > max(thread.get_ydata().max() for thread in threads) + 1
    for line in arcs[3:]:
        assert line.get_ydata().max() < min(thread.get_ydata().min() for thread in threads) - 1
    low, high = ax.get_ylim()
    assert all(low < height < high for line in arcs for height in line.get_ydata())


def test_an_entry_without_a_partner_has_no_arc():
    rest = plotting.layouts({"here": ["a0", "c"], "there": ["c", "a0"]}, {"a0": 0, "c": 1}).axes[0]
    assert [len(line.get_xdata()) for line in rest.lines] == [2, 2]


@pytest.mark.parametrize(
    ("rows", "pairs", "message"),
    [
        ({"one": ["a0"]}, {"a0": 0}, "rows must be two, got 1"),
        (
            {"one": ["a0", "b0"], "other": ["a0", "a0"]},
            {"a0": 0, "b0": 0},
            "both rows must hold the same different entries, got ['a0', 'b0'] and ['a0', 'a0']",
        ),
        (
            {"one": ["a0", "a0"], "other": ["a0", "a0"]},
            {"a0": 0},
            "both rows must hold the same different entries, got ['a0', 'a0'] and ['a0', 'a0']",
        ),
        (
            {"one": ["a0", "b0"], "other": ["b0", "a0"]},
            {"a0": 0},
            "pairs must name the pair of every entry, got none for 'b0'",
        ),
    ],
)
def test_bad_input_is_named(rows, pairs, message):
    refuses(lambda: plotting.layouts(rows, pairs), ValueError, message)
