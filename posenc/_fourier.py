"""Features of continuous coordinates: sines and cosines of frequencies that are drawn, or doubled."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._encoding import sinusoidal


def fourier_features(coordinates: ArrayLike, matrix: ArrayLike) -> NDArray[np.float64]:
    """Give the Fourier features of points: cosines, then sines, of their products with a matrix.

    ``features(x) = (cos(2 pi B x), sin(2 pi B x))`` for the matrix B.

    Parameters
    ----------
    coordinates : array of real numbers, shape ``(..., n)``
        Points of n coordinates each; on a line, n is 1.
    matrix : array of real numbers, shape ``(m, n)``
        One frequency a row, in turns for each unit of each coordinate. The paper draws all entries
        from one normal distribution: ``rng.normal(scale=sigma, size=(m, n))``.

    Returns
    -------
    numpy.ndarray
        float64, shape ``coordinates.shape[:-1] + (2 * m,)``: all cosines, then all sines.

    Raises
    ------
    TypeError
        If `coordinates` or `matrix` are not real numbers.
    ValueError
        If a number is not finite, `coordinates` is a single number, or `matrix` has not two axes, the
        second as long as a point has coordinates.

    Notes
    -----
    Source: :cite:t:`tancik2020fourier`; the code of its authors has the sines first. The dot product
    of the features of two points, divided by m, is the mean of ``cos(2 pi b . (x - y))`` over the
    rows b of the matrix. For rows drawn independently from one distribution, its expectation is a
    kernel of ``x - y`` alone; by Bochner's theorem every real continuous positive-definite kernel of
    ``x - y`` that is 1 at 0 comes from such a distribution :cite:p:`rahimi2007random`. The normal
    distribution above gives ``exp(-2 pi**2 sigma**2 |x - y|**2)``. By Hoeffding's inequality, for
    two points chosen before the draw the mean is e or more from its expectation with a probability
    of at most ``2 exp(-m e**2 / 2)``.

    Cosines before sines is also the order of the time-step tables of some diffusion models
    :cite:p:`dhariwal2021diffusion`: for an even `dim`, such a table is
    ``np.roll(sinusoidal(steps, dim, layout="halves"), dim // 2, axis=-1)``. The older one of
    :cite:t:`ho2020denoising` has the sines first, and another grid of frequencies:
    ``sinusoidal(steps, dim, freqs=frequencies(dim, spacing="tensor2tensor"), layout="halves")``.

    Examples
    --------
    >>> fourier_features([[0.25, 0.0], [0.25, 0.5]], [[1, 0], [1, 1]]).round(4) + 0.0
    array([[ 0.,  0.,  1.,  1.],
           [ 0.,  0.,  1., -1.]])
    >>> matrix = np.random.default_rng(0).normal(scale=0.5, size=(10_000, 2))
    >>> x, y = fourier_features([[0.1, 0.2], [0.4, 0.6]], matrix)
    >>> float((x @ y / 10_000).round(2)), float(np.exp(-2 * np.pi**2 * 0.5**2 * 0.5**2).round(2))
    (0.3, 0.29)
    """
    points = _points(coordinates)
    frequencies = _validation.real_array(matrix, "matrix")
    if frequencies.ndim != 2 or frequencies.shape[1] != points.shape[-1]:
        raise ValueError(
            f"matrix must have shape (m, {points.shape[-1]}), a column for each coordinate of a point, "
            f"got shape {frequencies.shape}"
        )
    angles = 2 * np.pi * (points @ frequencies.T)
    return np.concatenate([np.cos(angles), np.sin(angles)], axis=-1)


def nerf_features(coordinates: ArrayLike, num_frequencies: int) -> NDArray[np.float64]:
    """Encode each coordinate of a point by sines and cosines whose frequency doubles.

    ``gamma(p) = (sin(pi p), cos(pi p), sin(2 pi p), cos(2 pi p), ..., sin(2**(L-1) pi p), cos(2**(L-1) pi p))``
    for every coordinate p, one after the other, with L frequencies.

    Parameters
    ----------
    coordinates : array of real numbers, shape ``(..., n)``
        Points of n coordinates each; on a line, n is 1. The features repeat when a coordinate grows
        by 2, so scale the coordinates to lie between -1 and 1, which share their features.
    num_frequencies : int
        The number L of frequencies, at least 1 and below 1024.

    Returns
    -------
    numpy.ndarray
        float64, shape ``coordinates.shape[:-1] + (2 * n * L,)``: 2 L columns for the first
        coordinate, then 2 L for the next.

    Raises
    ------
    TypeError
        If `coordinates` are not real numbers or `num_frequencies` is not an integer.
    ValueError
        If a number is not finite, `coordinates` is a single number, or `num_frequencies` is
        below 1 or above 1023.

    Notes
    -----
    Source: :cite:t:`mildenhall2020nerf`, equation 4. It is ``sinusoidal(p, 2 * L, freqs=pi * 2**l)``:
    the same hands, each twice as fast as the one before. The code of its authors differs in three
    ways: it leaves out pi, which is ``nerf_features(coordinates / np.pi, L)``; it puts the coordinates
    themselves in front, which is ``np.concatenate([coordinates, features], axis=-1)``; and for each
    frequency it has the sines of all coordinates, then their cosines.

    Examples
    --------
    >>> nerf_features([0.5, 0.25], 2).round(2) + 0.0
    array([ 1.  ,  0.  ,  0.  , -1.  ,  0.71,  0.71,  1.  ,  0.  ])
    """
    points = _points(coordinates)
    count = _validation.integer(num_frequencies, "num_frequencies", minimum=1)
    if count >= np.finfo(np.float64).maxexp:
        raise ValueError(f"num_frequencies must be below 1024, for pi * 2 ** 1023 is no float64, got {count}")
    features = sinusoidal(points, 2 * count, freqs=np.pi * 2.0 ** np.arange(count))
    *leading, axes = points.shape
    return features.reshape(*leading, 2 * count * axes)


def _points(coordinates: ArrayLike) -> NDArray[np.float64]:
    """Points, with their coordinates along the last axis."""
    points = _validation.real_array(coordinates, "coordinates")
    if not points.ndim:
        raise ValueError("coordinates must have a last axis, the coordinates of one point, got a single number")
    return points
