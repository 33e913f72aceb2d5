"""The pictures of the chapters on the formula: words in one order, and columns in pairs."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from posenc.plotting._cells import cells, key, write
from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, PAPER, PLUM, RIM, SKY, SOFT
from posenc.plotting._style import checked_tables, picture

COLOURS = (BLUE, ORANGE, GREEN, PLUM, SKY, SOFT)
DASHES = ("-", "--", "-.", ":")


@picture
def word_maps(weights: Mapping[str, ArrayLike], words: Sequence[str], *, height: float = 3.7) -> Figure:
    """Show the attention weights of sentences made of the same words, all maps in one order of the words.

    Above each map stands its sentence, and a thread leads from every word of it to the column
    of that word. So maps that are equal look equal, whatever the order of their sentences.

    Parameters
    ----------
    weights : dict of str to array, shape ``(n, n)``
        By sentence: row and column r belong to ``words[r]``, wherever it stands in the sentence.
    words : sequence of str
        The n words, all different, in the order of rows and columns.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `weights` is empty, a sentence is not made of `words`, or a matrix has another size.

    Examples
    --------
    >>> half = [[0.5, 0.5], [0.5, 0.5]]
    >>> figure = word_maps({"no order": half, "order no": half}, ["no", "order"])
    >>> [text.get_text() for text in figure.axes[1].texts]
    ['order', 'no']
    """
    arrays = checked_tables(weights)
    n = len(words)
    for sentence, matrix in arrays.items():
        if sorted(sentence.split()) != sorted(words) or len(set(words)) != n:
            raise ValueError(f"a sentence must hold each of the different words {list(words)} once, got {sentence!r}")
        if matrix.shape != (n, n):
            raise ValueError(f"weights must have shape ({n}, {n}), a row a word, got {matrix.shape} for {sentence!r}")
    figure, axes = plt.subplots(2, len(arrays), squeeze=False, figsize=(7.2, height), height_ratios=[1, 2.6])
    for above, ax, (sentence, matrix) in zip(axes[0], axes[1], arrays.items(), strict=True):
        _threads(above, sentence.split(), words)
        cells(ax, matrix, (0, 1), written=True)
        write(ax, [[f"{weight:.2f}" for weight in row] for row in matrix])
        ax.set_xticks(range(n), words)
        ax.set_yticks(range(n), words)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        ax.set_xlabel("looked at")
    axes[1, 0].set_ylabel("looking")
    key(figure, axes[1, -1].images[0], axes[1], "weight", (0, 1))
    return figure


@picture
def column_pairs(contents: Sequence[str], pairs: Sequence[int], *, height: float = 1.5) -> Figure:
    """Show the columns of a row as boxes, in the colour of their pair, with both numbers of each.

    Parameters
    ----------
    contents : sequence of str
        What stands in each column, from column 0 on.
    pairs : sequence of int
        The pair of each column.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there is no column, or not one pair for each.

    Examples
    --------
    >>> figure = column_pairs(["sin p", "cos p", "sin p/100", "cos p/100"], [0, 0, 1, 1])
    >>> len(figure.axes[0].patches)
    4
    """
    if not contents or len(contents) != len(pairs):
        raise ValueError(f"pairs must be one for each column, got {len(pairs)} for {len(contents)} columns")
    figure, ax = plt.subplots(figsize=(7.2, height))
    for j, (content, i) in enumerate(zip(contents, pairs, strict=True)):
        colour = COLOURS[i % len(COLOURS)]
        ax.add_patch(Rectangle((j - 0.46, 0), 0.92, 1, facecolor=colour, alpha=0.22))
        ax.plot([j - 0.46, j - 0.46, j + 0.46, j + 0.46], [0.93, 1, 1, 0.93], color=colour, linestyle="-")
        ax.text(j, 0.5, content, ha="center", va="center")
        ax.text(j, 1.25, str(i), ha="center", va="center", color=INK, fontweight="bold")
        ax.text(j, -0.28, str(j), ha="center", va="center")
        if j and pairs[j - 1] == i:
            ax.plot([j - 1, j - 1, j, j], [1.5, 1.58, 1.58, 1.5], color=colour, linestyle="-")
    ax.text(-0.62, 1.25, "pair i", ha="right", va="center", fontweight="bold")
    ax.text(-0.62, -0.28, "column j", ha="right", va="center")
    ax.set(xlim=(-1.5, len(contents) - 0.5), ylim=(-0.5, 1.65))
    ax.set_axis_off()
    return figure


def _threads(ax: Axes, sentence: Sequence[str], words: Sequence[str]) -> None:
    """A sentence as a row of boxes, place by place, each tied to the column of its word below."""
    for place, word in enumerate(sentence):
        column = list(words).index(word)
        colour, dashes = COLOURS[column % len(COLOURS)], DASHES[column % len(DASHES)]
        ax.plot([place, column], [0.75, 0], color=colour, linestyle=dashes)
        ax.text(place, 0.8, word, ha="center", va="center", bbox={"boxstyle": "round", "fc": PAPER, "ec": RIM})
    ax.set(xlim=(-0.5, len(words) - 0.5), ylim=(0, 1), yticks=[])
    ax.set_xticks(range(len(words)), [f"place {place}" for place in range(len(words))], fontsize=7.5)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
