"""Curves: columns over positions, and measurements."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE
from posenc.plotting._style import Curve, checked_tables, picture


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
        The x and y of each curve, by name; a legend names them if there is more than one.
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
    if len(curves) > 1:
        ax.legend()
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
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure
