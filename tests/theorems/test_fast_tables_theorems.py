"""The theorem of "Make a table by turning"."""

import hypothesis.strategies as st
import mpmath
import numpy as np
from theorem import theorem

import posenc

U = mpmath.mpf(2) ** -53
#: Small positions, those around the places where digits change, and any up to ten million.
whole = st.one_of(
    st.integers(-130, 130),
    st.sampled_from([64, 4096, 262144]).flatmap(lambda p: st.integers(p - 70, p + 70)),
    st.integers(-(10**7), 10**7),
)
frequencies = st.floats(1e-4, 4)


def _encoded(p, w, dtype=np.float64):
    """Sine and cosine from the table of posenc, in the middle of a range."""
    return posenc.sinusoidal(range(p - 9, p + 80), 2, freqs=[w], dtype=dtype)[9]


def _waves(number, dtype=np.float64):
    return np.array([number.real, number.imag]).astype(dtype)


def _encoding(c, w):
    return np.sin(c * w) + 1j * np.cos(c * w)


def _turn(k, w):
    return np.exp(-1j * k * w)


def _by_digits(p, w, base=64, digits=None, number=complex):
    """Three digits of one sign, in any base and any complex type."""
    a, rest = divmod(abs(p), base**2)
    b, c = divmod(rest, base)
    a, b, c = digits(p) if digits else (np.sign(p) * digit for digit in (a, b, c))
    factors = _turn(a, base**2 * w), _turn(b, base * w), _encoding(c, w)
    return _waves(np.prod([number(factor) for factor in factors]))


def _floored(p):
    """Digits as Python's divmod gives them: the first may be negative, the others never are."""
    quotient, c = divmod(p, 64)
    return *divmod(quotient, 64), c


def _row_after_row(p, w):
    """Every row turned by one step from the row before."""
    steps = min(abs(p), 10**5)
    start = abs(p) - steps
    turns = np.cumprod(np.full(steps + 1, _turn(np.sign(p), w)))
    return _waves(_encoding(np.sign(p) * start, w) * turns[-1] / _turn(np.sign(p), w))


def _in_float32(p, w):
    angle = np.float32(p) * np.float32(w)
    return np.array([np.sin(angle), np.cos(angle)], dtype=float)


def _furthest(waves, p, w):
    with mpmath.workdps(50):
        angle = mpmath.mpf(p) * mpmath.mpf(w)
        exact = mpmath.sin(angle), mpmath.cos(angle)
        return abs(angle), max(abs(mpmath.mpf(float(x)) - y) for x, y in zip(waves, exact, strict=True))


@theorem(
    "thm-turned-table",
    of=_encoded,
    mutants={
        "digits of two signs": lambda p, w: _by_digits(p, w, digits=_floored),
        "a base that is no power of two": lambda p, w: _by_digits(p, w, base=60),
        "row after row": _row_after_row,
        "factors rounded to float32": lambda p, w: _by_digits(p, w, number=np.complex64),
        "angles in float32": _in_float32,
        "turned the wrong way": lambda p, w: _by_digits(-p, w),
    },
    p=whole,
    w=frequencies,
)
def test_a_turned_row_is_off_by_the_rounding_of_its_angle_and_ten_units(encoded, p, w):
    angle, error = _furthest(encoded(p, w), p, w)
    assert error <= (angle + 10) * U


@theorem(
    "thm-turned-table",
    of=_encoded,
    mutants={
        "factors rounded first": lambda p, w, dtype: _by_digits(p, w, number=np.complex64).astype(dtype),
        "angles in the type of the table": lambda p, w, dtype: np.array(
            [np.sin((p * dtype(w)).astype(dtype)), np.cos((p * dtype(w)).astype(dtype))], dtype=float
        ),
        "rounded twice, the second time by cutting off": lambda p, w, dtype: np.nextafter(
            _encoded(p, w, dtype), dtype(0)
        ),
    },
    p=whole,
    w=frequencies,
    dtype=st.just(np.float32),
)
def test_a_shorter_type_adds_half_a_unit_of_its_own(encoded, p, w, dtype):
    angle, error = _furthest(encoded(p, w, dtype), p, w)
    assert error <= (angle + 10) * U + mpmath.mpf(2) ** -25
