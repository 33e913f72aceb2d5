"""Where a pair lives: from columns to pairs and waves, and back.

A table of `dim` columns holds ceil(dim / 2) pairs. Pair i has two waves of one frequency, a
sine and a cosine. A layout says which column each of them is in:

    "interleaved"   column = 2 * pair for the sine, one more for the cosine   sin cos sin cos ...
    "halves"        column = pair, and ceil(dim / 2) more for the cosine      sin sin ... cos cos ...

With an odd `dim` the last pair has no cosine.
"""

from typing import Any, Literal, Protocol, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation

Layout = Literal["interleaved", "halves"]
Wave = Literal["sin", "cos"]
LAYOUTS: tuple[Layout, ...] = ("interleaved", "halves")
WAVES: tuple[Wave, ...] = ("sin", "cos")


class _Array(Protocol):
    """What `convert_layout` asks of an array from any library."""

    @property
    def shape(self) -> Any: ...

    def __getitem__(self, index: Any, /) -> Any: ...


_AnyArray = TypeVar("_AnyArray", bound=_Array)


def pair_of(column: int, dim: int, *, layout: Layout = "interleaved") -> int:
    """Say which pair a column belongs to: the ``i`` of the formula.

    ``i = column // 2`` in layout "interleaved", ``i = column mod ceil(dim / 2)`` in
    layout "halves".

    Parameters
    ----------
    column : int
        The column, from 0 to ``dim - 1``. Negative columns do not wrap.
    dim : int
        Number of columns of the table, at least 1.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand.

    Returns
    -------
    int
        The pair, from 0 to ``ceil(dim / 2) - 1``.

    Raises
    ------
    TypeError
        If `column` or `dim` is not an integer.
    ValueError
        If `column` is outside the table, `dim` is below 1 or `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5, which calls a pair's two columns
    ``2i`` and ``2i + 1``.

    Examples
    --------
    >>> pair_of(5, 8)
    2
    >>> pair_of(5, 8, layout="halves")
    1
    """
    dim = _validation.dimension(dim)
    column = _validation.integer(column, "column", minimum=0)
    if column >= dim:
        raise ValueError(f"column must be below dim = {dim}, got {column}")
    if _validation.choice(layout, "layout", LAYOUTS) == "interleaved":
        return column // 2
    return column % number_of_pairs(dim)


def column_of(pair: int, wave: Wave, dim: int, *, layout: Layout = "interleaved") -> int:
    """Say which column holds one wave of a pair; the way back from `pair_of`.

    The sine of pair i is in column ``2i`` in layout "interleaved", in column ``i`` in layout
    "halves"; its cosine is 1 column further, or ``ceil(dim / 2)`` columns further.

    Parameters
    ----------
    pair : int
        The pair ``i``, from 0 to ``ceil(dim / 2) - 1``.
    wave : {"sin", "cos"}
        Which of the two columns of the pair.
    dim : int
        Number of columns of the table, at least 1.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand.

    Returns
    -------
    int
        The column, from 0 to ``dim - 1``.

    Raises
    ------
    TypeError
        If `pair` or `dim` is not an integer.
    ValueError
        If `pair` or `wave` is not in the table (the last cosine of an odd `dim` is not),
        `dim` is below 1 or `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> column_of(2, "cos", 8)
    5
    >>> column_of(2, "cos", 8, layout="halves")
    6
    """
    dim = _validation.dimension(dim)
    pair = _validation.integer(pair, "pair", minimum=0)
    pairs = number_of_pairs(dim)
    if pair >= pairs:
        raise ValueError(f"pair must be below ceil(dim / 2) = {pairs}, got {pair}")
    is_cosine = _validation.choice(wave, "wave", WAVES) == "cos"
    if is_cosine and pair >= dim // 2:
        raise ValueError(f"wave must be 'sin' for the last pair of an odd dim, got 'cos' ({dim=})")
    if _validation.choice(layout, "layout", LAYOUTS) == "interleaved":
        return 2 * pair + is_cosine
    return pair + pairs * is_cosine


@overload
def convert_layout(x: _AnyArray, *, source: Layout, target: Layout, axis: int = -1) -> _AnyArray: ...
@overload
def convert_layout(x: ArrayLike, *, source: Layout, target: Layout, axis: int = -1) -> NDArray[Any]: ...
def convert_layout(x: Any, *, source: Layout, target: Layout, axis: int = -1) -> Any:
    """Reorder the columns of a table from one layout to another.

    ``result[..., column_of(i, wave, dim, layout=target)] = x[..., column_of(i, wave, dim, layout=source)]``

    Parameters
    ----------
    x : array
        Anything with a shape that takes an array of integers as an index, as NumPy arrays and
        PyTorch tensors do. A list becomes a NumPy array.
    source, target : {"interleaved", "halves"}
        The layout that `x` has, and the one to give it.
    axis : int
        The axis that holds the columns.

    Returns
    -------
    array
        A new array of the shape, type and library of `x`; it never shares memory with `x`.

    Raises
    ------
    TypeError
        If `axis` is not an integer.
    ValueError
        If a layout is unknown, `x` has no such axis, or that axis is empty.

    Notes
    -----
    Only the order changes. Two tables whose frequencies differ stay different; see
    :func:`posenc.frequencies` for the two grids in use.

    Examples
    --------
    >>> convert_layout(["s0", "c0", "s1", "c1"], source="interleaved", target="halves").tolist()
    ['s0', 's1', 'c0', 'c1']
    """
    if not hasattr(x, "shape"):
        x = np.asarray(x)
    ndim = len(x.shape)
    if not ndim:
        raise ValueError("x must have an axis that holds the columns, got a single number")
    axis = _validation.integer(axis, "axis", minimum=-ndim)
    if axis >= ndim:
        raise ValueError(f"axis must be below {ndim}, the number of axes of x, got {axis}")
    axis %= ndim
    dim = _validation.integer(x.shape[axis], "the length of axis", minimum=1)
    columns, order = np.arange(dim), np.empty(dim, dtype=int)
    for new, old in zip(wave_columns(dim, target, "target"), wave_columns(dim, source, "source"), strict=True):
        order[new] = columns[old]
    return x[(slice(None),) * axis + (order,)]


def number_of_pairs(dim: int) -> int:
    """How many pairs `dim` columns hold; the last one of an odd `dim` lacks its cosine."""
    return (dim + 1) // 2


def wave_columns(dim: int, layout: Layout, name: str = "layout") -> tuple[slice, slice]:
    """The columns of all sines, and of all cosines, in the order of the pairs: two slices."""
    if _validation.choice(layout, name, LAYOUTS) == "interleaved":
        return slice(0, dim, 2), slice(1, dim, 2)
    return slice(0, number_of_pairs(dim)), slice(number_of_pairs(dim), dim)
