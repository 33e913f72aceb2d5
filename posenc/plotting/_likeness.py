"""Two positions compared: which hands have hardly moved, and a chord beside its arc."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, RIM, SKY, SOFT
from posenc.plotting._dial import arc, bare
from posenc.plotting._style import minus, picture


@picture
def votes(offsets: ArrayLike, freqs: ArrayLike, *, still: float, height: float | None = None) -> Figure:
    """Show how far every hand turns over an offset, and what it adds to the similarity.

    One row an offset, one column a pair. The dashed line is where the hand was, the solid one
    where it is ``offset`` positions later, with a trace of at most one turn. The number below is
    the cosine of the angle between the two. A hand that has turned by less than `still` has a
    thick rim.

    Parameters
    ----------
    offsets : sequence of float
        One row of clocks each.
    freqs : array, shape ``(pairs,)``
        In radians per position.
    still : float
        The angle in radians below which a hand counts as hardly moved.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no offset or no frequency.

    Examples
    --------
    >>> import posenc
    >>> len(votes([1, 10], posenc.frequencies(8), still=0.56).axes)
    8
    """
    steps, rates = np.atleast_1d(offsets), np.atleast_1d(freqs)
    if not steps.size or not rates.size:
        raise ValueError(f"offsets and freqs must not be empty, got {steps.size} and {rates.size} of them")
    size = (7.2, height or 1.1 * len(steps) + 0.2)
    figure, axes = plt.subplots(len(steps), len(rates), squeeze=False, figsize=size)
    for row, offset in enumerate(steps):
        for i, freq in enumerate(rates):
            ax, angle = axes[row, i], offset * freq
            moved = abs(angle) >= still
            _rim(ax, color=RIM if moved else GREEN, linewidth=0.8 if moved else 2.6)
            way = np.linspace(angle - np.clip(angle, -2 * np.pi, 2 * np.pi), angle, 60)
            ax.plot(0.5 * np.cos(way), 0.5 * np.sin(way), color=SKY, linewidth=1.2, linestyle="-")
            ax.plot([0, 1], [0, 0], color=SOFT, linewidth=1.0, linestyle="--")
            ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=BLUE, linewidth=1.8, linestyle="-")
            ax.set_xlabel(minus(f"{np.cos(angle):+.2f}"), fontsize=7.5, labelpad=1)
            if row == 0:
                ax.set_title(f"pair {i}", fontsize=8.5)
        axes[row, 0].set_ylabel(f"offset {offset:g}", rotation=0, ha="right", va="center")
    return figure


@picture
def chord_and_arc(offsets: ArrayLike, *, freq: float = 1.0, height: float = 2.3) -> Figure:
    """Show the way of one hand's end over an offset, and the straight line between its two ends.

    Parameters
    ----------
    offsets : sequence of float
        One panel each; the hand must turn by one turn at most.
    freq : float
        In radians per position.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no offset, or the hand turns by more than a turn.

    Examples
    --------
    >>> chord_and_arc([0.5, 1, 2]).axes[1].get_title()
    'offset 1'
    """
    steps = np.atleast_1d(offsets)
    if not steps.size or abs(steps * freq).max() > 2 * np.pi:
        raise ValueError(f"offsets must hold at least one, and none beyond a turn, got {offsets!r} with freq {freq!r}")
    figure, axes = plt.subplots(1, len(steps), squeeze=False, figsize=(7.2, height))
    for ax, offset in zip(axes[0], steps, strict=True):
        angle = offset * freq
        way = np.linspace(0, angle, 90)
        end = np.array([np.cos(angle), np.sin(angle)])
        _rim(ax, color=RIM, linewidth=0.8)
        ax.plot(np.cos(way), np.sin(way), color=ORANGE, linewidth=2.6, linestyle="-", label="arc")
        ax.plot([1, end[0]], [0, end[1]], color=BLUE, linewidth=1.6, linestyle="--", label="chord")
        ax.plot([1, end[0]], [0, end[1]], color=INK, linestyle="", marker="o", markersize=3.5)
        ax.set_title(f"offset {offset:g}")
        ax.set_xlabel(f"arc {abs(angle):.2f}\nchord {np.hypot(end[0] - 1, end[1]):.2f}")
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def _rim(ax: Axes, *, color: str, linewidth: float) -> None:
    arc(ax, 1.0, 0.0, 2 * np.pi, color=color, linewidth=linewidth, zorder=0)
    bare(ax, 1.2)
