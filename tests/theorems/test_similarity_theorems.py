"""The theorems of "How alike are two positions?"."""

import hypothesis.strategies as st
import mpmath
import numpy as np
from theorem import bases, exponent_2j_over_d, frequencies_of_tables, layouts, offsets, positions, theorem

import posenc


def _sum_over_pairs(term):
    """A stand-in for `posenc.similarity` that sums another function of the angle."""

    def similarity(offset, dim, *, freqs):
        return term(offset * freqs).sum()

    return similarity


@theorem(
    "thm-kernel",
    of=posenc.similarity,
    mutants={
        "sines": _sum_over_pairs(np.sin),
        "both columns count": _sum_over_pairs(lambda angles: 2 * np.cos(angles)),
        "length 1": _sum_over_pairs(lambda angles: np.cos(angles) / len(angles)),
        "cosine squared": _sum_over_pairs(lambda angles: np.cos(angles) ** 2),
        "it falls for ever": _sum_over_pairs(lambda angles: np.exp(-abs(angles))),
    },
    position=positions,
    offset=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_similarity_is_the_product_of_two_rows_anywhere(similarity, position, offset, freqs, layout):
    dim = 2 * len(freqs)
    rows = posenc.sinusoidal([position, position + offset], dim, freqs=freqs, layout=layout)
    product, close = similarity(offset, dim, freqs=freqs), {"rtol": 1e-9, "atol": 1e-9}
    np.testing.assert_allclose(rows[0] @ rows[1], product, **close)
    np.testing.assert_allclose(similarity(-offset, dim, freqs=freqs), product, **close)
    np.testing.assert_allclose(np.sum(rows**2, axis=1), dim / 2, **close)
    np.testing.assert_allclose(np.sum((rows[1] - rows[0]) ** 2), dim - 2 * product, **close)


def _warped(warp):
    """A stand-in for `posenc.sinusoidal` that encodes a function of the position."""

    def table(positions, dim, *, base, layout):
        return posenc.sinusoidal(warp(np.asarray(positions)), dim, base=base, layout=layout)

    return table


def _sines_only(positions, dim, *, base, layout):
    table = posenc.sinusoidal(positions, dim, base=base, layout=layout)
    table[..., [posenc.column_of(i, "cos", dim, layout=layout) for i in range(dim // 2)]] = 0
    return table


@theorem(
    "thm-kernel",
    of=posenc.sinusoidal,
    mutants={
        "exponent 2j/d": exponent_2j_over_d,
        "sines only": _sines_only,
        "positions by their root": _warped(lambda p: np.sqrt(abs(p))),
        "angles modulo 1000": _warped(lambda p: p % 1000),
    },
    position=positions,
    other=positions,
    offset=offsets,
    dim=st.integers(2, 32).map(lambda pairs: 2 * pairs),
    base=bases,
    layout=layouts,
)
def test_the_product_does_not_depend_on_the_place(sinusoidal, position, other, offset, dim, base, layout):
    here, there = [position, position + offset], [other, other + offset]
    a, b = (sinusoidal(pair, dim, base=base, layout=layout) for pair in (here, there))
    np.testing.assert_allclose(a[0] @ a[1], b[0] @ b[1], rtol=1e-9, atol=1e-9)


#: From a thousandth of a position to far beyond the slowest clock of most ladders, and half a turn exactly.
reaches = st.one_of(st.floats(-3, 4).map(lambda power: 10**power), st.just(np.pi))
#: Bases just above 1, the usual ones, and one so large that all clocks but the first seem to stand still.
bases_above_one = st.one_of(st.floats(1.01, 1e6), st.just(1e100))
dims = st.one_of(st.integers(1, 1024), st.just(1)).map(lambda pairs: 2 * pairs)


def _limit(offset, base):
    with mpmath.workdps(40):  # near base 1 two nearly equal numbers are subtracted
        return float((mpmath.ci(offset) - mpmath.ci(mpmath.mpf(offset) / base)) / mpmath.log(base))


def _way(x):
    """How far the cosine travels from 0 to x: the integral of abs(sin)."""
    return 2 * (x // np.pi) + 1 - np.cos(x % np.pi)


def _with_frequencies(freqs):
    """A stand-in for `posenc.similarity` with another ladder."""

    def similarity(offset, dim, *, base):
        return posenc.similarity(offset, dim, freqs=freqs(dim, base))

    return similarity


@theorem(
    "thm-cosine-integral",
    of=posenc.similarity,
    mutants={
        "exponent i/d": _with_frequencies(lambda dim, base: posenc.frequencies(dim, base=base**0.5)),
        "exponent 4i/d": _with_frequencies(lambda dim, base: posenc.frequencies(dim, base=base**2)),
        "equal steps": _with_frequencies(lambda dim, base: np.linspace(1, 1 / base, dim // 2)),
        "both columns count": lambda offset, dim, *, base: 2 * posenc.similarity(offset, dim, base=base),
        "one turn too slow": lambda offset, dim, *, base: posenc.similarity(offset / (2 * np.pi), dim, base=base),
    },
    offset=reaches,
    dim=dims,
    base=bases_above_one,
)
def test_the_limit_is_met_within_a_bound_that_shrinks_with_the_dimension(similarity, offset, dim, base):
    error = abs(similarity(offset, dim, base=base) * 2 / dim - _limit(offset, base))
    bound = 2 / dim * (_way(offset) - _way(offset / base))
    assert bound <= 2 * offset / dim
    assert error <= bound + 1e-12


def _from_one(dim, base):
    return base ** (-2 * np.arange(1, dim // 2 + 1) / dim)


def _in_the_middle(dim, base):
    return base ** (-(2 * np.arange(dim // 2) + 1) / dim)


@theorem(
    "thm-endpoint",
    of=posenc.similarity,
    mutants={
        "pairs counted from 1": _with_frequencies(_from_one),
        "middles of the cells": _with_frequencies(_in_the_middle),
        "the ladder of tensor2tensor": _with_frequencies(
            lambda dim, base: posenc.frequencies(dim, base=base, spacing="tensor2tensor")
        ),
        "exponent i/d": _with_frequencies(lambda dim, base: posenc.frequencies(dim, base=base**0.5)),
        "the limit itself": lambda offset, dim, *, base: dim / 2 * _limit(offset, base),
    },
    offset=reaches,
    dim=dims,
    base=bases_above_one,
)
def test_what_is_left_of_the_error_shrinks_with_the_square_of_the_dimension(similarity, offset, dim, base):
    error = similarity(offset, dim, base=base) * 2 / dim - _limit(offset, base)
    end_term = (np.cos(offset) - np.cos(offset / base)) / dim
    assert abs(error - end_term) <= offset**2 * np.log(base) / (3 * dim**2) + 1e-12
