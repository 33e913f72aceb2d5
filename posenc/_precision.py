"""To how many digits a table was stored, read off from its entries, and how far an entry may be off for that.

A number that was rounded to bfloat16 has 8 binary digits, one rounded to float16 has 11, float32 has 24. A printed
table has so many decimals. The coarsest of these that holds for every entry is how the table was stored.
"""

import numpy as np
from numpy.typing import NDArray

#: Binary digits of a number, and the exponent of the smallest number that has them all.
_BINARY = {"bfloat16": (8, -126), "float16": (11, -14), "float32": (24, -126)}
#: Decimals below which a table says too little, and above which it is as good as float32.
_DECIMALS = range(2, 13)


def stored_as(values: NDArray[np.float64]) -> str:
    """Name the coarsest precision that holds every entry, such as ``"bfloat16"`` or ``"4 decimals"``."""
    if values.size < 10**5 and np.all(np.abs(values * 10 - np.round(values * 10)) < 1e-9):
        return "float64"  # zeros and ones say nothing of how they were rounded
    names = ["2 decimals", "3 decimals", "bfloat16", "float16", *(f"{n} decimals" for n in _DECIMALS[2:]), "float32"]
    # Most candidates fail on a few entries already.
    some = values.ravel()[:: max(1, values.size // 256)]
    return next((name for name in names if _holds(some, name) and _holds(values, name)), "float64")


def _holds(values: NDArray[np.float64], name: str) -> bool:
    if name in _BINARY:
        step = unit(values, name)
        return bool(np.all(np.round(values / step) * step == values))
    decimals = int(name.split()[0])
    shifted = values * 10.0**decimals
    # Decimals of which float32 was made are off by its rounding, which is plain to see up to 5 of them.
    slack = 1e-9 + np.abs(shifted) * (2.0**-23 if decimals <= 5 else 2.0**-50)
    return bool(np.all(np.abs(shifted - np.round(shifted)) <= slack))


def unit(values: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """One unit in the last place of each entry; for decimals half of one, because people round what they print."""
    if name.endswith("decimals"):
        return np.full(values.shape, 0.501 * 10.0 ** -int(name.split()[0]))
    digits, lowest = _BINARY.get(name, (45, -60))
    exponent = np.frexp(values)[1] - 1
    size: NDArray[np.float64] = np.ldexp(np.ones(values.shape), np.maximum(exponent, lowest) - digits + 1)
    return size
