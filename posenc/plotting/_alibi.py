"""Penalties that grow with the distance, and the attention weights that are left."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from posenc.plotting._colours import BLUE, GREEN, ORANGE, SOFT
from posenc.plotting._style import picture

#: The offsets of the keys, the number that is added to the score of each, and the weight of each.
Head = tuple[ArrayLike, ArrayLike, ArrayLike]
#: A mark under the bars, as under the beam of a balance.
TRIANGLE: dict[str, Any] = {"marker": "^", "markersize": 6, "linestyle": "none", "zorder": 5}


@picture
def penalties(heads: Mapping[str, Head], *, means: Mapping[str, float] | None = None, height: float = 3.9) -> Figure:
    """Show what each head adds to the score of every key, and the weights that come of it.

    Above, a stem for every key hangs from zero to the number that is added to its score. Below,
    a bar for every key is its attention weight. The query stands at offset 0, at the right, and
    the keys before it to its left.

    Parameters
    ----------
    heads : dict of str to three arrays of equal length
        By title of the panel: the offsets, the numbers that are added, and the weights.
    means : dict of str to float, optional
        By title of the panel, an offset to mark with a triangle, as the mean one.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `heads` is empty, its three arrays are not equally long, or `means` names no panel.

    Examples
    --------
    >>> figure = penalties({"slope 1": ([-1, 0], [-1, 0], [0.27, 0.73])})
    >>> figure.axes[0].get_title()
    'slope 1'
    """
    if not heads:
        raise ValueError("heads must hold at least one head, got none")
    marks = dict(means or {})
    if not marks.keys() <= heads.keys():
        raise ValueError(f"means must name panels of {list(heads)}, got {list(marks)}")
    tallest = max(float(np.max(weights)) for _, _, weights in heads.values())
    figure, axes = plt.subplots(2, len(heads), squeeze=False, sharex=True, sharey="row", figsize=(7.2, height))
    for (above, below), (title, head) in zip(axes.T, heads.items(), strict=True):
        offsets, added, weights = (np.atleast_1d(np.asarray(values, dtype=float)) for values in head)
        if not offsets.shape == added.shape == weights.shape:
            raise ValueError(
                "offsets, numbers and weights must be equally long, "
                f"got shapes {offsets.shape}, {added.shape} and {weights.shape} for {title!r}"
            )
        above.vlines(offsets, added, 0, color=ORANGE, linewidth=1.2)
        above.plot(offsets, added, color=ORANGE, marker="o", markersize=3, linestyle="none")
        above.axhline(0, color=SOFT, linewidth=0.8, linestyle="-")
        above.set_title(title)
        below.bar(offsets, weights, color=BLUE, width=0.8)
        below.axhline(0, color=SOFT, linewidth=0.8, linestyle="-")
        below.set_xlabel("offset k (positions)")
        if title in marks:
            below.plot(marks[title], -0.06 * tallest, color=GREEN, label="mean offset", **TRIANGLE)
    axes[0, 0].set_ylabel("added to the score")
    axes[1, 0].set_ylabel("attention weight")
    if marks:
        first = list(heads).index(next(iter(marks)))
        axes[1, first].legend(loc="upper left")
    return figure
