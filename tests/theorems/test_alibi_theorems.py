"""The theorems of "Subtract a number for every step away"."""

from fractions import Fraction

import hypothesis.strategies as st
import numpy as np
from theorem import seeds, softmax, theorem

import posenc


def log_softmax(scores):
    return scores - np.logaddexp.reduce(scores)


def paper(n):
    """The exponents of the printed formula, as -log2 of the slopes."""
    return [Fraction(8 * h, n) for h in range(1, n + 1)]


def power_below(n):
    return 1 << (n.bit_length() - 1)


def mpt(n):
    """The exponents by the recipe of part 3."""
    P = power_below(n)
    if n == P:
        return paper(n)
    doubled = paper(2 * P)
    return (doubled[1::2] + doubled[0::2])[:n]


def _with_exponents(rule):
    return lambda n: np.array([2.0 ** float(-e) for e in rule(n)])


@theorem(
    "thm-alibi-slopes",
    of=posenc.alibi_slopes,
    mutants={
        "the printed formula for every n": _with_exponents(paper),
        "heads counted from 0, so that one slope is 1": lambda n: 2 ** (8 / power_below(n)) * posenc.alibi_slopes(n),
        "the slopes sorted": lambda n: np.sort(posenc.alibi_slopes(n))[::-1],
        "the first n of the next power of two": lambda n: posenc.alibi_slopes(2 * power_below(n))[:n],
        "every second extra slope from the second on": lambda n: np.concatenate(
            [
                posenc.alibi_slopes(power_below(n)),
                posenc.alibi_slopes(2 * power_below(n))[1::2][: n - power_below(n)],
            ]
        ),
    },
    n=st.integers(1, 300),
)
def test_extra_heads_stand_between_the_steepest(alibi_slopes, n):
    P, slopes = power_below(n), alibi_slopes(n)
    np.testing.assert_allclose(slopes, [2.0 ** float(-e) for e in mpt(n)], rtol=1e-13)
    first, extra = slopes[:P], slopes[P:]
    np.testing.assert_allclose(first, [2.0 ** float(-e) for e in paper(P)], rtol=1e-13)
    before = np.concatenate([[1.0], first])
    np.testing.assert_allclose(extra**2, before[: n - P] * first[: n - P], rtol=1e-13)
    assert len(set(slopes.round(15))) == n
    if n > P:
        assert slopes.argmax() == P
        assert abs(slopes[P] * 2 ** (4 / P) - 1) < 1e-13
        assert max(2.0 ** float(-e) for e in paper(n)) < slopes.max() * (1 - 1e-9)


def _bias(distances, m):
    """The fines of the package at these distances, for the slope m of the one head that has it."""
    return posenc.alibi_bias(0, -distances, 1)[0] * (m / posenc.alibi_slopes(1)[0])


def _stops(distances, m):
    return _bias(np.minimum(distances, 5), m)


def sharp(m, w, n, b):
    """The first bound of the theorem."""
    far = np.exp(2 * b) * (np.exp(-m * w) - np.exp(-m * n))
    return far / (far - np.expm1(-m * w))


@theorem(
    "thm-alibi-window",
    of=_bias,
    mutants={
        "a fine that stops growing": _stops,
        "divided by the root of the dimension, as the scores are": lambda distances, m: _bias(distances, m) / 8,
        "a bonus for distance": lambda distances, m: -_bias(distances, m),
        "the logarithm of the distance": lambda distances, m: -m * np.log1p(distances),
        "no fine": lambda distances, m: 0 * distances,
    },
    m=st.floats(2**-8, 1),
    w=st.integers(1, 60),
    more=st.integers(1, 400),
    b=st.floats(0, 6),
    seed=seeds,
)
def test_far_keys_have_little_weight_and_the_bound_is_attained(bias, m, w, more, b, seed):
    n = w + more
    fines = bias(np.arange(n), m)
    bound = sharp(m, w, n, b)
    contents = np.random.default_rng(seed).uniform(-b, b, n) + 100  # any interval of length 2 b
    assert softmax(fines + contents)[w:].sum() <= bound * (1 + 1e-9)
    worst = np.where(np.arange(n) < w, -b, b)
    np.testing.assert_allclose(softmax(fines + worst)[w:].sum(), bound, rtol=1e-9)
    limit = np.exp(2 * b) / (np.exp(2 * b) + np.expm1(m * w))
    assert bound <= limit * (1 + 1e-12)
    assert limit <= np.exp(2 * b - m * w) * (1 + 1e-12)
    np.testing.assert_allclose(sharp(m, w, np.inf, b), limit, rtol=1e-9)


def _key_index(position, keys, c, m):
    return m * (keys + c)


def bfloat16(numbers):
    bits = np.asarray(numbers, dtype=np.float32).view(np.uint32)
    bits = bits + np.uint32(0x7FFF) + ((bits >> 16) & 1)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32).astype(float)


@theorem(
    "thm-alibi-key-index",
    of=_key_index,
    mutants={
        "the slope times the index, subtracted": lambda position, keys, c, m: -m * (keys + c),
        "in bfloat16": lambda position, keys, c, m: bfloat16(m * (keys + c)),
        "counted in the order of the keys": lambda position, keys, c, m: m * np.arange(len(keys)),
        "the symmetric form itself, which has no condition": lambda position, keys, c, m: -m * abs(keys - position),
        "counted in steps of two": lambda position, keys, c, m: 2 * m * (keys + c),
    },
    position=st.floats(-500, 500),
    behind=st.lists(st.floats(0, 500), min_size=1, max_size=6),
    ahead=st.lists(st.floats(0.1, 500), max_size=3),
    c=st.floats(-500, 500),
    m=st.floats(2**-8, 1),
    seed=seeds,
)
def test_the_forms_agree_exactly_where_no_key_is_ahead(key_index, position, behind, ahead, c, m, seed):
    keys = position + np.array([-b for b in behind] + ahead)
    contents = np.random.default_rng(seed).normal(size=len(keys))
    distance_form = posenc.alibi_bias(position, keys, 1)[0] * (m / posenc.alibi_slopes(1)[0])
    index_form = key_index(position, keys, c, m)
    apart = log_softmax(contents + index_form) - log_softmax(contents + distance_form)
    if not ahead:
        np.testing.assert_allclose(apart, 0, atol=1e-8)
    else:
        np.testing.assert_allclose(apart - apart[0], 2 * m * np.maximum(keys - position, 0), atol=1e-8)
        assert abs(apart).max() > 0.9 * m * max(ahead)
