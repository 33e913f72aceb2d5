"""The theorems of "Can two positions share an encoding?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, layouts, positions, seeds, theorem

import posenc


def _with_freqs(change):
    """The table whose frequencies have been changed before use."""

    def table(positions, dim, *, base=10000.0, freqs=None, layout="interleaved"):
        w = posenc.frequencies(dim, base=base) if freqs is None else np.asarray(freqs)
        return posenc.sinusoidal(positions, dim, freqs=change(w), layout=layout)

    return table


def _with_positions(change):
    """The table whose positions have been changed before use."""

    def table(positions, dim, **options):
        return posenc.sinusoidal(change(np.asarray(positions, dtype=float)), dim, **options)

    return table


def _bfloat16(x):
    """Round to the upper half of a float32."""
    bits = np.float32(x).view(np.uint32)
    return (bits + 0x7FFF + (bits >> 16 & 1) & 0xFFFF0000).view(np.float32).astype(float)


def _other_wave(other):
    """The table whose cosines have been replaced by another function of the angle."""

    def table(positions, dim, *, base=10000.0, freqs=None, layout="interleaved"):
        w = posenc.frequencies(dim, base=base) if freqs is None else np.asarray(freqs)
        angles = np.multiply.outer(positions, w)
        halves = np.concatenate([np.sin(angles), other(angles)], axis=-1)[..., :dim]
        return posenc.convert_layout(halves, source="halves", target=layout)

    return table


def _odd_rounded_up(positions, dim, *, freqs, layout):
    """The table of one who gives the last sine its cosine."""
    return posenc.sinusoidal(positions, dim + dim % 2, freqs=freqs, layout=layout)


#: A frequency of the proposition: a fraction, or one of a ladder with a rational base (as every float is).
_algebraic = st.one_of(
    st.builds(lambda top, bottom: top / bottom, st.integers(1, 20), st.integers(1, 20)),
    st.builds(
        lambda base, dim, pair: base ** (-2 * (pair % (dim // 2)) / dim), st.floats(0.5, 1e5), even_dims, st.integers(0)
    ),
)


@theorem(
    "thm-one-column",
    of=posenc.sinusoidal,
    mutants={
        "positions are degrees": _with_freqs(np.radians),
        "a week's clock": _with_freqs(lambda w: 2 * np.pi / 7 * w),
        "the clock stands still": _with_freqs(lambda w: 0 * w),
        "positions in bfloat16": _with_positions(_bfloat16),
        "positions taken modulo 256": _with_positions(lambda p: p % 256),
        "whole positions only": _with_positions(np.floor),
        "the size of a position": _with_positions(abs),
        "cosines lost": _other_wave(lambda angles: 0 * angles),
        "sines twice": _other_wave(np.sin),
        "true for pair 0 alone": _with_freqs(lambda w: np.where(abs(w) == 1, w, 2 * np.pi / 7)),
    },
    # For the fractions drawn and positions up to 400 the nearest values are 9e-10 apart (5/2, sines).
    n=st.integers(300, 400),
    w=_algebraic,
    sign=st.sampled_from([1, -1]),
    parts=st.sampled_from([1, 2, 3, 10]),
    layout=layouts,
)
def test_one_column_of_any_pair_separates_whole_positions_and_fractions(sinusoidal, n, w, sign, parts, layout):
    places = np.arange(float(n))
    ahead = sinusoidal(places / parts, 2, freqs=[sign * w], layout=layout)
    behind = sinusoidal(-places / parts, 2, freqs=[sign * w], layout=layout)
    sine, cosine = (posenc.column_of(0, wave, 2, layout=layout) for wave in ("sin", "cos"))
    smallest = 1e-12 * min(1, w / parts) ** 2
    for column in (sine, cosine):
        assert np.diff(np.sort(ahead[:, column])).min() > smallest
    assert np.diff(np.sort(np.append(behind[1:, sine], ahead[:, sine]))).min() > smallest
    np.testing.assert_array_equal(behind[:, cosine], ahead[:, cosine])


def _whole_power(radicand, root):
    return round(radicand ** (1 / root)) ** root == radicand


#: Irrational ratios: the root of degree 2 or 3 of a whole number that has no whole root, or one over it.
_roots = st.tuples(st.integers(2, 60), st.integers(2, 3), st.booleans()).filter(lambda r: not _whole_power(*r[:2]))


@theorem(
    "thm-real-collisions",
    of=posenc.sinusoidal,
    mutants={
        "frequencies rounded to float16": _with_freqs(lambda w: np.float16(w).astype(float)),
        "one frequency for all": _with_freqs(lambda w: np.full_like(w, w[0])),
        "frequencies ignored": _with_freqs(lambda w: posenc.frequencies(2 * len(w))),
        "a ramp for a cosine": _other_wave(lambda angles: angles),
        "sines only": _other_wave(lambda angles: 0 * angles),
        "the last sine of an odd d has a cosine": _odd_rounded_up,
    },
    position=positions,
    fastest=st.floats(0.1, 2),
    turns=st.lists(st.integers(-20, 20), min_size=1, max_size=8),
    denominator=st.integers(1, 50),
    root_of=_roots,
    rounds=st.integers(1, 200),
    layout=layouts,
)
def test_rows_return_exactly_when_all_ratios_are_fractions(
    sinusoidal, position, fastest, turns, denominator, root_of, rounds, layout
):
    def row(p, freqs, missing=0):
        return sinusoidal([p], 2 * len(freqs) - missing, freqs=freqs, layout=layout)[0]

    fractions = fastest * np.array([1, *(a / denominator for a in turns)])
    period = 2 * np.pi * denominator / fastest
    np.testing.assert_allclose(row(position + period, fractions), row(position, fractions), rtol=0, atol=1e-8)

    # m times the r-th root of D is no whole number: it stays 1 / (r (m root + 1)^(r-1)) or more away from all, since
    # m^r D does so by 1. What is back of pair 0 after m rounds is then not back of the pair with this ratio.
    # With the inverse ratio look after m rounds of that pair instead, at which pair 0 is not back.
    radicand, degree, inverse = root_of
    root = radicand ** (1 / degree)
    away = 1 / (degree * (rounds * root + 1) ** (degree - 1))
    roots = fastest * np.array([1, 1 / root if inverse else root])
    whole = 2 * np.pi * rounds / roots[1 if inverse else 0]
    moving = roots[0 if inverse else 1]
    for p in (position, 0.5 * np.pi / moving - whole / 2):  # in the second the moving sine is back, its cosine is not
        assert np.linalg.norm(row(p + whole, roots) - row(p, roots)) > 2 * np.sin(np.pi * min(away, 0.5)) - 1e-8

    # d even is needed: a last sine without its cosine can always be brought back, whatever the ratio is.
    middle, half = 0.5 * np.pi / roots[1], np.pi / roots[0]
    np.testing.assert_allclose(row(middle + half, roots, 1), row(middle - half, roots, 1), rtol=0, atol=1e-8)


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
    of=lambda table, gaps: gaps.min() / 2,
    mutants={
        "the whole distance": lambda table, gaps: gaps.min(),
        "six tenths of it": lambda table, gaps: 0.6 * gaps.min(),
        "half the mean distance": lambda table, gaps: gaps[np.isfinite(gaps)].mean() / 2,
        "half the distance of rows 0 and 1": lambda table, gaps: gaps[0, 1] / 2,
        "half the smallest distance of rows next to each other": lambda table, gaps: np.diag(gaps, 1).min() / 2,
        "half the squared distance": lambda table, gaps: gaps.min() ** 2 / 2,
        "half the length of a row": lambda table, gaps: np.linalg.norm(table, axis=1).max() / 2,
    },
    n=st.integers(2, 60),
    dim=even_dims,
    base=bases,
    layout=layouts,
    made=st.sampled_from(["encoding", "any numbers"]),
    seed=seeds,
)
def test_errors_below_half_the_smallest_distance_are_read_right(harmless, n, dim, base, layout, made, seed):
    """Every row moves in its own way: half of them straight to the nearest row, the rest anywhere."""
    rng = np.random.default_rng(seed)
    scattered = 5 * rng.normal(size=(n, dim))
    table = (
        scattered if made == "any numbers" else posenc.sinusoidal(np.arange(float(n)), dim, base=base, layout=layout)
    )
    gaps = np.linalg.norm(table[:, None] - table, axis=-1)
    np.fill_diagonal(gaps, np.inf)
    ways = rng.normal(size=table.shape)
    nearest = gaps.argmin(axis=1)
    straight = rng.random(n) < 0.5
    straight[gaps.min(axis=1).argmin()] = True  # the row with the smallest distance of all
    ways[straight] = (table[nearest] - table)[straight]
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    heard = table + 0.999 * harmless(table, gaps) * ways
    read = np.linalg.norm(heard[:, None] - table, axis=-1).argmin(axis=1)
    np.testing.assert_array_equal(read, np.arange(n))
    assert len(np.unique(heard, axis=0)) == n
