"""Tables made by turning: a hand that is turned digit by digit, and what programs cost beside how far they err."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, INK, ORANGE, RIM
from posenc.plotting._dial import arc, arrow, bare, rim
from posenc.plotting._style import picture

FULL_TURN = 2 * np.pi


@picture
def digit_turns(parts: Sequence[int], freqs: ArrayLike, *, height: float = 2.5) -> Figure:
    """Show how a hand gets to a position in two turns: by the last digit, then by the rest.

    One dial a pair. A thin hand stands at the angle of the last part. The arrow outside leads
    from there on, counter-clockwise, over the angle of the first part without its whole turns,
    to the thick hand, which stands at the angle of the sum.

    Parameters
    ----------
    parts : sequence of two int
        What is left by the last digit, and the last digit: ``(128, 9)`` for position 137.
    freqs : array, shape ``(pairs,)``
        In radians per position.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are not two parts, or no frequency.

    Examples
    --------
    >>> figure = digit_turns((128, 9), [1.0, 0.01])
    >>> [ax.get_title() for ax in figure.axes]
    ['pair 0', 'pair 1']
    """
    rates = np.atleast_1d(np.asarray(freqs, dtype=float))
    if len(parts) != 2 or not rates.size:
        raise ValueError(f"parts must be two and freqs at least one, got {len(parts)} and {rates.size}")
    far, near = parts
    figure, axes = plt.subplots(1, rates.size, squeeze=False, figsize=(7.2, height))
    for i, (ax, rate) in enumerate(zip(axes[0], rates, strict=True)):
        rim(ax)
        start, whole = near * rate % FULL_TURN, far * rate // FULL_TURN
        stop = start + far * rate % FULL_TURN
        arc(ax, 0.55, 0, start, color=BLUE, linewidth=1.6)
        arrow(ax, 0.8, start, stop, color=ORANGE, linewidth=1.6)
        for angle, color, width in ((start, BLUE, 1.2), (stop, INK, 2.4)):
            ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=color, linewidth=width, linestyle="-", zorder=3)
        bare(ax, 1.1)
        turns = "1 whole turn" if whole == 1 else f"{whole:.0f} whole turns"
        ax.set_title(f"pair {i}")
        ax.set_xlabel(f"{far} steps: {turns},\nand {far * rate % FULL_TURN:.2f} radians", fontsize=8.5)
    handles = [
        Line2D([], [], color=BLUE, linestyle="-", label=f"position {near}"),
        Line2D([], [], color=ORANGE, linestyle="-", label=f"turned by {far}"),
        Line2D([], [], color=INK, linestyle="-", linewidth=2.4, label=f"position {far + near}"),
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    return figure


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
