"""The theorems of "How alike are two positions?"."""

import hypothesis.strategies as st
import mpmath
import numpy as np
from theorem import bases, even_dims, exponent_2j_over_d, frequencies_of_tables, layouts, offsets, positions, theorem

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


@theorem(
    "thm-lipschitz",
    of=posenc.sinusoidal,
    mutants={
        "whole positions only": _warped(np.floor),
        "twice as fast": _warped(lambda p: 2 * p),
        "half as fast": _warped(lambda p: p / 2),
        "sines only": _sines_only,
        "slower further out": _warped(lambda p: np.sign(p) * np.log1p(abs(p))),
    },
    position=positions,
    offset=offsets,
    dim=even_dims,
    base=bases,
    layout=layouts,
)
def test_rows_part_at_most_at_their_constant_speed(sinusoidal, position, offset, dim, base, layout):
    def distance(step):
        here, there = sinusoidal([position, position + step], dim, base=base, layout=layout)
        return np.linalg.norm(there - here)

    speed = np.linalg.norm(posenc.frequencies(dim, base=base))
    here = sinusoidal([position], dim, base=base, layout=layout)[0]
    velocity = posenc.shift_generator(dim, base=base, layout=layout) @ here
    np.testing.assert_allclose(np.linalg.norm(velocity), speed, rtol=1e-12)
    assert distance(offset) <= speed * abs(offset) + 1e-9
    np.testing.assert_allclose(distance(1e-3), speed * 1e-3, rtol=1e-6)


def _limit(offset, base):
    return float((mpmath.ci(offset) - mpmath.ci(offset / base)) / mpmath.log(base))


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
    offset=st.floats(0.1, 100),
    dim=st.integers(1, 1024).map(lambda pairs: 2 * pairs),
    base=bases,
)
def test_the_limit_is_met_within_a_bound_that_shrinks_with_the_dimension(similarity, offset, dim, base):
    error = abs(similarity(offset, dim, base=base) * 2 / dim - _limit(offset, base))
    bound = 2 / dim * (_way(offset) - _way(offset / base))
    assert bound <= 2 * offset / dim
    assert error <= bound + 1e-12


def _weight_gradient(table, weights, targets):
    """Of the mean of (tanh(table @ weights) - targets)**2."""
    answers = np.tanh(table @ weights)
    return 2 * table.T @ ((answers - targets) * (1 - answers**2)) / len(table)


def _with_slopes(table, weights, targets):
    return _weight_gradient(np.gradient(table, axis=0), weights, targets)


def _blocked_by_jumps(table, weights, targets):
    jumps = abs(np.diff(table, axis=0)).max(axis=0) > 0.5
    return np.where(jumps, 0, _weight_gradient(table, weights, targets))


@theorem(
    "thm-no-slope-in-position",
    of=_weight_gradient,
    mutants={"slopes of the table for its entries": _with_slopes, "nothing passes a jump": _blocked_by_jumps},
    seed=st.integers(0, 2**32 - 1),
    bits=st.integers(2, 6),
)
def test_a_table_of_bits_has_all_the_gradient_that_training_needs(weight_gradient, seed, bits):
    """Second route: differences of the loss itself, over a table that jumps at every step."""
    rng = np.random.default_rng(seed)
    table = (np.arange(2**bits)[:, None] >> np.arange(bits) & 1).astype(float)
    weights, targets = rng.normal(size=bits), rng.normal(size=2**bits)

    def loss(weights):
        return ((np.tanh(table @ weights) - targets) ** 2).mean()

    steps = 1e-5 * np.eye(bits)
    slopes = [(loss(weights + step) - loss(weights - step)) / 2e-5 for step in steps]
    np.testing.assert_allclose(weight_gradient(table, weights, targets), slopes, atol=1e-8)
