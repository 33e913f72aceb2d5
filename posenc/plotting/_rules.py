"""Rules for position vectors: what a shift does to a point, and many rules side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, PLUM, RIM
from posenc.plotting._style import checked_tables, picture
from posenc.plotting._table import FAILS, PASSES

#: A cell of a gallery: what it says, and whether that passes; None if there is nothing to pass.
Cell = tuple[str, bool | None]


@picture
def fates(
    paths: Mapping[str, ArrayLike],
    positions: ArrayLike,
    *,
    limit: float = 1.5,
    xlabel: str = "column 1",
    ylabel: str = "column 0",
    height: float = 2.3,
) -> Figure:
    """Show where the points of two columns go, before and after position 0.

    Each panel holds the unit circle and one point a position: hollow for the past, filled for
    the future, a diamond at position 0. Column 0 points up and column 1 to the right, like
    the sine and the cosine of a hand.

    Parameters
    ----------
    paths : dict of str to array, shape ``(positions, 2)``
        By title of the panel: both columns at the positions.
    positions : array, shape ``(positions,)``
        The positions of the rows, 0 among them.
    limit : float
        The axes run from ``-limit`` to ``limit``; what lies beyond is out of the picture.
    xlabel, ylabel : str
        What column 1 and column 0 hold.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no path, a path has not two columns and one row a position, or position 0
        is missing.

    Examples
    --------
    >>> import posenc
    >>> turn = posenc.sinusoidal(range(-5, 6), 2, freqs=[0.4])
    >>> fates({"turn": turn}, range(-5, 6)).axes[0].get_title()
    'turn'
    """
    tables = checked_tables(paths)
    places = np.asarray(positions, dtype=float)
    if not (places == 0).any():
        raise ValueError("positions must hold 0, got none")
    for title, points in tables.items():
        if points.shape != (len(places), 2):
            raise ValueError(f"a path must have shape ({len(places)}, 2), got {points.shape} for {title!r}")
    figure, axes = plt.subplots(1, len(tables), squeeze=False, figsize=(7.2, height))
    for ax, (title, points) in zip(axes[0], tables.items(), strict=True):
        _path(ax, points, places)
        ax.set(title=title, xlabel=xlabel, xlim=(-limit, limit), ylim=(-limit, limit), xticks=[-1, 0, 1])
        ax.set(yticks=[-1, 0, 1], aspect="equal")
    axes[0, 0].set_ylabel(ylabel)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


@picture
def thumbnails(drawings: Mapping[str, ArrayLike], *, xlabel: str, across: int = 5, height: float = 3.4) -> Figure:
    """Show many tables as small drawings, one panel each, without numbers.

    Parameters
    ----------
    drawings : dict of str to array, shape ``(positions, columns)``
        By name of the rule: the columns to draw, the first three at most, over the positions
        0, 1, 2, ... Each panel has a scale of its own.
    xlabel : str
        What runs to the right, with its range, because the panels have no ticks.
    across : int
        Panels in a row.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no drawing, or one has not two axes.

    Examples
    --------
    >>> import posenc
    >>> figure = thumbnails({"sinusoids": posenc.sinusoidal(range(50), 4)}, xlabel="position p, 0 to 49")
    >>> figure.axes[0].get_title()
    'sinusoids'
    """
    tables = checked_tables(drawings)
    across = min(across, len(tables))
    figure, axes = plt.subplots(-(-len(tables) // across), across, squeeze=False, figsize=(7.2, height))
    for ax, (name, columns) in zip(axes.flat, tables.items(), strict=False):
        _small(ax, columns)
        ax.set_title(name, fontsize=8)
    for ax in axes.flat[len(tables) :]:
        ax.set_axis_off()
    figure.supxlabel(xlabel, fontsize="medium")
    figure.supylabel("value", fontsize="medium")
    return figure


@picture
def gallery(
    drawings: Mapping[str, ArrayLike],
    heads: Sequence[str],
    results: Mapping[str, Sequence[Cell]],
    *,
    height: float | None = None,
) -> Figure:
    """Show a row for each rule: a small drawing, its name, and what was measured, with marks.

    Parameters
    ----------
    drawings : dict of str to array, shape ``(positions, columns)``
        By name of the rule: the columns to draw, the first three at most.
    heads : sequence of str
        A head for each cell of a row.
    results : dict of str to sequence of (str, bool or None)
        By name of the rule: its cells. A bool adds the mark for pass or fail, None adds nothing.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If drawings and results do not name the same rules, or a row has not one cell a head.

    Examples
    --------
    >>> import posenc
    >>> drawings = {"sinusoids": posenc.sinusoidal(range(50), 4)}
    >>> figure = gallery(drawings, ["columns", "miss"], {"sinusoids": [("4", None), ("0.00", True)]})
    >>> [text.get_text() for text in figure.axes[1].texts][:2]
    ['sinusoids', '4']
    """
    tables = checked_tables(drawings)
    if list(tables) != list(results):
        raise ValueError(f"results must be of the rules {list(tables)}, got {list(results)}")
    for name, cells in results.items():
        if len(cells) != len(heads):
            raise ValueError(f"results must have {len(heads)} cells a rule, got {len(cells)} for {name!r}")
    size = (7.2, height or 0.4 * len(tables) + 0.5)
    figure, axes = plt.subplots(len(tables), 2, squeeze=False, figsize=size, width_ratios=[1, 4.6])
    stops = np.linspace(0.36, 0.9, len(heads)) if len(heads) > 1 else np.array([0.6])
    for (small, words), (name, columns) in zip(axes, tables.items(), strict=True):
        _small(small, columns)
        _words(words, name, results[name], stops)
    for x, head in zip(stops, heads, strict=True):
        axes[0, 1].text(x, 1.15, head, ha="center", va="bottom", fontsize=8.5, fontweight="bold")
    return figure


def _path(ax: Axes, points: NDArray[np.float64], places: NDArray[np.float64]) -> None:
    turn = np.linspace(0, 2 * np.pi, 100)
    ax.plot(np.cos(turn), np.sin(turn), color=RIM, linewidth=0.8, linestyle="-", zorder=0)
    kinds: dict[str, tuple[NDArray[np.bool_], dict[str, Any]]] = {
        "past, p < 0": (places < 0, {"marker": "o", "facecolors": "none", "edgecolors": ORANGE, "s": 16}),
        "position 0": (places == 0, {"marker": "D", "color": INK, "s": 34, "zorder": 3}),
        "future, p > 0": (places > 0, {"marker": "o", "color": BLUE, "s": 12}),
    }
    for label, (chosen, look) in kinds.items():
        ax.scatter(points[chosen, 1], points[chosen, 0], label=label, **look)


def _small(ax: Axes, columns: NDArray[np.float64]) -> None:
    for column, (colour, dashes) in zip(columns.T, ((BLUE, "-"), (ORANGE, "--"), (PLUM, ":")), strict=False):
        ax.plot(column, color=colour, linestyle=dashes, linewidth=0.9)
    ax.set(xticks=[], yticks=[])
    ax.margins(x=0.02, y=0.15)


def _words(ax: Axes, name: str, cells: Sequence[Cell], stops: NDArray[np.float64]) -> None:
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_axis_off()
    ax.text(0, 0.5, name, ha="left", va="center")
    for x, (said, passed) in zip(stops, cells, strict=True):
        ax.text(x, 0.5, said, ha="center" if passed is None else "right", va="center")
        if passed is not None:
            mark, colour = (PASSES, GREEN) if passed else (FAILS, ORANGE)
            ax.text(x + 0.03, 0.5, mark, ha="left", va="center", color=colour, fontsize=11, fontweight="bold")
