"""Tables and matrices as images."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._cells import cells, key, write
from posenc.plotting._style import checked_tables, picture, whole_numbers


@picture
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

    Zero has no colour, and what is further away from it has more: cold below, warm above. Where
    nothing can lie below zero, one colour is enough. Cells without a number (NaN) are hatched.

    Parameters
    ----------
    tables : dict of str to array, shape ``(rows, columns)``
        What to show, by title.
    xlabel, ylabel : str
        What columns and rows count.
    limits : pair of float
        The lowest and the highest value to expect. What lies beyond has the colour of the end.
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
    return _images(checked_tables(tables), xlabel, ylabel, limits, colorbar, height)[0]


@picture
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
    arrays = checked_tables(matrices)
    small = all(len(matrix) <= 8 for matrix in arrays.values())
    figure, axes = _images(arrays, xlabel, ylabel, (-1, 1), "entry", height, written=small)
    for ax, matrix in zip(axes, arrays.values(), strict=True):
        if small:
            write(ax, [[f"{entry:.2f}" if abs(entry) >= 0.005 else "" for entry in row] for row in matrix], fontsize=7)
    return figure


@picture
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
    arrays = checked_tables(weights)
    for title, matrix in arrays.items():
        n = len(words[title])
        if matrix.shape != (n, n):
            raise ValueError(f"weights must have shape ({n}, {n}), a row a word, got {matrix.shape} for {title!r}")
    small = all(len(matrix) <= 8 for matrix in arrays.values())
    figure, axes = _images(arrays, "looked at", "looking", (0, 1), "weight", height, written=small)
    for ax, (title, matrix) in zip(axes, arrays.items(), strict=True):
        places = range(len(matrix))
        ax.set_xticks(places, words[title], rotation=0 if len(matrix) <= 4 else 90)
        ax.set_yticks(places, words[title])
        ax.tick_params(length=0)
        if small:
            write(ax, [[f"{weight:.2f}" for weight in row] for row in matrix])
    return figure


def _images(
    arrays: Mapping[str, NDArray[np.float64]],
    xlabel: str,
    ylabel: str,
    limits: tuple[float, float],
    colorbar: str,
    height: float,
    written: bool = False,
) -> tuple[Figure, NDArray[Any]]:
    """Tables side by side with one colour scale; square ones are drawn square."""
    square = all(rows == columns for rows, columns in (table.shape for table in arrays.values()))
    aspect: Literal["auto", "equal"] = "equal" if square else "auto"
    size, layout = (7.2, height), "compressed" if square else "constrained"
    figure, axes = plt.subplots(1, len(arrays), squeeze=False, figsize=size, layout=layout)
    for ax, (title, table) in zip(axes[0], arrays.items(), strict=True):
        cells(ax, table, limits, written=written, aspect=aspect)
        ax.set(title=title, xlabel=xlabel)
        whole_numbers(ax)
    axes[0, 0].set_ylabel(ylabel)
    key(figure, axes[0, -1].images[0], axes, colorbar, limits)
    return figure, axes[0]
