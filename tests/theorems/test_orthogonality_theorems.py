"""The theorems of "What is orthogonal here, and what is not?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, seeds, theorem

import posenc

lengths = st.integers(0, 400)
phases = st.floats(-4, 4)
SINE, COSINE = -np.pi / 2, 0.0


def _clear(x):
    """Whether x is at some distance from every multiple of a whole turn."""
    return abs(np.sin(x / 2)) > 0.005


two_frequencies = st.tuples(st.floats(-7, 7), st.floats(-7, 7)).filter(
    lambda both: _clear(both[0] - both[1]) and _clear(both[0] + both[1])
)
one_frequency = st.floats(-7, 7).filter(lambda w: _clear(2 * w))


def _column(sinusoidal, positions, w, phase):
    """cos(w p + phase), mixed from the two columns of a pair."""
    sines, cosines = sinusoidal(positions, 2, freqs=[w]).T
    return np.cos(phase) * cosines - np.sin(phase) * sines


def _closed_form(x, a, n):
    """The sum of cos(p x + a) over n positions from 0, by the theorem."""
    return np.sin(n * x / 2) / np.sin(x / 2) * np.cos((n - 1) * x / 2 + a)


def _difference_form(x, a, n):
    """The same as a difference of two sines."""
    return (np.sin((n - 0.5) * x + a) - np.sin(a - x / 2)) / (2 * np.sin(x / 2))


def _read_from(where):
    """A stand-in for `posenc.sinusoidal` that reads its positions wrongly."""

    def sinusoidal(positions, dim, *, freqs):
        return posenc.sinusoidal(where(positions), dim, freqs=freqs)

    return sinusoidal


def _with_freqs(change):
    """A stand-in for `posenc.sinusoidal` that changes its frequencies."""

    def sinusoidal(positions, dim, *, freqs):
        return posenc.sinusoidal(positions, dim, freqs=change(np.asarray(freqs)))

    return sinusoidal


def _waves_exchanged(positions, dim, *, freqs):
    return posenc.sinusoidal(positions, dim, freqs=freqs)[:, ::-1]


from_one = _read_from(lambda positions: positions + 1)
one_too_few = _read_from(lambda positions: positions[:-1])
one_too_many = _read_from(lambda positions: np.append(positions, positions[-1:] + 1))
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
    x=st.floats(-40, 40).filter(_clear),
    start=st.floats(-100, 100),
    n=lengths,
)
def test_equally_spaced_cosines_add_up_to_the_closed_form(sinusoidal, x, start, n):
    sines, cosines = sinusoidal(start + np.arange(n), 2, freqs=[x]).sum(axis=0)
    for closed in (_closed_form, _difference_form):
        np.testing.assert_allclose(cosines, closed(x, start * x, n), rtol=0, atol=1e-7)
        np.testing.assert_allclose(sines, closed(x, start * x - np.pi / 2, n), rtol=0, atol=1e-7)


@theorem(
    "thm-fourier-columns",
    of=posenc.sinusoidal,
    mutants={
        "last position forgotten": one_too_few,
        "one position too many": one_too_many,
        "wavelengths a little too long": squeezed,
        "half turns": _with_freqs(lambda w: w / 2),
    },
    n=st.integers(3, 60),
    m=st.integers(-150, 150),
    h=st.integers(-150, 150),
    here=phases,
    there=phases,
    start=st.integers(-100, 100),
)
def test_columns_with_whole_turns_are_orthogonal(sinusoidal, n, m, h, here, there, start):
    places = start + np.arange(n)

    def column(turns, phase):
        return _column(sinusoidal, places, 2 * np.pi * turns / n, phase)

    if (m - h) % n and (m + h) % n:
        assert abs(column(m, here) @ column(h, there)) < 1e-9
    if 2 * m % n:
        assert abs(column(m, SINE) @ column(m, COSINE)) < 1e-9
    # All waves with different whole turns at once, and their lengths.
    whole_turns = 2 * np.pi * np.arange(1, (n + 1) // 2) / n
    table = sinusoidal(places, 2 * len(whole_turns), freqs=whole_turns)
    np.testing.assert_allclose(table.T @ table, n / 2 * np.eye(table.shape[1]), rtol=0, atol=1e-9)


def _moving(x):
    """The largest size of what depends on n in half a sum of cos(p x + a)."""
    return 1 / (4 * abs(np.sin(x / 2)))


def _rest(x, a):
    """What does not depend on n in it."""
    return -np.sin(a - x / 2) / (4 * np.sin(x / 2))


def _bound(w, v, phi, psi, *, slow=1, fast=1):
    """The theorem's B, the rests of the halves with these weights; for one frequency twice the fast half alone."""
    if w == v:
        return _moving(2 * w) * (1 + abs(np.cos(w)))
    rest = slow * _rest(w - v, phi - psi) + fast * _rest(w + v, phi + psi)
    return _moving(w - v) + _moving(w + v) + abs(rest)


def _slow_half_only(w, v, phi, psi):
    return _moving(w - v) + abs(_rest(w - v, phi - psi)) if w != v else 0.0


def _fast_half_only(w, v, phi, psi):
    return _moving(w + v) + abs(_rest(w + v, phi + psi)) if w != v else _bound(w, v, phi, psi)


def _sizes_of_the_rests(w, v, phi, psi):
    if w == v:
        return _bound(w, v, phi, psi)
    return _moving(w - v) + _moving(w + v) + abs(_rest(w - v, phi - psi)) + abs(_rest(w + v, phi + psi))


def _rests_forgotten(w, v, phi, psi):
    return _bound(w, v, phi, psi, slow=0, fast=0)


def _rests_subtracted(w, v, phi, psi):
    return _bound(w, v, phi, psi, fast=-1)


def _as_for_equal_phases(w, v, phi, psi):
    return _bound(w, v, COSINE, COSINE) if w != v else _bound(w, v, SINE, COSINE)


def _phases_exchanged(w, v, phi, psi):
    return _bound(w, v, phi, -psi)


def _infinite_for_one_pair(w, v, phi, psi):
    return 1 / (2 * abs(w - v)) if w != v else np.inf


@theorem(
    "thm-column-bound",
    of=_bound,
    mutants={
        "fast half forgotten": _slow_half_only,
        "slow half forgotten": _fast_half_only,
        "nine tenths of the bound": lambda *columns: 0.9 * _bound(*columns),
        "for all phases as for two cosines": _as_for_equal_phases,
        "phases exchanged between the halves": _phases_exchanged,
        "what does not depend on n forgotten": _rests_forgotten,
        "subtracted instead of added": _rests_subtracted,
        "added without the signs": _sizes_of_the_rests,
        "1/(2|w - v|) for every two columns": _infinite_for_one_pair,
    },
    freqs=two_frequencies,
    own=one_frequency,
    phi=phases,
    psi=phases,
    n=st.integers(0, 20_000),
)
def test_no_length_takes_an_inner_product_beyond_the_bound(bound, freqs, own, phi, psi, n):
    """For every length up to n: the longest and all shorter ones."""
    places = np.arange(n)

    def sums(w, v, phi, psi):
        one, other = _column(posenc.sinusoidal, places, w, phi), _column(posenc.sinusoidal, places, v, psi)
        return np.concatenate([[0.0], np.cumsum(one * other)])

    w, v = freqs
    mixed = sums(w, v, phi, psi)
    slow, fast = (_closed_form(w + s * v, phi + s * psi, np.arange(n + 1)) for s in (-1, 1))
    np.testing.assert_allclose(mixed, (slow + fast) / 2, rtol=0, atol=1e-7)
    assert abs(mixed).max() <= bound(w, v, phi, psi) + 1e-7
    for wave in (SINE, COSINE):
        assert abs(sums(w, v, wave, wave)).max() <= bound(w, v, wave, wave) + 1e-7
    assert abs(sums(own, own, SINE, COSINE)).max() <= bound(own, own, SINE, COSINE) + 1e-7
    # What the statement says of these bounds.
    simple = (1 / abs(np.sin((w - v) / 2)) + 1 / abs(np.sin((w + v) / 2))) / 2
    assert bound(w, v, phi, psi) <= simple + 1e-9
    np.testing.assert_allclose(bound(w, v, SINE, SINE), simple / 2, rtol=1e-9)
    np.testing.assert_allclose(bound(w, v, COSINE, COSINE), simple / 2 + 0.5, rtol=1e-9)
    assert bound(own, own, SINE, COSINE) <= 1 / (2 * abs(np.sin(own))) + 1e-9


@theorem(
    "thm-orthogonal-in-the-mean",
    of=posenc.sinusoidal,
    mutants={
        "the clocks stand still": _with_freqs(lambda w: 0 * w),
        "half turns": _with_freqs(lambda w: 0 * w + np.pi),
        "one frequency for all": _with_freqs(lambda w: np.full_like(w, w[0])),
        "every other pair a twin, 2 pi - w": _with_freqs(
            lambda w: np.where(np.arange(len(w)) % 2, 2 * np.pi - np.roll(w, 1), w)
        ),
        "values from 0 to 1": lambda positions, dim, *, freqs: (1 + posenc.sinusoidal(positions, dim, freqs=freqs)) / 2,
    },
    freqs=two_frequencies.filter(lambda both: all(_clear(2 * w) for w in both)),
    waves=st.tuples(phases, phases),
    dim=st.integers(1, 6).map(lambda pairs: 2 * pairs),
    base=st.floats(1.5, 200),
    n=st.integers(15_000, 20_000),
)
def test_the_mean_of_a_product_goes_to_zero_and_that_of_a_square_to_a_half(sinusoidal, freqs, waves, dim, base, n):
    places = np.arange(n)

    # Two frequencies and phases: 0, and 1/2 on the diagonal, up to what the bound allows at this n.
    w, v = freqs
    pairs = sinusoidal(places, 4, freqs=[w, v])
    columns = np.stack([np.cos(a) * pairs[:, 2 * i + 1] - np.sin(a) * pairs[:, 2 * i] for i, a in enumerate(waves)])
    mean = columns @ columns.T / n
    allowed = (1 / abs(np.sin((w - v) / 2)) + 1 / abs(np.sin((w + v) / 2))) / (2 * n) + 1e-9
    assert abs(mean[0, 1]) <= min(allowed, 0.02)  # small, whatever the bound says
    other_phase = np.cos(waves[1]) * pairs[:, 1] - np.sin(waves[1]) * pairs[:, 0]
    one_frequency_twice = [(mean[i, i], 0.5, freqs[i]) for i in (0, 1)]
    one_frequency_twice.append((columns[0] @ other_phase / n, np.cos(waves[0] - waves[1]) / 2, w))
    for found, limit, x in one_frequency_twice:
        assert abs(found - limit) <= min(1 / (2 * n * abs(np.sin(x))) + 1e-9, 0.01)
    # A ladder: all columns, the sine and the cosine of one pair included.
    ladder = posenc.frequencies(dim, base=base)
    x = np.abs(np.subtract.outer(np.repeat(ladder, 2), np.repeat(ladder, 2)))
    slowest = min(x[x > 0].min() if dim > 2 else 1, ladder[-1])
    table = sinusoidal(places, dim, freqs=ladder)
    np.testing.assert_allclose(table.T @ table / n, np.eye(dim) / 2, rtol=0, atol=2.2 / (n * slowest))


def _fourier(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, freqs=2 * np.pi * np.arange(1, (dim + 1) // 2 + 1) / len(positions))


def _made_orthogonal(positions, dim, *, base):
    return np.linalg.qr(posenc.sinusoidal(positions, dim, base=base))[0]


def _quarter_turns(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, freqs=np.full((dim + 1) // 2, np.pi / 2))


def _around_zero(positions, dim, *, base):
    return posenc.sinusoidal(positions - np.mean(positions), dim, base=base)


def _last_row_at_a_right_angle(positions, dim, *, base):
    table = posenc.sinusoidal(positions, dim, base=base)
    if len(positions) > 2 and dim > 2:  # the first row has sines 0 and cosines 1
        table[-1, 1::2] -= table[-1, 1::2].mean()
    return table


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
        "as many positions before 0 as after it": _around_zero,
        "first and last row at a right angle": _last_row_at_a_right_angle,
    },
    n=st.integers(2, 60),
    dim=st.integers(2, 16),
    base=st.one_of(st.integers(1, 100_000).map(float), st.floats(0.05, 1e5)),
)
def test_no_two_columns_and_no_two_rows_are_orthogonal(sinusoidal, n, dim, base):
    """In float64: no cosine of an angle is at rounding level, though the theorem promises no distance from 0."""
    table = sinusoidal(np.arange(float(n)), dim, base=base)
    assert _smallest_cosine(table.T) > 1e-12
    if dim % 2 == 0:
        assert _smallest_cosine(table) > 1e-12


def _two_frequencies_a_pair(positions, dim, *, base):
    angles = np.multiply.outer(positions, base ** (-2 * np.arange(dim) / dim))
    return np.where(np.arange(dim) % 2, np.cos(angles), np.sin(angles))


def _growing(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, base=base) * np.arange(1, len(positions) + 1)[:, None]


def _with_a_bias(positions, dim, *, base):
    return posenc.sinusoidal(positions, dim, base=base) + 1


def _mean_squared_cosine(table):
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    return ((unit @ unit.T) ** 2).mean()


def _participation(table):
    sizes = np.linalg.svd(table, compute_uv=False)
    return (sizes**2).sum() ** 2 / (sizes**4).sum()


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
def test_the_mean_squared_cosine_is_one_over_the_participation_ratio(sinusoidal, n, dim, base):
    table = sinusoidal(np.arange(float(n)), dim, base=base)
    ratio = _participation(table)
    np.testing.assert_allclose(_mean_squared_cosine(table), 1 / ratio, rtol=1e-9)
    # r falls short of d by exactly what the columns lack: equal lengths and right angles.
    products = table.T @ table
    lengths = np.diag(products)
    lacking = np.subtract.outer(lengths, lengths) ** 2 / 2 + dim * (products - np.diag(lengths)) ** 2
    np.testing.assert_allclose(dim / ratio - 1, lacking.sum() / lengths.sum() ** 2, rtol=1e-6, atol=1e-9)
    assert lacking.max() > 0  # no stretch of a ladder has orthogonal columns
    # With right angles and equal lengths r is d: rows of one length, any rotation of a table of whole turns.
    whole = 2 * np.pi * np.arange(1, dim // 2 + 1) / (dim + n)
    best = posenc.sinusoidal(range(dim + n), dim, freqs=whole) @ posenc.shift_matrix(base, dim)
    np.testing.assert_allclose(_participation(best), dim, rtol=1e-9)
    np.testing.assert_allclose(_mean_squared_cosine(best), 1 / dim, rtol=1e-9)


def _effective_rank(table):
    share = np.linalg.svd(table, compute_uv=False) ** 2
    share = share[share > 0] / share.sum()
    return np.exp(-(share * np.log(share)).sum())


def _without_squares(table):
    sizes = np.linalg.svd(table, compute_uv=False)
    return sizes.sum() ** 2 / (sizes**2).sum()


def _of_centred_columns(table):
    return _participation(table - table.mean(axis=0))


@theorem(
    "thm-no-orthogonal-positions",
    of=_participation,
    mutants={
        "the rank": lambda table: np.linalg.matrix_rank(table),
        "the effective rank, from an entropy": _effective_rank,
        "singular values not squared": _without_squares,
        "columns centred first": _of_centred_columns,
    },
    n=st.integers(2, 30),
    dim=st.integers(2, 12),
    stretch=st.floats(0.1, 10),
    seed=seeds,
)
def test_it_is_so_for_any_rows_of_one_length_and_equal_only_for_right_angles(participation, n, dim, stretch, seed):
    table = np.random.default_rng(seed).normal(size=(n, dim)) * [stretch, *[1] * (dim - 1)]
    table *= stretch / np.linalg.norm(table, axis=1, keepdims=True)
    ratio = participation(table)
    np.testing.assert_allclose(_mean_squared_cosine(table), 1 / ratio, rtol=1e-9)
    assert ratio <= min(n, dim) * (1 + 1e-12)
    assert abs(ratio - dim) > 1e-9 or np.allclose(table.T @ table, n * stretch**2 / dim * np.eye(dim), rtol=1e-3)
