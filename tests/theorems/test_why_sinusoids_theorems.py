"""The theorems of "Why sine and cosine, why not other values?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, block_matrix, even_dims, exponent_2j_over_d, layouts, theorem

import posenc

positions = np.arange(400)
# Frequencies far enough apart for a fit on 400 positions to tell the pairs from one another.
few_pairs = st.integers(1, 4).map(lambda pairs: 2 * pairs)
steep_bases = st.floats(3, 100)
steps = st.integers(1, 20)


def _generator_with(block):
    def generator(dim, *, base, layout):
        return block_matrix([block(w) for w in posenc.frequencies(dim, base=base)], layout)

    return generator


@theorem(
    "thm-skew-means-sinusoids",
    of=posenc.shift_generator,
    mutants={
        "minus sign lost": _generator_with(lambda w: [[0, w], [w, 0]]),
        "fading": _generator_with(lambda w: [[-w / 100, w], [-w, -w / 100]]),
        "turns for radians": _generator_with(lambda w: [[0, w / (2 * np.pi)], [-w / (2 * np.pi), 0]]),
        "drifting": _generator_with(lambda w: [[0, w], [0, 0]]),
    },
    dim=even_dims,
    base=bases,
    layout=layouts,
    seed=st.integers(0, 2**32 - 1),
)
def test_a_rigid_shift_turns_planes_and_does_nothing_else(generator, dim, base, layout, seed):
    """In any orthonormal coordinates: skew, and its eigenvalues are plus and minus i times the frequencies."""
    coordinates = np.linalg.qr(np.random.default_rng(seed).normal(size=(dim, dim)))[0]
    matrix = coordinates @ generator(dim, base=base, layout=layout) @ coordinates.T
    np.testing.assert_allclose(matrix, -matrix.T, rtol=0, atol=1e-12)
    rates = np.linalg.eigvals(matrix)
    freqs = posenc.frequencies(dim, base=base)
    np.testing.assert_allclose(rates.real, 0, atol=1e-9)
    np.testing.assert_allclose(np.sort(rates.imag), np.sort(np.r_[freqs, -freqs]), rtol=0, atol=1e-9)


def _of_waves(sine, cosine):
    """A stand-in for `posenc.sinusoidal` with other waves on the same angles."""

    def encoding(positions, dim, *, base):
        angles = np.multiply.outer(positions, posenc.frequencies(dim, base=base))
        return np.hstack([sine(angles), cosine(angles)])

    return encoding


def _shifted(wave):
    return _of_waves(wave, lambda a: wave(a + np.pi / 2))


def _times(factor):
    """Sinusoids multiplied by a function of the position."""

    def encoding(positions, dim, *, base):
        return posenc.sinusoidal(positions, dim, base=base) * factor(positions)[:, None]

    return encoding


def _powers(positions, dim, *, base):
    return (positions[:, None] / len(positions)) ** np.arange(dim)


def _random(positions, dim, *, base):
    return np.random.default_rng(0).normal(size=(len(positions), dim))


@theorem(
    "thm-only-sinusoids",
    of=posenc.sinusoidal,
    mutants={
        "triangle waves": _shifted(lambda a: np.arcsin(np.sin(a)) * 2 / np.pi),
        "square waves": _shifted(lambda a: np.sign(np.sin(a))),
        "sawtooth waves": _shifted(lambda a: a / np.pi % 2 - 1),
        "tanh": _shifted(np.tanh),
        "chirps": _shifted(lambda a: np.sin(a**2 / 100)),
        "sines without cosines": _of_waves(np.sin, lambda a: np.sin(a / 2)),
        "exponent 2j/d": exponent_2j_over_d,
        "random": _random,
        "powers": _powers,
        "growing": _times(lambda p: np.exp(p / 200)),
        "fading": _times(lambda p: np.exp(-p / 200)),
    },
    dim=few_pairs,
    base=steep_bases,
    offset=steps,
    seed=st.integers(0, 2**32 - 1),
)
def test_a_mixture_of_pairs_shifts_and_stays_bounded_both_ways(sinusoidal, dim, base, offset, seed):
    """However its columns are mixed, one matrix moves it, and the eigenvalues of that matrix are those of turns."""
    rng = np.random.default_rng(seed)
    left, right = (np.linalg.qr(rng.normal(size=(dim, dim)))[0] for _ in range(2))
    mixing = left * rng.uniform(1, 2, dim) @ right
    table = sinusoidal(positions, dim, base=base) @ mixing
    matrix, residual = posenc.fit_shift(table, offset)
    assert residual < 1e-9
    angles = offset * posenc.frequencies(dim, base=base)
    turns = np.exp(1j * np.r_[angles, -angles])
    found = np.linalg.eigvals(matrix)
    np.testing.assert_allclose(abs(found), 1, rtol=0, atol=1e-6)
    np.testing.assert_allclose(np.poly(found), np.poly(turns), rtol=0, atol=1e-5)


def _step_with(block):
    """A stand-in for `posenc.shift_matrix` by one position."""

    def shift_matrix(offset, dim, *, base, layout):
        return block_matrix([block(np.cos(w), np.sin(w)) for w in posenc.frequencies(dim, base=base)], layout)

    return shift_matrix


@theorem(
    "thm-only-sinusoids-on-integers",
    of=posenc.shift_matrix,
    mutants={
        "growing": _step_with(lambda c, s: [[1.01 * c, 1.01 * s], [-1.01 * s, 1.01 * c]]),
        "fading": _step_with(lambda c, s: [[0.99 * c, 0.99 * s], [-0.99 * s, 0.99 * c]]),
        "drifting": _step_with(lambda c, s: [[1, s], [0, 1]]),
        "alternating": _step_with(lambda c, s: [[-c, -s], [s, -c]]),
        "minus sign lost": _step_with(lambda c, s: [[c, s], [s, c]]),
    },
    dim=even_dims,
    base=bases,
    layout=layouts,
    position=st.integers(-1000, 1000),
)
def test_powers_of_one_step_make_the_whole_table(shift_matrix, dim, base, layout, position):
    """Both ways from position 0, and no power is larger than a rotation."""
    step = shift_matrix(1, dim, base=base, layout=layout)
    moved = np.linalg.matrix_power(step, position)
    np.testing.assert_allclose(np.linalg.norm(moved, 2), 1, rtol=0, atol=1e-9)
    here, there = posenc.sinusoidal([0, position], dim, base=base, layout=layout)
    np.testing.assert_allclose(moved @ here, there, rtol=0, atol=1e-9)


def _pair_of_waves(sine, cosine):
    def encoding(positions, dim, *, freqs):
        angles = np.multiply.outer(positions, freqs)
        return np.hstack([sine(angles), cosine(angles)])

    return encoding


@theorem(
    "thm-two-columns-at-least",
    of=posenc.sinusoidal,
    mutants={
        "triangle waves": _pair_of_waves(
            lambda a: np.arcsin(np.sin(a)) * 2 / np.pi, lambda a: np.arcsin(np.cos(a)) * 2 / np.pi
        ),
        "two frequencies": _pair_of_waves(np.sin, lambda a: np.cos(a / 2)),
        "the same sine twice": _pair_of_waves(np.sin, np.sin),
        "exponentials": _pair_of_waves(lambda a: np.exp(-a / 100), lambda a: np.exp(-a / 50)),
        "constant": _pair_of_waves(np.ones_like, np.zeros_like),
    },
    freq=st.floats(0.1, 3),
    offset=steps,
)
def test_two_columns_shift_and_one_alone_does_not(sinusoidal, freq, offset):
    """A column alone misses the other one's share, and the fitted matrix is a turn: determinant 1, trace 2 cos."""
    table = sinusoidal(positions, 2, freqs=[freq])
    matrix, residual = posenc.fit_shift(table, offset)
    assert residual < 1e-9
    np.testing.assert_allclose(np.linalg.det(matrix), 1, rtol=0, atol=1e-6)
    np.testing.assert_allclose(np.trace(matrix), 2 * np.cos(offset * freq), rtol=0, atol=1e-6)
    for column in (table[:, :1], table[:, 1:]):
        assert posenc.fit_shift(column, offset)[1] >= 0.5 * abs(np.sin(offset * freq)) - 1e-9
