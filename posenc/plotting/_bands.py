"""Two hands on one dial: what stays when both turn together."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from posenc.plotting._colours import BLUE, GREEN, ORANGE
from posenc.plotting._dial import arc, bare, rim
from posenc.plotting._style import minus, picture


@picture
def two_hands(places: Sequence[tuple[float, float]], freq: float, *, height: float = 3.0) -> Figure:
    """Show the hands of a query and of a key on one dial, and how far they have turned since the first dial.

    The hand of position p stands at the angle ``p * freq``, counter-clockwise from the right.
    An inner arc leads from the query's hand to the key's; its angle is written below. Outside
    the dial one arc for each hand leads from where it stood on the first dial to where it
    stands now.

    Parameters
    ----------
    places : sequence of pair of float
        The position of the query and that of the key, one dial each.
    freq : float
        The frequency of the pair of columns, in radians per position.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `places` is empty.

    Examples
    --------
    >>> figure = two_hands([(1, 4), (5, 8)], 0.3)
    >>> [ax.get_xlabel() for ax in figure.axes]
    ['query to key: 0.9 rad', 'query to key: 0.9 rad']
    """
    if not places:
        raise ValueError("places must hold at least one pair of positions, got none")
    figure, axes = plt.subplots(1, len(places), squeeze=False, figsize=(7.2, height))
    first_query, first_key = (place * freq for place in places[0])
    for ax, (query, key) in zip(axes[0], places, strict=True):
        rim(ax)
        _hand(ax, query * freq, color=BLUE, linestyle="-", marker="o", label="query")
        _hand(ax, key * freq, color=ORANGE, linestyle="--", marker="s", label="key")
        arc(ax, 0.45, query * freq, key * freq, color=GREEN, linewidth=2.5, zorder=0, label="from query to key")
        arc(ax, 1.12, first_query, query * freq, color=BLUE, linewidth=1.5, zorder=0)
        arc(ax, 1.24, first_key, key * freq, color=ORANGE, linewidth=1.5, zorder=0, linestyle="--")
        ax.set(
            title=f"query at {query:g}, key at {key:g}", xlabel=minus(f"query to key: {(key - query) * freq:.1f} rad")
        )
        bare(ax, 1.35)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def _hand(ax: Axes, angle: float, *, color: str, linestyle: str, marker: str, label: str) -> None:
    (line,) = ax.plot(
        [0, np.cos(angle)], [0, np.sin(angle)], color=color, linestyle=linestyle, linewidth=1.8, label=label
    )
    line.set(marker=marker, markevery=[1], markersize=6)
