"""What every public function asks of its arguments, and how it says no.

Each message names the argument, the rule and the value. A wrong kind of thing is a
`TypeError`, a wrong amount of the right thing is a `ValueError`.
"""

import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _shown(value: object) -> str:
    """The value as a message prints it: short, and without NumPy's type wrapper."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 60 else text[:57] + "..."


def integer(value: Any, name: str, *, minimum: int) -> int:
    """An integer of at least `minimum`. A bool is no number, and 8.0 is no integer."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {_shown(value)}") from None
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {number}")
    return number


def dimension(dim: Any, *, even_for: str | None = None) -> int:
    """The number of columns; `even_for` names what cannot live with a lone sine."""
    checked = integer(dim, "dim", minimum=1)
    if even_for is not None and checked % 2:
        raise ValueError(f"dim must be even for {even_for}, got {checked}")
    return checked


def choice(value: Any, name: str, options: Sequence[str]) -> str:
    """One of a few strings."""
    if not isinstance(value, str) or value not in options:
        known = " or ".join(repr(option) for option in options)
        raise ValueError(f"{name} must be {known}, got {_shown(value)}")
    return value


def real(value: Any, name: str) -> float:
    """One finite real number, as a float."""
    if type(value) is float and math.isfinite(value):
        return value
    array = _finite(value, name, "a real number")
    if array.ndim:
        raise TypeError(f"{name} must be one number, got an array of shape {array.shape}")
    return float(array)


def positive(value: Any, name: str) -> float:
    """One finite real number above zero, as a float."""
    number = real(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, got {_shown(value)}")
    return number


def real_array(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Finite real numbers of any shape, as a float64 array."""
    return _finite(values, name, "real numbers")


def _finite(values: Any, name: str, kind: str) -> NDArray[np.float64]:
    try:
        # NumPy walks a range number by number; arange makes the same array at once.
        array = np.arange(values.start, values.stop, values.step) if isinstance(values, range) else np.asarray(values)
    except ValueError:  # rows of unequal length
        raise ValueError(f"{name} must form a regular array, got {_shown(values)}") from None
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be {kind}, got {_shown(values)} of type {array.dtype}")
    checked = array.astype(np.float64, copy=False)
    if array.dtype.kind == "f" and not (finite := np.isfinite(checked)).all():
        raise ValueError(f"{name} must be finite, got {_shown(checked[~finite][0])}")
    return checked


def floating(dtype: Any) -> np.dtype[np.floating[Any]]:
    """A NumPy floating-point type."""
    try:
        checked: np.dtype[Any] | None = np.dtype(dtype)
    except TypeError:
        checked = None
    if checked is None or checked.kind != "f":
        raise TypeError(f"dtype must be a NumPy floating-point type, got {_shown(dtype)}")
    return checked


def destination(out: Any, shape: tuple[int, ...], dtype: Any) -> NDArray[np.floating[Any]]:
    """An array to write a result to, whose type is that of the result."""
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out must be a NumPy array, got {_shown(out)}")
    if out.dtype.kind != "f":
        raise TypeError(f"out must hold floating-point numbers, got type {out.dtype}")
    if out.shape != shape:
        raise ValueError(f"out must have shape {shape}, got shape {out.shape}")
    if dtype is not None and floating(dtype) != out.dtype:
        raise ValueError(f"dtype must be left out or be {out.dtype}, the type of out, got {_shown(dtype)}")
    if not out.flags.writeable:
        raise ValueError("out must be an array that can be written to, got a read-only one")
    return out
