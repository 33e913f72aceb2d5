"""What rounding does: places that fall together, hands that stand elsewhere, and errors that grow with the place."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, PLUM, SKY, SOFT
from posenc.plotting._dial import arc, bare, rim
from posenc.plotting._style import Curve, name_above, picture, plain_numbers

#: The looks of the curves of `growth`, in order: colour and marker.
LOOKS = ((BLUE, "o"), (SKY, "D"), (ORANGE, "s"), (PLUM, "^"), (GREEN, "v"))


@picture
def thinning(windows: Mapping[str, tuple[ArrayLike, ArrayLike]], *, height: float | None = None) -> Figure:
    """Show which numbers a format keeps: a row of places above, what each of them becomes below.

    Places that stay what they are have a straight thread, those that move a slanted one in another colour.

    Parameters
    ----------
    windows : dict of str to pair of arrays
        By title: some places, and what each of them is rounded to. One panel each.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no window, or places and rounded places are not of one length.

    Examples
    --------
    >>> figure = thinning({"above 256": ([256, 257, 258], [256, 256, 258])})
    >>> figure.axes[0].get_title()
    'above 256'
    """
    if not windows:
        raise ValueError("windows must hold at least one, got none")
    figure, axes = plt.subplots(len(windows), 1, squeeze=False, figsize=(7.2, height or 1.05 * len(windows) + 0.45))
    for ax, (title, (before, after)) in zip(axes[:, 0], windows.items(), strict=True):
        places, kept = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
        if places.shape != kept.shape or places.ndim != 1:
            raise ValueError(f"places and rounded places must be rows of one length, got {places.shape}, {kept.shape}")
        for place, now in zip(places, kept, strict=True):
            look = {"color": SOFT, "linestyle": "-"} if place == now else {"color": ORANGE, "linestyle": "-"}
            ax.plot([place, now], [1, 0], linewidth=0.9, zorder=1, **look)
        ax.plot(places, np.ones_like(places), "o", color=BLUE, markerfacecolor="white", markersize=5, label="position")
        found = np.unique(kept)
        ax.plot(found, np.zeros_like(found), "s", color=ORANGE, markersize=5.5, label="what is stored")
        ax.set(title=title, xticks=found, yticks=[], ylim=(-0.45, 1.4))
        ax.set_xticklabels([f"{value:,.0f}" for value in found])
        ax.margins(x=0.04)
        ax.spines["left"].set_visible(False)
    name_above(figure, axes[0, 0])
    return figure


@picture
def astray(dials: Mapping[str, tuple[float, Mapping[str, float]]], *, height: float = 2.3) -> Figure:
    """Show hands that were turned by rounded angles, beside the hand that was not.

    Parameters
    ----------
    dials : dict of str to (float, dict of str to float)
        By title of the dial: the right angle, and by name the angles that were used instead, in radians. An arc
        inside the rim leads from the right hand to each of the others, the shorter way.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no dial, or a dial has more than three other hands.

    Examples
    --------
    >>> figure = astray({"position 257": (257.0, {"bfloat16": 256.0})})
    >>> figure.axes[0].get_xlabel()
    'bfloat16: 1.00 rad off'
    """
    if not dials:
        raise ValueError("dials must hold at least one, got none")
    looks = ((ORANGE, "--", 0.8), (PLUM, ":", 0.62), (SKY, "-.", 0.44))
    figure, axes = plt.subplots(1, len(dials), squeeze=False, figsize=(7.2, height))
    for ax, (title, (right, others)) in zip(axes[0], dials.items(), strict=True):
        if len(others) > len(looks):
            raise ValueError(f"a dial must have {len(looks)} other hands at most, got {len(others)} for {title!r}")
        rim(ax)
        said = []
        for (name, used), (color, dashes, reach) in zip(others.items(), looks, strict=False):
            gap = (used - right + np.pi) % (2 * np.pi) - np.pi
            ax.plot([0, np.cos(used)], [0, np.sin(used)], color=color, linestyle=dashes, linewidth=1.7, label=name)
            ax.plot(np.cos(used), np.sin(used), "s", color=color, markersize=4.5)
            arc(ax, reach, right, right + gap, color=color, linewidth=1.2, linestyle=dashes)
            said.append(f"{name}: {abs(gap):.2f} rad off")
        ax.plot(
            [0, np.cos(right)], [0, np.sin(right)], color=BLUE, linestyle="-", linewidth=2.2, label="where it belongs"
        )
        ax.plot(np.cos(right), np.sin(right), "o", color=BLUE, markersize=5)
        bare(ax, 1.15)
        ax.set(title=title)
        ax.set_xlabel("\n".join(said), color=INK)
    name_above(figure, axes[0, 0])
    return figure


@picture
def growth(
    measured: Mapping[str, Curve],
    bounds: Mapping[str, Curve],
    *,
    xlabel: str,
    ylabel: str,
    levels: Mapping[str, float] | None = None,
    height: float = 4.2,
) -> Figure:
    """Show measured errors as points on logarithmic axes, and the bound of each as a line of its colour.

    Parameters
    ----------
    measured, bounds : dict of str to pair of arrays
        By name: the x and y of the points, and of the line above them. Each name is in both.
    xlabel, ylabel : str
        What the axes measure, with units.
    levels : dict of str to float, optional
        Heights to compare with: level lines, with what is written below their right end.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If nothing was measured, or what was measured and what is bounded have different names.

    Examples
    --------
    >>> figure = growth({"a": ([1, 10], [1, 2])}, {"a": ([1, 10], [3, 4])}, xlabel="x", ylabel="error")
    >>> figure.axes[0].get_yscale()
    'log'
    """
    if not measured or list(measured) != list(bounds):
        raise ValueError(f"measured and bounds must have the same names, got {list(measured)} and {list(bounds)}")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for (name, (x, y)), (color, marker) in zip(measured.items(), LOOKS, strict=False):
        ax.plot(*bounds[name], color=color, linestyle="-", linewidth=1.1)
        ax.plot(x, y, color=color, linestyle="none", marker=marker, markersize=4.5, label=name)
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale="log", yscale="log")
    for words, level in (levels or {}).items():
        ax.axhline(level, color=SOFT, linestyle=(0, (2, 2)), linewidth=0.9)
        across = ax.get_yaxis_transform()
        ax.text(0.99, level / 1.3, words, color=INK, fontsize=8.5, ha="right", va="top", transform=across)
    plain_numbers(ax)
    name_above(figure, ax)
    return figure
