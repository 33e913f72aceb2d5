"""The shift in pictures: hands that turn, what a head looks at, numbers with the curve that runs through them."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._cells import cells, key
from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, PAPER, PLUM, SOFT
from posenc.plotting._dial import arrow, rim
from posenc.plotting._style import Curve, checked_tables, picture, whole_numbers

#: The colour of a hand that belongs to more than one step.
SHARED = INK
#: A colour and a dash pattern for each step, so that they stay apart in grey.
STYLES = ((BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (PLUM, ":"))


@picture
def turns(
    freqs: ArrayLike,
    steps: Sequence[tuple[float, float]],
    *,
    titles: Sequence[str] | None = None,
    radii: Sequence[float] | None = None,
    level: float | None = None,
    height: float = 2.6,
) -> Figure:
    """Show hands that turn from one position to another, each turn as an arc with an arrowhead.

    Every panel is the clock of one frequency. The hand of position p stands at the angle
    ``p * w``, counter-clockwise from the right. A step from p to q is drawn as both hands, the
    first one thin with a hollow tip, and as the arc between them, over the angle ``(q - p) * w``.

    Parameters
    ----------
    freqs : array, shape ``(panels,)``
        Frequencies in radians per position, one panel each.
    steps : sequence of pair of float
        The turns, each from one position to another; a second smaller than the first turns back.
    titles : sequence of str, optional
        A title for each panel; "pair 0", "pair 1", ... if not given.
    radii : sequence of float, optional
        How far from the centre to draw the arc of each step; 0.72 if not given.
    level : float, optional
        Draw a dashed line at this height.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no frequency or no step, or titles or radii are not one for each.

    Examples
    --------
    >>> figure = turns([1.0, 0.4], [(2, 3), (12, 13)])
    >>> len(figure.axes)
    2
    """
    rates = np.atleast_1d(np.asarray(freqs, dtype=float))
    if not rates.size or not len(steps):
        raise ValueError(f"freqs and steps must not be empty, got {rates.size} and {len(steps)} of them")
    names = [f"pair {i}" for i in range(rates.size)] if titles is None else list(titles)
    reaches = [0.72] * len(steps) if radii is None else list(radii)
    if len(names) != rates.size:
        raise ValueError(f"titles must be one for each of {rates.size} frequencies, got {len(names)}")
    if len(reaches) != len(steps):
        raise ValueError(f"radii must be one for each of {len(steps)} steps, got {len(reaches)}")
    figure, axes = plt.subplots(1, rates.size, squeeze=False, figsize=(7.2, height))
    for ax, rate, name in zip(axes[0], rates, names, strict=True):
        _face(ax)
        if level is not None:
            ax.axhline(level, color=SOFT, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
        for number, ((start, stop), reach) in enumerate(zip(steps, reaches, strict=True)):
            color, dashes = STYLES[number % len(STYLES)]
            arrow(ax, reach, start * rate, stop * rate, color=color, linestyle=dashes, linewidth=1.6, zorder=2)
        for position in sorted({position for step in steps for position in step}):
            uses = [
                (STYLES[number % len(STYLES)][0], end)
                for number, step in enumerate(steps)
                for end in (0, 1)
                if step[end] == position
            ]
            _hand(ax, position * rate, uses[0][0] if len(uses) == 1 else SHARED, [end for _, end in uses])
            place = (1.2 * np.cos(position * rate), 1.2 * np.sin(position * rate))
            ax.text(*place, f"{position:g}", ha="center", va="center", fontsize=8)
        ax.set(title=name, xlabel="cosine")
    axes[0, 0].set_ylabel("sine")
    return figure


@picture
def score_map(
    scores: ArrayLike, marks: Sequence[tuple[int, int]], *, colorbar: str = "score", height: float = 3.4
) -> Figure:
    """Show the scores of queries (downwards) with keys (across), and mark some of them.

    Parameters
    ----------
    scores : array, shape ``(queries, keys)``
        Query p with key q at ``[p, q]``.
    marks : sequence of pair of int
        Query and key of each score to mark with a dot.
    colorbar : str
        What the colours measure.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `scores` has not two axes.

    Examples
    --------
    >>> len(score_map([[2.0, 1.0], [3.0, 0.0]], [(0, 0), (1, 0)]).axes)
    2
    """
    (rows,) = checked_tables({"": scores}).values()
    figure, ax = plt.subplots(figsize=(7.2, height))
    limits = (min(0.0, float(rows.min())), float(rows.max()))
    image = cells(ax, rows, limits, aspect="equal")
    queries, keys = np.reshape(np.asarray(marks, dtype=float), (-1, 2)).T
    ax.plot(keys, queries, color=INK, marker="o", markersize=3.5, markeredgecolor=PAPER, linestyle="none")
    ax.set(xlabel="key", ylabel="query")
    whole_numbers(ax)
    key(figure, image, ax, colorbar, limits)
    return figure


@picture
def samples(
    positions: ArrayLike,
    values: ArrayLike,
    curves: Mapping[str, Curve],
    *,
    name: str,
    xlabel: str,
    ylabel: str,
    height: float = 2.8,
) -> Figure:
    """Show single numbers as dots, and curves that are to run through them.

    Parameters
    ----------
    positions, values : array, shape ``(n,)``
        Where the numbers stand, and what they are.
    curves : dict of str to pair of arrays
        The x and y of each curve, by name.
    name : str
        What the legend calls the dots.
    xlabel, ylabel : str
        What the axes measure, with units.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is not one value for each position.

    Examples
    --------
    >>> line = {"twice p": ([0, 3], [0, 6])}
    >>> figure = samples([0, 1], [0, 2], line, name="given", xlabel="p", ylabel="value")
    >>> len(figure.axes[0].lines)
    2
    """
    places, heights = np.atleast_1d(positions), np.atleast_1d(values)
    if places.shape != heights.shape:
        raise ValueError(
            f"values must be one for each of {places.size} positions, got shapes {heights.shape} and {places.shape}"
        )
    figure, ax = plt.subplots(figsize=(7.2, height))
    for label, (x, y) in curves.items():
        ax.plot(x, y, label=label, linewidth=1.3)
    ax.plot(places, heights, label=name, color=INK, marker="o", markersize=4, linestyle="none", zorder=3)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.2), ncols=len(curves) + 1)
    return figure


def _face(ax: Axes) -> None:
    rim(ax)
    ax.set(aspect="equal", xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), xticks=[-1, 0, 1], yticks=[-1, 0, 1])


def _hand(ax: Axes, angle: float, color: str, ends: Sequence[int]) -> None:
    """One hand: thin and hollow where steps begin only, thick and filled where one ends."""
    arrives = any(ends)
    tip = (np.cos(angle), np.sin(angle))
    ax.plot([0, tip[0]], [0, tip[1]], color=color, linewidth=1.8 if arrives else 0.8, linestyle="-", zorder=2)
    filled = color if arrives else PAPER
    ax.plot(*tip, color=color, marker="o", markersize=4.5, markerfacecolor=filled, linestyle="none", zorder=3)
