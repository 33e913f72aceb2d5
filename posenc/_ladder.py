"""The ladder of frequencies: how fast each pair turns."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._layout import number_of_pairs

Spacing = Literal["paper", "tensor2tensor"]
SPACINGS: tuple[Spacing, ...] = ("paper", "tensor2tensor")

#: The base of the paper, for whoever names none.
BASE = 10000.0


def frequencies(dim: int, *, base: float = BASE, spacing: Spacing = "paper") -> NDArray[np.float64]:
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
    :cite:t:`tensor2tensor2017code` for "tensor2tensor", the same authors' code. One pair
    alone has frequency 1 with either spacing.

    Examples
    --------
    >>> frequencies(8)
    array([1.   , 0.1  , 0.01 , 0.001])
    >>> frequencies(8, spacing="tensor2tensor").round(6)
    array([1.0000e+00, 4.6416e-02, 2.1540e-03, 1.0000e-04])
    """
    pairs = number_of_pairs(_validation.dimension(dim))
    base = _validation.positive(base, "base")
    if _validation.choice(spacing, "spacing", SPACINGS) == "paper":
        return base ** (-2 * np.arange(pairs) / dim)
    return base ** (-np.arange(pairs) / max(pairs - 1, 1))


def wavelengths(dim: int, *, base: float = BASE, spacing: Spacing = "paper") -> NDArray[np.float64]:
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
    Source: :cite:t:`vaswani2017attention`, section 3.5. With the paper's spacing and an even
    `dim` the longest wavelength is ``2 pi base ** ((dim - 2) / dim)``, below ``2 pi base`` for
    a base above 1.

    Examples
    --------
    >>> float(wavelengths(512)[-1].round())
    60611.0
    """
    return 2 * np.pi / frequencies(dim, base=base, spacing=spacing)


def chosen_frequencies(dim: int, base: float | None, freqs: ArrayLike | None) -> NDArray[np.float64]:
    """The caller's own frequencies, checked, or else the paper's."""
    if freqs is None:
        return frequencies(dim, base=BASE if base is None else base)
    refuse_both(base)
    own = _validation.real_array(freqs, "freqs")
    if own.shape != (number_of_pairs(dim),):
        raise ValueError(
            f"freqs must have shape ({number_of_pairs(dim)},), one frequency a pair of dim = {dim}, "
            f"got shape {own.shape}"
        )
    return own


def refuse_both(base: object) -> None:
    """A base beside frequencies of one's own would be ignored, so it is a mistake."""
    if base is not None:
        raise ValueError(f"base must be left out when freqs is given, got {base!r}")
