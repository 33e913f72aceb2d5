"""What programs cost, beside how far they err."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from posenc.plotting._colours import BLUE, ORANGE, RIM
from posenc.plotting._style import picture


@picture
def costs(rows: Sequence[dict[str, Any]], *, height: float | None = None) -> Figure:
    """Show what programs cost and how far they err: one line a program, the cheapest on top.

    On the left stands the time of each in multiples of the floor, on the right its largest
    error. Both axes are logarithmic; a program without an error has no mark on the right.

    Parameters
    ----------
    rows : sequence of dict
        Each with the keys ``"program"``, a name, ``"ratio"``, above 0, and ``"error"``, above 0
        or None.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no row, or a ratio or an error is not above 0.

    Examples
    --------
    >>> fill = {"program": "fill", "ratio": 1.0, "error": None}
    >>> figure = costs([fill, {"program": "sin", "ratio": 30.0, "error": 1e-7}])
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['fill', 'sin']
    """
    ordered = sorted(rows, key=lambda row: row["ratio"])
    measured = [row["ratio"] for row in ordered] + [row["error"] for row in ordered if row["error"] is not None]
    if not ordered or min(measured) <= 0:
        raise ValueError(f"rows must hold numbers above 0, got {measured}")
    places = np.arange(len(ordered))
    size = (7.2, height or 0.32 * len(ordered) + 0.9)
    figure, (left, right) = plt.subplots(1, 2, sharey=True, figsize=size, width_ratios=[1.5, 1])
    for place, row in zip(places, ordered, strict=True):
        color = ORANGE if row["program"].startswith("posenc") else BLUE
        left.plot([1, row["ratio"]], [place, place], color=color, linewidth=2, linestyle="-")
        left.plot([row["ratio"]], [place], color=color, marker="o", markersize=5)
        left.annotate(
            f"{row['ratio']:.1f}", (row["ratio"], place), (6, 0), textcoords="offset points", va="center", fontsize=8.5
        )
        if row["error"] is not None:
            right.plot([row["error"]], [place], color=color, marker="o", markersize=5)
    left.set(xscale="log", xlabel="time, in fills of a new array", yticks=places)
    left.set_yticklabels([row["program"] for row in ordered])
    left.set_xlim(0.9, 2.2 * max(row["ratio"] for row in ordered))
    left.xaxis.set_major_formatter(FuncFormatter(lambda ratio, _: f"{ratio:g}"))
    left.xaxis.set_minor_locator(NullLocator())
    left.invert_yaxis()
    right.set(xscale="log", xlabel="largest error")
    for ax in (left, right):
        ax.grid(axis="x", color=RIM, alpha=0.3)
    return figure
