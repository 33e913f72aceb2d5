"""Two things a head meets: a sequence that is longer than those of its training, and a sum of word and place."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, INK, ORANGE, PLUM, SKY
from posenc.plotting._style import picture


@picture
def longer_sequence(trained: int, total: int, *, offset: int, moved: int | None = None, height: float = 3.6) -> Figure:
    """Show which pairs of positions a longer sequence adds to those of the training.

    A query is a row, a key a column. In the square of the training places and offsets are old;
    in the band along the diagonal the places are new and the offsets old; in the two corners
    the offsets are new as well.

    Parameters
    ----------
    trained : int
        Length of the training sequences, at positions 0, 1, 2, ...
    total : int
        Length of the longer sequence, above `trained`.
    offset : int
        Key position minus query position of the right answers, which make a line.
    moved : int, optional
        Start of a window of the trained length that is outlined.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `total` is not above `trained`, `trained` is below 1, or the moved window leaves the sequence.

    Examples
    --------
    >>> len(longer_sequence(32, 64, offset=-3).axes[0].patches)
    4
    """
    if not 0 < trained < total:
        raise ValueError(f"trained must lie between 0 and total = {total}, got {trained}")
    if moved is not None and not 0 <= moved <= total - trained:
        raise ValueError(f"moved must lie between 0 and {total - trained}, got {moved}")
    figure, ax = plt.subplots(figsize=(7.2, height))
    first, last, rest = -0.5, total - 0.5, total - trained
    inner = first + trained
    right = [(inner, first), (last, first), (last, first + rest)]
    below = [(first, inner), (first, last), (first + rest, last)]
    band = [(inner, first), (last, first + rest), (last, last), (first + rest, last), (first, inner), (inner, inner)]
    _region(ax, _square(first, trained), "seen in training", BLUE, "")
    _region(ax, band, "new places, old offsets", SKY, "..")
    _region(ax, right, "new offsets", PLUM, "//")
    _region(ax, below, "", PLUM, "//")
    if moved is not None:
        ring = np.array([*_square(first + moved, trained), (first + moved, first + moved)])
        ax.plot(*ring.T, color=INK, linestyle="--", label="a window that has moved")
    queries = np.array([max(0, -offset), total - 1 - max(0, offset)])
    ax.plot(queries + offset, queries, color=ORANGE, linestyle="-", linewidth=2.2, label="right keys")
    ax.set(xlabel="key position", ylabel="query position", xlim=(first, last), ylim=(last, first), aspect="equal")
    ax.set(xticks=[0, trained - 1, total - 1], yticks=[0, trained - 1, total - 1])
    ax.legend(loc="center left", bbox_to_anchor=(1.03, 0.5))
    return figure


@picture
def sums(
    words: Mapping[str, tuple[float, float]],
    encodings: ArrayLike,
    *,
    way: ArrayLike | None = None,
    mark: tuple[str, int] | None = None,
    places: Sequence[int] | None = None,
    beside: tuple[float, float] | None = None,
    xlabel: str = "column 0",
    ylabel: str = "column 1",
    height: float = 3.6,
) -> Figure:
    """Show words of two columns and what they become when the encoding of a position is added.

    Parameters
    ----------
    words : dict of str to pair of float
        The vector of each word.
    encodings : array, shape ``(positions, 2)``
        The encoding of each position.
    way : array, shape ``(points, 2)``, optional
        The curve on which the encodings lie, drawn round every word; straight lines from each
        encoding to the next if not given.
    mark : pair of str and int, optional
        A word and the number of a row of `encodings`: this sum is drawn as two arrows.
    places : sequence of int, optional
        What to write at the sums of each position; 0, 1, 2, ... if not given.
    beside : pair of float, optional
        Where to write it, in points from the sum; further out from the word if not given.
    xlabel, ylabel : str
        What the two columns hold.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    KeyError
        If `mark` names a word that is not there.
    ValueError
        If `encodings` has not two columns, or there is no word.

    Examples
    --------
    >>> figure = sums({"cats": (1, 0), "dogs": (4, 1)}, [[0, 1], [1, 0]], mark=("dogs", 1))
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    ['cats', '0', '1', 'dogs', '0', '1']
    """
    rows = np.asarray(encodings, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != 2:
        raise ValueError(f"encodings must have two columns, got shape {rows.shape}")
    if not words:
        raise ValueError("words must hold at least one word, got none")
    curve = rows if way is None else np.asarray(way, dtype=float)
    numbers = list(range(len(rows))) if places is None else list(places)
    figure, ax = plt.subplots(figsize=(7.2, height))
    for name, word in words.items():
        added = np.asarray(word, dtype=float) + rows
        ax.plot(*(np.asarray(word, dtype=float) + curve).T, color=SKY, linestyle="-", linewidth=1)
        ax.plot(*added.T, color=ORANGE, linestyle="", marker="o", markersize=5)
        ax.plot(*word, color=BLUE, linestyle="", marker="s", markersize=6)
        ax.annotate(name, word, xytext=(0, -13), textcoords="offset points", ha="center", color=BLUE, weight="bold")
        for number, row, point in zip(numbers, rows, added, strict=True):
            away = 9 * row / (np.linalg.norm(row) or 1.0) if beside is None else beside
            at: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "center"}
            ax.annotate(str(number), point, xytext=(away[0], away[1]), fontsize=8, **at)
    if mark is not None:
        word, place = words[mark[0]], mark[1]
        stop = np.asarray(word, dtype=float) + rows[place]
        for start, end, colour in (((0.0, 0.0), word, BLUE), (word, stop, ORANGE)):
            arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "shrinkB": 3}
            ax.annotate("", end, start, arrowprops=arrow)
    ax.plot(0, 0, color=INK, linestyle="", marker="+", markersize=9)
    ax.set(xlabel=xlabel, ylabel=ylabel, aspect="equal")
    ax.margins(0.12)
    return figure


def _square(start: float, size: int) -> list[tuple[float, float]]:
    return [(start, start), (start + size, start), (start + size, start + size), (start, start + size)]


def _region(ax: Axes, corners: Sequence[tuple[float, float]], label: str, colour: str, hatch: str) -> None:
    ax.add_patch(
        Polygon(corners, facecolor=(colour, 0.35), edgecolor=colour, hatch=hatch, label=label or None, linewidth=0.8)
    )
