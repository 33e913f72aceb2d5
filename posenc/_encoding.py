"""The sinusoidal encoding, and the linear maps that move it along the sequence."""

from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from posenc import _validation
from posenc._ladder import chosen_frequencies
from posenc._layout import Layout, wave_columns
from posenc._rotations import as_numbers, fill

_Float = TypeVar("_Float", bound=np.floating[Any])


@overload
def sinusoidal(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
    dtype: None = None,
    out: None = None,
) -> NDArray[np.float64]: ...
@overload
def sinusoidal(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
    dtype: type[_Float],
    out: None = None,
) -> NDArray[_Float]: ...
@overload
def sinusoidal(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
    dtype: DTypeLike | None = None,
    out: NDArray[_Float],
) -> NDArray[_Float]: ...
@overload
def sinusoidal(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
    dtype: DTypeLike,
    out: None = None,
) -> NDArray[np.floating[Any]]: ...
def sinusoidal(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
    dtype: DTypeLike | None = None,
    out: NDArray[np.floating[Any]] | None = None,
) -> NDArray[np.floating[Any]]:
    """Encode positions by the sine and cosine of each pair's angle.

    ``PE[p, column_of(i, "sin", dim)] = sin(p * w_i)`` and
    ``PE[p, column_of(i, "cos", dim)] = cos(p * w_i)``, with ``w_i = base ** (-2i / dim)``.

    Parameters
    ----------
    positions : real number or array of real numbers
        The positions themselves, of any shape: ``3`` is position 3, ``range(n)`` the positions
        0 to n - 1 of a whole table. They may be negative or fractional.
    dim : int
        Number of columns, at least 1. An odd `dim` drops the last cosine.
    base : float, optional
        The base of the ladder of frequencies, above 0; the paper's 10000 if neither it nor
        `freqs` is given.
    freqs : array of real numbers, shape ``(ceil(dim / 2),)``, optional
        Frequencies of your own, one a pair, in radians per position, in place of a base.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand.
    dtype : NumPy floating-point type, optional
        The type of the result; that of `out`, or float64, if it is left out. Angles are float64
        whatever it is.
    out : numpy.ndarray, optional
        An array of floating-point numbers, of the shape of the result, to write it to. It may be
        a piece of a larger array or of a file, and it may be the array of positions or frequencies.

    Returns
    -------
    numpy.ndarray
        Shape ``positions.shape + (dim,)``: one row of `dim` numbers for each position. It is `out`
        if that is given, and otherwise a new array.

    Raises
    ------
    TypeError
        If `positions`, `base` or `freqs` are not real numbers (a bool is none), `dim` is not
        an integer, `dtype` is no NumPy floating-point type, or `out` is no array of such a type.
    ValueError
        If a number is NaN, infinite or out of range, `freqs` has the wrong shape or is given
        together with `base`, `layout` is unknown, `out` has the wrong shape or cannot be written
        to, or `dtype` is not the type of `out`.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5. At positions up to 10^6 and d = 512 no
    entry is further than 1.3e-10 from its exact value in float64, and 3.1e-8 in float32. A table of
    another type is the float64 table, converted to it.

    *Equal positions, equal rows.* The row of a position depends on it, on the frequencies, on
    `layout` and on `dtype`, and to the last bit on nothing else: 3, 3.0 and ``range(10)[3]`` have
    one row, and the pieces of a table are what the whole table would hold. Beyond 2^53 a whole
    number is first rounded to the nearest float.

    *Speed.* At whole positions an entry costs a complex multiplication, no sine or cosine; the
    chapter on fast tables explains it. Fractional positions are computed directly.

    Examples
    --------
    >>> sinusoidal(range(2), 4).round(4)
    array([[0.    , 1.    , 0.    , 1.    ],
           [0.8415, 0.5403, 0.01  , 1.    ]])
    >>> sinusoidal(-0.5, 2, layout="halves", dtype=np.float32).round(4)
    array([-0.4794,  0.8776], dtype=float32)
    >>> table = np.empty((3, 4), dtype=np.float32)
    >>> sinusoidal(range(3), 4, out=table) is table
    True
    """
    dim = _validation.dimension(dim)
    places = _validation.real_array(positions, "positions")
    ladder = chosen_frequencies(dim, base, freqs)
    sines, cosines = wave_columns(dim, layout)
    shape = (*places.shape, dim)
    if out is None:
        result = table = np.empty(shape, _validation.floating(np.float64 if dtype is None else dtype))
    else:
        result = _validation.destination(out, shape, dtype)
        # A new table where rows are not one after the other, or where writing would change what is still to be read.
        apart = out.flags.c_contiguous and not any(np.may_share_memory(out, read) for read in (places, ladder))
        table = out if apart else np.empty(shape, out.dtype)
    rows = table.reshape(-1, dim)
    side_by_side = as_numbers(rows) if layout == "interleaved" else None
    fill((rows[:, sines], rows[:, cosines]) if side_by_side is None else side_by_side, places.reshape(-1), ladder)
    if table is not result:
        result[...] = table
    return result


def shift_matrix(
    offset: float,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
) -> NDArray[np.float64]:
    """Give the one matrix that moves every encoding by `offset` positions.

    ``sinusoidal(p + offset, dim) = M @ sinusoidal(p, dim)`` for every position p. On the
    (sine, cosine) of pair i, M is the rotation
    ``[[cos(a), sin(a)], [-sin(a), cos(a)]]`` with ``a = offset * w_i``.

    Parameters
    ----------
    offset : float
        How many positions to move; negative and fractional ones are legal.
    dim : int
        Number of columns, even: a sine without its cosine has no such matrix.
    base, freqs, layout
        As for :func:`posenc.sinusoidal`.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(dim, dim)``, orthogonal with determinant 1.

    Raises
    ------
    TypeError
        If `offset`, `base` or `freqs` are not real numbers or `dim` is not an integer.
    ValueError
        If `dim` is odd or below 1, a number is not finite, `base` is not above 0, `freqs`
        has the wrong shape or is given together with `base`, or `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5, says that such a linear map exists, and
    the authors' code names the identity :cite:p:`tensor2tensor2017code`; the chapter on the
    rotation proves it.

    Examples
    --------
    >>> shift_matrix(1, 2).round(4)
    array([[ 0.5403,  0.8415],
           [-0.8415,  0.5403]])
    >>> here, there = sinusoidal([7, 10], 6)
    >>> bool(np.allclose(there, shift_matrix(3, 6) @ here))
    True
    """
    dim = _validation.dimension(dim, even_for="shift_matrix")
    angles = _validation.real(offset, "offset") * chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair(dim, layout, diagonal=np.cos(angles), corner=np.sin(angles))


def shift_generator(
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
) -> NDArray[np.float64]:
    """Give the matrix whose exponential is the shift: its velocity at offset 0.

    ``expm(offset * G) = shift_matrix(offset)`` and ``d/dp PE(p) = G @ PE(p)``. On the
    (sine, cosine) of pair i, G is ``[[0, w_i], [-w_i, 0]]``.

    Parameters
    ----------
    dim : int
        Number of columns, even.
    base, freqs, layout
        As for :func:`posenc.sinusoidal`.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(dim, dim)``, skew-symmetric, in radians per position.

    Raises
    ------
    TypeError, ValueError
        As :func:`posenc.shift_matrix` does.

    Notes
    -----
    Source: derived in the chapter on shifts that add up; the exponential of a skew-symmetric matrix
    is a rotation :cite:p:`hall2015lie`.

    Examples
    --------
    >>> shift_generator(4)
    array([[ 0.  ,  1.  ,  0.  ,  0.  ],
           [-1.  ,  0.  ,  0.  ,  0.  ],
           [ 0.  ,  0.  ,  0.  ,  0.01],
           [ 0.  ,  0.  , -0.01,  0.  ]])
    """
    dim = _validation.dimension(dim, even_for="shift_generator")
    freqs = chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair(dim, layout, diagonal=np.zeros_like(freqs), corner=freqs)


@overload  # as in NumPy, a number gives a number
def similarity(  # pyright: ignore[reportOverlappingOverload]
    offsets: float, dim: int, *, base: float | None = None, freqs: ArrayLike | None = None
) -> np.float64: ...
@overload
def similarity(
    offsets: ArrayLike, dim: int, *, base: float | None = None, freqs: ArrayLike | None = None
) -> NDArray[np.float64]: ...
def similarity(
    offsets: ArrayLike, dim: int, *, base: float | None = None, freqs: ArrayLike | None = None
) -> np.float64 | NDArray[np.float64]:
    """Give the dot product of two encodings that lie `offsets` positions apart.

    ``PE(p) . PE(p + k) = sum over i of cos(k * w_i)``, whatever p is.

    Parameters
    ----------
    offsets : real number or array of real numbers
        The offsets k, of any shape.
    dim : int
        Number of columns, even: a lone last sine makes the product depend on p.
    base, freqs
        As for :func:`posenc.sinusoidal`.

    Returns
    -------
    numpy.ndarray or numpy.float64
        An array of the shape of `offsets`, or one number for one offset; ``dim / 2`` at offset
        0, where it is largest.

    Raises
    ------
    TypeError, ValueError
        As :func:`posenc.shift_matrix` does.

    Notes
    -----
    Source: the angle-difference identity, summed over the pairs of
    :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> similarity([0, 1, 2], 8).round(4)
    array([4.    , 3.5353, 2.5637])
    """
    dim = _validation.dimension(dim, even_for="similarity")
    angles = np.multiply.outer(_validation.real_array(offsets, "offsets"), chosen_frequencies(dim, base, freqs))
    products: np.float64 | NDArray[np.float64] = np.cos(angles).sum(axis=-1)
    return products


def _one_block_a_pair(
    dim: int, layout: Layout, *, diagonal: NDArray[np.float64], corner: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The matrix with ``[[diagonal, corner], [-corner, diagonal]]`` on every pair."""
    sines, cosines = (np.arange(dim)[columns] for columns in wave_columns(dim, layout))
    matrix = np.zeros((dim, dim))
    matrix[sines, sines] = matrix[cosines, cosines] = diagonal
    matrix[sines, cosines] = corner
    matrix[cosines, sines] = -corner
    return matrix
