"""Curves: columns over positions, and measurements."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._colours import BLUE
from posenc.plotting._style import Curve, checked_tables, name_above, picture, plain_numbers

#: Names of curves longer than this, in letters, stand above the picture.
LONGEST = 22
#: And so do names that would stand farther from their curve than this share of the height.
FARTHEST = 0.03
#: Where something was measured at so few places of a logarithmic axis, each of them has its tick.
MEASURED = 10


@picture
def waves(
    table: ArrayLike, columns: Sequence[int], *, positions: ArrayLike | None = None, height: float = 3.2
) -> Figure:
    """Show columns of a table as curves over the positions, one panel a column.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        The table.
    columns : sequence of int
        Which columns to show.
    positions : array, shape ``(positions,)``, optional
        The positions of the rows; 0, 1, 2, ... if not given.
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
    >>> len(waves(posenc.sinusoidal(range(50), 8), [0, 4, 6]).axes)
    3
    """
    (rows,) = checked_tables({"": table}).values()
    places = np.arange(len(rows)) if positions is None else np.asarray(positions)
    figure, axes = plt.subplots(len(columns), 1, sharex=True, squeeze=False, figsize=(7.2, height))
    for ax, column in zip(axes[:, 0], columns, strict=True):
        ax.plot(places, rows[:, column], color=BLUE, marker=".", markersize=3, linewidth=0.8)
        ax.set(ylim=(-1.15, 1.15), yticks=[-1, 0, 1], ylabel=f"column {column}")
    axes[-1, 0].set_xlabel("position p")
    return figure


@picture
def lines(
    curves: Mapping[str, Curve],
    *,
    xlabel: str,
    ylabel: str,
    xscale: str = "linear",
    yscale: str = "linear",
    marker: str = "",
    height: float = 3.2,
) -> Figure:
    """Show measured curves over one axis.

    Parameters
    ----------
    curves : dict of str to pair of arrays
        The x and y of each curve, by name. If there is more than one, each has its name at its right
        end, where there is room for that, and otherwise all are named above.
    xlabel, ylabel : str
        What the axes measure, with units.
    xscale, yscale : str
        Scales as Matplotlib names them: "linear", "log", "symlog".
    marker : str
        Marker at the points, as Matplotlib names it.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `curves` is empty.

    Examples
    --------
    >>> lines({"square": ([0, 1, 2], [0, 1, 4])}, xlabel="x", ylabel="y").axes[0].get_ylabel()
    'y'
    """
    if not curves:
        raise ValueError("curves must hold at least one curve, got none")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for name, (x, y) in curves.items():
        ax.plot(x, y, label=name, marker=marker, markersize=4)
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
    plain_numbers(ax)
    measured = np.unique(np.concatenate([np.ravel(x) for x, _ in curves.values()]))
    if xscale == "log" and len(measured) <= MEASURED:
        ax.set_xticks(measured, [f"{x:,g}" for x in measured])
        ax.tick_params(axis="x", which="minor", bottom=False)
    if len(curves) > 1 and not _named_at_the_ends(ax, height):
        name_above(figure, ax)
    return figure


@picture
def panels(
    curves: Mapping[str, Mapping[str, Curve]], *, xlabel: str, ylabel: str, across: int = 2, height: float = 3.6
) -> Figure:
    """Show groups of curves in panels with common axes, and one legend for all.

    Parameters
    ----------
    curves : dict of str to dict of str to pair of arrays
        By title of the panel and name of the curve: its x and y. The names of the first panel
        make the legend.
    xlabel, ylabel : str
        What the axes measure, with units.
    across : int
        Panels in a row.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `curves` is empty.

    Examples
    --------
    >>> wanted, reached = ([0, 1], [0, 1]), ([0, 1], [0, 0.5])
    >>> figure = panels({"triangle": {"wanted": wanted, "reached": reached}}, xlabel="p", ylabel="value")
    >>> figure.axes[0].get_title()
    'triangle'
    """
    if not curves:
        raise ValueError("curves must hold at least one panel, got none")
    across = min(across, len(curves))
    down = -(-len(curves) // across)
    figure, axes = plt.subplots(down, across, sharex=True, sharey=True, squeeze=False, figsize=(7.2, height))
    for ax, (title, group) in zip(axes.flat, curves.items(), strict=False):
        for name, (x, y) in group.items():
            ax.plot(x, y, label=name)
        ax.set_title(title)
    for ax in axes.flat[len(curves) :]:
        ax.set_axis_off()
    figure.supxlabel(xlabel, fontsize="medium")
    figure.supylabel(ylabel, fontsize="medium")
    name_above(figure, axes[0, 0])
    return figure


def _named_at_the_ends(ax: Axes, height: float) -> bool:
    """Write the name of each curve at its right end, if all end there and the names can stand near enough."""
    ax.autoscale_view()
    names = [str(line.get_label()) for line in ax.lines]
    last = np.array([np.asarray(line.get_xydata())[-1] for line in ax.lines])
    ends = np.asarray((ax.transScale + ax.transLimits).transform(last))
    if max(map(len, names)) > LONGEST or np.ptp(ends[:, 0]) > 0.01:
        return False
    heights = _apart(ends[:, 1], 13 / (72 * (height - 0.6)))
    if abs(heights - ends[:, 1]).max() > FARTHEST:
        return False
    for line, name, (x, _), y in zip(ax.lines, names, ends, heights, strict=True):
        ax.text(x + 0.015, y, name, transform=ax.transAxes, va="center", color=line.get_color(), fontweight="bold")
    return True


def _apart(heights: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Heights that are as near to the given ones as can be, and at least so far from each other."""
    order = np.argsort(heights, kind="stable")
    spread = heights[order]
    for _ in range(100):
        for lower in range(len(spread) - 1):
            missing = max(0.0, least - (spread[lower + 1] - spread[lower])) / 2
            spread[lower : lower + 2] += (-missing, missing)
    return spread[np.argsort(order)]
