"""Tables as cells: a colour for each number, a key of the colours, and the numbers themselves."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from matplotlib.image import AxesImage
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from posenc.plotting._colours import INK, RIM, WRITTEN, amounts, signed
from posenc.plotting._style import minus


def cells(
    ax: Axes,
    table: NDArray[np.float64],
    limits: tuple[float, float],
    *,
    written: bool = False,
    aspect: Literal["auto", "equal"] = "auto",
) -> AxesImage:
    """Colour the cells of a table: none at zero, and where there is no number, hatching.

    Numbers that are to be `written` in the cells need paler ones.
    """
    low, high = limits
    strength = WRITTEN if written else 1.0
    reach = max(abs(low), abs(high))
    colours, bottom = (signed(strength), -reach) if low < 0 else (amounts(strength), 0.0)
    image = ax.imshow(table, cmap=colours, vmin=bottom, vmax=reach, aspect=aspect)
    missing = np.isnan(table)
    if missing.any():
        rows, columns = table.shape
        edges = np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5
        ax.pcolor(*edges, np.ma.masked_where(~missing, missing), facecolor="none", edgecolor=RIM, hatch="////", lw=0)
    for side in ax.spines.values():
        side.set_visible(True)
    return image


def key(figure: FigureBase, image: AxesImage, axes: Any, label: str, limits: tuple[float, float]) -> None:
    """Say beside the tables which colour stands for which number."""
    bar = figure.colorbar(image, ax=axes, label=label, aspect=28, pad=0.02, ticks=MaxNLocator(4))
    bar.ax.set_ylim(*limits)
    if bar.solids is not None:
        bar.solids.set(rasterized=True, antialiased=False)
    bar.outline.set(edgecolor=RIM)


def write(ax: Axes, texts: Sequence[Sequence[str]], **look: Any) -> None:
    """Write a text in every cell."""
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            if text:
                ax.text(column, row, minus(text), ha="center", va="center", color=INK, **look)
