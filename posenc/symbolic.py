"""The formulas as SymPy expressions, for proofs: the twins of the numeric functions.

Each function mirrors the numeric one of the same name, with two differences. A position is one
expression instead of an array, and numbers stay exact. Positions, offsets, frequencies, the
pair index, the dimension and the base may all be symbols, as long as the shape of the result
is known: `frequency` takes a symbolic dimension, the functions of a whole table need an int.
"""

from collections.abc import Iterable, Sequence
from typing import Any

try:
    import sympy as sp
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError("posenc.symbolic needs SymPy: pip install 'posenc[symbolic]'", name="sympy") from _missing

from posenc import _validation
from posenc._ladder import BASE, SPACINGS, Spacing, refuse_both
from posenc._layout import WAVES, Layout, column_of, number_of_pairs, pair_of

#: A number or a SymPy expression.
Expression = Any


def frequency(pair: Expression, dim: Expression, *, base: Expression = int(BASE)) -> sp.Expr:
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
    TypeError
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
    return _base(base) ** (-2 * _expression(pair, "pair") / _expression(dim, "dim"))


def frequencies(dim: int, *, base: Expression = int(BASE), spacing: Spacing = "paper") -> tuple[sp.Expr, ...]:
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
        If `dim` is not an integer of at least 1, `base` is no expression or a number that is
        not above 0, or `spacing` is unknown.

    Notes
    -----
    Sources: as for :func:`posenc.frequencies`.

    Examples
    --------
    >>> frequencies(8)
    (1, 1/10, 1/100, 1/1000)
    """
    pairs = number_of_pairs(_validation.dimension(dim))
    base = _base(base)
    if _validation.choice(spacing, "spacing", SPACINGS) == "paper":
        return tuple(frequency(i, dim, base=base) for i in range(pairs))
    return tuple(base ** -sp.Rational(i, max(pairs - 1, 1)) for i in range(pairs))


def wavelengths(dim: int, *, base: Expression = int(BASE), spacing: Spacing = "paper") -> tuple[sp.Expr, ...]:
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


def hand(position: Expression, frequency: Expression) -> sp.ImmutableMatrix:
    """Give the two numbers that the clock hand of one pair writes: ``(sin(position * w), cos(position * w))``.

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
    TypeError
        If an argument is no mathematical expression.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5.

    Examples
    --------
    >>> p, w = sp.symbols("p w")
    >>> hand(p, w)
    Matrix([
    [sin(p*w)],
    [cos(p*w)]])
    """
    angle = _expression(position, "position") * _expression(frequency, "frequency")
    return sp.ImmutableMatrix([sp.sin(angle), sp.cos(angle)])


def rotation(angle: Expression) -> sp.ImmutableMatrix:
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
    TypeError
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
    angle = _expression(angle, "angle")
    sine, cosine = sp.sin(angle), sp.cos(angle)
    return sp.ImmutableMatrix([[cosine, sine], [-sine, cosine]])


def sinusoidal(
    position: Expression,
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
    layout: Layout = "interleaved",
) -> sp.ImmutableMatrix:
    """Give the encoding of one position as a column of `dim` expressions.

    Parameters
    ----------
    position : number or SymPy expression
        One position.
    dim : int
        Number of entries, at least 1. An odd `dim` drops the last cosine.
    base : number or SymPy expression, optional
        The base of the ladder; the paper's 10000 if neither it nor `freqs` is given.
    freqs : sequence of expressions, optional
        Frequencies of your own, one a pair, in place of a base.
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
    hands = [hand(position, w) for w in _chosen_frequencies(dim, base, freqs)]
    column = []
    for j in range(dim):
        i = pair_of(j, dim, layout=layout)
        column.append(hands[i][0 if j == column_of(i, "sin", dim, layout=layout) else 1])
    return sp.ImmutableMatrix(column)


def shift_matrix(
    offset: Expression,
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
    layout: Layout = "interleaved",
) -> sp.ImmutableMatrix:
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
    own = _chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair([rotation(_expression(offset, "offset") * w) for w in own], layout)


def shift_generator(
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
    layout: Layout = "interleaved",
) -> sp.ImmutableMatrix:
    """Give the matrix whose exponential is the shift; see :func:`posenc.shift_generator`.

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
    Source: as for :func:`posenc.shift_generator`.

    Examples
    --------
    >>> shift_generator(2)
    Matrix([
    [ 0, 1],
    [-1, 0]])
    """
    dim = _validation.dimension(dim, even_for="shift_generator")
    own = _chosen_frequencies(dim, base, freqs)
    return _one_block_a_pair([sp.Matrix([[0, w], [-w, 0]]) for w in own], layout)


def similarity(
    offset: Expression,
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
) -> sp.Expr:
    """Give the dot product of two encodings that lie `offset` positions apart, as a sum of cosines.

    Parameters
    ----------
    offset : number or SymPy expression
        The offset k.
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
    own = _chosen_frequencies(dim, base, freqs)
    return sp.Add(*(sp.cos(_expression(offset, "offset") * w) for w in own))


def rotary_cos_sin(
    position: Expression,
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
) -> tuple[tuple[sp.Expr, ...], tuple[sp.Expr, ...]]:
    """Give the cosine and the sine of the angle by which each pair turns; see :func:`posenc.rotary_cos_sin`.

    Parameters
    ----------
    position : number or SymPy expression
        One position.
    dim : int
        How many entries of a query or key are turned, even.
    base, freqs
        As for :func:`sinusoidal`.

    Returns
    -------
    cos, sin : tuple of sympy.Expr
        Each holds ``dim / 2`` expressions, one a pair.

    Raises
    ------
    TypeError, ValueError
        If `dim` is not an even integer of at least 2, or `freqs` has the wrong length.

    Notes
    -----
    Source: as for :func:`posenc.rotary_cos_sin`.

    Examples
    --------
    >>> p = sp.Symbol("p")
    >>> rotary_cos_sin(p, 4)
    ((cos(p), cos(p/100)), (sin(p), sin(p/100)))
    """
    dim = _validation.dimension(dim, even_for="rotary_cos_sin")
    angles = [_expression(position, "position") * w for w in _chosen_frequencies(dim, base, freqs)]
    return tuple(sp.cos(angle) for angle in angles), tuple(sp.sin(angle) for angle in angles)


def rotary_matrix(
    position: Expression,
    dim: int,
    *,
    base: Expression | None = None,
    freqs: Iterable[Expression] | None = None,
    layout: Layout,
) -> sp.ImmutableMatrix:
    """Give the matrix by which a query or key at one position is turned; see :func:`posenc.rotary_matrix`.

    Parameters
    ----------
    position : number or SymPy expression
        One position.
    dim : int
        How many entries are turned, even.
    base, freqs
        As for :func:`sinusoidal`.
    layout : {"interleaved", "halves"}
        Where the two numbers of a pair stand; there is no default.

    Returns
    -------
    sympy.ImmutableMatrix
        Shape ``(dim, dim)``, the transpose of one :func:`rotation` a pair.

    Raises
    ------
    TypeError, ValueError
        If `dim` is not an even integer of at least 2, `freqs` has the wrong length, or
        `layout` is missing or unknown.

    Notes
    -----
    Source: as for :func:`posenc.rotary_matrix`.

    Examples
    --------
    >>> m, n = sp.symbols("m n")
    >>> rotary_matrix(m, 2, layout="interleaved")
    Matrix([
    [cos(m), -sin(m)],
    [sin(m),  cos(m)]])
    >>> query, key = (rotary_matrix(p, 2, layout="interleaved") for p in (m, n))
    >>> sp.simplify(query.T * key - rotary_matrix(n - m, 2, layout="interleaved"))
    Matrix([
    [0, 0],
    [0, 0]])
    """
    dim = _validation.dimension(dim, even_for="rotary_matrix")
    angles = [_expression(position, "position") * w for w in _chosen_frequencies(dim, base, freqs)]
    return _one_block_a_pair([rotation(angle).T for angle in angles], layout)


def _expression(value: Expression, name: str) -> sp.Expr:
    """A number or expression as SymPy's own."""
    try:
        expression = sp.sympify(value)
    except sp.SympifyError:
        expression = None
    if not isinstance(expression, sp.Expr):
        raise TypeError(f"{name} must be a number or a SymPy expression, got {value!r}")
    return expression


def _base(value: Expression) -> sp.Expr:
    """An expression that is not known to be zero or less."""
    base = _expression(value, "base")
    if base.is_positive is False:
        raise ValueError(f"base must be positive, got {value!r}")
    return base


def _chosen_frequencies(dim: int, base: Expression | None, freqs: Iterable[Expression] | None) -> tuple[sp.Expr, ...]:
    if freqs is None:
        return frequencies(dim, base=int(BASE) if base is None else base)
    refuse_both(base)
    own = tuple(_expression(w, "each of freqs") for w in freqs)
    if len(own) != number_of_pairs(dim):
        raise ValueError(f"freqs must have length {number_of_pairs(dim)}, one a pair of {dim = }, got {len(own)}")
    return own


def _one_block_a_pair(blocks: Sequence[sp.MatrixBase], layout: Layout) -> sp.ImmutableMatrix:
    dim = 2 * len(blocks)
    matrix = sp.zeros(dim)
    for i, block in enumerate(blocks):
        columns = [column_of(i, wave, dim, layout=layout) for wave in WAVES]
        for a, row in enumerate(columns):
            for b, column in enumerate(columns):
                matrix[row, column] = block[a, b]
    return sp.ImmutableMatrix(matrix)
