"""The entries of one head in two orders: who is whose partner, and where each entry goes."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from posenc.plotting._formula import COLOURS, DASHES
from posenc.plotting._style import picture

#: The heights of the lower edges of the two rows of boxes, each 1 high.
UPPER, LOWER = 3.2, 0.0


@picture
def layouts(rows: Mapping[str, Sequence[str]], pairs: Mapping[str, int], *, height: float = 3.6) -> Figure:
    """Show the same entries in two orders, an arc between the partners, and a thread from each entry to itself.

    Every entry is a box in the colour of its pair. Arcs join the two of a pair, above the first
    row and below the second; a thread leads from each box of the first row to the box of the
    second that holds the same entry. Between the rows stand the numbers of the columns.

    Parameters
    ----------
    rows : dict of str to sequence of str
        Two rows, by title: the entries in the order of their columns. Both hold the same ones.
    pairs : dict of str to int
        The pair of each entry.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are not two rows, they do not hold the same different entries, or an entry has no pair.

    Examples
    --------
    >>> orders = {"interleaved": ["a0", "b0", "a1", "b1"], "halves": ["a0", "a1", "b0", "b1"]}
    >>> figure = layouts(orders, {"a0": 0, "b0": 0, "a1": 1, "b1": 1})
    >>> [text.get_text() for text in figure.axes[0].texts[:2]]
    ['interleaved', 'halves']
    """
    if len(rows) != 2:
        raise ValueError(f"rows must be two, got {len(rows)}")
    first, second = (list(row) for row in rows.values())
    if sorted(first) != sorted(second) or len(set(first)) != len(first):
        raise ValueError(f"both rows must hold the same different entries, got {first} and {second}")
    for entry in first:
        if entry not in pairs:
            raise ValueError(f"pairs must name the pair of every entry, got none for {entry!r}")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for title, floor in zip(rows, (UPPER, LOWER), strict=True):
        ax.text(-0.75, floor + 0.5, title, ha="right", va="center", fontweight="bold")
    for j, entry in enumerate(first):
        colour, dashes = _look(pairs[entry])
        ax.plot([j, second.index(entry)], [UPPER - 0.55, LOWER + 1.55], color=colour, linestyle=dashes, linewidth=1.2)
    for entries, floor, side in ((first, UPPER, 1), (second, LOWER, -1)):
        _boxes(ax, entries, pairs, floor, side)
    reach = _reach(first, pairs), _reach(second, pairs)
    ax.set(xlim=(-2.3, len(first) - 0.4), ylim=(LOWER - 0.3 - reach[1], UPPER + 1.3 + reach[0]))
    ax.set_axis_off()
    return figure


def _boxes(ax: Axes, entries: Sequence[str], pairs: Mapping[str, int], floor: float, side: int) -> None:
    """A row of boxes, its columns numbered on the inner side, and arcs on the outer one."""
    number, edge = (floor - 0.28, floor + 1.06) if side > 0 else (floor + 1.28, floor - 0.06)
    for j, entry in enumerate(entries):
        colour, _ = _look(pairs[entry])
        ax.add_patch(Rectangle((j - 0.44, floor), 0.88, 1, facecolor=colour, alpha=0.22))
        ax.text(j, floor + 0.5, entry, ha="center", va="center")
        ax.text(j, number, str(j), ha="center", va="center", fontsize=8)
    for pair, (one, *others) in _columns(entries, pairs).items():
        colour, dashes = _look(pair)
        for other in others:
            turn = np.linspace(np.pi, 0, 40)
            across = (one + other) / 2 + (other - one) / 2 * np.cos(turn)
            ax.plot(across, edge + side * _rise(other - one) * np.sin(turn), color=colour, linestyle=dashes)


def _columns(entries: Sequence[str], pairs: Mapping[str, int]) -> dict[int, list[int]]:
    """The columns of each pair, in order."""
    columns: dict[int, list[int]] = {}
    for j, entry in enumerate(entries):
        columns.setdefault(pairs[entry], []).append(j)
    return columns


def _rise(apart: int) -> float:
    """How high an arc goes that spans so many columns."""
    return 0.3 + 0.16 * apart


def _reach(entries: Sequence[str], pairs: Mapping[str, int]) -> float:
    """How high the highest arc of a row goes."""
    return max((_rise(columns[-1] - columns[0]) for columns in _columns(entries, pairs).values()), default=0.0)


def _look(pair: int) -> tuple[str, str]:
    return COLOURS[pair % len(COLOURS)], DASHES[pair % len(DASHES)]
