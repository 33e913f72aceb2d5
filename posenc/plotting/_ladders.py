"""Slower ladders: which angles training has shown, and by how much each map slows a pair."""

from collections.abc import Mapping, Sequence
from itertools import cycle, pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle, Wedge
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, NullLocator
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._colours import BLUE, INK, ORANGE, RIM, SKY, SOFT
from posenc.plotting._dial import arc, bare, rim
from posenc.plotting._style import picture

FULL_TURN = 2 * np.pi


@picture
def seen_arcs(
    freqs: ArrayLike,
    trained: float,
    longer: Mapping[str, tuple[ArrayLike, float]],
    *,
    titles: Sequence[str] | None = None,
    height: float | None = None,
) -> Figure:
    """Show which angles the pairs have shown in training, and which of a longer text's are new.

    One column a pair, one row a longer text. At distance k a pair has turned by ``k`` times its
    frequency, drawn counter-clockwise from the right. The shaded sector holds the angles of the
    distances up to `trained`; it is the whole dial if the pair has gone round. The arc leads
    over the angles of the longer text, at most once around: solid where training has shown
    them, dashed where they are new. Below each dial stand the turns of the longer text.

    Parameters
    ----------
    freqs : array, shape ``(pairs,)``
        The frequencies in training, in radians per position, above 0.
    trained : float
        The longest distance in training, above 0.
    longer : dict of str to pair of array and float
        By the name of its row: the frequencies used for a longer text, and its longest distance.
    titles : sequence of str, optional
        A title for each pair; "pair 0", "pair 1", ... if not given.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no pair or no longer text, a number is not above 0, or titles or frequencies
        are not one for each pair.

    Examples
    --------
    >>> figure = seen_arcs([1.0, 0.001], 1000, {"as it is": ([1.0, 0.001], 2000)})
    >>> [ax.get_xlabel() for ax in figure.axes]
    ['318 turns', '0.32 turns']
    """
    old = _positive(freqs, "freqs")
    seen = _positive(trained, "trained") * old
    if not longer:
        raise ValueError("longer must hold at least one text, got none")
    names = [f"pair {i}" for i in range(old.size)] if titles is None else list(titles)
    if len(names) != old.size:
        raise ValueError(f"titles must be one for each of {old.size} frequencies, got {len(names)}")
    size = (7.2, height or 1.75 * len(longer) + 0.45)
    figure, axes = plt.subplots(len(longer), old.size, squeeze=False, figsize=size)
    for row, (name, (own, length)) in zip(axes, longer.items(), strict=True):
        new = _positive(own, f"the frequencies of {name!r}")
        if new.size != old.size:
            raise ValueError(f"the frequencies of {name!r} must be {old.size}, one a pair, got {new.size}")
        reached = _positive(length, f"the length of {name!r}") * new
        for ax, shown, asked in zip(row, seen, reached, strict=True):
            _dial(ax, float(shown), float(asked))
        row[0].set_ylabel(name)
    for ax, title in zip(axes[0], names, strict=True):
        ax.set_title(title)
    handles = [
        Patch(facecolor=SKY, alpha=0.45, label="angles seen in training"),
        Line2D([], [], color=BLUE, linestyle="-", linewidth=2, label="longer text: seen before"),
        Line2D([], [], color=ORANGE, linestyle=(0, (2, 1)), linewidth=2.6, label="longer text: new"),
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    return figure


@picture
def slowdowns(
    panels: Mapping[str, tuple[ArrayLike, float, Mapping[str, ArrayLike]]],
    *,
    labels: Mapping[str, tuple[float, float]],
    height: float = 3.7,
) -> Figure:
    """Show by how much each map slows each pair, against the turns that the pair has made in training.

    Fast pairs stand at the left. Both axes are logarithmic. Where a pair has turned less than
    once and is slowed by less than the factor, the area is shaded: there it shows new angles.

    Parameters
    ----------
    panels : dict of str to tuple
        By its title: the turns of the pairs in the trained length, in one order or the other;
        the factor by which the text is longer, above 1; and, by the name of a map, the new
        frequency over the old one for each pair.
    labels : dict of str to pair of float
        Where the name of each map stands, in turns and in new over old frequency.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `panels` is empty, a number is not above 0, a factor is not above 1, a map has not one
        number for each pair, or a map has no label.

    Examples
    --------
    >>> figure = slowdowns({"c = 4": ([10, 0.1], 4, {"linear": [0.25, 0.25]})}, labels={"linear": (2, 0.3)})
    >>> figure.axes[0].get_ylabel()
    'new speed / old speed'
    """
    if not panels:
        raise ValueError("panels must hold at least one panel, got none")
    figure, axes = plt.subplots(
        1, len(panels), squeeze=False, figsize=(7.2, height), width_ratios=[1.6] + [1] * (len(panels) - 1)
    )
    styles = cycle(plt.rcParams["axes.prop_cycle"])
    for ax, (title, (turns, factor, maps)) in zip(axes[0], panels.items(), strict=True):
        places = _positive(turns, "turns")
        if factor <= 1:
            raise ValueError(f"the factor of {title!r} must be above 1, got {factor}")
        for name, ratios in maps.items():
            heights = _positive(ratios, f"the ratios of {name!r}")
            if heights.size != places.size:
                raise ValueError(f"the ratios of {name!r} must be {places.size}, one a pair, got {heights.size}")
            if name not in labels:
                raise ValueError(f"labels must say where {name!r} stands, got {sorted(labels)}")
            ax.plot(places, heights, label=name, marker=".", markersize=3, linewidth=1.2, **next(styles))
            ax.text(*labels[name], name, color=INK, fontsize=8.5, ha="left", va="center")
        _slow_axes(ax, places, factor)
        ax.set(title=title, xlabel="turns in the trained length")
    axes[0, 0].set_ylabel("new speed / old speed")
    return figure


def _positive(values: ArrayLike, name: str) -> NDArray[np.float64]:
    numbers = np.atleast_1d(np.asarray(values, dtype=float))
    if not numbers.size or not (numbers > 0).all():
        raise ValueError(f"{name} must be one or more numbers above 0, got {np.asarray(values).tolist()}")
    return numbers


def _dial(ax: Axes, seen: float, reached: float) -> None:
    """The sector of the angles seen, and the arc of those reached: solid up to where the sector ends, then dashed."""
    rim(ax)
    known, end = min(seen, FULL_TURN), min(reached, FULL_TURN)
    ax.add_patch(Wedge((0, 0), 1, 0, np.degrees(known), facecolor=SKY, alpha=0.45, edgecolor="none", zorder=1))
    ends = [0.0, min(known, end), end]
    for (start, stop), color, dashes, width in zip(
        pairwise(ends), (BLUE, ORANGE), ("-", (0, (2, 1))), (2.0, 2.6), strict=True
    ):
        if stop > start:
            arc(ax, 0.8, start, stop, color=color, linestyle=dashes, linewidth=width, zorder=2)
    ax.plot([0, 1], [0, 0], color=SOFT, linewidth=1, linestyle="-", zorder=3)
    if reached < FULL_TURN:
        ax.plot([0, np.cos(end)], [0, np.sin(end)], color=SOFT, linewidth=1, linestyle="-", zorder=3)
    bare(ax, 1.1)
    turns = reached / FULL_TURN
    ax.set_xlabel(f"{turns:.0f} turns" if turns >= 10 else f"{turns:#.2g} turns", fontsize=8)


def _slow_axes(ax: Axes, turns: NDArray[np.float64], factor: float) -> None:
    """Fast pairs left, fractions at the left side, and the shade where angles are new."""
    left, right, bottom, top = turns.max() * 1.3, turns.min() / 1.3, 1 / factor / 1.12, 1.12
    ax.set(xscale="log", yscale="log", xlim=(left, right), ylim=(bottom, top))
    halves = [2.0**-power for power in range(int(np.log2(factor)) + 1)]
    ax.yaxis.set_major_locator(FixedLocator(halves))
    ax.yaxis.set_major_formatter(FixedFormatter(["1"] + [f"1/{round(1 / half)}" for half in halves[1:]]))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda turns, _: f"{turns:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
    if right < 1:
        corner, width, depth = (right, 1 / factor), 1 - right, top - 1 / factor
        ax.add_patch(Rectangle(corner, width, depth, facecolor=ORANGE, alpha=0.13, edgecolor="none", zorder=0))
        ax.axvline(1, color=RIM, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
        middle = np.sqrt(min(left, 1.0) * right)
        ax.text(middle, 0.94, "shows\nnew angles", fontsize=8, ha="center", va="top", color=INK)
