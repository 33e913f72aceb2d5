"""The theorems of "What is orthogonal here, and what is not?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, theorem

import posenc

lengths = st.integers(1, 400)
# Frequencies of which no sum or difference is near a multiple of a whole turn.
two_frequencies = st.tuples(st.floats(0.01, 3), st.floats(0.01, 3)).filter(lambda both: abs(both[0] - both[1]) > 0.01)
wave_pairs = st.sampled_from([(0, 0), (0, 1), (1, 0), (1, 1)])


def _closed_form(x, a, n):
    """The sum of cos(p x + a) over n positions from 0, by the theorem."""
    return np.sin(n * x / 2) / np.sin(x / 2) * np.cos((n - 1) * x / 2 + a)


def _read_from(where):
    """A stand-in for `posenc.sinusoidal` that reads its positions wrongly."""

    def sinusoidal(positions, dim, *, freqs):
        return posenc.sinusoidal(where(positions), dim, freqs=freqs)

    return sinusoidal


def _waves_exchanged(positions, dim, *, freqs):
    return posenc.sinusoidal(positions, dim, freqs=freqs)[:, ::-1]


from_one = _read_from(lambda positions: positions + 1)
one_too_few = _read_from(lambda positions: positions[:-1])
one_too_many = _read_from(lambda positions: np.append(positions, positions[-1] + 1))
squeezed = _read_from(lambda positions: positions[0] + np.arange(len(positions)) * (1 - 1 / (len(positions) + 1)))


@theorem(
    "thm-dirichlet",
    of=posenc.sinusoidal,
    mutants={
        "positions from 1": from_one,
        "last position forgotten": one_too_few,
        "one position too many": one_too_many,
        "sine and cosine exchanged": _waves_exchanged,
    },
    x=st.floats(0.01, 6.27),
    start=st.floats(-100, 100),
    n=lengths,
)
def test_equally_spaced_cosines_add_up_to_the_closed_form(sinusoidal, x, start, n):
    sines, cosines = sinusoidal(start + np.arange(n), 2, freqs=[x]).sum(axis=0)
    np.testing.assert_allclose(cosines, _closed_form(x, start * x, n), rtol=0, atol=1e-8)
    np.testing.assert_allclose(sines, _closed_form(x, start * x - np.pi / 2, n), rtol=0, atol=1e-8)


@theorem(
    "thm-fourier-columns",
    of=posenc.sinusoidal,
    mutants={
        "last position forgotten": one_too_few,
        "one position too many": one_too_many,
        "wavelengths a little too long": squeezed,
    },
    n=st.integers(3, 60),
    start=st.floats(-100, 100),
)
def test_columns_with_whole_turns_are_orthogonal(sinusoidal, n, start):
    whole_turns = 2 * np.pi * np.arange(1, (n + 1) // 2) / n
    table = sinusoidal(start + np.arange(n), 2 * len(whole_turns), freqs=whole_turns)
    np.testing.assert_allclose(table.T @ table, n / 2 * np.eye(table.shape[1]), rtol=0, atol=1e-9)


def _both_waves(w, v, f, g, n):
    """The inner product of two columns by the theorem, and its bound."""
    slow, fast = _closed_form(w - v, f - g, n), _closed_form(w + v, f + g, n)
    return (slow + fast) / 2, (1 / abs(np.sin((w - v) / 2)) + 1 / abs(np.sin((w + v) / 2))) / 2


def _slow_wave_only(w, v, f, g, n):
    return _closed_form(w - v, f - g, n) / 2, 1 / abs(np.sin((w - v) / 2)) / 2


def _bound_of_the_slow_wave(w, v, f, g, n):
    return _both_waves(w, v, f, g, n)[0], _slow_wave_only(w, v, f, g, n)[1]


def _phases_added_twice(w, v, f, g, n):
    return (_closed_form(w - v, f + g, n) + _closed_form(w + v, f + g, n)) / 2, np.inf


@theorem(
    "thm-column-bound",
    of=_both_waves,
    mutants={
        "wave of the sum forgotten": _slow_wave_only,
        "wave of the sum forgotten in the bound": _bound_of_the_slow_wave,
        "phases added in both waves": _phases_added_twice,
        "half a bound": lambda *columns: (_both_waves(*columns)[0], _both_waves(*columns)[1] / 2),
    },
    freqs=two_frequencies,
    waves=wave_pairs,
    n=lengths,
)
def test_no_length_takes_an_inner_product_beyond_the_bound(both_waves, freqs, waves, n):
    table = posenc.sinusoidal(range(n), 4, freqs=freqs)
    here, there = (table[:, posenc.column_of(i, ("sin", "cos")[waves[i]], 4)] for i in (0, 1))
    shifts = [0 if is_cosine else -np.pi / 2 for is_cosine in waves]
    product, bound = both_waves(*freqs, *shifts, n)
    np.testing.assert_allclose(here @ there, product, rtol=0, atol=1e-8)
    assert abs(here @ there) <= bound + 1e-8


def _fourier(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, freqs=2 * np.pi * np.arange(1, dim // 2 + 1) / len(positions))


def _made_orthogonal(positions, dim, *, base):
    return np.linalg.qr(posenc.sinusoidal(positions, dim, base=base))[0]


def _quarter_turns(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, freqs=np.full(dim // 2, np.pi / 2))


def _smallest_cosine(vectors):
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return abs(unit @ unit.T)[np.triu_indices(len(vectors), 1)].min()


@theorem(
    "thm-never-orthogonal",
    of=posenc.sinusoidal,
    mutants={
        "whole turns": _fourier,
        "columns made orthogonal": _made_orthogonal,
        "neighbours a quarter turn apart": _quarter_turns,
    },
    n=st.integers(9, 60),
    dim=st.integers(2, 4).map(lambda pairs: 2 * pairs),
    base=st.integers(2, 10_000),
)
def test_no_two_columns_and_no_two_rows_are_orthogonal(sinusoidal, n, dim, base):
    """In float64: no cosine of an angle is at rounding level, though the theorem promises no distance from 0."""
    table = sinusoidal(range(n), dim, base=float(base))
    for vectors in (table, table.T):
        assert _smallest_cosine(vectors) > 1e-12


def _two_frequencies_a_pair(positions, dim, *, base):
    angles = np.multiply.outer(positions, base ** (-2 * np.arange(dim) / dim))
    return np.where(np.arange(dim) % 2, np.cos(angles), np.sin(angles))


def _growing(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, base=base) * np.arange(1, len(positions) + 1)[:, None]


def _with_a_bias(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, base=base) + 1


@theorem(
    "thm-no-orthogonal-positions",
    of=posenc.sinusoidal,
    mutants={
        "two frequencies a pair": _two_frequencies_a_pair,
        "rows that grow": _growing,
        "a bias added": _with_a_bias,
    },
    n=st.integers(2, 80),
    dim=even_dims,
    base=bases,
)
def test_the_mean_squared_cosine_is_one_over_the_effective_rank(sinusoidal, n, dim, base):
    table = sinusoidal(range(n), dim, base=base)
    sizes = np.linalg.svd(table, compute_uv=False)
    effective_rank = (sizes**2).sum() ** 2 / (sizes**4).sum()
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    np.testing.assert_allclose(((unit @ unit.T) ** 2).mean(), 1 / effective_rank, rtol=1e-9)
    assert effective_rank <= dim * (1 + 1e-12)
