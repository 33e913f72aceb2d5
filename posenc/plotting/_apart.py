"""What keeps positions apart: two clocks as a path on a square that wraps, and products that add up."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from posenc.plotting._colours import BLUE, GREEN, ORANGE, PAPER, RIM, SKY, SOFT
from posenc.plotting._style import Curve, picture, whole_numbers


@picture
def wrapped_paths(
    paths: Mapping[str, tuple[float, float]], *, until: float, labelled: int = 4, height: float = 3.7
) -> Figure:
    """Show the angles of two clocks as a path on a square that wraps around.

    The angle of the first clock goes to the right and that of the second one upwards, both in
    turns. A path that leaves the square at one side comes back at the opposite one. Dots are
    the whole positions, the ring is position 0, the cross is where the path ends.

    Parameters
    ----------
    paths : dict of str to pair of float
        The frequencies of the two clocks, in radians per position, by title of the panel.
    until : float
        The path runs from position 0 to here.
    labelled : int
        How many whole positions have their number written beside them.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `paths` is empty or `until` is not above 0.

    Examples
    --------
    >>> wrapped_paths({"ten to one": (1.0, 0.1)}, until=62.8).axes[0].get_title()
    'ten to one'
    """
    if not paths or not until > 0:
        raise ValueError(f"paths must hold at least one and until be above 0, got {len(paths)} and {until}")
    figure, axes = plt.subplots(1, len(paths), squeeze=False, sharey=True, figsize=(7.2, height))
    whole = np.arange(np.floor(until) + 1)
    for ax, (title, freqs) in zip(axes[0], paths.items(), strict=True):
        rates = np.asarray(freqs, dtype=float) / (2 * np.pi)
        ax.plot(*_wrapped(rates, until), color=SKY, linewidth=1.0, linestyle="-", zorder=1)
        across, up = np.multiply.outer(rates, whole) % 1
        ax.plot(across, up, color=BLUE, linestyle="none", marker="o", markersize=3.5, zorder=2)
        ax.plot(0, 0, color=GREEN, linestyle="none", marker="o", markersize=11, markerfacecolor="none", zorder=3)
        ax.plot(*(rates * until + 1e-9) % 1, color=ORANGE, linestyle="none", marker="x", markersize=10, zorder=4)
        for p in range(labelled):
            ax.annotate(str(p), (across[p], up[p]), (2, 5), textcoords="offset points", fontsize=7.5)
        ax.set(title=title, xlabel="angle of the first clock (turns)", xlim=(-0.05, 1.05), ylim=(-0.05, 1.05))
        ax.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1], aspect="equal")
    axes[0, 0].set_ylabel("angle of the second clock (turns)")
    return figure


@picture
def running_totals(columns: Mapping[str, Curve], *, ticks: Sequence[int] = (), height: float = 3.6) -> Figure:
    """Show two columns multiplied entry by entry, and what the products add up to.

    Above, a bar a position: the product there, filled where it is positive, hatched where it
    is negative. Below, the sum of all products so far: the inner product of the two columns
    over as many positions.

    Parameters
    ----------
    columns : dict of str to pair of arrays
        Two columns of equal length, for positions 0, 1, 2, ..., by title of the panel.
    ticks : sequence of int
        Numbers of positions to mark with a dotted line; none if not given.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `columns` is empty.

    Examples
    --------
    >>> running_totals({"opposite": ([1, 1], [1, -1])}).axes[1].get_xlabel()
    'number of positions n'
    """
    if not columns:
        raise ValueError("columns must hold at least one pair of columns, got none")
    figure, axes = plt.subplots(2, len(columns), squeeze=False, sharey="row", sharex="col", figsize=(7.2, height))
    for (above, below), (title, (one, other)) in zip(axes.T, columns.items(), strict=True):
        products = np.asarray(one, dtype=float) * np.asarray(other, dtype=float)
        count = np.arange(1, len(products) + 1)
        gains = products >= 0
        above.bar(count[gains], products[gains], color=BLUE, width=0.8)
        above.bar(count[~gains], products[~gains], color=PAPER, edgecolor=ORANGE, hatch="/////", width=0.8)
        below.plot(count, np.cumsum(products), color=BLUE, linestyle="-", marker="o", markersize=3)
        for ax in (above, below):
            ax.axhline(0, color=SOFT, linewidth=0.8, linestyle="-", zorder=0)
        above.set_title(title)
        below.set_xlabel("number of positions n")
        whole_numbers(below, "x")
        if ticks:
            below.set_xticks(ticks)
            below.grid(axis="x", linestyle=":", color=RIM)
    axes[0, 0].set_ylabel("product")
    axes[1, 0].set_ylabel("sum so far")
    return figure


def _wrapped(rates: NDArray[np.float64], until: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The path of two angles in turns, cut where one of them begins a new turn."""
    cuts = [np.arange(1, np.floor(rate * until) + 1) / rate for rate in rates if rate > 0]
    stops = np.unique(np.concatenate([[0.0], *cuts, [until]]))
    across: list[float] = []
    up: list[float] = []
    for start, stop in pairwise(stops):
        base = np.floor(rates * (start + stop) / 2)
        for p in (start, stop):
            x, y = rates * p - base
            across.append(float(x))
            up.append(float(y))
        across.append(np.nan)
        up.append(np.nan)
    return np.array(across), np.array(up)
