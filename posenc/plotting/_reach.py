"""Scores over the distance, and how far the clocks of a ladder turn within a text."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Wedge
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, ORANGE, RIM, SKY, SOFT
from posenc.plotting._dial import arc, bare
from posenc.plotting._style import Curve, picture


@picture
def score_strips(scores: Mapping[str, Curve], *, xlabel: str, ylabel: str, height: float | None = None) -> Figure:
    """Show scores over one axis, one strip each, with a ring and a number at the highest point.

    Parameters
    ----------
    scores : dict of str to pair of arrays
        The x and y of each score, by the title of its strip.
    xlabel, ylabel : str
        What the axes measure, with units.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `scores` is empty.

    Examples
    --------
    >>> strips = {"falls": ([0, 1, 2], [1, 0, -1]), "peaks": ([0, 1, 2], [0, 1, 0])}
    >>> figure = score_strips(strips, xlabel="distance", ylabel="score")
    >>> [ax.texts[0].get_text() for ax in figure.axes]
    ['highest at 0', 'highest at 1']
    """
    if not scores:
        raise ValueError("scores must hold at least one score, got none")
    size = (7.2, height or 1.25 * len(scores) + 0.3)
    figure, axes = plt.subplots(len(scores), 1, sharex=True, sharey=True, squeeze=False, figsize=size)
    for ax, (name, (x, y)) in zip(axes[:, 0], scores.items(), strict=True):
        places, heights = np.asarray(x), np.asarray(y)
        best = int(heights.argmax())
        ax.axhline(0, color=RIM, linewidth=0.8, linestyle="-", zorder=1)
        ax.plot(places, heights, color=BLUE, linewidth=0.7, linestyle="-", zorder=2)
        ax.plot(
            places[best], heights[best], color=ORANGE, marker="o", markersize=6, markerfacecolor="none", clip_on=False
        )
        ax.annotate(
            f"highest at {places[best]:,.6g}",
            (places[best], heights[best]),
            textcoords="offset points",
            xytext=(8, -3),
            color=ORANGE,
            fontsize=8.5,
        )
        ax.set_title(name, loc="right")
    figure.supylabel(ylabel, fontsize="medium")
    axes[-1, 0].set_xlabel(xlabel)
    return figure


@picture
def swept(
    ladders: Mapping[str, ArrayLike], length: float, pairs: Sequence[int], *, height: float | None = None
) -> Figure:
    """Show the angle over which the hands of some pairs turn from position 0 to a length.

    One row a ladder, one column a pair. The hand starts at the right and turns counter-clockwise;
    what it has swept is filled. A clock that has gone round at least once is filled all over and
    has a thick rim. The number of turns stands below.

    Parameters
    ----------
    ladders : dict of str to array
        Frequencies in radians per position, above 0, by the name of their row.
    length : float
        How many positions, above 0.
    pairs : sequence of int
        Which pairs to show.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no ladder or no pair, or `length` is not above 0.

    Examples
    --------
    >>> figure = swept({"two clocks": [1.0, 0.01]}, 100, [0, 1])
    >>> [ax.get_xlabel() for ax in figure.axes]
    ['16 turns', '0.16 turns']
    """
    if not ladders or not len(pairs) or length <= 0:
        raise ValueError(
            f"ladders and pairs must not be empty and length must be above 0,"
            f" got {len(ladders)}, {len(pairs)} and {length!r}"
        )
    size = (7.2, height or 1.05 * len(ladders) + 0.2)
    figure, axes = plt.subplots(len(ladders), len(pairs), squeeze=False, figsize=size)
    for row, (name, freqs) in enumerate(ladders.items()):
        rates = np.asarray(freqs, dtype=float)
        for ax, pair in zip(axes[row], pairs, strict=True):
            _sweep(ax, length * rates[pair])
            if row == 0:
                ax.set_title(f"pair {pair}", fontsize=8.5)
        axes[row, 0].set_ylabel(name, rotation=0, ha="right", va="center")
    return figure


def _sweep(ax: Axes, angle: float) -> None:
    """One clock whose hand has turned by an angle since it stood at the right."""
    turns = angle / (2 * np.pi)
    around = turns >= 1
    ax.add_patch(Wedge((0, 0), 1, 0, min(360.0, float(np.degrees(angle))), color=SKY, alpha=0.45, linewidth=0))
    arc(ax, 1.0, 0.0, 2 * np.pi, color=RIM, linewidth=0.8, zorder=2)
    arc(ax, 1.0, 0.0, min(angle, 2 * np.pi), color=BLUE, linewidth=2.4 if around else 1.6, zorder=3)
    ax.plot([0, 1], [0, 0], color=SOFT, linewidth=1.0, linestyle="--", zorder=3)
    ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=ORANGE, linewidth=1.8, linestyle="-", zorder=4)
    ax.set_xlabel(f"{turns:,.0f} turns" if turns >= 10 else f"{turns:.2g} turns", fontsize=7.5, labelpad=1)
    bare(ax, 1.15)
