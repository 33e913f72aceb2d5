"""A table made by turning: a hand that is turned digit by digit."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, INK, ORANGE
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
