"""The sinusoidal encoding, and the linear maps that move it along the sequence."""

import numpy as np

from posenc import _validation
from posenc.frequencies import chosen_frequencies
from posenc.layout import phase_columns


def sinusoidal(positions, dim, *, base=10000.0, freqs=None, start=0, layout="interleaved", dtype=np.float32):
    """Encode positions by the sine and cosine of each pair's angle.

    ``PE[p, column_of(i, "sin")] = sin(p * w_i)`` and
    ``PE[p, column_of(i, "cos")] = cos(p * w_i)``, with ``w_i = base ** (-2i / dim)``.

    Parameters
    ----------
    positions : int or array of real numbers
        An int n means the positions 0..n-1. An array, of any shape, holds the positions
        themselves, which may be negative or fractional.
    dim : int
        Number of columns, at least 1. An odd `dim` drops the last cosine.
    base : float
        The base of the ladder of frequencies, above 0. Not used when `freqs` is given.
    freqs : array of real numbers, shape ``(ceil(dim / 2),)``, optional
        Frequencies of your own, one a pair, in radians per position.
    start : float
        Added to every position: ``sinusoidal(1, dim, start=p)`` is the row of position p.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand.
    dtype : NumPy floating-point type
        The type of the result. Angles are float64 whatever it is.

    Returns
    -------
    numpy.ndarray
        Shape ``(n, dim)`` for an int, ``positions.shape + (dim,)`` for an array.

    Raises
    ------
    TypeError
        If `positions`, `base`, `freqs` or `start` are not real numbers (a bool is none),
        `dim` is not an integer, or `dtype` is no NumPy floating-point type.
    ValueError
        If a number is NaN, infinite or out of range, `freqs` has the wrong shape, or
        `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> sinusoidal(2, 4).round(4)
    array([[0.    , 1.    , 0.    , 1.    ],
           [0.8415, 0.5403, 0.01  , 1.    ]], dtype=float32)
    >>> sinusoidal([-0.5], 2, layout="halves", dtype="float64").round(4)
    array([[-0.4794,  0.8776]])
    """
    dim = _validation.dimension(dim)
    positions = _validation.positions(positions, start)
    angles = np.multiply.outer(positions, chosen_frequencies(dim, base, freqs))
    table = np.empty((*positions.shape, dim), dtype=_validation.floating(dtype))
    sines, cosines = phase_columns(dim, layout)
    np.sin(angles, out=table[..., sines])
    np.cos(angles[..., : dim // 2], out=table[..., cosines])
    return table


def shift_matrix(offset, dim, *, base=10000.0, freqs=None, layout="interleaved"):
    """Give the one matrix that moves every encoding by `offset` positions.

    ``sinusoidal([p + offset]).T = M @ sinusoidal([p]).T`` for every position p. On the
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
        has the wrong shape, or `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5, says that such a linear map exists;
    the chapter on the rotation proves it.

    Examples
    --------
    >>> shift_matrix(1, 2).round(4)
    array([[ 0.5403,  0.8415],
           [-0.8415,  0.5403]])
    >>> here, there = sinusoidal([7, 10], 6, dtype="float64")
    >>> bool(np.allclose(there, shift_matrix(3, 6) @ here))
    True
    """
    dim = _validation.dimension(dim, even_for="shift_matrix")
    angles = _validation.real(offset, "offset") * chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair(dim, layout, diagonal=np.cos(angles), corner=np.sin(angles))


def generator(dim, *, base=10000.0, freqs=None, layout="interleaved"):
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
    Source: derived in the chapter on the rotation; the exponential of a skew-symmetric matrix
    is a rotation :cite:p:`hall2015lie`.

    Examples
    --------
    >>> generator(4)
    array([[ 0.  ,  1.  ,  0.  ,  0.  ],
           [-1.  ,  0.  ,  0.  ,  0.  ],
           [ 0.  ,  0.  ,  0.  ,  0.01],
           [ 0.  ,  0.  , -0.01,  0.  ]])
    """
    dim = _validation.dimension(dim, even_for="generator")
    freqs = chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair(dim, layout, diagonal=np.zeros_like(freqs), corner=freqs)


def similarity(offsets, dim, *, base=10000.0, freqs=None):
    """Give the dot product of two encodings that lie `offsets` positions apart.

    ``PE(p) . PE(p + k) = sum over i of cos(k * w_i)``, whatever p is.

    Parameters
    ----------
    offsets : array of real numbers, or one number
        The distances k. A number is a distance, not a count.
    dim : int
        Number of columns, even: a lone last sine makes the product depend on p.
    base, freqs
        As for :func:`posenc.sinusoidal`.

    Returns
    -------
    numpy.ndarray
        float64, the shape of `offsets`; ``dim / 2`` at offset 0, where it is largest.

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
    offsets = _validation.real_array(offsets, "offsets")
    return np.cos(np.multiply.outer(offsets, chosen_frequencies(dim, base, freqs))).sum(axis=-1)


def _one_block_a_pair(dim, layout, *, diagonal, corner):
    """The matrix with ``[[diagonal, corner], [-corner, diagonal]]`` on every pair."""
    sines, cosines = (np.arange(dim)[columns] for columns in phase_columns(dim, layout))
    matrix = np.zeros((dim, dim))
    matrix[sines, sines] = matrix[cosines, cosines] = diagonal
    matrix[sines, cosines] = corner
    matrix[cosines, sines] = -corner
    return matrix
