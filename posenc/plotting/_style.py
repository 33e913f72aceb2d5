"""The look of every picture, and what they share."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, ParamSpec

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._svg import as_svg

STYLE = Path(__file__).parents[1] / "posenc.mplstyle"

#: The x and y of a curve.
Curve = tuple[ArrayLike, ArrayLike]
_Drawn = ParamSpec("_Drawn")


def picture(draw: Callable[_Drawn, Figure]) -> Callable[_Drawn, Figure]:
    """Draw in the book's style, and hand the figure over without a second display.

    A notebook stores the figure twice: as SVG, which pages show, and as PNG for whoever cannot read that.
    """

    @functools.wraps(draw)
    def styled(*args: _Drawn.args, **kwargs: _Drawn.kwargs) -> Figure:
        open_before = set(plt.get_fignums())
        with plt.style.context(STYLE):
            try:
                figure = draw(*args, **kwargs)
            finally:  # also when bad input is refused after the figure was begun
                for number in set(plt.get_fignums()) - open_before:
                    plt.close(number)
        setattr(figure, "_repr_svg_", functools.partial(svg, figure))  # noqa: B010 - IPython looks for this name
        return figure

    return styled


def svg(figure: Figure) -> str:
    """The SVG of a picture, in the style in which it was drawn."""
    with plt.style.context(STYLE):
        return as_svg(figure)


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


def minus(text: str) -> str:
    """The text with a minus sign that is as wide as a plus."""
    return text.replace("-", "\N{MINUS SIGN}")


def plain_numbers(ax: Axes) -> None:
    """Write 1,000 and not a power of ten on a logarithmic axis, as long as the numbers are not too long for that."""
    ax.autoscale_view()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = axis.get_view_interval()
        if axis.get_scale() == "log" and low > 0.0005 and high < 5e6:
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))


def name_above(figure: Figure, ax: Axes) -> None:
    """Name the curves of one panel above the picture, in a row if that has room, and otherwise in two columns."""
    handles, names = ax.get_legend_handles_labels()
    letters = sum(map(len, names)) + 8 * len(names)
    figure.legend(handles, names, loc="outside upper center", ncols=len(names) if letters < 105 else 2)
