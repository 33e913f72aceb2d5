"""The formulas as SymPy expressions, for proofs: the twins of the numeric functions.

Each function mirrors the numeric one of the same name, with two differences. A position is one
expression instead of an array, and numbers stay exact. Positions, offsets, frequencies, the
pair index, the dimension and the base may all be symbols, as long as the shape of the result
is known: `frequency`, `pair` and `rotation` take a symbolic dimension, the others need an int.
"""

import sympy as sp

from posenc import _validation
from posenc.layout import LAYOUTS, column_of, number_of_pairs, pair_of


def frequency(pair, dim, *, base=10000):
    """Give the frequency of one pair: ``base ** (-2 * pair / dim)``.

    Parameters
    ----------
    pair, dim, base : number or SymPy expression
        The pair ``i``, the number of columns, the base.

    Returns
    -------
    sympy.Expr
        In radians per position.

    Raises
    ------
    sympy.SympifyError
        If an argument is no mathematical expression.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> i, d, b = sp.symbols("i d b", positive=True)
    >>> frequency(i, d, base=b)
    b**(-2*i/d)
    >>> frequency(2, 8)
    1/100
    """
    return sp.sympify(base) ** (-2 * sp.sympify(pair) / sp.sympify(dim))


def frequencies(dim, *, base=10000, spacing="paper"):
    """Give the exact frequency of every pair, fastest first; see :func:`posenc.frequencies`.

    Parameters
    ----------
    dim : int
        Number of columns, at least 1.
    base : number or SymPy expression
        The base of the ladder.
    spacing : {"paper", "tensor2tensor"}
        Where the ladder ends.

    Returns
    -------
    tuple of sympy.Expr
        ``ceil(dim / 2)`` frequencies, in radians per position.

    Raises
    ------
    TypeError, ValueError
        If `dim` is not an integer of at least 1, or `spacing` is unknown.

    Notes
    -----
    Sources: as for :func:`posenc.frequencies`.

    Examples
    --------
    >>> frequencies(8)
    (1, 1/10, 1/100, 1/1000)
    """
    pairs = number_of_pairs(_validation.dimension(dim))
    if _validation.choice(spacing, "spacing", ("paper", "tensor2tensor")) == "paper":
        return tuple(frequency(i, dim, base=base) for i in range(pairs))
    return tuple(sp.sympify(base) ** -sp.Rational(i, max(pairs - 1, 1)) for i in range(pairs))


def wavelengths(dim, *, base=10000, spacing="paper"):
    """Give the exact positions per turn of every pair: ``2 pi / w_i``.

    Parameters
    ----------
    dim, base, spacing
        As for :func:`frequencies`.

    Returns
    -------
    tuple of sympy.Expr
        ``ceil(dim / 2)`` wavelengths, in positions per turn.

    Raises
    ------
    TypeError, ValueError
        As :func:`frequencies` does.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> wavelengths(4)
    (2*pi, 200*pi)
    """
    return tuple(2 * sp.pi / w for w in frequencies(dim, base=base, spacing=spacing))


def pair(position, frequency):
    """Give the two numbers that one pair writes: ``(sin(position * w), cos(position * w))``.

    Parameters
    ----------
    position, frequency : number or SymPy expression
        Their product is the angle, in radians.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(2, 1)``.

    Raises
    ------
    sympy.SympifyError
        If an argument is no mathematical expression.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> p, w = sp.symbols("p w")
    >>> pair(p, w)
    Matrix([
    [sin(p*w)],
    [cos(p*w)]])
    """
    angle = sp.sympify(position) * sp.sympify(frequency)
    return sp.ImmutableMatrix([sp.sin(angle), sp.cos(angle)])


def rotation(angle):
    """Give the 2 x 2 rotation that adds `angle` to the angle of a (sine, cosine) pair.

    ``[[cos(a), sin(a)], [-sin(a), cos(a)]]``

    Parameters
    ----------
    angle : number or SymPy expression
        In radians: offset times frequency.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(2, 2)``.

    Raises
    ------
    sympy.SympifyError
        If `angle` is no mathematical expression.

    Notes
    -----
    Source: the angle-sum identities. In the plane of (sine, cosine) this turns clockwise.

    Examples
    --------
    >>> rotation(sp.pi / 2)
    Matrix([
    [ 0, 1],
    [-1, 0]])
    """
    sine, cosine = sp.sin(angle), sp.cos(angle)
    return sp.ImmutableMatrix([[cosine, sine], [-sine, cosine]])


def sinusoidal(position, dim, *, base=10000, freqs=None, layout="interleaved"):
    """Give the encoding of one position as a column of `dim` expressions.

    Parameters
    ----------
    position : number or SymPy expression
        One position.
    dim : int
        Number of entries, at least 1. An odd `dim` drops the last cosine.
    base : number or SymPy expression
        The base of the ladder. Not used when `freqs` is given.
    freqs : sequence of expressions, optional
        Frequencies of your own, one a pair.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(dim, 1)``; entry j is column j of the table.

    Raises
    ------
    TypeError, ValueError
        If `dim` is not an integer of at least 1, `freqs` has the wrong length, or `layout`
        is unknown.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> p = sp.Symbol("p")
    >>> sinusoidal(p, 8)[5]
    cos(p/100)
    """
    dim = _validation.dimension(dim)
    pairs = [pair(position, w) for w in _chosen_frequencies(dim, base, freqs)]
    column = [None] * dim
    for j in range(dim):
        i = pair_of(j, dim, layout=layout)
        column[j] = pairs[i][0 if j == column_of(i, "sin", dim, layout=layout) else 1]
    return sp.ImmutableMatrix(column)


def shift_matrix(offset, dim, *, base=10000, freqs=None, layout="interleaved"):
    """Give the matrix that moves every encoding by `offset`; see :func:`posenc.shift_matrix`.

    Parameters
    ----------
    offset : number or SymPy expression
        How many positions to move.
    dim : int
        Number of columns, even.
    base, freqs, layout
        As for :func:`sinusoidal`.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(dim, dim)``, one :func:`rotation` a pair.

    Raises
    ------
    TypeError, ValueError
        If `dim` is not an even integer of at least 2, `freqs` has the wrong length, or
        `layout` is unknown.

    Notes
    -----
    Source: as for :func:`posenc.shift_matrix`.

    Examples
    --------
    >>> k = sp.Symbol("k")
    >>> shift_matrix(k, 2)
    Matrix([
    [ cos(k), sin(k)],
    [-sin(k), cos(k)]])
    """
    dim = _validation.dimension(dim, even_for="shift_matrix")
    freqs = _chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair([rotation(sp.sympify(offset) * w) for w in freqs], layout)


def generator(dim, *, base=10000, freqs=None, layout="interleaved"):
    """Give the matrix whose exponential is the shift; see :func:`posenc.generator`.

    Parameters
    ----------
    dim : int
        Number of columns, even.
    base, freqs, layout
        As for :func:`sinusoidal`.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(dim, dim)``, skew-symmetric.

    Raises
    ------
    TypeError, ValueError
        As :func:`shift_matrix` does.

    Notes
    -----
    Source: as for :func:`posenc.generator`.

    Examples
    --------
    >>> generator(2)
    Matrix([
    [ 0, 1],
    [-1, 0]])
    """
    dim = _validation.dimension(dim, even_for="generator")
    freqs = _chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair([sp.Matrix([[0, w], [-w, 0]]) for w in freqs], layout)


def similarity(offset, dim, *, base=10000, freqs=None):
    """Give the dot product of two encodings that lie `offset` apart, as a sum of cosines.

    Parameters
    ----------
    offset : number or SymPy expression
        The distance.
    dim : int
        Number of columns, even.
    base, freqs
        As for :func:`sinusoidal`.

    Returns
    -------
    sympy.Expr
        ``sum of cos(offset * w_i)``.

    Raises
    ------
    TypeError, ValueError
        As :func:`shift_matrix` does.

    Notes
    -----
    Source: as for :func:`posenc.similarity`.

    Examples
    --------
    >>> k = sp.Symbol("k")
    >>> similarity(k, 4)
    cos(k/100) + cos(k)
    """
    dim = _validation.dimension(dim, even_for="similarity")
    return sp.Add(*(sp.cos(sp.sympify(offset) * w) for w in _chosen_frequencies(dim, base, freqs)))


def _chosen_frequencies(dim, base, freqs):
    if freqs is None:
        return frequencies(dim, base=base)
    freqs = tuple(sp.sympify(w) for w in freqs)
    if len(freqs) != number_of_pairs(dim):
        raise ValueError(f"freqs must have length {number_of_pairs(dim)}, one a pair of {dim = }, got {len(freqs)}")
    return freqs


def _one_block_a_pair(blocks, layout):
    _validation.choice(layout, "layout", LAYOUTS)
    dim = 2 * len(blocks)
    matrix = sp.zeros(dim)
    for i, block in enumerate(blocks):
        columns = [column_of(i, phase, dim, layout=layout) for phase in ("sin", "cos")]
        for a, row in enumerate(columns):
            for b, column in enumerate(columns):
                matrix[row, column] = block[a, b]
    return sp.ImmutableMatrix(matrix)
