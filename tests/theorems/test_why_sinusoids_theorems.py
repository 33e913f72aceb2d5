"""The theorems of "Why sine and cosine, why not other values?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, block_matrix, even_dims, exponent_2j_over_d, layouts, seeds, theorem

import posenc

whole_line = np.arange(-60, 61)
positions = np.arange(400)
# Frequencies far enough apart for a fit on these positions to tell the pairs from one another.
tenths = st.integers(1, 30).map(lambda tenth: tenth / 10)
few_pairs = st.integers(1, 4).map(lambda pairs: 2 * pairs)
steep_bases = st.floats(3, 100)
steps = st.integers(1, 20)


def _exponential(matrix):
    """The exponential of a matrix: its series for a small piece, squared; written for these tests."""
    halvings = max(0, int(np.ceil(np.log2(max(np.linalg.norm(matrix), 1e-9)))) + 4)
    term = total = np.eye(len(matrix))
    for order in range(1, 20):
        term = term @ matrix / 2**halvings / order
        total = total + term
    return np.linalg.matrix_power(total, 2**halvings)


def _orbit(generator, start, places):
    """The values exp(pG) x at equally spaced positions p, by steps from position 0 in both directions."""
    rows = {0: start}
    spacing = places[1] - places[0]
    forwards, backwards = (_exponential(sign * spacing * generator) for sign in (1, -1))
    for p in range(1, len(places)):
        rows[p], rows[-p] = forwards @ rows[p - 1], backwards @ rows[1 - p]
    return np.array([rows[round(p / spacing)] for p in places])


def _mixing(rng, dim):
    """Any coordinates, but not so slanted that a fit loses its digits."""
    left, right = (np.linalg.qr(rng.normal(size=(dim, dim)))[0] for _ in range(2))
    return left * rng.uniform(0.5, 2, dim) @ right


def _start(rng, dim):
    """A point with a share in every coordinate."""
    return rng.uniform(0.5, 1.5, dim) * rng.choice([-1, 1], dim)


def _on_diagonal(blocks):
    dim = sum(len(block) for block in blocks)
    matrix, at = np.zeros((dim, dim)), 0
    for block in blocks:
        matrix[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    return matrix


def _left_over(wanted, columns):
    """The share of the wanted functions that lies outside of the span of some columns."""
    scaled = columns / np.maximum(np.linalg.norm(columns, axis=0), 1e-9)
    missed = wanted - scaled @ np.linalg.lstsq(scaled, wanted, rcond=None)[0]
    return np.max(np.linalg.norm(missed, axis=0) / np.linalg.norm(wanted, axis=0))


def _span_the_same(one, other):
    assert _left_over(one, other) < 1e-7
    assert _left_over(other, one) < 1e-7


# --- grow, drift, fade, turn: rates with a highest power each; a rate may come twice, and the longer chain counts

rates = st.lists(
    st.tuples(st.sampled_from([-0.5, -0.2, 0.0, 0.2, 0.5]), st.sampled_from([0.0, 0.7, 1.5, 2.6]), st.integers(1, 3)),
    min_size=1,
    max_size=2,
)
short_line = np.arange(-16, 17) / 4


def _exponential_polynomials(places, rates):
    """What the theorem names: all p^j e^(ap) cos wp and p^j e^(ap) sin wp up to the highest power of each rate."""
    columns = []
    for a, w, powers in rates:
        waves = posenc.sinusoidal(places, 2, freqs=[w])[:, 0 if w else 1 :]
        columns += [(places**j * np.exp(a * places))[:, None] * waves for j in range(powers)]
    return np.hstack(columns)


def _named_with(change):
    return lambda places, rates: _exponential_polynomials(places, [change(*rate) for rate in rates])


def _without_cosines(places, rates):
    named = [(places**j * np.exp(a * places) * np.sin(w * places + (w == 0))) for a, w, m in rates for j in range(m)]
    return np.transpose(named)


def _powers_only(places, rates):
    dim = sum(m * (2 if w else 1) for _, w, m in rates)
    return places[:, None] ** np.arange(dim)


def _chain(a, w, powers):
    """A generator that has one rate, and one chain of powers."""
    cell = np.array([[a, w], [-w, a]]) if w else np.array([[a]])
    return np.kron(np.eye(powers), cell) + np.kron(np.eye(powers, k=1), np.eye(len(cell)))


@theorem(
    "thm-translation-invariant",
    of=_exponential_polynomials,
    mutants={
        "no drift": _named_with(lambda a, w, m: (a, w, 1)),
        "no growth and no fading": _named_with(lambda a, w, m: (0, w, m)),
        "a rate has one sign": _named_with(lambda a, w, m: (abs(a), w, m)),
        "half the frequency": _named_with(lambda a, w, m: (a, w / 2, m)),
        "no cosines": _without_cosines,
        "powers only": _powers_only,
    },
    rates=rates,
    seed=seeds,
)
def test_every_continuous_linear_shift_is_made_of_exponential_polynomials(named, rates, seed):
    """Any generator, in any coordinates: its orbits span the functions named, no more and no less."""
    generator = _on_diagonal([_chain(*rate) for rate in rates])
    rng = np.random.default_rng(seed)
    mixing = _mixing(rng, len(generator))
    rows = _orbit(mixing @ generator @ np.linalg.inv(mixing), mixing @ _start(rng, len(generator)), short_line)
    _span_the_same(rows, named(short_line, rates))


def _top_powers_only(places, rates):
    named = [_exponential_polynomials(places, [(a, w, m)])[:, -2 if w else -1 :] for a, w, m in rates]
    return np.hstack(named)


@theorem(
    "thm-translation-invariant",
    of=_exponential_polynomials,
    mutants={
        "the lower powers are missing": _top_powers_only,
        "the partners are missing": _without_cosines,
        "Gaussians for exponentials": lambda places, rates: (
            _exponential_polynomials(places, rates) * np.exp(-(places**2) / 8)[:, None]
        ),
        "half powers": lambda places, rates: _exponential_polynomials(np.sign(places) * abs(places) ** 0.5, rates),
    },
    rates=rates,
    more=st.integers(0, 2),
    offset=st.integers(1, 4),
    seed=seeds,
)
def test_each_list_of_the_theorem_shifts_linearly_however_it_is_mixed(named, rates, more, offset, seed):
    """The converse: columns that span the list are moved by one matrix, whole or broken offsets alike."""
    listed = named(np.arange(-20, 21) / 4, rates)
    listed = listed / np.linalg.norm(listed, axis=0)
    table = listed @ _mixing(np.random.default_rng(seed), listed.shape[1] + more)[: listed.shape[1]]
    _, residual = posenc.fit_shift(table, offset)
    assert residual < 1e-7


slow_rates = st.lists(
    st.tuples(st.sampled_from([-0.02, 0.0, 0.02]), st.sampled_from([0.0, 0.7, 1.5, 2.6]), st.integers(1, 3)),
    min_size=1,
    max_size=3,
)


def _bounded_in_the_future(rates):
    return all(a < 0 or (a == 0 and powers == 1) for a, _, powers in rates)


@theorem(
    "thm-translation-invariant",
    of=_bounded_in_the_future,
    mutants={
        "fading is forbidden": lambda rates: all(a == 0 and powers == 1 for a, _, powers in rates),
        "drifting is allowed": lambda rates: all(a <= 0 for a, _, powers in rates),
        "powers are forbidden even when they fade": lambda rates: all(a <= 0 and m == 1 for a, _, m in rates),
        "growing is allowed": lambda rates: all(powers == 1 for _, _, powers in rates),
        "one bounded term is enough": lambda rates: any(a < 0 or (a == 0 and m == 1) for a, _, m in rates),
    },
    rates=slow_rates,
    seed=seeds,
)
def test_bounded_from_0_on_means_turning_or_fading(bounded, rates, seed):
    """Far out the functions are no larger than near 0, or they have left every bound; what fades is gone by then."""

    def largest(places):
        named = _exponential_polynomials(places, rates)
        return np.abs(named * _start(np.random.default_rng(seed), named.shape[1])).max()

    near, far = largest(np.arange(2000.0)), largest(np.arange(10000.0, 12000))
    assert (far < 2 * near) == bounded(rates)
    if all(a < 0 for a, _, _ in rates):
        assert far < 1e-6 * near


# --- only sinusoids

frequencies_with_repeats = st.lists(st.one_of(st.just(0.0), tenths), min_size=1, max_size=4)


def _sinusoids_and_constant(places, freqs):
    """What the theorem names: sine and cosine of each different frequency above 0, and 1 if 0 is among them."""
    different = sorted({w for w in freqs if w > 0})
    columns = [np.ones((len(places), 1))] if 0 in freqs else []
    if different:
        columns.append(posenc.sinusoidal(places, 2 * len(different), freqs=different))
    return np.hstack(columns)


def _turning(freqs):
    return _on_diagonal([np.array([[0, w], [-w, 0]]) if w else np.zeros((1, 1)) for w in freqs])


@theorem(
    "thm-only-sinusoids",
    of=_sinusoids_and_constant,
    mutants={
        "no constant": lambda places, freqs: _sinusoids_and_constant(places, [w or 0.05 for w in freqs]),
        "frequencies may repeat": lambda places, freqs: np.hstack(
            [_sinusoids_and_constant(places, [w]) for w in freqs]
        ),
        "always a constant": lambda places, freqs: _sinusoids_and_constant(places, [0, *freqs]),
        "half the frequency": lambda places, freqs: _sinusoids_and_constant(places, [w / 2 for w in freqs]),
        "the ladder only": lambda places, freqs: posenc.sinusoidal(places, 2 * len(freqs)),
        "sines only": lambda places, freqs: np.sin(np.multiply.outer(places, [w or 0.05 for w in freqs])),
        "powers": lambda places, freqs: (places[:, None] / 60) ** np.arange(2 * len(freqs)),
        "the slowest frequency only": lambda places, freqs: _sinusoids_and_constant(places, [min(freqs)]),
    },
    freqs=frequencies_with_repeats,
    seed=seeds,
)
def test_a_bounded_linear_shift_spans_sinusoids_of_different_frequencies(named, freqs, seed):
    """Any generator with bounded exponentials, in any coordinates; frequencies may repeat in it, and 0 is one."""
    generator = _turning(freqs)
    rng = np.random.default_rng(seed)
    mixing = _mixing(rng, len(generator))
    rows = _orbit(mixing @ generator @ np.linalg.inv(mixing), mixing @ _start(rng, len(generator)), whole_line)
    listed = named(whole_line, freqs)
    _span_the_same(rows, listed)
    assert np.linalg.matrix_rank(listed) == listed.shape[1] <= rows.shape[1]


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
    return (positions[:, None] / len(positions)) ** np.arange(1, dim + 1)


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
        "sines of other frequencies for cosines": _of_waves(np.sin, lambda a: np.sin(a / 2)),
        "every sine twice, and no cosine": _of_waves(np.sin, lambda a: 2 * np.sin(a)),
        "exponent 2j/d": exponent_2j_over_d,
        "random": _random,
        "powers": _powers,
        "growing": _times(lambda p: np.exp(p / 200)),
        "fading": _times(lambda p: np.exp(-p / 200)),
    },
    dim=few_pairs,
    base=steep_bases,
    constant=st.booleans(),
    more=st.integers(0, 2),
    offset=steps,
    seed=seeds,
)
def test_columns_that_span_pairs_shift_and_stay_bounded_both_ways(sinusoidal, dim, base, constant, more, offset, seed):
    """However they are mixed, with a constant or without: one matrix moves them, and its eigenvalues turn."""
    rng = np.random.default_rng(seed)
    listed = np.hstack([np.ones((len(positions), int(constant))), sinusoidal(positions, dim, base=base)])
    columns = listed.shape[1] + more
    table = listed @ _mixing(rng, columns)[: listed.shape[1]]
    matrix, residual = posenc.fit_shift(table, offset)
    assert residual < 1e-9
    angles = offset * posenc.frequencies(dim, base=base)
    turns = np.r_[np.exp(1j * angles), np.exp(-1j * angles), np.ones(int(constant)), np.zeros(more)]
    np.testing.assert_allclose(np.poly(np.linalg.eigvals(matrix)), np.poly(turns), rtol=0, atol=1e-4)


# --- rigid shifts

different_frequencies = st.lists(tenths, min_size=1, max_size=4, unique=True)


def _rigid(generator, start, places, rng):
    return _orbit(generator, start, places)


def _in_slanted_coordinates(generator, start, places, rng):
    slanted = np.eye(len(start)) + np.triu(rng.uniform(0.3, 1, (len(start), len(start))), k=1)
    return _orbit(generator, start, places) @ slanted


def _with_generator(change):
    return lambda generator, start, places, rng: _orbit(change(generator), start, places)


@theorem(
    "thm-skew-means-sinusoids",
    of=_rigid,
    mutants={
        "bounded, but not rigid": _in_slanted_coordinates,
        "fading": _with_generator(lambda skew: skew - 0.01 * np.eye(len(skew))),
        "growing": _with_generator(lambda skew: skew + 0.01 * np.eye(len(skew))),
        "minus sign lost": _with_generator(lambda skew: np.triu(skew) + np.triu(skew).T),
        "triangle waves": lambda *given: np.arcsin(np.clip(_rigid(*given) / 4, -1, 1)),
    },
    freqs=different_frequencies,
    constant=st.booleans(),
    seed=seeds,
)
def test_a_rigid_shift_is_pairs_and_constants_in_orthonormal_coordinates(curve, freqs, constant, seed):
    """Any skew generator, turned at will. The matrix found from the rows is a rotation, and its planes hold the pairs."""
    rng = np.random.default_rng(seed)
    generator = _turning([*freqs, *[0.0] * constant])
    turned = np.linalg.qr(rng.normal(size=generator.shape))[0]
    start = turned @ _start(rng, len(generator))
    rows = curve(turned @ generator @ turned.T, start, whole_line, rng)
    matrix, residual = posenc.fit_shift(rows, 1)
    assert residual < 1e-9
    np.testing.assert_allclose(matrix.T @ matrix, np.eye(len(matrix)), rtol=0, atol=1e-6)
    rates, vectors = np.linalg.eig(matrix)
    for rate, vector in zip(rates, vectors.T, strict=True):
        across, up = np.sqrt(2) * vector.real, -np.sqrt(2) * vector.imag
        if rate.imag > 1e-6:
            np.testing.assert_allclose([across @ across, up @ up, across @ up], [1, 1, 0], rtol=0, atol=1e-6)
            w, middle = np.angle(rate), len(rows) // 2
            height, reach = rows[middle] @ up, rows[middle] @ across
            size, phase = np.hypot(height, reach), np.arctan2(height, reach)
            pair = size * posenc.sinusoidal(whole_line + phase / w, 2, freqs=[w])
            np.testing.assert_allclose(rows @ np.transpose([up, across]), pair, rtol=0, atol=1e-5)
        elif rate.imag > -1e-6:
            still = rows @ vector.real
            np.testing.assert_allclose(still, still[0], rtol=0, atol=1e-5)


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
    seed=seeds,
)
def test_a_generator_turns_planes_and_does_nothing_else(generator, dim, base, layout, seed):
    """In any orthonormal coordinates: skew, and its eigenvalues are plus and minus i times the frequencies."""
    coordinates = np.linalg.qr(np.random.default_rng(seed).normal(size=(dim, dim)))[0]
    matrix = coordinates @ generator(dim, base=base, layout=layout) @ coordinates.T
    np.testing.assert_allclose(matrix, -matrix.T, rtol=0, atol=1e-12)
    rates = np.linalg.eigvals(matrix)
    freqs = posenc.frequencies(dim, base=base)
    np.testing.assert_allclose(rates.real, 0, atol=1e-9)
    np.testing.assert_allclose(np.sort(rates.imag), np.sort(np.r_[freqs, -freqs]), rtol=0, atol=1e-9)


# --- whole positions

eigenangles = st.lists(st.one_of(st.sampled_from([0.0, np.pi]), tenths), min_size=1, max_size=4)


def _waves_of_whole_positions(places, angles):
    """What the theorem names: 1, (-1)^p, and sine and cosine of each angle between 0 and pi."""
    columns = [_sinusoids_and_constant(places, [w for w in angles if w < 3.1])] if min(angles) < 3.1 else []
    if max(angles) > 3.1:
        columns.append(1.0 - 2 * (places[:, None] % 2))
    return np.hstack(columns)


def _angles_changed(change):
    return lambda places, angles: _waves_of_whole_positions(places, [change(w) for w in angles])


@theorem(
    "thm-only-sinusoids-on-integers",
    of=_waves_of_whole_positions,
    mutants={
        "no constant": _angles_changed(lambda w: w or 0.05),
        "no blinking column": _angles_changed(lambda w: min(w, 3.05)),
        "half the frequency": _angles_changed(lambda w: w if w > 3.1 else w / 2),
        "no cosines": lambda places, angles: np.sin(np.multiply.outer(places, angles) + 0.1 * (np.array(angles) == 0)),
        "always a blinking column": lambda places, angles: _waves_of_whole_positions(places, [*angles, np.pi]),
    },
    angles=eigenangles,
    seed=seeds,
)
def test_a_bounded_step_spans_sinusoids_a_constant_and_a_blink(named, angles, seed):
    """Any matrix with bounded powers, A Q A^-1 with orthogonal Q; no continuity, and eigenvalues may repeat."""
    blocks = [
        np.array([[np.cos(w)]]) if w in (0, np.pi) else np.array([[np.cos(w), np.sin(w)], [-np.sin(w), np.cos(w)]])
        for w in angles
    ]
    rotation = _on_diagonal(blocks)
    rng = np.random.default_rng(seed)
    mixing = _mixing(rng, len(rotation))
    step, start = mixing @ rotation @ np.linalg.inv(mixing), mixing @ _start(rng, len(rotation))
    rows = np.array([np.linalg.matrix_power(step, p) @ start for p in whole_line])
    listed = named(whole_line, angles)
    _span_the_same(rows, listed)
    assert np.linalg.matrix_rank(listed) == listed.shape[1] <= rows.shape[1]


@theorem(
    "thm-only-sinusoids-on-integers",
    of=_waves_of_whole_positions,
    mutants={
        "sines without cosines": lambda places, angles: np.sin(np.multiply.outer(places, angles) + 1),
        "triangle waves": lambda places, angles: np.arcsin(_waves_of_whole_positions(places, angles).clip(-1, 1)),
        "growing": lambda places, angles: np.exp(places / 50)[:, None] * _waves_of_whole_positions(places, angles),
        "fading": lambda places, angles: np.exp(-places / 50)[:, None] * _waves_of_whole_positions(places, angles),
    },
    angles=eigenangles,
    more=st.integers(0, 2),
    seed=seeds,
)
def test_columns_that_span_such_waves_have_one_step_that_only_turns(named, angles, more, seed):
    """The converse: however they are mixed, one matrix makes the step, and its eigenvalues lie on the circle or are 0."""
    listed = named(whole_line, angles)
    table = listed @ _mixing(np.random.default_rng(seed), listed.shape[1] + more)[: listed.shape[1]]
    step, residual = posenc.fit_shift(table, 1)
    assert residual < 1e-9
    turns = np.exp(1j * np.unique([sign * w for w in angles for sign in ((1, -1) if 0 < w < 3.1 else (1,))]))
    expected = np.r_[turns, np.zeros(len(step) - len(turns))]
    np.testing.assert_allclose(np.poly(np.linalg.eigvals(step)), np.poly(expected), rtol=0, atol=1e-4)


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


# --- two columns


def _pair_of_waves(sine, cosine):
    def encoding(positions, dim, *, freqs):
        angles = np.multiply.outer(positions, freqs)
        return np.hstack([sine(angles), cosine(angles)])

    return encoding


WRONG_PAIRS = {
    "triangle waves": _pair_of_waves(
        lambda a: np.arcsin(np.sin(a)) * 2 / np.pi, lambda a: np.arcsin(np.cos(a)) * 2 / np.pi
    ),
    "two frequencies": _pair_of_waves(np.sin, lambda a: np.cos(a / 2)),
    "the same sine twice": _pair_of_waves(np.sin, np.sin),
    "exponentials": _pair_of_waves(lambda a: np.exp(-a / 100), lambda a: np.exp(-a / 50)),
    "constant": _pair_of_waves(np.ones_like, np.zeros_like),
}


@theorem(
    "thm-two-columns-at-least",
    of=posenc.sinusoidal,
    mutants=WRONG_PAIRS,
    freq=tenths,
    slant=st.floats(-2, 2),
    stretch=st.floats(0.3, 3),
    seed=seeds,
)
def test_two_bounded_columns_are_one_sine_and_cosine_mixed(sinusoidal, freq, slant, stretch, seed):
    """Any generator of trace 0 and determinant w^2, and nothing else, is bounded and moves."""
    generator = np.array([[slant, stretch], [-(freq**2 + slant**2) / stretch, -slant]])
    rows = _orbit(generator, _start(np.random.default_rng(seed), 2), whole_line)
    wanted = sinusoidal(whole_line, 2, freqs=[np.sqrt(np.linalg.det(generator))])
    _span_the_same(rows, wanted)


@theorem(
    "thm-two-columns-at-least",
    of=posenc.sinusoidal,
    mutants=WRONG_PAIRS,
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
