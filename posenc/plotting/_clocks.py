"""Pairs as the hands of clocks."""

from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._cells import cells, key
from posenc.plotting._colours import BLUE, INK, ORANGE, SKY
from posenc.plotting._dial import arc, bare, rim
from posenc.plotting._style import checked_tables, picture, whole_numbers


@picture
def clocks(positions: ArrayLike, freqs: ArrayLike, *, height: float | None = None) -> Figure:
    """Show every pair as the hand of a clock: one row a position, one column a pair.

    The hand of pair i stands at the angle ``p * w_i``, counter-clockwise from the right; its
    height is the sine, its reach to the right is the cosine. A trace shows the way that it
    has come since position 0, at most once around.

    Parameters
    ----------
    positions : sequence of float
        One row of clocks each.
    freqs : array, shape ``(pairs,)``
        In radians per position.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no position or no frequency.

    Examples
    --------
    >>> import posenc
    >>> len(clocks([0, 1, 2], posenc.frequencies(8)).axes)
    12
    """
    places, rates = np.atleast_1d(positions), np.atleast_1d(freqs)
    if not places.size or not rates.size:
        raise ValueError(f"positions and freqs must not be empty, got {places.size} and {rates.size} of them")
    size = (7.2, height or 1.25 * len(places) + 0.3)
    figure, axes = plt.subplots(len(places), len(rates), squeeze=False, figsize=size)
    for row, position in enumerate(places):
        for i, freq in enumerate(rates):
            _clock(axes[row, i], position * freq)
            if row == 0:
                axes[row, i].set_title(f"pair {i}")
        axes[row, 0].set_ylabel(f"position {position:g}", rotation=0, ha="right", va="center")
    return figure


@picture
def orbits(
    table: ArrayLike,
    pairs: Sequence[int],
    *,
    steps: Iterable[tuple[int, int]] = (),
    titles: Sequence[str] | None = None,
    xlabel: str = "cosine",
    ylabel: str = "sine",
    height: float = 2.6,
) -> Figure:
    """Show pairs as points on circles, one point a position, with arrows for a shift.

    The points fill up from the first position, which is hollow, to the last.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        An interleaved table: pair i is columns 2i and 2i + 1.
    pairs : sequence of int
        Which pairs to show.
    steps : sequence of pair of int
        Arrows, each from one position to another.
    titles : sequence of str, optional
        A title for each panel; "pair i" if not given.
    xlabel, ylabel : str
        What the second and the first column of a pair hold.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `table` has not two axes.

    Examples
    --------
    >>> import posenc
    >>> len(orbits(posenc.sinusoidal(range(12), 8), [0, 1, 2], steps=[(0, 3)]).axes)
    3
    """
    (rows,) = checked_tables({"": table}).values()
    figure, axes = plt.subplots(1, len(pairs), squeeze=False, figsize=(7.2, height))
    titles = titles or [f"pair {i}" for i in pairs]
    for ax, i, title in zip(axes[0], pairs, titles, strict=True):
        sine, cosine = rows[:, 2 * i], rows[:, 2 * i + 1]
        rim(ax)
        ax.set_aspect("equal")
        filled = [to_rgba(BLUE, share) for share in np.linspace(0, 1, len(rows))]
        ax.scatter(cosine, sine, facecolors=filled, edgecolors=BLUE, linewidths=0.7, s=16, zorder=3)
        for start, stop in steps:
            arrow = {"arrowstyle": "->", "color": ORANGE, "linewidth": 1.3}
            ax.annotate("", (cosine[stop], sine[stop]), (cosine[start], sine[start]), arrowprops=arrow)
            for p in (start, stop):
                ax.text(1.22 * cosine[p], 1.22 * sine[p], str(p), ha="center", va="center", fontsize=7)
        ax.set(title=title, xlabel=xlabel, xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    axes[0, 0].set_ylabel(ylabel)
    return figure


@picture
def reading(table: ArrayLike, position: int, *, height: float = 3.4) -> Figure:
    """Show a table with one row marked, and that row read as clock hands.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        An interleaved table of the positions 0, 1, 2, ...
    position : int
        The row to read.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `table` has not two axes.

    Examples
    --------
    >>> import posenc
    >>> len(reading(posenc.sinusoidal(range(40), 8), 20).axes)
    6
    """
    (rows,) = checked_tables({"": table}).values()
    pairs = rows.shape[1] // 2
    across = max(2, int(np.ceil(np.sqrt(pairs))))
    down = int(np.ceil(pairs / across))
    figure = plt.figure(figsize=(7.2, height))
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1.15, 1])[0]
    ax = left.subplots()
    image = cells(ax, rows, (-1, 1))
    ax.axhspan(position - 0.5, position + 0.5, fill=False, edgecolor=INK, linewidth=1.6)
    ax.set(xlabel="column j", ylabel="position p", title="A table of positions")
    whole_numbers(ax)
    key(left, image, ax, "value", (-1, 1))
    for i, clock in enumerate(right.subplots(down, across, squeeze=False).flat):
        if i < pairs:
            _clock(clock, np.arctan2(rows[position, 2 * i], rows[position, 2 * i + 1]), trace=False)
            clock.set_title(f"{2 * i}, {2 * i + 1}", fontsize=7.5)
        else:
            clock.set_axis_off()
    right.suptitle(f"Row {position}: two columns make a clock hand", fontsize=9.5)
    return figure


def _clock(ax: Axes, angle: float, *, trace: bool = True) -> None:
    rim(ax)
    if trace:
        way = (max(0.0, angle - 2 * np.pi), angle) if angle >= 0 else (angle, 0.0)
        arc(ax, 0.55, *way, color=SKY, linewidth=1.2)
    ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=BLUE, linewidth=1.8, linestyle="-")
    ax.plot(np.cos(angle), np.sin(angle), color=ORANGE, marker="o", markersize=4)
    bare(ax, 1.15)
