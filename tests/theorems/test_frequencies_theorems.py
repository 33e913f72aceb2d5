"""The theorems of "What do the different frequencies do?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, layouts, theorem

import posenc

#: The theorem on zooming and the one on the longest wavelength speak of every base above 0.
any_base = st.one_of(bases, st.floats(0.01, 2))


def _equal_steps_of_frequency(dim, *, base):
    return np.linspace(1, posenc.frequencies(dim, base=base)[-1], dim // 2)


def _equal_steps_of_wavelength(dim, *, base):
    return 1 / np.linspace(1, 1 / posenc.frequencies(dim, base=base)[-1], dim // 2)


def _tensor2tensor(dim, *, base):
    return posenc.frequencies(dim, base=base, spacing="tensor2tensor")


def _exponent_2j_over_d(dim, *, base):
    return base ** (-4 * np.arange(dim // 2) / dim)


@theorem(
    "check-equal-ratios",
    of=posenc.frequencies,
    mutants={
        "pairs counted from 1": lambda dim, *, base: base ** (-2 * np.arange(1, dim // 2 + 1) / dim),
        "exponent 2j/d": _exponent_2j_over_d,
        "tensor2tensor's steps": _tensor2tensor,
        "equal steps": _equal_steps_of_frequency,
    },
    dim=even_dims,
    base=any_base,
)
def test_the_first_rung_is_one_and_all_ratios_are_equal(frequencies, dim, base):
    w = frequencies(dim, base=base)
    assert w[0] == 1
    np.testing.assert_allclose(w[1:] / w[:-1], base ** (-2 / dim), rtol=1e-12)


@theorem(
    "thm-zoom",
    of=posenc.frequencies,
    mutants={
        "equal steps of frequency": _equal_steps_of_frequency,
        "equal steps of wavelength": _equal_steps_of_wavelength,
        "tensor2tensor's steps": _tensor2tensor,
        "exponent 2j/d": _exponent_2j_over_d,
        "overtones 1, 1/2, 1/3, ...": lambda dim, *, base: 1 / np.arange(1.0, dim // 2 + 1),
    },
    dim=st.integers(2, 32).map(lambda pairs: 2 * pairs),
    base=any_base,
    p=st.floats(-1e3, 1e3),
)
def test_stretching_the_ladder_moves_it_by_one_pair(frequencies, dim, base, p):
    """The whole range of the last sentence: any base above 0, any real position."""
    w = frequencies(dim, base=base)
    stretched = posenc.sinusoidal(base ** (2 / dim) * p, dim, freqs=w)
    plain = posenc.sinusoidal(p, dim, freqs=w)
    np.testing.assert_allclose(stretched[2:], plain[:-2], rtol=0, atol=1e-8)


def _without_cosines(positions, dim, *, freqs):
    table = posenc.sinusoidal(positions, dim, freqs=freqs)
    return np.where(np.arange(dim) % 2, 0, table)


def _at_whole_positions(positions, dim, *, freqs):
    return posenc.sinusoidal(np.round(positions), dim, freqs=freqs)


own_ladders = st.lists(st.floats(0.01, 3), min_size=2, max_size=6).map(np.array)
equal_ratios = st.tuples(st.integers(2, 6), st.floats(0.3, 4), st.floats(0.1, 3)).map(
    lambda drawn: drawn[2] * drawn[1] ** -np.arange(float(drawn[0]))
)
one_rung_out_of_place = st.tuples(equal_ratios, st.floats(0.5, 0.99)).map(
    lambda drawn: np.append(drawn[0], drawn[1] * drawn[0][-1] ** 2 / drawn[0][-2])
)


@theorem(
    "thm-zoom",
    of=posenc.sinusoidal,
    mutants={"sines only": _without_cosines, "whole positions only": _at_whole_positions},
    w=st.one_of(own_ladders, equal_ratios, one_rung_out_of_place),
    c=st.one_of(st.floats(0.2, 5), st.none()),
)
def test_whatever_zooms_is_in_equal_ratios(sinusoidal, w, c):
    """Any frequencies and any factor: hands that differ somewhere point apart at pi / delta, so c w_(i+1) = w_i."""
    c = w[0] / w[1] if c is None else c  # the one factor that fits the first step
    gaps = c * w[1:] - w[:-1]
    for i, delta in enumerate(gaps):
        if abs(delta) > 1e-3:
            p = np.pi / delta
            slower = sinusoidal(c * p, 2 * len(w), freqs=w)[2 * i + 2 : 2 * i + 4]
            faster = sinusoidal(p, 2 * len(w), freqs=w)[2 * i : 2 * i + 2]
            np.testing.assert_allclose(slower, -faster, rtol=0, atol=1e-7)
            np.testing.assert_allclose(np.linalg.norm(slower - faster), 2, atol=1e-7)
    in_equal_ratios = np.allclose(w, w[0] * c ** -np.arange(len(w)), rtol=1e-8, atol=0)
    largest = abs(gaps / w[:-1]).max()
    assert in_equal_ratios if largest < 1e-11 else not in_equal_ratios or largest < 1e-6


@theorem(
    "thm-longest-wavelength",
    of=posenc.wavelengths,
    mutants={
        "it ends on 2 pi base": lambda dim, *, base: posenc.wavelengths(dim, base=base, spacing="tensor2tensor"),
        "pairs counted from 1": lambda dim, *, base: 2 * np.pi * base ** (2 * np.arange(1, dim // 2 + 1) / dim),
        "radians per position": lambda dim, *, base: posenc.frequencies(dim, base=base),
        "without the 2 pi": lambda dim, *, base: 1 / posenc.frequencies(dim, base=base),
        "the last pair is always the slowest": lambda dim, *, base: posenc.wavelengths(dim, base=base)[-1:],
    },
    dim=even_dims,
    base=any_base,
)
def test_the_slowest_pair_stops_one_factor_short(wavelengths, dim, base):
    """For every base above 0: at a base below 1 the ladder goes up, and pair 0 is the slowest."""
    longest = max(wavelengths(dim, base=base))
    expected = base ** ((dim - 2) / dim) if base >= 1 else 1
    np.testing.assert_allclose(longest, 2 * np.pi * expected, rtol=1e-12)
    if base >= 1:
        np.testing.assert_allclose(longest / (2 * np.pi * base), base ** (-2 / dim), rtol=1e-12)
    if base > 1 + 1e-9:
        assert longest < 2 * np.pi * base


@theorem(
    "thm-longest-wavelength",
    of=lambda dim, *, base: posenc.wavelengths(dim, base=base)[-1],
    mutants={
        "it ends on a fixed fraction": lambda dim, *, base: 0.99 * 2 * np.pi * base,
        "tensor2tensor with a pair too few": lambda dim, *, base: 2 * np.pi * base ** ((dim - 4) / dim),
    },
    dim=st.integers(50, 5000).map(lambda pairs: 2 * pairs),
    base=bases,
)
def test_the_ratio_tends_to_one(longest, dim, base):
    """It falls short by 2 ln(b) / d to first order, so it tends to 1 and at this known rate."""
    short = 1 - longest(dim, base=base) / (2 * np.pi * base)
    first = 2 * np.log(base) / dim
    assert first - first**2 / 2 - 1e-12 <= short <= first + 1e-12


def _with_wavelengths(lengths):
    def table(positions, dim, *, base, layout):
        pairs = (dim + 1) // 2
        return posenc.sinusoidal(positions, dim, freqs=2 * np.pi / lengths(pairs), layout=layout)

    return table


def _sines_only(positions, dim, *, base, layout):
    angles = np.multiply.outer(positions, posenc.frequencies(dim, base=base))
    return np.concatenate([np.sin(angles), np.zeros_like(angles)], axis=-1)[..., :dim]


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
    offset=st.one_of(st.integers(1, 10_000), st.sampled_from([44, 355, 710])),
    dim=st.integers(2, 65),
    base=any_base,
    layout=layouts,
)
def test_no_two_integer_positions_share_a_row(sinusoidal, position, offset, dim, base, layout):
    """For every d from 2 on, even or odd, and every base above 0."""
    here, there = sinusoidal([position, position + offset], dim, base=base, layout=layout)
    pair = [posenc.column_of(0, wave, dim, layout=layout) for wave in ("sin", "cos")]
    alone = np.linalg.norm((there - here)[pair])
    np.testing.assert_allclose(alone, 2 * abs(np.sin(offset / 2)), rtol=0, atol=1e-10)
    assert alone > 5e-5
    assert np.linalg.norm(there - here) > alone - 1e-10


@theorem(
    "thm-no-collision",
    of=lambda positions, w: posenc.sinusoidal(positions, 2, freqs=[float(w)]),
    mutants={
        "w in turns per position": lambda positions, w: posenc.sinusoidal(positions, 2, freqs=[2 * np.pi * float(w)]),
        "w in half turns": lambda positions, w: posenc.sinusoidal(positions, 2, freqs=[np.pi * float(w)]),
        "in whole degrees": lambda positions, w: posenc.sinusoidal(positions, 2, freqs=[np.pi / 180 * w.numerator]),
    },
    # Here numerator times offset is at most 100,000, and no integer from 1 to there is nearer than 3e-5 to a
    # multiple of pi. So hands are 3e-6 apart at least.
    w=st.fractions(-10, 10, max_denominator=10).filter(lambda w: w != 0),
    position=st.integers(-1000, 1000),
    offset=st.one_of(st.integers(1, 1000), st.sampled_from([355, 360, 710, 720])),
)
def test_no_rational_frequency_brings_an_integer_back(hand, w, position, offset):
    """The first sentence: any rational frequency other than zero, of either sign."""
    here, there = hand([position, position + offset], w=w)
    apart = np.linalg.norm(there - here)
    np.testing.assert_allclose(apart, 2 * abs(np.sin(float(w) * offset / 2)), rtol=0, atol=1e-10)
    assert apart > 2.9e-6
