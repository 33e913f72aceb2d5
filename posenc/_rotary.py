"""Rotary position encoding: turn every pair of a query or key by an angle that grows with the position."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from posenc import _validation
from posenc._encoding import shift_matrix
from posenc._ladder import chosen_frequencies
from posenc._layout import LAYOUTS, Layout, convert_layout, wave_columns
from posenc._rotations import fill

_Float = TypeVar("_Float", bound=np.floating[Any])

#: In layout "halves" NumPy works through an array in pieces of this many bytes, which stay in a processor's cache.
PIECE = 2**19


class _Array(Protocol):
    """What `apply_rotary` and `convert_rotary_weights` ask of an array from any library."""

    @property
    def shape(self) -> Any: ...

    @property
    def dtype(self) -> Any: ...

    def __getitem__(self, index: Any, /) -> Any: ...


_AnyArray = TypeVar("_AnyArray", bound=_Array)


@overload
def rotary_cos_sin(
    positions: ArrayLike, dim: int, *, base: float | None = None, freqs: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
@overload
def rotary_cos_sin(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    dtype: type[_Float],
) -> tuple[NDArray[_Float], NDArray[_Float]]: ...
@overload
def rotary_cos_sin(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    dtype: DTypeLike,
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]: ...
def rotary_cos_sin(
    positions: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    dtype: DTypeLike = np.float64,
) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
    """Give the cosine and the sine of the angle by which each pair turns at each position.

    ``cos[p, i] = cos(p * w_i)`` and ``sin[p, i] = sin(p * w_i)``, with ``w_i = base ** (-2i / dim)``.

    Parameters
    ----------
    positions : real number or array of real numbers
        The positions themselves, of any shape; negative and fractional ones are legal.
    dim : int
        How many entries of a query or key are turned, even. That is the size of a head, or
        less if the rest of the head is to keep no position (partial rotary).
    base : float, optional
        The base of the ladder of frequencies, above 0; 10000 if neither it nor `freqs` is given.
    freqs : array of real numbers, shape ``(dim / 2,)``, optional
        Frequencies of your own, one a pair, in radians per position, in place of a base.
    dtype : NumPy floating-point type
        The type of the results. Angles are float64 whatever it is.

    Returns
    -------
    cos, sin : numpy.ndarray
        Each of shape ``positions.shape + (dim / 2,)``: one column a pair, in either layout.

    Raises
    ------
    TypeError
        If `positions`, `base` or `freqs` are not real numbers (a bool is none), `dim` is not
        an integer, or `dtype` is no NumPy floating-point type.
    ValueError
        If `dim` is odd or below 1, a number is NaN, infinite or out of range, or `freqs` has
        the wrong shape or is given together with `base`.

    Notes
    -----
    Source: :cite:t:`su2024roformer`. Its indices start from 1 there, so its
    ``10000 ** (-2(i - 1) / d)`` is the frequency of pair ``i - 1`` here. Other software often
    keeps every column twice, ``dim`` columns in all, in the order that its layout needs.

    Examples
    --------
    >>> cos, sin = rotary_cos_sin([0, 1], 4)
    >>> cos.round(4)
    array([[1.    , 1.    ],
           [0.5403, 1.    ]])
    >>> sin.round(4)
    array([[0.    , 0.    ],
           [0.8415, 0.01  ]])
    """
    dim = _validation.dimension(dim, even_for="rotary_cos_sin")
    places, ladder = _validation.real_array(positions, "positions"), chosen_frequencies(dim, base, freqs)
    shape, kind = (*places.shape, dim // 2), _validation.floating(dtype)
    cos, sin = np.empty(shape, kind), np.empty(shape, kind)
    fill((sin.reshape(-1, dim // 2), cos.reshape(-1, dim // 2)), places.reshape(-1), ladder)
    return cos, sin


@overload
def apply_rotary(x: _AnyArray, cos: ArrayLike | _Array, sin: ArrayLike | _Array, *, layout: Layout) -> _AnyArray: ...
@overload
def apply_rotary(
    x: ArrayLike, cos: ArrayLike | _Array, sin: ArrayLike | _Array, *, layout: Layout
) -> NDArray[np.floating[Any]]: ...
def apply_rotary(x: Any, cos: Any, sin: Any, *, layout: Layout) -> Any:
    """Turn every pair of queries or keys by the angle of its position.

    ``(a, b)`` becomes ``(a * cos - b * sin, a * sin + b * cos)``. The two numbers of pair i are
    in columns ``2i`` and ``2i + 1`` in layout "interleaved", in columns ``i`` and ``i + r`` in
    layout "halves", where `r` is the number of pairs that are turned.

    Parameters
    ----------
    x : array of floating-point numbers, shape ``(..., d)``, `d` even
        Queries or keys, one head a row: an array of NumPy, or of a library that
        `array-api-compat` knows, such as PyTorch, JAX and Dask. A list becomes a NumPy array.
    cos, sin : arrays of one shape, ``(..., r)``, `r` at most ``d / 2``
        From :func:`rotary_cos_sin`; NumPy arrays, or arrays of the library and on the device of
        `x`. With `r` below ``d / 2`` the columns from ``2r`` on stay as they are.
    layout : {"interleaved", "halves"}
        Where the two numbers of a pair stand. There is no default: a model that was trained
        with one computes something else with the other, and nothing says so.

    Returns
    -------
    array
        A new array of the shape, type, library and device of `x`. Gradients flow back to `x`,
        and to `cos` and `sin` if they are arrays of its library.

    Raises
    ------
    TypeError
        If `x` holds no floating-point numbers, `cos` or `sin` no real ones, or `layout` is missing.
    ValueError
        If the last axis of `x` is missing or odd, `cos` has no column or more than ``d / 2``, its
        leading axes do not fit those of `x`, `sin` has another shape than `cos`, or `layout` is
        unknown.
    ModuleNotFoundError
        If `x` is no NumPy array and `array-api-compat` is not installed.

    Notes
    -----
    *Leading axes.* Those of `cos` are matched with those of `x` from the right, and each is as
    long as its partner or 1; `x` may have more. So the ``(n, r)`` numbers of positions 0 to n - 1
    fit queries of shape ``(batch, heads, n, d)`` as they are, queries of shape
    ``(batch, n, heads, d)`` as ``cos[:, None]``, and if every text of the batch has positions
    of its own, ``(batch, n, r)`` fits as ``cos[:, None]`` and as ``cos[:, :, None]``.

    *Precision.* The work is done in the type of `x`, or in float32 if that is narrower, and the
    result is rounded once.

    *Sense of rotation.* Seen with the first number of a pair to the right and the second upwards, the
    pair turns counter-clockwise by ``p * w_i``. See :func:`rotary_matrix` for how that compares
    with :func:`posenc.shift_matrix`.

    Source: :cite:t:`su2024roformer`, for layout "interleaved".

    Examples
    --------
    >>> cos, sin = rotary_cos_sin([0, 1], 4)
    >>> q = np.array([[1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
    >>> apply_rotary(q, cos, sin, layout="interleaved").round(4)
    array([[1.    , 0.    , 1.    , 0.    ],
           [0.5403, 0.8415, 1.    , 0.01  ]])
    """
    _validation.choice(layout, "layout", LAYOUTS)
    if isinstance(x, (np.ndarray, np.generic)) or not hasattr(x, "shape"):
        return _rotate_in_numpy(np.asarray(x), np.asarray(cos), np.asarray(sin), layout)
    return _rotate_elsewhere(x, cos, sin, layout)


def rotary_matrix(
    position: float,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout,
) -> NDArray[np.float64]:
    """Give the matrix by which a query or key at one position is turned.

    ``R_p @ x = apply_rotary(x, *rotary_cos_sin(p, dim), layout=layout)``. On the two numbers
    of pair i, R_p is the rotation ``[[cos(a), -sin(a)], [sin(a), cos(a)]]`` with ``a = p * w_i``.

    Parameters
    ----------
    position : float
        The position p; negative and fractional ones are legal.
    dim : int
        How many entries are turned, even.
    base, freqs
        As for :func:`rotary_cos_sin`.
    layout : {"interleaved", "halves"}
        Where the two numbers of a pair stand.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(dim, dim)``, orthogonal with determinant 1.

    Raises
    ------
    TypeError
        If `position`, `base` or `freqs` are not real numbers, `dim` is not an integer, or
        `layout` is missing.
    ValueError
        If `dim` is odd or below 1, a number is not finite, `base` is not above 0, `freqs` has
        the wrong shape or is given together with `base`, or `layout` is unknown.

    Notes
    -----
    A query q at position m and a key k at position n have the score
    ``(R_m q) . (R_n k) = q . (R_(n - m) k)``, which depends on the offset ``n - m`` alone.

    ``rotary_matrix(p) = shift_matrix(p).T = shift_matrix(-p)``. Both turn by ``p * w_i``, and their
    senses differ because the pairs are written in another order. An encoding's pair is
    (sine, cosine): height first, then reach to the right. Rotary reads a pair as (x, y): to the
    right first, then height. So turning an encoding takes it back: ``R_p PE(q) = PE(q - p)``.

    Source: :cite:t:`su2024roformer`, for layout "interleaved".

    Examples
    --------
    >>> rotary_matrix(1, 2, layout="interleaved").round(4)
    array([[ 0.5403, -0.8415],
           [ 0.8415,  0.5403]])
    """
    dim = _validation.dimension(dim, even_for="rotary_matrix")
    return shift_matrix(-_validation.real(position, "position"), dim, base=base, freqs=freqs, layout=layout)


@overload
def convert_rotary_weights(weights: _AnyArray, n_heads: int, *, source: Layout, target: Layout) -> _AnyArray: ...
@overload
def convert_rotary_weights(weights: ArrayLike, n_heads: int, *, source: Layout, target: Layout) -> NDArray[Any]: ...
def convert_rotary_weights(weights: Any, n_heads: int, *, source: Layout, target: Layout) -> Any:
    """Reorder the rows of a query or key projection for code that uses the other rotary layout.

    With ``W' = convert_rotary_weights(W, n_heads, source=a, target=b)``, each head of
    ``apply_rotary(W' x, layout=b)`` has the entries of ``apply_rotary(W x, layout=a)``, in the order
    of layout `b`. If queries and keys are both converted, every score is what it was.

    Parameters
    ----------
    weights : array, shape ``(n_heads * d, ...)``, `d` even
        Weights with one row for each output, as ``torch.nn.Linear`` keeps them, or the bias, which
        has one axis. Anything with a shape that takes an array of integers as an index; a list
        becomes a NumPy array. Where outputs are columns, transpose before and after.
    n_heads : int
        How many heads the rows hold, one after the other. Keys may have fewer than queries.
    source, target : {"interleaved", "halves"}
        The layout that `weights` were trained for, and the one to give them.

    Returns
    -------
    array
        A new array of the shape, type and library of `weights`. Source and target exchanged, the
        same call takes it back.

    Raises
    ------
    TypeError
        If `n_heads` is not an integer.
    ValueError
        If `weights` have no rows, `n_heads` is below 1 or does not divide their number, a head has
        an odd number of rows, or a layout is unknown.

    Notes
    -----
    Convert the weights and biases of queries and keys, and of nothing else: values and the output
    projection hold no pairs. A learned scale of normalised queries or keys, d numbers that all
    heads share, is converted with ``n_heads=1``.

    This is for models that turn whole heads. Where only the first `r` entries of each head are
    turned, only their rows move; for them see :func:`posenc.convert_layout`, which converts
    ``weights.reshape(n_heads, d, -1)[:, :r]`` with ``axis=1``.

    Source: that this permutation is right follows from the two layouts of :func:`apply_rotary`;
    from "interleaved" to "halves" it is the one with which the weights of LLaMA were converted for
    the library Transformers.

    Examples
    --------
    >>> convert_rotary_weights(["a0", "b0", "a1", "b1"], 1, source="interleaved", target="halves").tolist()
    ['a0', 'a1', 'b0', 'b1']
    """
    if not hasattr(weights, "shape"):
        weights = np.asarray(weights)
    if not len(weights.shape):
        raise ValueError("weights must have an axis of rows, got a single number")
    rows = _validation.integer(weights.shape[0], "the number of rows of weights", minimum=1)
    n_heads = _validation.integer(n_heads, "n_heads", minimum=1)
    if rows % n_heads:
        raise ValueError(f"n_heads must divide the {rows} rows of weights, got {n_heads}")
    size = rows // n_heads
    if size % 2:
        raise ValueError(f"weights must have an even number of rows for each head, got {size}")
    heads = np.arange(rows).reshape(n_heads, size)
    return weights[convert_layout(heads, source=source, target=target).reshape(rows)]


def _check_shapes(x: _Array, cos: _Array, sin: _Array) -> None:
    """Every pair that turns has one cosine and one sine, and `x` need not grow for them."""
    if not len(x.shape):
        raise ValueError("x must have an axis that holds the entries of a head, got a single number")
    *leading, dim = x.shape
    if dim % 2:
        raise ValueError(f"the length of the last axis of x must be even, got {dim}")
    *own, pairs = cos.shape or (0,)
    if not 1 <= pairs <= dim // 2:
        raise ValueError(
            f"cos must have 1 to {dim // 2} columns, one a pair of the last axis of x, got shape {tuple(cos.shape)}"
        )
    facing = zip(reversed(own), reversed(leading), strict=False)
    if len(own) > len(leading) or any(length not in (1, full) for length, full in facing):
        raise ValueError(
            f"the leading axes of cos must fit those of x, {tuple(leading)}, from the right, got {tuple(own)}"
        )
    if tuple(sin.shape) != tuple(cos.shape):
        raise ValueError(f"sin must have the shape of cos, {tuple(cos.shape)}, got shape {tuple(sin.shape)}")


def _check_kind(array: NDArray[Any], name: str, rule: str, kinds: str) -> None:
    """The letter by which NumPy names a kind of type is one of these."""
    if array.dtype.kind not in kinds:
        raise TypeError(f"{name} must hold {rule}, got type {array.dtype}")


def _rotate_in_numpy(x: NDArray[Any], cos: NDArray[Any], sin: NDArray[Any], layout: Layout) -> NDArray[Any]:
    """The formula in as few passes through memory as NumPy allows."""
    _check_kind(x, "x", "floating-point numbers", "f")
    _check_kind(cos, "cos", "real numbers", "iuf")
    _check_kind(sin, "sin", "real numbers", "iuf")
    _check_shapes(x, cos, sin)
    work = np.promote_types(x.dtype.type, np.float32)  # of x, in this machine's order of bytes, or wider than half
    cos, sin = cos.astype(work, copy=False), sin.astype(work, copy=False)
    numbers, turned = x.astype(work, copy=False), np.empty(x.shape, work)
    columns = 2 * cos.shape[-1]
    pairs, result = numbers[..., :columns], turned[..., :columns]
    turned[..., columns:] = numbers[..., columns:]
    if layout == "interleaved":
        # Side by side, a pair (a, b) is in memory what the complex number a + ib is.
        number = np.result_type(work, np.complex64)
        side_by_side = pairs if pairs.strides[-1] == pairs.itemsize else pairs.copy()
        np.multiply(side_by_side.view(number), cos + 1j * sin, out=result.view(number))
    else:
        tables = np.concatenate([cos, cos], axis=-1), np.concatenate([-sin, sin], axis=-1)
        _in_pieces(_turn_halves, pairs, *(np.broadcast_to(table, pairs.shape) for table in tables), result)
    return turned.astype(x.dtype, copy=False)


def _turn_halves(x: NDArray[Any], cos: NDArray[Any], sin: NDArray[Any], out: NDArray[Any]) -> None:
    """``x * cos + partner * sin``: whole rows are faster than half ones, so `sin` holds the sign."""
    halves = (*x.shape[:-1], 2, x.shape[-1] // 2)
    partner = x.reshape(halves)[..., ::-1, :] * sin.reshape(halves)
    np.multiply(x, cos, out=out)
    out += partner.reshape(out.shape)


def _in_pieces(work: Callable[..., None], *arrays: NDArray[Any]) -> None:
    """Do the work on one piece after the other, of arrays that have the same leading axes."""
    leading = arrays[0].shape[:-1]
    longest = max(leading, default=1)
    if arrays[0].nbytes <= PIECE or longest == 1:
        work(*arrays)
        return
    axis = leading.index(longest)
    for part in slice(longest // 2), slice(longest // 2, None):
        _in_pieces(work, *(array[(slice(None),) * axis + (part,)] for array in arrays))


def _rotate_elsewhere(x: Any, cos: Any, sin: Any, layout: Layout) -> Any:
    """The formula as it stands, in the library of `x`."""
    try:
        import array_api_compat as compat
    except ModuleNotFoundError:
        kind = f"{type(x).__module__}.{type(x).__qualname__}"
        raise ModuleNotFoundError(
            f"apply_rotary needs array-api-compat for an x of type {kind}: pip install 'posenc[arrays]'",
            name="array_api_compat",
        ) from None
    cos, sin = (table if hasattr(table, "shape") else np.asarray(table) for table in (cos, sin))
    xp = compat.array_namespace(x, *(table for table in (cos, sin) if not isinstance(table, np.ndarray)))
    if not xp.isdtype(x.dtype, "real floating"):
        raise TypeError(f"x must hold floating-point numbers, got type {x.dtype}")
    _check_shapes(x, cos, sin)
    work = xp.float32 if xp.finfo(x.dtype).bits < 32 else x.dtype
    # JAX moves a new array to where it is needed; the device of an x spread over several would not fit a table.
    device = None if compat.is_jax_array(x) else compat.device(x)

    def table(values: Any, name: str) -> Any:
        if isinstance(values, np.ndarray):
            _check_kind(values, name, "real numbers", "iuf")
            return xp.asarray(values.astype(np.float64 if work == xp.float64 else np.float32), device=device)
        if not xp.isdtype(values.dtype, ("integral", "real floating")):
            raise TypeError(f"{name} must hold real numbers, got type {values.dtype}")
        return xp.astype(values, work, copy=False)

    cos, sin = table(cos, "cos"), table(sin, "sin")
    columns = 2 * cos.shape[-1]
    first, second = (xp.astype(x[..., half], work, copy=False) for half in wave_columns(columns, layout))
    both = first * cos - second * sin, first * sin + second * cos
    if layout == "interleaved":
        turned = xp.reshape(xp.stack(both, axis=-1), (*x.shape[:-1], columns))
    else:
        turned = xp.concat(both, axis=-1)
    return xp.concat([xp.astype(turned, x.dtype, copy=False), x[..., columns:]], axis=-1)
