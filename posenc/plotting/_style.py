"""The look of every picture, and what they share."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, ParamSpec

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

STYLE = Path(__file__).parents[1] / "posenc.mplstyle"

# Written out, because Matplotlib looks up "C0" when it draws, which is after the style has gone.
BLUE, ORANGE, GREEN, PINK, AMBER, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"

#: The x and y of a curve.
Curve = tuple[ArrayLike, ArrayLike]
_Drawn = ParamSpec("_Drawn")


def picture(draw: Callable[_Drawn, Figure]) -> Callable[_Drawn, Figure]:
    """Draw in the book's style, and hand the figure over without a second display."""

    @functools.wraps(draw)
    def styled(*args: _Drawn.args, **kwargs: _Drawn.kwargs) -> Figure:
        open_before = set(plt.get_fignums())
        with plt.style.context(STYLE):
            try:
                return draw(*args, **kwargs)
            finally:  # also when bad input is refused after the figure was begun
                for number in set(plt.get_fignums()) - open_before:
                    plt.close(number)

    return styled


def checked_tables(tables: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    arrays = {title: np.asarray(table, dtype=float) for title, table in tables.items()}
    if not arrays:
        raise ValueError("tables must hold at least one table, got none")
    for title, array in arrays.items():
        if array.ndim != 2:
            raise ValueError(f"a table must have two axes, got shape {array.shape} for {title!r}")
    return arrays


def whole_numbers(ax: Axes, which: Literal["x", "both"] = "both") -> None:
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    if which == "both":
        ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
