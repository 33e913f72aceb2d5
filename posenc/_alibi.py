"""Attention with linear biases: each head subtracts its own slope times the distance."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._relative import offsets_between


def alibi_slopes(n_heads: int) -> NDArray[np.float64]:
    """Give the slope of every head.

    ``m_h = 2 ** (-8 (h + 1) / n)`` for head h of n, where n is a power of two. Any other number of
    heads takes the slopes of the largest power of two below it, P, and then those of 2P heads, every
    second one from the first on, until there are enough.

    Parameters
    ----------
    n_heads : int
        The number of heads, at least 1.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(n_heads,)``, positive, in units of score per position. They fall from head
        to head for a power of two; for other numbers they fall up to head P - 1, and start again.

    Raises
    ------
    TypeError
        If `n_heads` is not an integer.
    ValueError
        If `n_heads` is below 1.

    Notes
    -----
    Sources: :cite:t:`press2022train`, section 3, for powers of two, and the authors' code,
    fairseq/models/transformer.py, ``get_slopes``, for all others. The paper states its formula for
    any n, but only trains powers of two; for other n the authors' code departs from it, and models
    follow the code.

    Examples
    --------
    >>> alibi_slopes(4)
    array([0.25      , 0.0625    , 0.015625  , 0.00390625])
    >>> alibi_slopes(6).round(4)
    array([0.25  , 0.0625, 0.0156, 0.0039, 0.5   , 0.125 ])
    """
    n_heads = _validation.integer(n_heads, "n_heads", minimum=1)
    power = 1 << (n_heads.bit_length() - 1)  # the largest power of two that is not above n_heads
    heads = np.arange(1, power + 1)
    between = np.arange(1, 2 * (n_heads - power), 2)
    slopes: NDArray[np.float64] = np.exp2(-8 * np.concatenate([heads / power, between / (2 * power)]))
    return slopes


def alibi_bias(query_positions: ArrayLike, key_positions: ArrayLike, n_heads: int) -> NDArray[np.float64]:
    """Give the number that each head adds to the score of each query and key.

    ``bias[h, q, k] = -m_h * |key position - query position|``

    Parameters
    ----------
    query_positions, key_positions : real number or array of real numbers
        The positions themselves, of any shape. They may be negative or fractional.
    n_heads : int
        The number of heads, at least 1.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(n_heads,) + query_positions.shape + key_positions.shape``:
        ``(n_heads, queries, keys)`` for two lists. At most 0.

    Raises
    ------
    TypeError
        If the positions are not real numbers (a bool is none) or `n_heads` is not an integer.
    ValueError
        If a position is NaN or infinite, or `n_heads` is below 1.

    Notes
    -----
    Source: :cite:t:`press2022train`, section 3, for keys up to the query. The bias is added to the
    scores after they are divided by the root of the dimension, and is not divided itself.

    The paper is about causal attention, where keys ahead of the query are masked. This function masks
    nothing. A key ahead is given the bias of one as far behind, which is the symmetric form that the
    authors name for attention in both directions.

    Under a causal mask the authors' code adds ``m_h * key position``, the same numbers in every row.
    Within the row of one query this is the bias here plus the constant ``m_h * query position``, which
    softmax takes out again, so both give the same attention weights. Without the mask they do not.

    Examples
    --------
    >>> alibi_bias(range(3), range(3), 8)[0]
    array([[ 0. , -0.5, -1. ],
           [-0.5,  0. , -0.5],
           [-1. , -0.5,  0. ]])
    """
    distances = np.abs(offsets_between(query_positions, key_positions))
    return 0.0 - np.multiply.outer(alibi_slopes(n_heads), distances)  # 0.0 - 0.0 is 0.0; a minus sign makes it -0.0
