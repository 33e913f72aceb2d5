"""Labels of offsets: which query and key share one, and how far each of them reaches."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._colours import BLUE, INK, ORANGE, PAPER, RIM, SKY, SOFT
from posenc.plotting._style import checked_tables, picture, whole_numbers


@picture
def label_matrices(
    labels: Mapping[str, ArrayLike],
    offsets: Mapping[str, ArrayLike],
    *,
    xlabel: str = "key position q",
    ylabel: str = "query position p",
    height: float = 3.7,
) -> Figure:
    """Show the labels of queries and keys, a cell each, with lines between different labels.

    Labels whose keys lie behind their query are blue, those ahead orange, and the label of offset 0
    has none; the further away the offsets of a label are, the stronger the colour is. A cell without a label
    is hatched.

    Parameters
    ----------
    labels : dict of str to array, shape ``(queries, keys)``
        By title: whole numbers, or NaN where there is no label. Matrices of at most 24 columns
        show them.
    offsets : dict of str to array, shape ``(queries, keys)``
        The offset in each cell, key position - query position, under the same titles.
    xlabel, ylabel : str
        What columns and rows count.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `labels` is empty, a matrix has not two axes, or labels and offsets differ in titles or shapes.

    Examples
    --------
    >>> import numpy as np
    >>> k = np.arange(3) - np.arange(3)[:, None]
    >>> figure = label_matrices({"clipped": np.clip(k, -1, 1)}, {"clipped": k})
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['0', '1', '1', '-1', '0', '1', '-1', '-1', '0']
    """
    tables, apart = checked_tables(labels), {title: np.asarray(k, dtype=float) for title, k in offsets.items()}
    if list(tables) != list(apart):
        raise ValueError(f"offsets must have the titles {list(tables)}, got {list(apart)}")
    for title, table in tables.items():
        if apart[title].shape != table.shape:
            raise ValueError(f"offsets must have shape {table.shape}, got {apart[title].shape} for {title!r}")
    figure, axes = plt.subplots(1, len(tables), squeeze=False, figsize=(7.2, height))
    for ax, (title, table) in zip(axes[0], tables.items(), strict=True):
        _matrix(ax, table, apart[title])
        ax.set(title=title, xlabel=xlabel)
        whole_numbers(ax)
    axes[0, 0].set_ylabel(ylabel)
    sides = {"key behind the query": BLUE, "key ahead of it": ORANGE}
    shown = np.concatenate([k[~np.isnan(table)] for table, k in zip(tables.values(), apart.values(), strict=True)])
    if shown.min() < 0 < shown.max():
        handles = [Patch(color=to_rgba(colour, 0.45), label=name) for name, colour in sides.items()]
        figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


@picture
def rulers(
    starts: Mapping[str, Sequence[int]],
    *,
    stop: int,
    names: Mapping[str, Sequence[str]] | None = None,
    mark: int | None = None,
    xlabel: str = "distance |k| of query and key (logarithmic)",
    height: float = 2.6,
) -> Figure:
    """Show where the labels of distances begin, as rulers one above the other on a logarithmic axis.

    Each label is a cell from its first distance to that of the next one; the last cell is open, and
    its first distance is written above it. Distance 0 has no place on the axis.

    Parameters
    ----------
    starts : dict of str to sequence of int
        By name of the ruler: the first distance of each label, rising, the first of them 0 or 1.
    stop : int
        Where the axis ends, above all starts.
    names : dict of str to sequence of str, optional
        What to write in the cells of each ruler; their numbers 0, 1, 2, ... if not given. What
        does not fit is left out.
    mark : int, optional
        A distance to mark with a dashed line.
    xlabel : str
        What the axis measures.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no ruler, starts do not rise from 0 or 1 to below `stop`, or names are not one for each.

    Examples
    --------
    >>> figure = rulers({"doubling": [0, 1, 2, 4, 8]}, stop=16)
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['1', '2', '3', '4', 'from 8 on']
    """
    if not starts:
        raise ValueError("starts must hold at least one ruler, got none")
    written = {name: [str(i) for i in range(len(row))] for name, row in starts.items()}
    written |= {name: list(texts) for name, texts in (names or {}).items()}
    figure, ax = plt.subplots(figsize=(7.2, height))
    for level, (name, row) in enumerate(starts.items()):
        edges = [*map(int, row), int(stop)]
        if edges[0] not in (0, 1) or (np.diff(edges) <= 0).any():
            raise ValueError(f"starts must rise from 0 or 1 to below stop = {stop}, got {list(row)} for {name!r}")
        if len(written[name]) != len(row):
            raise ValueError(f"names must be one for each of {len(row)} labels, got {len(written[name])} for {name!r}")
        _ruler(ax, -level, edges, written[name])
    if mark is not None:
        ax.axvline(mark, color=ORANGE, linestyle="--", linewidth=1.4, zorder=3)
        ax.annotate(f"{mark}", (mark, 0.72), color=ORANGE, ha="center", va="bottom", annotation_clip=False)
    ax.set(xscale="log", xlim=(1, stop), ylim=(0.5 - len(starts), 0.7), xlabel=xlabel)
    ax.set_yticks([-level for level in range(len(starts))], list(starts))
    powers = [2**power for power in range(int(np.log2(stop)) + 1)]
    ax.set_xticks(powers, [str(power) for power in powers])
    ax.tick_params(axis="x", which="minor", bottom=False)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return figure


def _matrix(ax: Axes, table: NDArray[np.float64], offsets: NDArray[np.float64]) -> None:
    """One matrix of labels: colours, the lines between different labels, and the numbers if they fit."""
    image = np.zeros((*table.shape, 4))
    present = np.unique(table[~np.isnan(table)])
    middle = {label: float(offsets[table == label].mean()) for label in present}
    for colour, side in ((BLUE, -1), (ORANGE, 1)):
        ordered = sorted((label for label in present if side * middle[label] > 0), key=lambda one: abs(middle[one]))
        for rank, label in enumerate(ordered):
            image[table == label] = to_rgba(colour, 0.10 + 0.52 * (rank + 1) / len(ordered))
    ax.imshow(image, aspect="equal")
    for row, column in np.argwhere(np.isnan(table)):
        ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="////", edgecolor=RIM, linewidth=0))
    ax.add_collection(LineCollection(_borders(table), colors=SOFT, linewidths=0.7))
    if table.shape[1] <= 24:
        for (row, column), label in np.ndenumerate(table):
            if not np.isnan(label):
                ax.text(column, row, f"{label:.0f}", ha="center", va="center", fontsize=6.5, color=INK)


def _borders(table: NDArray[np.float64]) -> list[list[tuple[float, float]]]:
    """The edges between neighbouring cells of different labels."""
    filled = np.where(np.isnan(table), np.inf, table)
    beside = [[(c + 0.5, r - 0.5), (c + 0.5, r + 0.5)] for r, c in np.argwhere(filled[:, 1:] != filled[:, :-1])]
    below = [[(c - 0.5, r + 0.5), (c + 0.5, r + 0.5)] for r, c in np.argwhere(filled[1:] != filled[:-1])]
    return beside + below


def _ruler(ax: Axes, level: float, edges: Sequence[int], texts: Sequence[str]) -> None:
    span = np.log(edges[-1])
    for number, (start, end, text) in enumerate(zip(edges[:-1], edges[1:], texts, strict=True)):
        if end <= 1:
            continue
        left, tint = max(start, 1), (BLUE, 0.34) if number % 2 else (SKY, 0.22)
        ax.add_patch(Rectangle((left, level - 0.24), end - left, 0.48, facecolor=to_rgba(*tint), edgecolor=SOFT))
        if np.log(end / left) / span > 0.0125 * len(text):
            ax.text(np.sqrt(left * end), level, text, ha="center", va="center", fontsize=7)
    last = edges[-2]
    said = ax.text(np.sqrt(last * edges[-1]), level + 0.31, f"from {last} on", ha="center", va="bottom", fontsize=7.5)
    said.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 0.5})  # over the dashed line
    said.set_zorder(4)
