"""The theorems of "Compute angles in enough digits"."""

from fractions import Fraction

import hypothesis.strategies as st
import mpmath
import numpy as np
from theorem import layouts, seeds, theorem

import posenc


def _rounded(x, digits):
    """To the nearest number with so many binary digits."""
    size, power = np.frexp(x)
    return np.ldexp(np.rint(np.ldexp(size, digits)), power - digits)


def _cut(x, digits):
    """The digits that are too many left out."""
    size, power = np.frexp(x)
    return np.ldexp(np.trunc(np.ldexp(size, digits)), power - digits)


def _used_angle(p, w, digits, fl=_rounded):
    """The angle with so many digits throughout; the product of two such numbers is exact in float64 up to 26 digits."""
    return fl(fl(p, digits) * fl(w, digits), digits)


def _by_logarithms(p, w, digits):
    """The angle of one who adds logarithms in place of multiplying."""
    logs = _rounded(_rounded(np.log(abs(p)), digits) + _rounded(np.log(w), digits), digits)
    return np.sign(p) * _rounded(np.exp(logs), digits)


def _step_by_step(p, w, digits):
    """The angle of one who adds the frequency once for every position."""
    angle = 0.0
    for _ in range(int(abs(p))):
        angle = _rounded(angle + _rounded(w, digits), digits)
    return np.sign(p) * angle


@theorem(
    "thm-rounded-angle",
    of=_used_angle,
    mutants={
        "cut off, not rounded": lambda p, w, digits: _used_angle(p, w, digits, _cut),
        "one digit lost": lambda p, w, digits: _used_angle(p, w, digits - 1),
        "logarithms added": _by_logarithms,
        "the frequency added step by step": _step_by_step,
        "the inverse rounded, then divided": lambda p, w, digits: _rounded(
            _rounded(p, digits) / _rounded(_rounded(1 / w, digits), digits - 2), digits
        ),
    },
    p=st.integers(1, 3000),
    sign=st.sampled_from([1, -1]),
    part=st.sampled_from([1, 1, 3, 7]),
    w=st.floats(1e-6, 4),
    digits=st.sampled_from([4, 8, 11, 16, 24]),
)
def test_an_angle_is_off_by_at_most_three_roundings_and_by_two_if_the_position_is_exact(used, p, sign, part, w, digits):
    p = sign * p / part
    u, exact = Fraction(1, 2**digits), Fraction(p) * Fraction(w)
    roundings = 3 if _rounded(p, digits) != p else 2
    assert abs(Fraction(float(used(p, w, digits))) - exact) <= ((1 + u) ** roundings - 1) * abs(exact)


def _angles_by(make):
    """The table with angles that are made another way."""

    def sinusoidal(positions, dim, *, freqs, dtype, layout):
        angles = make(np.multiply.outer(np.asarray(positions), np.asarray(freqs)))
        halves = np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)
        return posenc.convert_layout(halves, source="halves", target=layout).astype(dtype)

    return sinusoidal


def _with(change_p=None, change_w=None):
    """The table with positions or frequencies that are rounded first."""

    def sinusoidal(positions, dim, *, freqs, dtype, layout):
        p = change_p(positions) if change_p else positions
        w = change_w(np.asarray(freqs)) if change_w else freqs
        return posenc.sinusoidal(p, dim, freqs=w, dtype=dtype, layout=layout)

    return sinusoidal


_DIGITS = {np.float16: 11, np.float32: 24, np.float64: 53}


@theorem(
    "thm-rounded-angle",
    of=posenc.sinusoidal,
    mutants={
        "positions in float32": _with(change_p=lambda p: float(np.float32(p))),
        "positions in bfloat16": _with(change_p=lambda p: float(_rounded(p, 8))),
        "frequencies in float32": _with(change_w=lambda w: np.float32(w).astype(float)),
        "angles in float32": _angles_by(np.float32),
        "angles in bfloat16": _angles_by(lambda a: _rounded(a, 8)),
        "whole turns taken off with few digits": _angles_by(lambda a: a % 6.2831853),
        "a table in bfloat16": lambda p, dim, *, freqs, dtype, layout: _rounded(
            posenc.sinusoidal(p, dim, freqs=freqs, layout=layout), 8
        ),
    },
    p=st.floats(-1e9, 1e9).filter(lambda p: abs(p) > 1),
    w=st.floats(0.001, 4),
    dtype=st.sampled_from(list(_DIGITS)),
    layout=layouts,
)
def test_a_table_is_off_by_one_rounding_of_the_angle_and_one_of_the_result(sinusoidal, p, w, dtype, layout):
    # Position and frequency are float64 numbers, so two of the three roundings are none. Two units in the last place
    # of a float64 are left to the library's sine.
    row = sinusoidal(p, 2, freqs=[w], dtype=dtype, layout=layout).astype(float)
    with mpmath.workdps(40):
        angle = mpmath.mpf(p) * mpmath.mpf(w)
        off = [abs(float(f(angle) - x)) for f, x in zip((mpmath.sin, mpmath.cos), row, strict=True)]
    hand = min(2, abs(p * w) * 2.0**-53)
    assert max(off) <= hand * (1 + 1e-9) + 2.0 ** -(_DIGITS[dtype] + 1) + 2.0**-52


def _score(x, y, p, q, freqs, errors, layout):
    """The score of a query and a key that were turned by wrong angles, with the functions of the package."""
    turned = []
    for vector, place, error in ((x, p, errors[0]), (y, q, errors[1])):
        angles = place * freqs + error
        turned.append(posenc.apply_rotary(vector, np.cos(angles), np.sin(angles), layout=layout))
    return float(turned[0] @ turned[1])


def _pairs(vector, layout):
    """The pairs of a vector as complex numbers."""
    halves = posenc.convert_layout(vector, source=layout, target="halves")
    first, second = np.split(halves, 2)
    return first + 1j * second


_some_freqs = st.lists(st.floats(0.01, 2), min_size=1, max_size=8).map(np.array)


@theorem(
    "thm-wrong-angles",
    of=_score,
    mutants={
        "query and key turned in opposite ways": lambda x, y, p, q, w, e, layout: _score(x, y, -p, q, w, e, layout),
        "only the key turned": lambda x, y, p, q, w, e, layout: _score(x, y, 0, q, w, e, layout),
        "the errors count as a sum": lambda x, y, p, q, w, e, layout: _score(x, y, p, q, w, (-e[0], e[1]), layout),
        "the errors count twice": lambda x, y, p, q, w, e, layout: _score(x, y, p, q, w, (2 * e[0], 2 * e[1]), layout),
        "positions in bfloat16": lambda x, y, p, q, w, e, layout: _score(
            x, y, _rounded(p, 8), _rounded(q, 8), w, e, layout
        ),
        "the other layout": lambda x, y, p, q, w, e, layout: _score(
            x, y, p, q, w, e, "halves" if layout == "interleaved" else "interleaved"
        ),
    },
    freqs=_some_freqs,
    p=st.integers(-2000, 2000),
    k=st.integers(-500, 500),
    seed=seeds,
    layout=layouts,
    size=st.sampled_from([0.01, 0.3, 3.0]),
)
def test_a_score_is_off_by_the_chords_of_the_errors_and_some_vectors_reach_that(score, freqs, p, k, seed, layout, size):
    rng = np.random.default_rng(seed)
    q, dim = p + k, 2 * len(freqs)
    x, y = rng.normal(size=(2, dim))
    errors = rng.uniform(-size, size, (2, len(freqs)))
    angles = q * freqs - p * freqs
    right = (np.conj(_pairs(x, layout)) * _pairs(y, layout) * np.exp(1j * angles)).sum().real
    chords = 2 * abs(np.sin((errors[1] - errors[0]) / 2))
    most = (abs(_pairs(x, layout)) * abs(_pairs(y, layout)) * chords).sum()
    tiny = 1e-9 * (1 + np.linalg.norm(x) * np.linalg.norm(y))
    assert abs(score(x, y, p, q, freqs, errors, layout) - right) <= most + tiny
    # Turn each pair of the key so that all of its difference counts.
    push = np.exp(1j * angles) * (np.exp(1j * (errors[1] - errors[0])) - 1)
    worst = abs(_pairs(y, layout)) * np.exp(1j * np.angle(_pairs(x, layout)) - 1j * np.angle(push))
    worst = posenc.convert_layout(np.append(worst.real, worst.imag), source="halves", target=layout)
    right = (np.conj(_pairs(x, layout)) * _pairs(worst, layout) * np.exp(1j * angles)).sum().real
    np.testing.assert_allclose(score(x, worst, p, q, freqs, errors, layout) - right, most, atol=tiny)


def _relative_score(p_digits=None, w_digits=8, angle_digits=None, common=0.0, period=None):
    """A score whose frequencies are rounded, and perhaps something else that should not be."""

    def score(x, y, p, q, freqs, layout):
        turned = []
        for vector, place in ((x, p), (y, q)):
            place = float(place % period if period else place)
            place = _rounded(place, p_digits) if p_digits else place
            angles = place * _rounded(freqs, w_digits) + common
            angles = _rounded(angles, angle_digits) if angle_digits else angles
            turned.append(posenc.apply_rotary(vector, np.cos(angles), np.sin(angles), layout=layout))
        return float(turned[0] @ turned[1])

    return score


@theorem(
    "thm-wrong-angles",
    of=_relative_score(),
    mutants={
        "positions in bfloat16 too": _relative_score(p_digits=8),
        "positions in float16 too": _relative_score(p_digits=11),
        "products in bfloat16 too": _relative_score(angle_digits=8),
        "products in float32 too": _relative_score(angle_digits=24),
        "positions modulo 4096": _relative_score(period=4096),
        "frequencies not rounded": _relative_score(w_digits=53),
        "frequencies rounded to six digits": _relative_score(w_digits=6),
    },
    freqs=_some_freqs,
    p=st.integers(-3000, 3000),
    k=st.integers(1, 300),
    shift=st.integers(1000, 10**5),
    seed=seeds,
    layout=layouts,
)
def test_rounded_frequencies_leave_scores_of_the_offset_alone(score, freqs, p, k, shift, seed, layout):
    x, y = np.random.default_rng(seed).normal(size=(2, 2 * len(freqs)))
    here = score(x, y, p, p + k, freqs, layout)
    tiny = 1e-9 * (1 + np.linalg.norm(x) * np.linalg.norm(y))
    np.testing.assert_allclose(score(x, y, p + shift, p + k + shift, freqs, layout), here, atol=tiny)
    cos, sin = posenc.rotary_cos_sin(k, 2 * len(freqs), freqs=_rounded(freqs, 8))
    np.testing.assert_allclose(x @ posenc.apply_rotary(y, cos, sin, layout=layout), here, atol=tiny)


def _with_tables(change):
    """A score with tables that were changed once they were finished."""

    def score(x, y, p, q, freqs, h, rng, layout):
        turned = []
        for vector, place in ((x, p), (y, q)):
            tables = posenc.rotary_cos_sin(place, 2 * len(freqs), freqs=freqs)
            tables = [change(table, place * freqs, h, rng) for table in tables]
            turned.append(posenc.apply_rotary(vector, *tables, layout=layout))
        return float(turned[0] @ turned[1])

    return score


@theorem(
    "thm-wrong-angles",
    of=_with_tables(lambda table, angles, h, rng: table + h * rng.uniform(-1, 1, table.shape)),
    mutants={
        "the angles, not the tables": lambda x, y, p, q, w, h, rng, layout: _score(
            x, y, _rounded(p, 8), _rounded(q, 8), w, (0, 0), layout
        ),
        "errors of four times that size": _with_tables(
            lambda table, angles, h, rng: table + 4 * h * rng.choice([-1, 1], table.shape)
        ),
        "errors that grow with the angle": _with_tables(lambda table, angles, h, rng: table + h * angles),
        "rounded to two digits": _with_tables(lambda table, angles, h, rng: _rounded(table, 2)),
    },
    freqs=_some_freqs,
    p=st.integers(0, 10**5),
    k=st.integers(-500, 500),
    h=st.sampled_from([2.0**-9, 2.0**-12, 0.01]),
    seed=seeds,
    layout=layouts,
)
def test_changed_tables_change_a_score_by_no_more_anywhere(score, freqs, p, k, h, seed, layout):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 2 * len(freqs)))
    q = p + k
    right = _score(x, y, p, q, freqs, (0, 0), layout)
    sizes = (abs(_pairs(x, layout)) * abs(_pairs(y, layout))).sum()
    assert abs(score(x, y, p, q, freqs, h, rng, layout) - right) <= (2 * np.sqrt(2) * h + 2 * h**2) * sizes + 1e-9
