"""The theorem of "Is it smooth, and does that matter?", and its check of gradients."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, frequencies_of_tables, layouts, offsets, positions, theorem

import posenc


def _warped(warp):
    """A stand-in for `posenc.sinusoidal` that encodes a function of the position."""

    def table(positions, dim, *, freqs, layout):
        return posenc.sinusoidal(warp(np.asarray(positions)), dim, freqs=freqs, layout=layout)

    return table


def _sines_only(positions, dim, *, freqs, layout):
    table = posenc.sinusoidal(positions, dim, freqs=freqs, layout=layout)
    table[..., [posenc.column_of(i, "cos", dim, layout=layout) for i in range(dim // 2)]] = 0
    return table


def _sharp_corners(positions, dim, *, freqs, layout):
    """Triangle waves of the same wavelengths, a quarter of a wavelength apart."""
    return 2 / np.pi * np.arcsin(np.clip(posenc.sinusoidal(positions, dim, freqs=freqs, layout=layout), -1, 1))


@theorem(
    "thm-lipschitz",
    of=posenc.sinusoidal,
    mutants={
        "whole positions only": _warped(np.floor),
        "twice as fast": _warped(lambda p: 2 * p),
        "half as fast": _warped(lambda p: p / 2),
        "sines only": _sines_only,
        "slower further out": _warped(lambda p: np.sign(p) * np.log1p(abs(p))),
        "corners": _sharp_corners,
    },
    position=positions,
    offset=st.one_of(offsets, st.floats(-4, 4)),
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_rows_part_at_most_at_their_constant_speed(sinusoidal, position, offset, freqs, layout):
    """The distance stays below the bound, meets it over a short step, and depends on the offset alone."""
    dim, speed = 2 * len(freqs), np.linalg.norm(freqs)

    def distance(step, start=position):
        here, there = sinusoidal([start, start + step], dim, freqs=freqs, layout=layout)
        return np.linalg.norm(there - here)

    assert distance(offset) <= speed * abs(offset) + 1e-9
    step = 1e-3
    for start in (position, position + offset):
        np.testing.assert_allclose(distance(step, start), speed * step, rtol=1e-5, atol=1e-9)


def _summed(freqs):
    """The speed by one who adds up squares of other frequencies."""

    def speed(dim, *, base):
        return np.linalg.norm(freqs(dim, base))

    return speed


def _ladder(dim, base):
    return posenc.frequencies(dim, base=base)


@theorem(
    "thm-lipschitz",
    of=_summed(_ladder),
    mutants={
        "the fastest pair only": _summed(lambda dim, base: _ladder(dim, base)[:1]),
        "both columns of a pair": _summed(lambda dim, base: np.repeat(_ladder(dim, base), 2)),
        "speeds instead of their squares": lambda dim, *, base: _ladder(dim, base).sum(),
        "pairs counted from 1": _summed(lambda dim, base: base ** (-2 * np.arange(1, dim // 2 + 1) / dim)),
        "exponent i/d": _summed(lambda dim, base: _ladder(dim, base**0.5)),
        "the ladder of tensor2tensor": _summed(
            lambda dim, base: posenc.frequencies(dim, base=base, spacing="tensor2tensor")
        ),
        "for many pairs": lambda dim, *, base: np.sqrt(dim / (4 * np.log(base)) + 0.5),
    },
    dim=st.integers(1, 1024).map(lambda pairs: 2 * pairs),
    base=st.one_of(bases, st.floats(1.01, 2)),
)
def test_the_speed_has_a_closed_form(speed, dim, base):
    np.testing.assert_allclose(speed(dim, base=base) ** 2, (1 - base**-2) / (1 - base ** (-4 / dim)), rtol=1e-9)


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
    "check-no-slope",
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
