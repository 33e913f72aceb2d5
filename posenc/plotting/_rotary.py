"""Rotary in pictures: hands of a query and a key turned by their places, and what a word receives when a text moves."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from posenc.plotting._colours import BLUE, GREEN, INK, ORANGE, PAPER
from posenc.plotting._dial import arc, arrow, bare, rim
from posenc.plotting._style import minus, picture


@picture
def turned_hands(
    query: ArrayLike,
    key: ArrayLike,
    places: Sequence[tuple[float, float]],
    freq: float,
    *,
    titles: Sequence[str] | None = None,
    height: float = 3.2,
) -> Figure:
    """Show one pair of a query and of a key as hands of their own, turned by their places, on one dial or more.

    A thin hand with a hollow tip is the pair as it was before it was turned, a thick one with a filled tip
    the pair turned counter-clockwise by ``place * freq``. The arc outside the dial leads from the one to
    the other. The inner arc leads from the query's hand to the key's, and its angle is written below.

    Parameters
    ----------
    query, key : array, shape ``(2,)``
        The two numbers of the pair: across, then up.
    places : sequence of pair of float
        The position of the query and that of the key, one dial each.
    freq : float
        The frequency of the pair, in radians per position.
    titles : sequence of str, optional
        A title for each dial; "query at 4, key at 1" if not given.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `places` is empty, `query` or `key` are not two numbers or have length 0, or `titles` are
        not one for each dial.

    Examples
    --------
    >>> figure = turned_hands([1, 0], [0, 1], [(0, 0), (4, 1)], 0.3)
    >>> [ax.get_xlabel() for ax in figure.axes]
    ['query to key: 1.57 rad', 'query to key: 0.67 rad']
    """
    if not places:
        raise ValueError("places must hold at least one pair of positions, got none")
    names = [f"query at {p:g}, key at {q:g}" for p, q in places] if titles is None else list(titles)
    if len(names) != len(places):
        raise ValueError(f"titles must be one for each of {len(places)} dials, got {len(names)}")
    (length_x, angle_x), (length_y, angle_y) = _polar(query, "query"), _polar(key, "key")
    longest = max(length_x, length_y)
    size_x, size_y = length_x / longest, length_y / longest
    between = (angle_y - angle_x + np.pi) % (2 * np.pi) - np.pi

    figure, axes = plt.subplots(1, len(places), squeeze=False, figsize=(7.2, height))
    for ax, (p, q), name in zip(axes[0], places, names, strict=True):
        turned_x, turned_y = angle_x + p * freq, angle_x + between + q * freq
        rim(ax)
        for angle, size, color, dashes in ((angle_x, size_x, BLUE, "-"), (angle_y, size_y, ORANGE, "--")):
            _hand(ax, angle, size, color, dashes, marker="o" if color == BLUE else "s", before=True)
        _hand(ax, turned_x, size_x, BLUE, "-", marker="o", label="query")
        _hand(ax, turned_y, size_y, ORANGE, "--", marker="s", label="key")
        arc(ax, 0.4, turned_x, turned_y, color=GREEN, linewidth=2.5, zorder=1, label="from query to key")
        for start, turn, reach, color, dashes in (
            (angle_x, p * freq, 1.12, BLUE, "-"),
            (angle_y, q * freq, 1.26, ORANGE, "--"),
        ):
            if turn:
                arrow(ax, reach, start, start + turn, color=color, linestyle=dashes, linewidth=1.4, zorder=1)
        ax.set(title=name, xlabel=minus(f"query to key: {turned_y - turned_x:.2f} rad"))
        bare(ax, 1.4)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


@picture
def moved_outputs(outputs: Mapping[str, ArrayLike], moves: Sequence[float], *, height: float = 2.9) -> Figure:
    """Show one pair of what a word receives, as a hand for every move of the text, one panel a way to compute it.

    Hands that fall together are drawn once and bear the moves of all of them ("0, 5"), of more than two
    the first and the last ("0 to 5").

    Parameters
    ----------
    outputs : dict of str to array, shape ``(moves, 2)``
        By title of the panel: the two numbers of the pair, across and up, one row a move.
    moves : sequence of float
        By how much the text was moved on.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `outputs` is empty or an array has not one pair of numbers for each move.

    Examples
    --------
    >>> figure = moved_outputs({"stays": [[1, 0], [1, 0]], "turns": [[1, 0], [0, 1]]}, [0, 5])
    >>> [text.get_text() for text in figure.axes[0].texts], [text.get_text() for text in figure.axes[1].texts]
    (['0, 5'], ['0', '5'])
    """
    if not outputs:
        raise ValueError("outputs must hold at least one panel, got none")
    tables = {title: np.asarray(rows, dtype=float) for title, rows in outputs.items()}
    for title, rows in tables.items():
        if rows.shape != (len(moves), 2):
            raise ValueError(f"outputs must have shape ({len(moves)}, 2), got {rows.shape} for {title!r}")
    longest = max(float(np.linalg.norm(rows, axis=1).max(initial=0)) for rows in tables.values()) or 1.0

    figure, axes = plt.subplots(1, len(tables), squeeze=False, figsize=(7.2, height))
    for ax, (title, rows) in zip(axes[0], tables.items(), strict=True):
        for size in sorted({round(float(length), 9) for length in np.linalg.norm(rows, axis=1) / longest}):
            rim(ax, size)
        for tip, names in _together(rows / longest, moves):
            ax.plot([0, tip[0]], [0, tip[1]], color=BLUE, linestyle="-", linewidth=1.8, marker="o", markevery=[1])
            outwards = tip / (np.linalg.norm(tip) or 1.0)
            written = f"{names[0]} to {names[-1]}" if len(names) > 2 else ", ".join(names)
            side = "center" if abs(outwards[0]) < 0.5 else "left" if outwards[0] > 0 else "right"
            ax.text(*(tip + (0.19 if side == "center" else 0.13) * outwards), written, ha=side, va="center", fontsize=8)
        ax.set(title=title, xlabel="across")
        bare(ax, 1.35)
    axes[0, 0].set_ylabel("up")
    return figure


@picture
def wave_sums(
    offsets: ArrayLike,
    waves: Mapping[str, ArrayLike],
    scores: Mapping[str, ArrayLike],
    *,
    xlabel: str = "offset k",
    ylabel: str = "score",
    height: float = 3.2,
) -> Figure:
    """Show the wave of each pair as a thin curve and the score as a thick one, one panel for each pair of words.

    Parameters
    ----------
    offsets : array, shape ``(n,)``
        Where the curves are given.
    waves : dict of str to array, shape ``(n, pairs)``
        By title of the panel: what each pair adds to the score.
    scores : dict of str to array, shape ``(n,)``
        Under the same titles: the whole score.
    xlabel, ylabel : str
        What the axes measure, with units.
    height : float
        Height of the figure in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `waves` is empty, `scores` has other titles, or a shape does not fit `offsets`.

    Examples
    --------
    >>> figure = wave_sums([0, 1], {"a": [[1, 2], [3, 4]]}, {"a": [3, 7]})
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['pair 0', 'pair 1', 'score']
    """
    x = np.asarray(offsets, dtype=float)
    if not waves:
        raise ValueError("waves must hold at least one panel, got none")
    if list(waves) != list(scores):
        raise ValueError(f"scores must have the titles of waves, {list(waves)}, got {list(scores)}")
    figure, axes = plt.subplots(1, len(waves), sharex=True, sharey=True, squeeze=False, figsize=(7.2, height))
    for ax, (title, rows) in zip(axes[0], waves.items(), strict=True):
        parts, total = np.asarray(rows, dtype=float), np.asarray(scores[title], dtype=float)
        if parts.ndim != 2 or len(parts) != x.size or total.shape != x.shape:
            shapes = f"{parts.shape} and {total.shape}"
            raise ValueError(f"waves and scores must have {x.size} rows, one an offset, got shapes {shapes}")
        for i in range(parts.shape[1]):
            ax.plot(x, parts[:, i], label=f"pair {i}", linewidth=0.9)
        ax.plot(x, total, label=ylabel, color=INK, linestyle="-", linewidth=2.2, zorder=3)
        ax.set(title=title, xlabel=xlabel)
    axes[0, 0].set_ylabel(ylabel)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels))
    return figure


def _polar(pair: ArrayLike, name: str) -> tuple[float, float]:
    """Length and angle of a hand."""
    numbers = np.asarray(pair, dtype=float)
    if numbers.shape != (2,):
        raise ValueError(f"{name} must be two numbers, got shape {numbers.shape}")
    length = float(np.hypot(*numbers))
    if not length:
        raise ValueError(f"{name} must not have length 0, got {numbers.tolist()}")
    return length, float(np.arctan2(numbers[1], numbers[0]))


def _together(tips: NDArray[np.float64], moves: Sequence[float]) -> list[tuple[NDArray[np.float64], list[str]]]:
    """The different tips, each with the moves that lead to it."""
    found: list[tuple[NDArray[np.float64], list[str]]] = []
    for tip, move in zip(tips, moves, strict=True):
        for other, names in found:
            if np.allclose(tip, other, rtol=0, atol=1e-6):
                names.append(f"{move:g}")
                break
        else:
            found.append((tip, [f"{move:g}"]))
    return found


def _hand(
    ax: Axes,
    angle: float,
    size: float,
    color: str,
    dashes: str,
    *,
    marker: str,
    before: bool = False,
    label: str | None = None,
) -> None:
    tip = (size * np.cos(angle), size * np.sin(angle))
    (line,) = ax.plot([0, tip[0]], [0, tip[1]], color=color, linestyle=dashes, label=label)
    line.set(marker=marker, markevery=[1], markersize=4.5 if before else 6, zorder=2 if before else 3)
    line.set(linewidth=0.8 if before else 2.0, markerfacecolor=PAPER if before else color)
