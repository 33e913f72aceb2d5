"""Linear maps found from a table by least squares, whatever code made it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation


def fit_shift(table: ArrayLike, offset: int) -> tuple[NDArray[np.float64], float]:
    """Find the matrix that best moves row p of a table to row ``p + offset``, for all p at once.

    The matrix M minimises ``sum over p of |table[p + offset] - M @ table[p]|**2``; the residual
    is the root of that sum, divided by the root of ``sum over p of |table[p + offset]|**2``.

    Parameters
    ----------
    table : array of real numbers, shape ``(n, dim)``
        One row a position, equally spaced.
    offset : int
        How many rows to move, at least 1.

    Returns
    -------
    matrix : numpy.ndarray
        float64, shape ``(dim, dim)``. If the columns are linearly dependent on these rows, it
        is the smallest of the matrices that fit equally well.
    residual : float
        0 for a perfect fit, 1 for one no better than predicting zeros.

    Raises
    ------
    TypeError
        If `table` is not real numbers or `offset` is not an integer.
    ValueError
        If `table` has not two axes, is not finite, or has fewer than ``dim + offset`` rows: then
        any rows at all could be fitted, and the residual would say nothing.

    Notes
    -----
    Source: least squares, :cite:t:`horn2013matrix`, section 7.3. Written out in the chapter on
    shifts that add up.

    Examples
    --------
    >>> import posenc
    >>> table = posenc.sinusoidal(range(100), 4, base=100)
    >>> matrix, residual = fit_shift(table, 3)
    >>> bool(np.allclose(matrix, posenc.shift_matrix(3, 4, base=100)))
    True
    >>> _, residual = fit_shift(table[:, :1], 3)          # one sine alone
    >>> round(residual, 1)
    0.1
    """
    rows = _validation.real_array(table, "table")
    offset = _validation.integer(offset, "offset", minimum=1)
    if rows.ndim != 2:
        raise ValueError(f"table must have two axes, (positions, columns), got shape {rows.shape}")
    if len(rows) < rows.shape[1] + offset:
        raise ValueError(f"table must have at least dim + offset = {rows.shape[1] + offset} rows, got {len(rows)}")
    here, there = rows[:-offset], rows[offset:]
    matrix = np.linalg.lstsq(here, there, rcond=None)[0].T.astype(np.float64, copy=False)
    missed = np.linalg.norm(there - here @ matrix.T)
    return matrix, float(missed / np.linalg.norm(there)) if missed else 0.0
