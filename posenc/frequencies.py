"""The ladder of frequencies: how fast each pair turns."""

from decimal import Context, Decimal, localcontext

import numpy as np

from posenc import _validation
from posenc.layout import number_of_pairs

SPACINGS = ("paper", "tensor2tensor")


def frequencies(dim, *, base=10000.0, spacing="paper"):
    """Give the frequency of every pair, fastest first.

    ``w_i = base ** (-2i / dim)`` with spacing "paper";
    ``w_i = base ** (-i / (n - 1))`` with spacing "tensor2tensor", for ``n`` pairs.

    Parameters
    ----------
    dim : int
        Number of columns of the table, at least 1. An odd `dim` has a last pair whose
        cosine is dropped, so there are ``ceil(dim / 2)`` pairs.
    base : float
        The base of the geometric ladder, above 0.
    spacing : {"paper", "tensor2tensor"}
        "paper" stops one step short of ``1 / base``; "tensor2tensor" ends on it.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(ceil(dim / 2),)``, in radians per position.

    Raises
    ------
    TypeError
        If `dim` is not an integer or `base` is not a real number.
    ValueError
        If `dim` is below 1, `base` is not above 0 and finite, or `spacing` is unknown.

    Notes
    -----
    Sources: :cite:t:`vaswani2017attention`, section 3.5, for "paper";
    :cite:t:`vaswani2018tensor2tensor` for "tensor2tensor", the same authors' code. One pair
    alone has frequency 1 with either spacing.

    Examples
    --------
    >>> frequencies(8)
    array([1.   , 0.1  , 0.01 , 0.001])
    >>> frequencies(8, spacing="tensor2tensor").round(6)
    array([1.0000e+00, 4.6416e-02, 2.1540e-03, 1.0000e-04])
    """
    dim = _validation.dimension(dim)
    base = _validation.positive(base, "base")
    pairs = number_of_pairs(dim)
    if _validation.choice(spacing, "spacing", SPACINGS) == "paper":
        return _ladder(base, -2, dim, pairs)
    return _ladder(base, -1, max(pairs - 1, 1), pairs)


def wavelengths(dim, *, base=10000.0, spacing="paper"):
    """Give the number of positions in which every pair turns once, shortest first.

    ``wavelength_i = 2 pi / w_i``

    Parameters
    ----------
    dim : int
        Number of columns of the table, at least 1.
    base : float
        The base of the geometric ladder, above 0.
    spacing : {"paper", "tensor2tensor"}
        The grid of frequencies, see :func:`posenc.frequencies`.

    Returns
    -------
    numpy.ndarray
        float64, shape ``(ceil(dim / 2),)``, in positions per turn.

    Raises
    ------
    TypeError, ValueError
        As :func:`posenc.frequencies` does.

    Notes
    -----
    Source: :cite:t:`vaswani2017attention`, section 3.5. With the paper's spacing the longest
    wavelength is ``2 pi base ** ((dim - 2) / dim)``, below ``2 pi base`` for a base above 1.

    Examples
    --------
    >>> float(wavelengths(512)[-1].round())
    60611.0
    """
    return 2 * np.pi / frequencies(dim, base=base, spacing=spacing)


def _ladder(base, numerator, denominator, rungs):
    """``base ** (numerator * i / denominator)`` for each i, correctly rounded.

    A float64 power may miss by some last bits, and at position 10^6 a last bit of the frequency
    is one in the tenth digit of the table. So the ladder is climbed with 30 digits.
    """
    freqs = np.empty(rungs)
    with localcontext(Context(prec=30)):
        ratio, rung = Decimal(base) ** (Decimal(numerator) / denominator), Decimal(1)
        for i in range(rungs):
            freqs[i] = rung
            rung *= ratio
    return freqs


def chosen_frequencies(dim, base, freqs):
    """The caller's own frequencies, checked, or else the paper's."""
    if freqs is None:
        return frequencies(dim, base=base)
    freqs = _validation.real_array(freqs, "freqs")
    if freqs.shape != (number_of_pairs(dim),):
        raise ValueError(
            f"freqs must have shape ({number_of_pairs(dim)},), one frequency a pair of dim = {dim}, "
            f"got shape {freqs.shape}"
        )
    return freqs
