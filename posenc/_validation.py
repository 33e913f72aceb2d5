"""What every public function asks of its arguments, and how it says no.

Each message names the argument, the rule and the value. A wrong kind of thing is a
`TypeError`, a wrong amount of the right thing is a `ValueError`.
"""

import operator

import numpy as np


def _shown(value):
    """The value as a message prints it: short, and without NumPy's type wrapper."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 60 else text[:57] + "..."


def integer(value, name, *, minimum, hint=""):
    """An integer of at least `minimum`. A bool is no number, and 8.0 is no integer."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {_shown(value)}{hint}") from None
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {number}{hint}")
    return number


def dimension(dim, *, even_for=None):
    """The number of columns; `even_for` names what cannot live with a lone sine."""
    dim = integer(dim, "dim", minimum=1)
    if even_for is not None and dim % 2:
        raise ValueError(f"dim must be even for {even_for}, got {dim}")
    return dim


def choice(value, name, options):
    """One of a few strings."""
    if not isinstance(value, str) or value not in options:
        known = " or ".join(repr(option) for option in options)
        raise ValueError(f"{name} must be {known}, got {_shown(value)}")
    return value


def real(value, name):
    """One finite real number, as a float."""
    array = real_array(value, name)
    if array.ndim:
        raise TypeError(f"{name} must be one number, got an array of shape {array.shape}")
    return float(array)


def positive(value, name):
    """One finite real number above zero, as a float."""
    number = real(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, got {_shown(value)}")
    return number


def real_array(values, name):
    """Finite real numbers of any shape, as a new float64 array."""
    try:
        array = np.asarray(values)
    except ValueError:  # rows of unequal length
        raise ValueError(f"{name} must form a regular array, got {_shown(values)}") from None
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be real numbers, got {_shown(values)} of type {array.dtype}")
    array = array.astype(np.float64)
    wrong = array[~np.isfinite(array)]
    if wrong.size:
        raise ValueError(f"{name} must be finite, got {_shown(wrong[0])}")
    return array


def positions(values, start=0):
    """Positions as a float64 array: an int n means 0..n-1; `start` is added to each."""
    start = real(start, "start")
    if np.isscalar(values):
        hint = " (a count; write [p] for one position p)"
        return start + np.arange(integer(values, "positions", minimum=0, hint=hint))
    return start + real_array(values, "positions")


def floating(dtype):
    """A NumPy floating-point type."""
    try:
        checked = np.dtype(dtype)
    except TypeError:
        checked = None
    if checked is None or not np.issubdtype(checked, np.floating):
        raise TypeError(f"dtype must be a NumPy floating-point type, got {_shown(dtype)}")
    return checked
