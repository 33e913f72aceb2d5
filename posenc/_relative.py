"""Relative positions as rows of a small learned table: Shaw's clipped offsets and T5's buckets."""

from bisect import bisect_left
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation


@overload  # as in NumPy, two numbers give a number
def clipped_relative_positions(  # pyright: ignore[reportOverlappingOverload]
    query_positions: float, key_positions: float, max_distance: int
) -> np.intp: ...
@overload
def clipped_relative_positions(
    query_positions: ArrayLike, key_positions: ArrayLike, max_distance: int
) -> NDArray[np.intp]: ...
def clipped_relative_positions(
    query_positions: ArrayLike, key_positions: ArrayLike, max_distance: int
) -> np.intp | NDArray[np.intp]:
    """Say which of ``2 * max_distance + 1`` learned vectors belongs to each query and key.

    ``index = clip(k, -max_distance, max_distance) + max_distance``, with the offset k = key position -
    query position: 0 for a key `max_distance` or more behind the query, `max_distance` for a key at
    the query's own position, ``2 * max_distance`` for one `max_distance` or more ahead.

    Parameters
    ----------
    query_positions, key_positions : real number or array of real numbers
        The positions themselves, of any shape. Their differences must be whole numbers.
    max_distance : int
        The distance from which on all offsets of one sign share a vector, at least 0.

    Returns
    -------
    numpy.ndarray or numpy.intp
        Integers from 0 to ``2 * max_distance``, of shape ``query_positions.shape +
        key_positions.shape``: ``(queries, keys)`` for two lists, one number for two numbers. They
        index the rows of a table.

    Raises
    ------
    TypeError
        If the positions are not real numbers (a bool is none) or `max_distance` is not an integer.
    ValueError
        If a position is NaN or infinite, an offset is not whole, or `max_distance` is below 0.

    Notes
    -----
    Source: :cite:t:`shaw2018self`, section 3.2, where `max_distance` is called k; the authors' code
    in Tensor2Tensor adds it to make the index. Where no key is ahead of its query, only the indices
    0 to `max_distance` occur.

    Examples
    --------
    >>> clipped_relative_positions(range(4), range(4), 2)
    array([[2, 3, 4, 4],
           [1, 2, 3, 4],
           [0, 1, 2, 3],
           [0, 0, 1, 2]])
    """
    offsets = _whole(offsets_between(query_positions, key_positions), "key_positions - query_positions")
    max_distance = _validation.integer(max_distance, "max_distance", minimum=0)
    return np.clip(offsets, -max_distance, max_distance).astype(np.intp) + max_distance


@overload  # a number gives a number
def relative_position_bucket(  # pyright: ignore[reportOverlappingOverload]
    relative_position: float, *, bidirectional: bool = True, num_buckets: int = 32, max_distance: int = 128
) -> np.intp: ...
@overload
def relative_position_bucket(
    relative_position: ArrayLike, *, bidirectional: bool = True, num_buckets: int = 32, max_distance: int = 128
) -> NDArray[np.intp]: ...
def relative_position_bucket(
    relative_position: ArrayLike, *, bidirectional: bool = True, num_buckets: int = 32, max_distance: int = 128
) -> np.intp | NDArray[np.intp]:
    """Say which bucket of T5 holds an offset: one each for short distances, wider and wider ones for long.

    Let B be the number of buckets of one direction and ``E = B // 2``. A distance n below E has
    bucket n. A longer one has the bucket ``E + j`` with the largest j for which
    ``(n / E) ** (B - E) >= (max_distance / E) ** j``, and never one above ``B - 1``.

    Parameters
    ----------
    relative_position : real number or array of real numbers
        The offsets, key position - query position, of any shape; whole numbers.
    bidirectional : bool
        If True, ``B = num_buckets / 2``, the distance is the absolute offset, and keys ahead of the
        query have their own buckets, B higher. If False, ``B = num_buckets``, the distance is how far
        the key is behind, and every key ahead of the query is in bucket 0, as if it were at the query.
    num_buckets : int
        The buckets of all directions together: at least 2, or an even number of at least 4 if
        `bidirectional`.
    max_distance : int
        Where the last bucket would end if it grew like the others, above E. It starts before that,
        at the first whole distance not below ``max_distance * (E / max_distance) ** (1 / (B - E))``,
        and it holds all longer distances.

    Returns
    -------
    numpy.ndarray or numpy.intp
        Integers from 0 to ``num_buckets - 1``: an array of the shape of `relative_position`, or one
        number for one offset.

    Raises
    ------
    TypeError
        If `relative_position` is not real numbers (a bool is none), `bidirectional` is not a bool, or
        `num_buckets` or `max_distance` is not an integer.
    ValueError
        If an offset is NaN, infinite or not whole, or `num_buckets` or `max_distance` is out of range.

    Notes
    -----
    Sources: :cite:t:`raffel2020exploring` describes it, and the authors' function
    ``_relative_position_bucket`` in Mesh TensorFlow, transformer_layers.py, defines it. Both say that
    distances from 128 on share a bucket. So they do, but that bucket starts earlier: at 91 with the
    default 32 buckets in both directions, and at 113 with 32 buckets in one. If `bidirectional`, no
    offset has bucket B, the one for distance 0 ahead of the query.

    The authors' code compares logarithms in float32. With some settings this moves a distance on an
    edge between two buckets, or next to one, to the wrong side; with the default settings it does not.
    Here whole numbers are compared, so nothing is rounded.

    Examples
    --------
    >>> relative_position_bucket([-128, -91, -90, -8, -1, 0, 1, 8, 128])
    array([15, 15, 14,  8,  1,  0, 17, 24, 31])
    >>> relative_position_bucket([-113, -112, -1, 0, 1], bidirectional=False)
    array([31, 30,  1,  0,  0])
    """
    offsets = _whole(_validation.real_array(relative_position, "relative_position"), "relative_position")
    if not isinstance(bidirectional, (bool, np.bool_)):
        raise TypeError(f"bidirectional must be True or False, got {bidirectional!r}")
    buckets = _validation.integer(num_buckets, "num_buckets", minimum=4 if bidirectional else 2)
    if bidirectional and buckets % 2:
        raise ValueError(f"num_buckets must be even when bidirectional, got {buckets}")
    one_way = buckets // 2 if bidirectional else buckets
    max_distance = _validation.integer(max_distance, "max_distance", minimum=one_way // 2 + 1)
    distances = np.abs(offsets) if bidirectional else np.maximum(-offsets, 0)
    starts = _first_distances(one_way, max_distance)
    bucket: np.intp | NDArray[np.intp] = np.searchsorted(starts, distances, side="right") - 1
    return bucket + one_way * (offsets > 0) if bidirectional else bucket


def _first_distances(buckets: int, max_distance: int) -> list[int]:
    """The distance with which each bucket of one direction starts, if it holds any.

    From E on they are ``E ** (1 - j / m) * max_distance ** (j / m)``, rounded up, for the j-th of m
    buckets: a geometric row from E towards `max_distance`. Rounding up is exact, because the power m
    of either side is a whole number.
    """
    exact = buckets // 2
    wide = buckets - exact
    candidates = range(exact, max_distance + 1)
    return [*range(exact)] + [
        candidates[bisect_left(candidates, exact ** (wide - j) * max_distance**j, key=lambda n: n**wide)]
        for j in range(wide)
    ]


def offsets_between(query_positions: ArrayLike, key_positions: ArrayLike) -> NDArray[np.float64]:
    """Key position - query position for every query and key, the keys along the last axes."""
    queries = _validation.real_array(query_positions, "query_positions")
    keys = _validation.real_array(key_positions, "key_positions")
    return keys - queries.reshape(queries.shape + (1,) * keys.ndim)


def _whole(offsets: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Offsets that can choose a row of a table."""
    wrong = offsets[offsets != np.rint(offsets)]
    if wrong.size:
        raise ValueError(f"{name} must be whole numbers, got {float(wrong[0])!r}")
    return offsets
