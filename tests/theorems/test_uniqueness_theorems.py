"""The theorems of "Can two positions share an encoding?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, layouts, positions, theorem

import posenc


def _with_freqs(change):
    """The table whose frequencies have been changed before use."""

    def table(positions, dim, *, base=10000.0, freqs=None, layout="interleaved"):
        w = posenc.frequencies(dim, base=base) if freqs is None else np.asarray(freqs)
        return posenc.sinusoidal(positions, dim, freqs=change(w), layout=layout)

    return table


def _in_a_small_type(positions, dim, *, base=10000.0, freqs=None, layout="interleaved"):
    w = posenc.frequencies(dim, base=base) if freqs is None else np.asarray(freqs)
    positions = np.float16(positions).astype(float)
    return posenc.sinusoidal(positions, dim, freqs=w, layout=layout)


def _other_wave(other):
    """The table whose cosines have been replaced by another function of the angle."""

    def table(positions, dim, *, base=10000.0, freqs=None, layout="interleaved"):
        w = posenc.frequencies(dim, base=base) if freqs is None else np.asarray(freqs)
        angles = np.multiply.outer(positions, w)
        halves = np.concatenate([np.sin(angles), other(angles)], axis=-1)
        return posenc.convert_layout(halves, source="halves", target=layout)

    return table


@theorem(
    "thm-one-column",
    of=posenc.sinusoidal,
    mutants={
        "positions are degrees": _with_freqs(np.radians),
        "a week's clock": _with_freqs(lambda w: 2 * np.pi / 7 * w),
        "pair 0 stands still": _with_freqs(lambda w: 0 * w),
        "positions in float16": _in_a_small_type,
    },
    # Up to 4,000 the nearest values of one column are 2e-9 apart (cosines of 0 and 710).
    n=st.integers(400, 4000),
    dim=even_dims,
    base=bases,
    layout=layouts,
)
def test_each_column_of_pair_0_separates_whole_positions(sinusoidal, n, dim, base, layout):
    ahead = sinusoidal(np.arange(float(n)), dim, base=base, layout=layout)
    behind = sinusoidal(-np.arange(float(n)), dim, base=base, layout=layout)
    sine, cosine = (posenc.column_of(0, wave, dim, layout=layout) for wave in ("sin", "cos"))
    for column in (sine, cosine):
        assert np.diff(np.sort(ahead[:, column])).min() > 1e-10
    assert np.diff(np.sort(np.append(behind[1:, sine], ahead[:, sine]))).min() > 1e-12
    np.testing.assert_array_equal(behind[:, cosine], ahead[:, cosine])


@theorem(
    "thm-real-collisions",
    of=posenc.sinusoidal,
    mutants={
        "frequencies rounded to float16": _with_freqs(lambda w: np.float16(w).astype(float)),
        "one frequency for all": _with_freqs(lambda w: np.full_like(w, w[0])),
        "frequencies ignored": _with_freqs(lambda w: posenc.frequencies(2 * len(w))),
        "a ramp for a cosine": _other_wave(lambda angles: angles),
        "sines only": _other_wave(lambda angles: 0 * angles),
    },
    position=positions,
    fastest=st.floats(0.1, 2),
    turns=st.lists(st.integers(-20, 20), min_size=1, max_size=8),
    denominator=st.integers(1, 50),
    rounds=st.integers(1, 200),
    layout=layouts,
)
def test_rows_return_exactly_when_all_ratios_are_fractions(
    sinusoidal, position, fastest, turns, denominator, rounds, layout
):
    def row(p, freqs):
        return sinusoidal([p], 2 * len(freqs), freqs=freqs, layout=layout)[0]

    fractions = fastest * np.array([1, *(a / denominator for a in turns)])
    period = 2 * np.pi * denominator / fastest
    np.testing.assert_allclose(row(position + period, fractions), row(position, fractions), rtol=0, atol=1e-8)

    # The root of 2 is no fraction: m times it stays 1/(3m) or more away from whole numbers. What
    # is back of pair 0 is then not back of pair 1, and with its cosine nowhere on the circle.
    roots, whole = fastest * np.array([1, 2**0.5]), 2 * np.pi * rounds / fastest
    for p in (position, 0.5 * np.pi / roots[1] - whole / 2):
        assert np.linalg.norm(row(p + whole, roots) - row(p, roots)) > 2 * np.sin(np.pi / (3 * rounds)) - 1e-8


@theorem(
    "thm-which-d-are-periodic",
    of=posenc.frequencies,
    mutants={
        "tensor2tensor's steps": lambda dim: posenc.frequencies(dim, spacing="tensor2tensor"),
        "exponent i/d": lambda dim: posenc.frequencies(dim, base=100),
        "exponent 2j/d": lambda dim: posenc.frequencies(dim, base=1e8),
        "base 1000": lambda dim: posenc.frequencies(dim, base=1000),
        "rounded to float16": lambda dim: np.float16(posenc.frequencies(dim)).astype(float),
    },
    dim=even_dims,
)
def test_the_slowest_turn_is_a_whole_number_of_all_others_in_three_dimensions_only(frequencies, dim):
    w = frequencies(dim)
    assert len(w) == dim // 2
    if dim in (2, 4, 8):
        assert round(w[0] / w[-1]) == {2: 1, 4: 100, 8: 1000}[dim]
        np.testing.assert_allclose(w / w[-1], np.round(w / w[-1]), rtol=1e-12)
    else:  # no fraction with a denominator up to 5,000: 1e-6 is far above rounding, below any miss seen
        turns = np.arange(1, 5001) * w[1] / w[0]
        assert abs(turns - np.round(turns)).min() > 1e-6


@theorem(
    "thm-half-the-distance",
    of=posenc.sinusoidal,
    mutants={
        "cosines lost": _other_wave(lambda angles: 0 * angles),
        "sines twice": _other_wave(np.sin),
        "half as large": lambda positions, dim, **options: posenc.sinusoidal(positions, dim, **options) / 2,
        "slower clocks": _with_freqs(lambda w: w / 2),
        "positions in float16": lambda positions, dim, **options: _in_a_small_type(positions + 2048, dim, **options),
    },
    n=st.integers(2, 200),
    dim=even_dims,
    base=bases,
    layout=layouts,
    row=st.integers(0, 199),
)
def test_less_than_half_the_smallest_distance_is_read_right(sinusoidal, n, dim, base, layout, row):
    table = sinusoidal(np.arange(float(n)), dim, base=base, layout=layout)
    row %= n
    smallest = np.sqrt(dim - 2 * posenc.similarity(np.arange(1, n), dim, base=base).max())
    gaps = np.linalg.norm(table - table[row], axis=1)
    gaps[row] = np.inf
    towards = table[gaps.argmin()] - table[row]  # the worst direction
    heard = table[row] + 0.49 * smallest * towards / max(gaps.min(), 1e-300)
    assert np.linalg.norm(table - heard, axis=1).argmin() == row
    assert gaps.min() > 0.99 * smallest
