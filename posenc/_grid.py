"""The sinusoidal encoding of points on a grid: images, volumes, and whatever has more than one coordinate."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._encoding import sinusoidal
from posenc._layout import Layout


def sinusoidal_grid(
    shape_or_coordinates: ArrayLike,
    dim: int,
    *,
    base: float | None = None,
    freqs: ArrayLike | None = None,
    layout: Layout = "interleaved",
) -> NDArray[np.float64]:
    """Encode points by their coordinates: one encoding for each, side by side.

    ``PE(p_0, ..., p_{n-1}) = (sinusoidal(p_0, dim / n), ..., sinusoidal(p_{n-1}, dim / n))`` for n
    axes, in the order of the axes. An image of shape (height, width) has y along axis 0 and x along
    axis 1, so the first ``dim / 2`` numbers of a point encode y, the others x.

    Parameters
    ----------
    shape_or_coordinates : sequence of integers, or array of real numbers of shape ``(..., n)``
        ``(4, 6)`` is the shape of a whole grid: 4 positions from 0 along axis 0, 6 along axis 1.
        An array of at least two dimensions holds coordinates, those of a point along its last axis;
        they may be negative or fractional. One point alone is written ``[[3, 0.5]]``.
    dim : int
        Number of columns, a multiple of ``2 n``: each axis has ``dim / n`` of them, in whole pairs.
    base : float, optional
        As for :func:`posenc.sinusoidal`, the same for every axis.
    freqs : array of real numbers, shape ``(dim / (2 n),)``, optional
        Frequencies of your own, the same for every axis, in place of a base.
    layout : {"interleaved", "halves"}
        Where the sines and cosines stand among the columns of one axis.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(*shape, dim)`` for a shape, ``coordinates.shape[:-1] + (dim,)`` for
        coordinates.

    Raises
    ------
    TypeError
        If a shape is not of integers, coordinates, `base` or `freqs` are not real numbers, or `dim`
        is not an integer.
    ValueError
        If there is no axis, a length is negative, a number is not finite, `dim` is not a multiple of
        ``2 n``, `base` is not above 0, `freqs` has the wrong shape or is given together with `base`,
        or `layout` is unknown.

    Notes
    -----
    Source: :cite:t:`carion2020end`, for two axes. The dot product of two rows is the sum over the
    axes of ``similarity(k_a, dim // n)``, where k_a is the offset along axis a, and an offset moves
    every row by one matrix: the shift matrices of the axes, as blocks on the diagonal.

    Programs differ in the order of the columns. With ``points = np.stack(np.indices(shape), axis=-1)``:

    - DETR :cite:p:`carion2020end` counts from 1 and scales each axis to a whole turn, which on an
      image without padding is ``sinusoidal_grid(2 * np.pi * (points + 1) / shape, dim)``, within 1e-5.
    - MAE :cite:p:`he2022masked` has x before y and halves within each axis:
      ``sinusoidal_grid(points[..., ::-1], dim, layout="halves")``.
    - timm has the sines of both axes before all cosines: :func:`posenc.convert_layout` from
      "interleaved" to "halves" gives that order.

    Examples
    --------
    >>> import posenc
    >>> table = sinusoidal_grid((4, 6), 8)
    >>> table.shape
    (4, 6, 8)
    >>> y, x = posenc.sinusoidal([3, 5], 4)
    >>> bool((table[3, 5] == [*y, *x]).all())
    True
    >>> sinusoidal_grid([[3, 0.5]], 4).round(4)
    array([[ 0.1411, -0.99  ,  0.4794,  0.8776]])
    """
    coordinates = _coordinates(shape_or_coordinates)
    *leading, axes = coordinates.shape
    dim = _validation.dimension(dim)
    if dim % (2 * axes):
        raise ValueError(f"dim must be a multiple of 2 * axes = {2 * axes}, so that each has whole pairs, got {dim}")
    table = sinusoidal(coordinates, dim // axes, base=base, freqs=freqs, layout=layout)
    return table.reshape(*leading, dim)


def _coordinates(shape_or_coordinates: ArrayLike) -> NDArray[np.float64]:
    """The coordinates of every point, along the last axis."""
    numbers = _validation.real_array(shape_or_coordinates, "shape_or_coordinates")
    if numbers.ndim == 1:
        # As objects, the entries stay what they were: NumPy would make (4, True) two integers, and (4, 0.5) two floats.
        lengths = np.asarray(shape_or_coordinates, dtype=object).tolist()
        lengths = [_validation.integer(length, "each length of a shape", minimum=0) for length in lengths]
        numbers = np.moveaxis(np.indices(lengths, dtype=np.float64), 0, -1)
    if not numbers.ndim or not numbers.shape[-1]:
        raise ValueError(
            "shape_or_coordinates must be a shape, as (4, 6) is, or the coordinates of points along "
            f"a last axis, got an array of shape {numbers.shape}"
        )
    return numbers
