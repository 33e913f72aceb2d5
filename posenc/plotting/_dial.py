"""What every picture of a clock is drawn with: arcs, arrows along them, and axes that show nothing but the dial."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from posenc.plotting._colours import RIM


def arc(ax: Axes, radius: float, start: float, stop: float, **look: Any) -> None:
    """An arc about the middle, counter-clockwise where `stop` is larger, in radians; the whole rim from 0 to 2 pi."""
    way = np.linspace(start, stop, 100)
    ax.plot(radius * np.cos(way), radius * np.sin(way), **{"linestyle": "-", **look})


def rim(ax: Axes, radius: float = 1.0) -> None:
    """The face of a clock, thin and grey."""
    arc(ax, radius, 0.0, 2 * np.pi, color=RIM, linewidth=0.8, zorder=0)


def arrow(ax: Axes, radius: float, start: float, stop: float, *, color: str, **look: Any) -> None:
    """An arc with an arrowhead where it ends."""
    arc(ax, radius, start, stop, color=color, **look)
    before = stop - np.sign(stop - start) * min(0.12, abs(stop - start) / 2)
    tail, head = [(radius * np.cos(angle), radius * np.sin(angle)) for angle in (before, stop)]
    shape = {"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8, "linewidth": 1.2}
    ax.annotate("", head, tail, arrowprops=shape, zorder=4)


def bare(ax: Axes, limit: float) -> None:
    """Equal axes as far as `limit` on every side, without ticks and frame."""
    ax.set(xlim=(-limit, limit), ylim=(-limit, limit), xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set_visible(False)
