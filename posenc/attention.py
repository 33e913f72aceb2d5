"""One attention head that can be trained: its weights of attention, two losses, and their gradients.

A head is a mapping of matrices: "query" and "key", of shape (columns, d_k) each, and for
`read_loss` also "value", of shape (columns, words). What goes in are rows, one for each place of
a text: encodings, words, or their sum. No framework takes derivatives here: each loss gives its
gradient with it, and `adam_step` makes one step of descent.

>>> import numpy as np
>>> from posenc import sinusoidal
>>> rng = np.random.default_rng(0)
>>> head = {name: rng.normal(size=(16, 16)) / 4 for name in ("query", "key")}
>>> rows, before = sinusoidal(range(32), 16), np.eye(32, k=-1)      # every place but the first
>>> memory = None
>>> for _ in range(300):
...     loss, gradient = look_loss(rows, head, before)
...     head, memory = adam_step(head, gradient, memory)
>>> bool((attend(rows, head).argmax(axis=1)[1:] == np.arange(31)).all())    # looks at the place before
True
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._layout import Layout, wave_columns
from posenc._rotary import apply_rotary

_Array = NDArray[np.float64]
_Turn = tuple[ArrayLike, ArrayLike]


class Memory(NamedTuple):
    """What :func:`adam_step` remembers: how many steps, and two running means of every entry's slope."""

    steps: int
    means: dict[str, _Array]
    squares: dict[str, _Array]


class _Seen(NamedTuple):
    """A head at work: what goes in, queries, keys, weights of attention."""

    rows: _Array
    queries: _Array
    keys: _Array
    attention: _Array


def softmax(scores: ArrayLike) -> NDArray[np.float64]:
    """Turn scores into weights: positive numbers that add up to 1 along the last axis.

    ``weights[j] = exp(scores[j]) / sum of all exp(scores)``

    Parameters
    ----------
    scores : array of real numbers
        At least one axis. Minus infinity is legal, and gets the weight 0.

    Returns
    -------
    numpy.ndarray
        float64, of the shape of `scores`.

    Raises
    ------
    TypeError
        If the scores are not real numbers.
    ValueError
        If a score is NaN or plus infinity, or no score along the last axis is finite.

    Notes
    -----
    The largest score is taken off first, which changes no weight and keeps the exponentials finite.

    Examples
    --------
    >>> softmax([0, np.log(3), -np.inf])
    array([0.25, 0.75, 0.  ])
    """
    checked = _scores(scores, "scores")
    if not checked.ndim or not checked.shape[-1] or np.isneginf(checked.max(axis=-1)).any():
        raise ValueError("scores must have a finite number along the last axis")
    return _softmax(checked)


def attend(
    rows: ArrayLike,
    head: Mapping[str, ArrayLike],
    *,
    bias: ArrayLike = 0.0,
    turn: _Turn | None = None,
) -> NDArray[np.float64]:
    """Give the weights of attention: a row for each query, a column for each key.

    ``softmax(queries @ keys.T / sqrt(d_k) + bias)``, with ``queries = rows @ head["query"]`` and
    ``keys = rows @ head["key"]``.

    Parameters
    ----------
    rows : array of real numbers, shape ``(..., n, columns)``
        What the head sees at each of n places; further axes in front count texts.
    head : mapping of arrays
        "query" and "key", of shape ``(columns, d_k)`` each; others are ignored.
    bias : array of real numbers, optional
        Added to the scores: a bias of distance, or a mask of zeros and minus infinity. Its shape fits
        ``(..., n, n)``.
    turn : pair of arrays, optional
        The cosines and sines of :func:`posenc.rotary_cos_sin` at the n places, for ``d_k`` entries. Queries
        and keys are turned by them, in layout "interleaved".

    Returns
    -------
    numpy.ndarray
        float64, shape ``(..., n, n)``. Every row adds up to 1.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If shapes do not fit, a matrix is missing, a number is not finite (in `bias`: NaN or plus infinity),
        or a query sees no key.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.2.1.

    Examples
    --------
    >>> rows = [[1.0, 0.0], [0.0, 1.0]]
    >>> head = {"query": np.eye(2), "key": np.eye(2)}
    >>> attend(rows, head, bias=[[0, -np.inf], [0, 0]]).round(2)       # the first place sees itself
    array([[1.  , 0.  ],
           [0.33, 0.67]])
    """
    return _see(rows, head, bias, turn).attention


def look_loss(
    rows: ArrayLike,
    head: Mapping[str, ArrayLike],
    wanted: ArrayLike,
    *,
    bias: ArrayLike = 0.0,
    turn: _Turn | None = None,
) -> tuple[float, dict[str, NDArray[np.float64]]]:
    """Say how far a head is from looking where it should, and how each entry changes that.

    The loss is the mean of ``-sum(wanted[p] * log(attention[p]))`` over the queries p that are asked.

    Parameters
    ----------
    rows, head, bias, turn
        As for :func:`attend`.
    wanted : array of real numbers, shape that fits ``(..., n, n)``
        What the weights of attention ought to be: for each query numbers of at least 0 that add up to 1,
        or zeros only if that query is not asked. ``np.eye(n, k=-3)`` asks for the key three places before.

    Returns
    -------
    loss : float
    gradient : dict of numpy.ndarray
        "query" and "key": the derivatives of the loss by the entries of these matrices.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        As for :func:`attend`; or if a row of `wanted` adds up to neither 0 nor 1, or all of them to 0.

    Notes
    -----
    The gradient of the loss by the scores of a query is ``attention - wanted``; the rest is the product
    rule. What a mask hides cannot be wanted: its loss is infinite, and no step changes that.

    Examples
    --------
    >>> head = {"query": np.zeros((2, 2)), "key": np.eye(2)}            # looks at both places alike
    >>> loss, gradient = look_loss([[1.0, 0.0], [0.0, 1.0]], head, [[0, 0], [1, 0]])
    >>> print(round(loss, 3), gradient["query"].round(3).tolist())      # log 2, and more query for key 0
    0.693 [[0.0, 0.0], [-0.354, 0.354]]
    """
    seen = _see(rows, head, bias, turn)
    target, asked = _wanted(wanted, seen.attention.shape)
    with np.errstate(divide="ignore"):
        surprise = -np.log(seen.attention, where=target > 0, out=np.zeros_like(seen.attention))
    loss = float((target * surprise).sum() / asked.sum())
    slope = np.where(asked[..., None], seen.attention - target, 0.0) / asked.sum()
    gradient, _ = _back(seen, head, slope, turn)
    return loss, gradient


def read_loss(
    rows: ArrayLike,
    head: Mapping[str, ArrayLike],
    wanted: ArrayLike,
    *,
    bias: ArrayLike = 0.0,
    turn: _Turn | None = None,
) -> tuple[float, dict[str, NDArray[np.float64]]]:
    """Say how far a head is from naming the right word, and how each entry changes that.

    A head gives each word the score ``(attend(rows, head) @ rows @ head["value"])[p, word]`` at place p. The
    loss is the mean of ``-sum(wanted[p] * log(softmax(scores[p])))`` over the places p that are asked.

    Parameters
    ----------
    rows, head, bias, turn
        As for :func:`attend`. The head has a matrix "value" as well, of shape ``(columns, words)``.
    wanted : array of real numbers, shape that fits ``(..., n, words)``
        For each place a 1 at the right word, or zeros only if that place is not asked.

    Returns
    -------
    loss : float
    gradient : dict of numpy.ndarray
        "query", "key", "value": the derivatives of the loss by the entries of these matrices; "rows": those by
        the entries of `rows`, for whoever learns these as well.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        As for :func:`look_loss`.

    Notes
    -----
    In a transformer the matrix "value" here is the product of three: that of the values, that of the head's
    output, and that which gives each word its score. :cite:t:`elhage2021mathematical` call such products
    circuits.

    Examples
    --------
    >>> head = {"query": np.zeros((2, 2)), "key": np.zeros((2, 2)), "value": np.eye(2)}
    >>> loss, gradient = read_loss([[1.0, 0.0], [0.0, 1.0]], head, [[0, 0], [1, 0]])
    >>> round(loss, 3), gradient["value"].round(3).tolist()
    (0.693, [[-0.25, 0.25], [-0.25, 0.25]])
    """
    seen = _see(rows, head, bias, turn)
    value = _matrix(head, "value", seen.rows)
    target, asked = _wanted(wanted, (*seen.attention.shape[:-1], value.shape[1]))
    values = seen.rows @ value
    words = _softmax(seen.attention @ values)
    with np.errstate(divide="ignore"):
        surprise = -np.log(words, where=target > 0, out=np.zeros_like(words))
    loss = float((target * surprise).sum() / asked.sum())

    slope = np.where(asked[..., None], words - target, 0.0) / asked.sum()
    by_values = np.swapaxes(seen.attention, -1, -2) @ slope
    by_attention = slope @ np.swapaxes(values, -1, -2)
    mean = (seen.attention * by_attention).sum(axis=-1, keepdims=True)
    gradient, by_rows = _back(seen, head, seen.attention * (by_attention - mean), turn)
    gradient["value"] = _total(np.swapaxes(seen.rows, -1, -2) @ by_values)
    gradient["rows"] = by_rows + by_values @ value.T
    return loss, gradient


def adam_step(
    weights: Mapping[str, ArrayLike],
    gradient: Mapping[str, ArrayLike],
    memory: Memory | None = None,
    *,
    rate: float = 0.01,
) -> tuple[dict[str, NDArray[np.float64]], Memory]:
    """Make one step of descent by the method Adam.

    ``new = weights - rate * mean / (sqrt(square) + 1e-8)``, where `mean` and `square` are running means of
    the gradient and of its squares, which forget by 0.9 and 0.99 a step, corrected for their start at 0.

    Parameters
    ----------
    weights, gradient : mapping of arrays
        What is learned, and the derivatives of the loss. A name without a gradient stays as it is, and a
        gradient without a weight is ignored.
    memory : Memory, optional
        What the last step gave back; None before the first.
    rate : float
        How far a step goes, positive.

    Returns
    -------
    weights : dict of numpy.ndarray
        New arrays; the old ones stay as they were.
    memory : Memory
        For the next step.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If a gradient has another shape than its weights, a number is not finite, or `rate` is not positive.

    Notes
    -----
    Source: :cite:t:`kingma2015adam`, algorithm 1, with 0.99 in the place of 0.999.

    Examples
    --------
    >>> weights, memory = adam_step({"slope": [1.0, 1.0]}, {"slope": [5.0, -0.1]}, rate=0.1)
    >>> weights["slope"].round(3), memory.steps                         # a first step has the length `rate`
    (array([0.9, 1.1]), 1)
    """
    rate = _validation.positive(rate, "rate")
    steps = 1 + (memory.steps if memory else 0)
    new = {name: _validation.real_array(array, f"weights[{name!r}]").copy() for name, array in weights.items()}
    means, squares = {}, {}
    for name in new.keys() & gradient.keys():
        slope = _validation.real_array(gradient[name], f"gradient[{name!r}]")
        if slope.shape != new[name].shape:
            raise ValueError(f"gradient[{name!r}] must have the shape {new[name].shape}, got {slope.shape}")
        mean, square = (memory.means[name], memory.squares[name]) if memory else (0.0, 0.0)
        means[name] = 0.9 * mean + 0.1 * slope
        squares[name] = 0.99 * square + 0.01 * slope**2
        root = np.sqrt(squares[name] / (1 - 0.99**steps))
        new[name] -= rate * means[name] / (1 - 0.9**steps) / (root + 1e-8)
    return new, Memory(steps, means, squares)


def offset_part(matrix: ArrayLike, *, layout: Layout = "interleaved") -> NDArray[np.float64]:
    """Give the part of a score matrix that sees the offset alone.

    Of each pair's block the part ``[[a, b], [-b, a]]`` in the order (sine, cosine), and zeros elsewhere:
    ``a`` is the mean of the two entries on its diagonal, ``b`` half the difference of the other two.

    Parameters
    ----------
    matrix : array of real numbers, shape ``(..., dim, dim)``
        What stands between two sinusoidal encodings of even `dim`; further axes count matrices.
    layout : {"interleaved", "halves"}
        Where sines and cosines stand.

    Returns
    -------
    numpy.ndarray
        float64, of the shape of `matrix`.

    Raises
    ------
    TypeError
        If the entries are not real numbers.
    ValueError
        If the last two axes are not equal and even, or `layout` is unknown.

    Notes
    -----
    With frequencies that are positive and all different, it is the nearest matrix that commutes with every
    :func:`posenc.shift_matrix`, and only such a matrix gives two encodings a score of their offset alone.
    The share of it, ``sum(part**2) / sum(matrix**2)``, is 1 for such a matrix, and on average ``1 / dim`` for
    one with random independent entries.

    Examples
    --------
    >>> offset_part([[3, 4], [-2, 1]])
    array([[ 2.,  3.],
           [-3.,  2.]])
    """
    entries = _validation.real_array(matrix, "matrix")
    if entries.ndim < 2 or entries.shape[-1] != entries.shape[-2] or entries.shape[-1] % 2:
        raise ValueError(f"matrix must be square with an even side, got the shape {entries.shape}")
    columns = np.arange(entries.shape[-1])
    sin, cos = (columns[wave] for wave in wave_columns(entries.shape[-1], layout))  # lists: no block between pairs
    alike = (entries[..., sin, sin] + entries[..., cos, cos]) / 2
    across = (entries[..., sin, cos] - entries[..., cos, sin]) / 2
    part = np.zeros_like(entries)
    part[..., sin, sin] = part[..., cos, cos] = alike
    part[..., sin, cos], part[..., cos, sin] = across, 0.0 - across
    return part


def _see(rows: ArrayLike, head: Mapping[str, ArrayLike], bias: ArrayLike, turn: _Turn | None) -> _Seen:
    """Queries, keys and weights of attention."""
    checked = _validation.real_array(rows, "rows")
    if checked.ndim < 2:
        raise ValueError(f"rows must have the shape (..., places, columns), got {checked.shape}")
    query, key = (_matrix(head, name, checked) for name in ("query", "key"))
    if query.shape != key.shape:
        raise ValueError(f"query and key must have one shape, got {query.shape} and {key.shape}")
    queries, keys = _turned(checked @ query, turn), _turned(checked @ key, turn)
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(query.shape[1])
    added = _scores(bias, "bias")
    if not _fits(added.shape, scores.shape):
        raise ValueError(f"bias must fit the scores of shape {scores.shape}, got {added.shape}")
    return _Seen(checked, queries, keys, softmax(scores + added))


def _back(
    seen: _Seen, head: Mapping[str, ArrayLike], by_scores: _Array, turn: _Turn | None
) -> tuple[dict[str, _Array], _Array]:
    """From the slope by the scores to that by the matrices and by the rows."""
    by_scores = by_scores / np.sqrt(seen.queries.shape[-1])
    by_queries = _turned(by_scores @ seen.keys, turn, back=True)
    by_keys = _turned(np.swapaxes(by_scores, -1, -2) @ seen.queries, turn, back=True)
    across = np.swapaxes(seen.rows, -1, -2)
    gradient = {"query": _total(across @ by_queries), "key": _total(across @ by_keys)}
    by_rows = by_queries @ np.asarray(head["query"]).T + by_keys @ np.asarray(head["key"]).T
    return gradient, by_rows


def _turned(x: _Array, turn: _Turn | None, *, back: bool = False) -> _Array:
    """Queries or keys as rotary encoding turns them. A turn's derivative is the turn, so slopes are turned back."""
    if turn is None:
        return x
    cos, sin = (_validation.real_array(part, "turn") for part in turn)
    turned: _Array = apply_rotary(x, cos, -sin if back else sin, layout="interleaved")
    return turned


def _fits(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether an array of one shape can be repeated to the other."""
    pairs = zip(reversed(shape), reversed(other), strict=False)
    return len(shape) <= len(other) and all(size in (1, full) for size, full in pairs)


def _total(by_text: _Array) -> _Array:
    """The sum over all texts of a gradient that has a matrix for each."""
    total: _Array = by_text.reshape(-1, *by_text.shape[-2:]).sum(axis=0)
    return total


def _softmax(scores: _Array) -> _Array:
    powers: _Array = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights: _Array = powers / powers.sum(axis=-1, keepdims=True)
    return weights


def _scores(values: Any, name: str) -> _Array:
    """Real numbers, of which some may be minus infinity."""
    array = np.asarray(values)
    if array.dtype.kind == "f" and np.isneginf(array).any():
        _validation.real_array(np.where(np.isneginf(array), 0, array), name)
        return array.astype(np.float64, copy=False)
    return _validation.real_array(values, name)


def _matrix(head: Mapping[str, ArrayLike], name: str, rows: _Array) -> _Array:
    if name not in head:
        raise ValueError(f"head must have a matrix {name!r}, got {sorted(head)}")
    matrix = _validation.real_array(head[name], f"head[{name!r}]")
    if matrix.ndim != 2 or matrix.shape[0] != rows.shape[-1]:
        raise ValueError(f"head[{name!r}] must have a row for each of {rows.shape[-1]} columns, got {matrix.shape}")
    return matrix


def _wanted(wanted: ArrayLike, shape: tuple[int, ...]) -> tuple[_Array, NDArray[np.bool_]]:
    """What is wanted at each place, and which places are asked."""
    target = _validation.real_array(wanted, "wanted")
    if not _fits(target.shape, shape):
        raise ValueError(f"wanted must fit the shape {shape}, got {target.shape}")
    sums = target.sum(axis=-1)
    asked = sums > 0.5
    if (target < 0).any() or abs(sums - asked).max() > 1e-8 or not asked.any():
        raise ValueError("wanted must have rows of numbers from 0 that add up to 1, or to 0 where nothing is asked")
    return np.broadcast_to(target, shape), np.broadcast_to(asked, shape[:-1])
