"""The pictures of the book, one call each. Needs Matplotlib.

Every function returns the figure and closes it, so that a notebook shows it once and
`fig.savefig("name.png")` works anywhere. Numbers come in as arguments: nothing is computed
here that a chapter claims.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, ParamSpec

import numpy as np
from numpy.typing import ArrayLike, NDArray

try:
    import matplotlib.pyplot as plt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError(
        "posenc.plotting needs Matplotlib: pip install 'posenc[plotting]'", name="matplotlib"
    ) from _missing

STYLE = Path(__file__).with_name("posenc.mplstyle")

# Written out, because Matplotlib looks up "C0" when it draws, which is after the style has gone.
BLUE, ORANGE, SKY = "#0072B2", "#D55E00", "#56B4E9"

#: The x and y of a curve.
Curve = tuple[ArrayLike, ArrayLike]
_Drawn = ParamSpec("_Drawn")


def _picture(draw: Callable[_Drawn, Figure]) -> Callable[_Drawn, Figure]:
    """Draw in the book's style, and hand the figure over without a second display."""

    @functools.wraps(draw)
    def styled(*args: _Drawn.args, **kwargs: _Drawn.kwargs) -> Figure:
        with plt.style.context(STYLE):
            figure = draw(*args, **kwargs)
            plt.close(figure)
        return figure

    return styled


@_picture
def heat_maps(
    tables: Mapping[str, ArrayLike],
    *,
    xlabel: str = "column j",
    ylabel: str = "position p",
    limits: tuple[float, float] = (-1, 1),
    colorbar: str = "value",
    height: float = 3.0,
) -> Figure:
    """Show tables side by side as images with one colour scale.

    Parameters
    ----------
    tables : dict of str to array, shape ``(rows, columns)``
        What to show, by title.
    xlabel, ylabel : str
        What columns and rows count.
    limits : pair of float
        The values at the two ends of the colour scale.
    colorbar : str
        What the colours measure, with its unit if it has one.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `tables` is empty or a table has not two axes.

    Examples
    --------
    >>> import posenc
    >>> heat_maps({"d = 8": posenc.sinusoidal(range(20), 8)}).axes[0].get_title()
    'd = 8'
    """
    return _images(_tables(tables), xlabel, ylabel, limits, colorbar, height)[0]


@_picture
def matrices(
    matrices: Mapping[str, ArrayLike], *, xlabel: str = "column", ylabel: str = "row", height: float = 3.0
) -> Figure:
    """Show square matrices with entries from -1 to 1; small ones with their numbers.

    Parameters
    ----------
    matrices : dict of str to array, shape ``(n, n)``
        What to show, by title.
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
        If `matrices` is empty or an entry has not two axes.

    Examples
    --------
    >>> import posenc
    >>> matrices({"R(3)": posenc.shift_matrix(3, 8)}).axes[0].get_xlabel()
    'column'
    """
    arrays = _tables(matrices)
    figure, axes = _images(arrays, xlabel, ylabel, (-1, 1), "entry", height, aspect="equal")
    for ax, matrix in zip(axes, arrays.values(), strict=True):
        _write_entries(ax, matrix, dark_above=0.2, smallest=0.005, fontsize=6.5)
    return figure


@_picture
def waves(
    table: ArrayLike, columns: Sequence[int], *, positions: ArrayLike | None = None, height: float = 3.2
) -> Figure:
    """Show columns of a table as curves over the positions, one panel a column.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        The table.
    columns : sequence of int
        Which columns to show.
    positions : array, shape ``(positions,)``, optional
        The positions of the rows; 0, 1, 2, ... if not given.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `table` has not two axes.

    Examples
    --------
    >>> import posenc
    >>> len(waves(posenc.sinusoidal(range(50), 8), [0, 4, 6]).axes)
    3
    """
    (rows,) = _tables({"": table}).values()
    places = np.arange(len(rows)) if positions is None else np.asarray(positions)
    figure, axes = plt.subplots(len(columns), 1, sharex=True, squeeze=False, figsize=(7.2, height))
    for ax, column in zip(axes[:, 0], columns, strict=True):
        ax.plot(places, rows[:, column], color=BLUE, marker=".", markersize=3, linewidth=0.8)
        ax.set(ylim=(-1.15, 1.15), yticks=[-1, 0, 1], ylabel=f"column {column}")
    axes[-1, 0].set_xlabel("position p")
    return figure


@_picture
def lines(
    curves: Mapping[str, Curve],
    *,
    xlabel: str,
    ylabel: str,
    xscale: str = "linear",
    yscale: str = "linear",
    marker: str = "",
    height: float = 3.2,
) -> Figure:
    """Show measured curves over one axis.

    Parameters
    ----------
    curves : dict of str to pair of arrays
        The x and y of each curve, by name; a legend names them if there is more than one.
    xlabel, ylabel : str
        What the axes measure, with units.
    xscale, yscale : str
        Scales as Matplotlib names them: "linear", "log", "symlog".
    marker : str
        Marker at the points, as Matplotlib names it.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `curves` is empty.

    Examples
    --------
    >>> lines({"square": ([0, 1, 2], [0, 1, 4])}, xlabel="x", ylabel="y").axes[0].get_ylabel()
    'y'
    """
    if not curves:
        raise ValueError("curves must hold at least one curve, got none")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for name, (x, y) in curves.items():
        ax.plot(x, y, label=name, marker=marker, markersize=4)
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
    if len(curves) > 1:
        ax.legend()
    return figure


@_picture
def ladder(ladders: Mapping[str, ArrayLike], *, height: float = 3.4) -> Figure:
    """Show frequencies pair by pair on a logarithmic axis, with the wavelength at the right.

    Parameters
    ----------
    ladders : dict of str to array, shape ``(pairs,)``
        Frequencies in radians per position, by name.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `ladders` is empty.

    Examples
    --------
    >>> import posenc
    >>> ladder({"paper": posenc.frequencies(16)}).axes[0].get_yscale()
    'log'
    """
    if not ladders:
        raise ValueError("ladders must hold at least one ladder, got none")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for name, freqs in ladders.items():
        ax.plot(np.arange(np.size(freqs)), freqs, label=name, marker="o", markersize=3)
    ax.set(xlabel="pair i", ylabel="frequency (radians per position)", yscale="log")
    _whole_numbers(ax, "x")
    turns = ax.secondary_yaxis("right", functions=(_turn, _turn))
    turns.set_ylabel("wavelength (positions per turn)")
    ax.legend()
    return figure


@_picture
def clocks(positions: ArrayLike, freqs: ArrayLike, *, height: float | None = None) -> Figure:
    """Show every pair as the hand of a clock: one row a position, one column a pair.

    The hand of pair i stands at the angle ``p * w_i``, counter-clockwise from the right; its
    height is the sine, its reach to the right is the cosine. A trace shows the way that it
    has come since position 0, at most once around.

    Parameters
    ----------
    positions : sequence of float
        One row of clocks each.
    freqs : array, shape ``(pairs,)``
        In radians per position.
    height : float, optional
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no position or no frequency.

    Examples
    --------
    >>> import posenc
    >>> len(clocks([0, 1, 2], posenc.frequencies(8)).axes)
    12
    """
    places, rates = np.atleast_1d(positions), np.atleast_1d(freqs)
    if not places.size or not rates.size:
        raise ValueError(f"positions and freqs must not be empty, got {places.size} and {rates.size} of them")
    size = (7.2, height or 1.25 * len(places) + 0.3)
    figure, axes = plt.subplots(len(places), len(rates), squeeze=False, figsize=size)
    for row, position in enumerate(places):
        for i, freq in enumerate(rates):
            _clock(axes[row, i], position * freq)
            if row == 0:
                axes[row, i].set_title(f"pair {i}")
        axes[row, 0].set_ylabel(f"position {position:g}", rotation=0, ha="right", va="center")
    return figure


@_picture
def orbits(
    table: ArrayLike,
    pairs: Sequence[int],
    *,
    steps: Iterable[tuple[int, int]] = (),
    titles: Sequence[str] | None = None,
    xlabel: str = "cosine",
    ylabel: str = "sine",
    height: float = 2.6,
) -> Figure:
    """Show pairs as points on circles, one point a position, with arrows for a shift.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        An interleaved table: pair i is columns 2i and 2i + 1.
    pairs : sequence of int
        Which pairs to show.
    steps : sequence of pair of int
        Arrows, each from one position to another.
    titles : sequence of str, optional
        A title for each panel; "pair i" if not given.
    xlabel, ylabel : str
        What the second and the first column of a pair hold.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `table` has not two axes.

    Examples
    --------
    >>> import posenc
    >>> len(orbits(posenc.sinusoidal(range(12), 8), [0, 1, 2], steps=[(0, 3)]).axes)
    3
    """
    (rows,) = _tables({"": table}).values()
    figure, axes = plt.subplots(1, len(pairs), squeeze=False, figsize=(7.2, height))
    titles = titles or [f"pair {i}" for i in pairs]
    for ax, i, title in zip(axes[0], pairs, titles, strict=True):
        sine, cosine = rows[:, 2 * i], rows[:, 2 * i + 1]
        _circle(ax)
        ax.scatter(cosine, sine, c=np.arange(len(rows)), s=14, zorder=3)
        for start, stop in steps:
            arrow = {"arrowstyle": "->", "color": ORANGE, "linewidth": 1.3}
            ax.annotate("", (cosine[stop], sine[stop]), (cosine[start], sine[start]), arrowprops=arrow)
            for p in (start, stop):
                ax.text(1.22 * cosine[p], 1.22 * sine[p], str(p), ha="center", va="center", fontsize=7)
        ax.set(title=title, xlabel=xlabel, xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    axes[0, 0].set_ylabel(ylabel)
    return figure


@_picture
def reading(table: ArrayLike, position: int, *, height: float = 3.4) -> Figure:
    """Show a table with one row marked, and that row read as clock hands.

    Parameters
    ----------
    table : array, shape ``(positions, dim)``
        An interleaved table of the positions 0, 1, 2, ...
    position : int
        The row to read.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `table` has not two axes.

    Examples
    --------
    >>> import posenc
    >>> len(reading(posenc.sinusoidal(range(40), 8), 20).axes)
    6
    """
    (rows,) = _tables({"": table}).values()
    pairs = rows.shape[1] // 2
    across = max(2, int(np.ceil(np.sqrt(pairs))))
    down = int(np.ceil(pairs / across))
    figure = plt.figure(figsize=(7.2, height))
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1.15, 1])[0]
    ax = left.subplots()
    image = ax.imshow(rows, vmin=-1, vmax=1)
    ax.axhspan(position - 0.5, position + 0.5, fill=False, edgecolor=ORANGE, linewidth=1.8)
    ax.set(xlabel="column j", ylabel="position p", title="A table of positions")
    _whole_numbers(ax)
    left.colorbar(image, label="value")
    for i, clock in enumerate(right.subplots(down, across, squeeze=False).flat):
        if i < pairs:
            _clock(clock, np.arctan2(rows[position, 2 * i], rows[position, 2 * i + 1]), trace=False)
            clock.set_title(f"{2 * i}, {2 * i + 1}", fontsize=7.5)
        else:
            clock.set_axis_off()
    right.suptitle(f"Row {position}: two columns make a clock hand", fontsize=9.5)
    return figure


@_picture
def attention_weights(
    weights: Mapping[str, ArrayLike], words: Mapping[str, Sequence[str]], *, height: float = 3.0
) -> Figure:
    """Show attention weights from 0 to 1 with the words at the ticks; small ones with their numbers.

    Parameters
    ----------
    weights : dict of str to array, shape ``(n, n)``
        What to show, by title: row p holds the weights that word p gives to every word.
    words : dict of str to sequence of str
        The n words of each matrix, under the same titles.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    KeyError
        If `words` lacks a title.
    ValueError
        If `weights` is empty or the shape of a matrix does not fit its words.

    Examples
    --------
    >>> figure = attention_weights({"half": [[0.5, 0.5], [0.5, 0.5]]}, {"half": ["no", "order"]})
    >>> [tick.get_text() for tick in figure.axes[0].get_xticklabels()]
    ['no', 'order']
    """
    arrays = _tables(weights)
    for title, matrix in arrays.items():
        n = len(words[title])
        if matrix.shape != (n, n):
            raise ValueError(f"weights must have shape ({n}, {n}), a row a word, got {matrix.shape} for {title!r}")
    figure, axes = _images(arrays, "looked at", "looking", (0, 1), "weight", height, aspect="equal")
    for ax, (title, matrix) in zip(axes, arrays.items(), strict=True):
        places = range(len(matrix))
        ax.set_xticks(places, words[title], rotation=0 if len(matrix) <= 4 else 90)
        ax.set_yticks(places, words[title])
        ax.tick_params(length=0)
        _write_entries(ax, matrix, dark_above=0.6)
    return figure


@_picture
def panels(
    curves: Mapping[str, Mapping[str, Curve]], *, xlabel: str, ylabel: str, across: int = 2, height: float = 3.6
) -> Figure:
    """Show groups of curves in panels with common axes, and one legend for all.

    Parameters
    ----------
    curves : dict of str to dict of str to pair of arrays
        By title of the panel and name of the curve: its x and y. The names of the first panel
        make the legend.
    xlabel, ylabel : str
        What the axes measure, with units.
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
        If `curves` is empty.

    Examples
    --------
    >>> wanted, reached = ([0, 1], [0, 1]), ([0, 1], [0, 0.5])
    >>> figure = panels({"triangle": {"wanted": wanted, "reached": reached}}, xlabel="p", ylabel="value")
    >>> figure.axes[0].get_title()
    'triangle'
    """
    if not curves:
        raise ValueError("curves must hold at least one panel, got none")
    across = min(across, len(curves))
    down = -(-len(curves) // across)
    figure, axes = plt.subplots(down, across, sharex=True, sharey=True, squeeze=False, figsize=(7.2, height))
    for ax, (title, group) in zip(axes.flat, curves.items(), strict=False):
        for name, (x, y) in group.items():
            ax.plot(x, y, label=name)
        ax.set_title(title)
    for ax in axes.flat[len(curves) :]:
        ax.set_axis_off()
    figure.supxlabel(xlabel, fontsize="medium")
    figure.supylabel(ylabel, fontsize="medium")
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure


def _tables(tables: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    arrays = {title: np.asarray(table, dtype=float) for title, table in tables.items()}
    if not arrays:
        raise ValueError("tables must hold at least one table, got none")
    for title, array in arrays.items():
        if array.ndim != 2:
            raise ValueError(f"a table must have two axes, got shape {array.shape} for {title!r}")
    return arrays


def _images(
    arrays: Mapping[str, NDArray[np.float64]],
    xlabel: str,
    ylabel: str,
    limits: tuple[float, float],
    colorbar: str,
    height: float,
    aspect: Literal["auto", "equal"] = "auto",
) -> tuple[Figure, NDArray[Any]]:
    """Tables side by side with one colour scale."""
    figure, axes = plt.subplots(1, len(arrays), squeeze=False, figsize=(7.2, height))
    for ax, (title, table) in zip(axes[0], arrays.items(), strict=True):
        ax.imshow(table, vmin=limits[0], vmax=limits[1], aspect=aspect)
        ax.set(title=title, xlabel=xlabel)
        _whole_numbers(ax)
    axes[0, 0].set_ylabel(ylabel)
    figure.colorbar(axes[0, -1].images[0], ax=axes, label=colorbar)
    return figure, axes[0]


def _write_entries(
    ax: Axes,
    matrix: NDArray[np.float64],
    *,
    dark_above: float,
    smallest: float = 0.0,
    fontsize: float | None = None,
) -> None:
    """The numbers of a small matrix on its image, dark on light cells and light on dark ones."""
    if len(matrix) > 8:
        return
    for (row, column), value in np.ndenumerate(matrix):
        if abs(value) >= smallest:
            ink = "black" if value > dark_above else "white"
            ax.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=fontsize, color=ink)


def _whole_numbers(ax: Axes, which: Literal["x", "both"] = "both") -> None:
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    if which == "both":
        ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))


def _circle(ax: Axes) -> None:
    turn = np.linspace(0, 2 * np.pi, 100)
    ax.plot(np.cos(turn), np.sin(turn), color="0.75", linewidth=0.8, linestyle="-", zorder=0)
    ax.set_aspect("equal")


def _clock(ax: Axes, angle: float, *, trace: bool = True) -> None:
    _circle(ax)
    if trace:
        way = np.linspace(max(0.0, angle - 2 * np.pi), angle, 60) if angle >= 0 else np.linspace(angle, 0, 60)
        ax.plot(0.55 * np.cos(way), 0.55 * np.sin(way), color=SKY, linewidth=1.2, linestyle="-")
    ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=BLUE, linewidth=1.8, linestyle="-")
    ax.plot(np.cos(angle), np.sin(angle), color=ORANGE, marker="o", markersize=4)
    ax.set(xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _turn(rate: ArrayLike) -> NDArray[np.float64]:
    """From radians per position to positions per turn, and back: the same formula."""
    with np.errstate(divide="ignore"):
        return 2 * np.pi / np.asarray(rate, dtype=float)
