"""What fast and slow hands do: bits beside waves, one hand on its way, positions read off noisy rows."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._cells import cells, write
from posenc.plotting._colours import BLUE, ORANGE, RIM, SKY
from posenc.plotting._style import Curve, checked_tables, picture


@picture
def counter(
    bits: ArrayLike,
    sines: ArrayLike,
    *,
    bit_names: Sequence[str],
    sine_names: Sequence[str],
    titles: tuple[str, str] = ("binary digits", "sines"),
    height: float = 4.4,
) -> Figure:
    """Show the binary digits of the positions 0, 1, 2, ... beside waves, with every entry written in.

    A digit 0 has the colour of the value 1, and a digit 1 that of -1: a digit starts with its
    zeros, and a sine with its positive half.

    Parameters
    ----------
    bits : array of 0 and 1, shape ``(positions, digits)``
        A row a position.
    sines : array, shape ``(positions, waves)``
        Values from -1 to 1, a row a position.
    bit_names, sine_names : sequence of str
        What stands under each column.
    titles : pair of str
        What stands above the two parts.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a part has not two axes, the parts differ in rows, there is not one name for each
        column, or a digit is neither 0 nor 1.

    Examples
    --------
    >>> import numpy as np
    >>> digits = np.arange(4)[:, None] >> np.arange(2) & 1
    >>> figure = counter(digits, 0 * digits, bit_names=["ones", "twos"], sine_names=["a", "b"])
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['0', '0', '1', '0', '0', '1', '1', '1']
    """
    digits, waves = checked_tables({"bits": bits, "sines": sines}).values()
    if len(digits) != len(waves):
        raise ValueError(f"bits and sines must have a row for each position, got {len(digits)} and {len(waves)} rows")
    if not np.isin(digits, (0, 1)).all():
        raise ValueError("bits must be 0 or 1, got other values")
    for name, table, names in (("bit_names", digits, bit_names), ("sine_names", waves, sine_names)):
        if table.shape[1] != len(names):
            raise ValueError(f"{name} must be one for each of {table.shape[1]} columns, got {len(names)}")
    figure, axes = plt.subplots(1, 2, sharey=True, figsize=(7.2, height))
    _written(axes[0], 1 - 2 * digits, [[f"{digit:.0f}" for digit in row] for row in digits], bit_names)
    _written(axes[1], waves, [[f"{value:.2f}" for value in row] for row in waves], sine_names)
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title)
    axes[0].set(ylabel="position p", yticks=range(len(digits)))
    return figure


@picture
def one_hand(freq: float, positions: ArrayLike, *, height: float = 3.0) -> Figure:
    """Show one hand on its way: on its dial, and as its height and its reach over the positions.

    The way of the hand is a spiral outside the dial, so that a second turn does not hide the first.

    Parameters
    ----------
    freq : float
        Frequency of the hand, in radians per position.
    positions : array, shape ``(n,)``
        Where the hand is marked; its way is drawn from the first to the last of them.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are fewer than two positions.

    Examples
    --------
    >>> [ax.get_xlabel() for ax in one_hand(1.0, range(8)).axes]
    ['cosine (reach to the right)', 'position p']
    """
    places = np.asarray(positions, dtype=float)
    if places.ndim != 1 or len(places) < 2:
        raise ValueError(f"positions must be two or more on one axis, got shape {places.shape}")
    figure, (dial, curves) = plt.subplots(1, 2, figsize=(7.2, height), width_ratios=[1, 1.5])
    turn = np.linspace(0, 2 * np.pi, 100)
    dial.plot(np.cos(turn), np.sin(turn), color=RIM, linewidth=0.8, linestyle="-", zorder=0)
    way = freq * np.linspace(places[0], places[-1], 300)
    dial.plot(_spiral(way) * np.cos(way), _spiral(way) * np.sin(way), color=SKY, linewidth=1.2, linestyle="-")
    for place in places:
        angle = freq * place
        later = abs(way[-1] - angle) // (2 * np.pi)  # how often the way passes here again
        x, y = np.cos(angle), np.sin(angle)
        dial.plot([0, x], [0, y], color=BLUE, linewidth=1.0, linestyle="-", alpha=0.5)
        dial.plot(x, y, color=ORANGE, marker="o", markersize=4)
        far = _spiral(abs(angle) + 2 * np.pi * later) + 0.17
        dial.text(far * x, far * y, f"{place:g}", ha="center", va="center", fontsize=8)
    dial.set(xlim=(-1.65, 1.65), ylim=(-1.65, 1.65), xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal")
    dial.set(xlabel="cosine (reach to the right)", ylabel="sine (height)", title="the hand on its dial")
    fine = np.linspace(places[0], places[-1], 300)
    for name, wave, color, style, marker in (
        ("sine: height", np.sin, BLUE, "-", "o"),
        ("cosine: reach", np.cos, ORANGE, "--", "s"),
    ):
        curves.plot(fine, wave(freq * fine), color=color, linestyle=style, linewidth=1.0)
        curves.plot(places, wave(freq * places), color=color, linestyle="", marker=marker, markersize=4, label=name)
    curves.set(xlabel="position p", ylabel="value", yticks=[-1, 0, 1], title="its two numbers", xticks=places)
    figure.legend(*curves.get_legend_handles_labels(), loc="outside lower right", ncols=2)
    return figure


@picture
def readings(panels: Mapping[str, Curve], *, across: int = 3, height: float = 4.8) -> Figure:
    """Show where each of many readings was, and where it was read; right ones lie on the diagonal.

    Parameters
    ----------
    panels : dict of str to pair of arrays
        By title: the true positions and those that were read.
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
        If `panels` is empty.

    Examples
    --------
    >>> readings({"slow hand": ([1, 20], [3, 18])}).axes[0].get_title()
    'slow hand'
    """
    if not panels:
        raise ValueError("panels must hold at least one panel, got none")
    across = min(across, len(panels))
    down = -(-len(panels) // across)
    size = (7.2, height)
    figure, axes = plt.subplots(down, across, sharex=True, sharey=True, squeeze=False, figsize=size)
    for ax, (title, (truth, read)) in zip(axes.flat, panels.items(), strict=False):
        ax.axline((0, 0), slope=1, color=RIM, linewidth=0.8, linestyle="-", zorder=0)
        ax.scatter(truth, read, s=5, color=BLUE, linewidths=0)
        ax.set(title=title, aspect="equal")
    for ax in axes.flat[len(panels) :]:
        ax.set_axis_off()
    figure.supxlabel("true position", fontsize="medium")
    figure.supylabel("position read", fontsize="medium")
    return figure


def _spiral(angle: ArrayLike) -> NDArray[np.float64]:
    """How far outside the dial the way runs: a little further with every turn."""
    turned: NDArray[np.float64] = np.abs(np.asarray(angle, dtype=float)) / (2 * np.pi)
    return 1.12 + 0.14 * turned


def _written(ax: Axes, colours: NDArray[np.float64], texts: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """Cells with a text in every one of them."""
    cells(ax, colours, (-1, 1), written=True)
    write(ax, texts, fontsize=8)
    ax.set_xticks(range(len(names)), names)
    ax.tick_params(length=0)
