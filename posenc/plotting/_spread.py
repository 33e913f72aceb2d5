"""What several runs found: the middle one, and how far they part."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._style import name_above, picture, plain_numbers


@picture
def spreads(
    runs: Mapping[str, tuple[ArrayLike, ArrayLike]],
    *,
    xlabel: str,
    ylabel: str,
    xscale: str = "linear",
    height: float = 3.2,
) -> Figure:
    """Show groups of measured curves: of each group the median, in a band from the smallest to the largest.

    Parameters
    ----------
    runs : dict of str to pair of arrays
        By name of the group: its x, of shape ``(points,)``, and a row of y for each run, of shape
        ``(runs, points)``.
    xlabel, ylabel : str
        What the axes measure, with units.
    xscale : str
        Scale as Matplotlib names it: "linear", "log", "symlog".
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `runs` is empty, or a group has not one row for each run.

    Examples
    --------
    >>> figure = spreads({"heads": ([0, 1], [[0, 0.5], [0, 0.7], [0, 1]])}, xlabel="step", ylabel="share")
    >>> figure.axes[0].lines[0].get_ydata()
    array([0. , 0.7])
    """
    if not runs:
        raise ValueError("runs must hold at least one group, got none")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for name, (x, rows) in runs.items():
        y = np.asarray(rows, dtype=float)
        if y.ndim != 2 or y.shape[1:] != np.shape(x):
            raise ValueError(f"runs must hold a row for each run, got shape {y.shape} for {name!r}")
        (middle,) = ax.plot(x, np.median(y, axis=0), label=name)
        ax.fill_between(x, y.min(axis=0), y.max(axis=0), color=middle.get_color(), alpha=0.3, linewidth=0)
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale)
    plain_numbers(ax)
    if len(runs) > 1:
        name_above(figure, ax)
    return figure
