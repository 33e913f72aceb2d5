"""The theorems of "Which frequencies see which distances?"."""

import math

import hypothesis.strategies as st
import numpy as np
from theorem import layouts, positions, theorem

import posenc


def _table(sine, cosine):
    """A stand-in for `posenc.sinusoidal` with other waves, functions of the position and the frequency."""

    def sinusoidal(positions, dim, *, freqs, layout):
        table = np.empty((len(positions), dim))
        for i, w in enumerate(freqs):
            table[:, posenc.column_of(i, "sin", dim, layout=layout)] = sine(np.asarray(positions), w)
            table[:, posenc.column_of(i, "cos", dim, layout=layout)] = cosine(np.asarray(positions), w)
        return table

    return sinusoidal


twice_as_fast = _table(lambda p, w: np.sin(2 * p * w), lambda p, w: np.cos(2 * p * w))
too_large = _table(lambda p, w: 2 * np.sin(p * w), lambda p, w: 2 * np.cos(p * w))
two_frequencies = _table(lambda p, w: np.sin(p * w), lambda p, w: np.cos(3 * p * w))
wavelength_for_frequency = _table(lambda p, w: np.sin(2 * np.pi * p * w), lambda p, w: np.cos(2 * np.pi * p * w))
never_comes_back = _table(lambda p, w: p * w, lambda p, w: np.cos(p * w))
chirp = _table(lambda p, w: np.sin(p * abs(p) * w), lambda p, w: np.cos(p * abs(p) * w))


def _above(border):
    """How often standard normal noise lies above a border."""
    return math.erfc(border / math.sqrt(2)) / 2


def _wrong(distance, noise):
    """How often the best rule errs: the normal distribution function of -distance / (2 noise)."""
    return _above(distance / (2 * noise))


@theorem(
    "thm-blind-near",
    of=posenc.sinusoidal,
    mutants={
        "twice as fast": twice_as_fast,
        "too large": too_large,
        "wavelength for frequency": wavelength_for_frequency,
        "two frequencies a pair": two_frequencies,
    },
    band=st.lists(st.floats(0, 4), min_size=1, max_size=8).map(np.array),
    position=positions,
    offset=st.one_of(st.floats(-10, 10), st.floats(-1000, 1000)),
    noise=st.floats(0.01, 10),
    layout=layouts,
)
def test_no_reader_sees_a_step_that_a_band_hardly_takes(sinusoidal, band, position, offset, noise, layout):
    here, there = sinusoidal([position, position + offset], 2 * len(band), freqs=band, layout=layout)
    at_least = 0.5 - abs(offset) * np.linalg.norm(band) / (math.sqrt(8 * math.pi) * noise)
    assert _wrong(np.linalg.norm(there - here), noise) >= at_least - 1e-9


@theorem(
    "thm-blind-near",
    of=_wrong,
    mutants={
        "the noise must cross the whole distance": lambda distance, noise: _above(distance / noise),
        "a quarter of the distance": lambda distance, noise: _above(distance / (4 * noise)),
        "variance for standard deviation": lambda distance, noise: _above(distance / (2 * noise**2)),
        "the square of the distance": lambda distance, noise: _above(distance**2 / (2 * noise)),
        "never worse than certain": lambda distance, noise: 0.0,
    },
    band=st.lists(st.floats(0.01, 3), min_size=1, max_size=4).map(np.array),
    offset=st.floats(-10, 10).filter(lambda k: abs(k) > 0.1),
    noise=st.floats(0.1, 5),
    tilt=st.lists(st.floats(-2, 2), min_size=8, max_size=8).map(np.array),
    border=st.floats(-1, 2),
    layout=layouts,
)
def test_the_nearer_row_is_the_best_answer(wrong, band, offset, noise, tilt, border, layout):
    """A rule says "there" above a border along a direction; how often it errs is known exactly."""
    dim = 2 * len(band)
    here, there = posenc.sinusoidal([0, offset], dim, freqs=band, layout=layout)

    def errs(direction, border):
        scale = noise * np.linalg.norm(direction)
        away, reached = (border - direction @ here) / scale, (direction @ there - border) / scale
        return (_above(away) + _above(reached)) / 2

    straight = there - here
    if np.linalg.norm(straight) < 1e-6:
        return
    best = wrong(np.linalg.norm(straight), noise)
    np.testing.assert_allclose(errs(straight, straight @ (here + there) / 2), best, rtol=1e-9)
    tilted = straight + tilt[:dim]
    if np.linalg.norm(tilted) > 1e-6:
        assert errs(tilted, tilted @ (here + border * straight)) >= best - 1e-12


@theorem(
    "thm-one-clock-comes-back",
    of=posenc.sinusoidal,
    mutants={
        "1/w for the wavelength": wavelength_for_frequency,
        "two frequencies a pair": two_frequencies,
        "never comes back": never_comes_back,
        "chirp": chirp,
    },
    frequency=st.floats(0.01, np.pi),
    turns=st.integers(-50, 50).filter(bool),
    position=st.floats(-100, 100),
    layout=layouts,
)
def test_after_whole_turns_a_place_is_nearer_than_the_next(sinusoidal, frequency, turns, position, layout):
    near = round(turns * 2 * np.pi / frequency)
    places = [position, position + near, position + 1]
    here, back, after = sinusoidal(places, 2, freqs=np.array([frequency]), layout=layout)
    next_one = np.linalg.norm(after - here)
    np.testing.assert_allclose(next_one, 2 * np.sin(frequency / 2), rtol=1e-9)
    assert np.linalg.norm(back - here) <= 2 * np.sin(frequency / 4) + 1e-9
    assert np.linalg.norm(back - here) < next_one


#: Five positions of two clocks, N = 2, that are pairwise the root of 5 apart: more than 2 sin(pi / 2).
FIVE_APART = (np.array([2 * np.pi / 5, 4 * np.pi / 5]), 2, 0, 1)
#: Two clocks that are back together after 21 positions, and well spread before.
TWENTY_ONE = (np.array([2 * np.pi / 21, 16 * np.pi / 21]), 10, 0, 1)
#: One clock with N + 1 positions evenly on its dial: as far apart as can be.
evenly = st.integers(10, 40).map(lambda n: (np.array([2 * np.pi / (n + 1)]), n, 0, 1))


@st.composite
def _dials(draw):
    """A few clocks, the number of arcs of a dial, and where to take positions: a start and a step."""
    freqs = np.array(draw(st.lists(st.floats(-4, 4), min_size=1, max_size=3)))
    return freqs, draw(st.integers(2, 5)), draw(st.integers(-1000, 1000)), draw(st.sampled_from([1, 7, 0.5]))


def _nearest(sinusoidal, dials, crowd, layout):
    """The least distance of two rows among so many positions."""
    freqs, _, start, step = dials
    rows = sinusoidal(start + step * np.arange(crowd), 2 * len(freqs), freqs=freqs, layout=layout)
    gaps = np.linalg.norm(rows[:, None] - rows, axis=-1)
    np.fill_diagonal(gaps, np.inf)
    return gaps.min()


def _filled(clocks, arcs):
    """How many positions are too many, and how near two of them then are."""
    return arcs**clocks + 1, 2 * math.sqrt(clocks) * math.sin(math.pi / arcs)


@theorem(
    "thm-clocks-fill-up",
    of=_filled,
    mutants={
        "the square root of m forgotten": lambda m, n: (n**m + 1, 2 * math.sin(math.pi / n)),
        "half the arc": lambda m, n: (n**m + 1, 2 * math.sqrt(m) * math.sin(math.pi / (2 * n))),
        "arcs add up": lambda m, n: (n * m + 1, 2 * math.sqrt(m) * math.sin(math.pi / n)),
        "a tenth less": lambda m, n: (n**m + 1, 1.8 * math.sqrt(m) * math.sin(math.pi / n)),
    },
    dials=st.one_of(st.just(FIVE_APART), st.just(TWENTY_ONE), evenly, _dials()),
    layout=layouts,
)
def test_too_many_places_for_the_dials_bring_two_rows_near(filled, dials, layout):
    crowd, near = filled(len(dials[0]), dials[1])
    assert _nearest(posenc.sinusoidal, dials, crowd, layout) <= near + 1e-9


@theorem(
    "thm-clocks-fill-up",
    of=posenc.sinusoidal,
    mutants={
        "too large": too_large,
        "position itself for the sine": never_comes_back,
        "each clock twice the size of the one before": lambda p, dim, *, freqs, layout: (
            posenc.sinusoidal(p, dim, freqs=freqs, layout=layout) * 2 ** (np.arange(dim) // 2 + 1)
        ),
    },
    dials=st.one_of(st.just(FIVE_APART), _dials()),
    layout=layouts,
)
def test_the_dials_of_every_table_of_sinusoids_fill_up(sinusoidal, dials, layout):
    crowd, near = _filled(len(dials[0]), dials[1])
    assert _nearest(sinusoidal, dials, crowd, layout) <= near + 1e-9


def test_five_positions_of_two_clocks_need_the_square_root():
    near = _nearest(posenc.sinusoidal, FIVE_APART, 5, "interleaved")
    assert near > 2.2
    assert near <= _filled(2, 2)[1]
