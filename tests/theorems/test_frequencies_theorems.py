"""The theorems of "Climb the ladder of frequencies"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, layouts, theorem

import posenc


@theorem(
    "thm-geometric-ladder",
    of=posenc.frequencies,
    mutants={
        "pairs counted from 1": lambda dim, *, base: base ** (-2 * np.arange(1, dim // 2 + 1) / dim),
        "exponent 2j/d": lambda dim, *, base: base ** (-4 * np.arange(dim // 2) / dim),
        "tensor2tensor's steps": lambda dim, *, base: posenc.frequencies(dim, base=base, spacing="tensor2tensor"),
        "equal steps": lambda dim, *, base: np.linspace(1, posenc.frequencies(dim, base=base)[-1], dim // 2),
    },
    dim=even_dims,
    base=bases,
)
def test_the_first_rung_is_one_and_all_ratios_are_equal(frequencies, dim, base):
    w = frequencies(dim, base=base)
    assert w[0] == 1
    np.testing.assert_allclose(w[1:] / w[:-1], base ** (-2 / dim), rtol=1e-12)


@theorem(
    "thm-longest-wavelength",
    of=posenc.wavelengths,
    mutants={
        "it ends on 2 pi base": lambda dim, *, base: posenc.wavelengths(dim, base=base, spacing="tensor2tensor"),
        "pairs counted from 1": lambda dim, *, base: 2 * np.pi * base ** (2 * np.arange(1, dim // 2 + 1) / dim),
        "radians per position": lambda dim, *, base: posenc.frequencies(dim, base=base),
        "without the 2 pi": lambda dim, *, base: 1 / posenc.frequencies(dim, base=base),
    },
    dim=even_dims,
    base=bases,
)
def test_the_slowest_pair_stops_one_factor_short(wavelengths, dim, base):
    longest = max(wavelengths(dim, base=base))
    np.testing.assert_allclose(longest, 2 * np.pi * base ** ((dim - 2) / dim), rtol=1e-12)
    np.testing.assert_allclose(longest / (2 * np.pi * base), base ** (-2 / dim), rtol=1e-12)
    assert longest < 2 * np.pi * base


def _with_wavelengths(lengths):
    def table(positions, dim, *, base, layout):
        return posenc.sinusoidal(positions, dim, freqs=2 * np.pi / lengths(dim // 2), layout=layout)

    return table


def _sines_only(positions, dim, *, base, layout):
    angles = np.multiply.outer(positions, posenc.frequencies(dim, base=base))
    return np.concatenate([np.sin(angles), np.zeros_like(angles)], axis=-1)


@theorem(
    "thm-no-collision",
    of=posenc.sinusoidal,
    mutants={
        "a week's clocks": _with_wavelengths(lambda pairs: 7.0 * np.arange(1, pairs + 1)),
        "a counter's wavelengths": _with_wavelengths(lambda pairs: 2.0 ** np.arange(1, pairs + 1)),
        "pair 0 stands still": _with_wavelengths(lambda pairs: np.full(pairs, np.inf)),
        "cosines lost": _sines_only,
    },
    # Below 100,000 the fast clock never comes nearer to its start than at offset 710, by 0.00006.
    position=st.integers(-10_000, 10_000),
    offset=st.integers(1, 10_000),
    dim=even_dims,
    base=bases,
    layout=layouts,
)
def test_no_two_integer_positions_share_a_row(sinusoidal, position, offset, dim, base, layout):
    here, there = sinusoidal([position, position + offset], dim, base=base, layout=layout)
    pair = [posenc.column_of(0, wave, dim, layout=layout) for wave in ("sin", "cos")]
    alone = np.linalg.norm((there - here)[pair])
    np.testing.assert_allclose(alone, 2 * abs(np.sin(offset / 2)), rtol=0, atol=1e-10)
    assert alone > 5e-5
    assert np.linalg.norm(there - here) > alone - 1e-10
