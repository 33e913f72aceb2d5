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


def _wrong(distance, noise):
    """How often the best rule errs: the normal distribution function of -distance / (2 noise)."""
    return math.erfc(distance / (math.sqrt(8) * noise)) / 2


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
    offset=st.floats(-10, 10),
    noise=st.floats(0.01, 10),
    layout=layouts,
)
def test_no_reader_sees_a_step_that_a_band_hardly_takes(sinusoidal, band, position, offset, noise, layout):
    here, there = sinusoidal([position, position + offset], 2 * len(band), freqs=band, layout=layout)
    at_least = 0.5 - abs(offset) * np.linalg.norm(band) / (math.sqrt(8 * math.pi) * noise)
    assert _wrong(np.linalg.norm(there - here), noise) >= at_least - 1e-9


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


@st.composite
def _crowds(draw):
    """A few clocks, the number of arcs of a dial, and one position more than combinations of arcs."""
    freqs = np.array(draw(st.lists(st.floats(0.01, 3), min_size=1, max_size=3)))
    arcs = draw(st.integers(2, 5))
    step = draw(st.sampled_from([1, 1, 7, 0.5]))
    return freqs, arcs, draw(st.integers(-1000, 1000)) + step * np.arange(arcs ** len(freqs) + 1)


@theorem(
    "thm-clocks-fill-up",
    of=posenc.sinusoidal,
    mutants={
        "too large": too_large,
        "never comes back": _table(lambda p, w: 9 * p, lambda p, w: np.cos(p * w)),
        "one-hot at heart": lambda p, dim, *, freqs, layout: 9 * np.eye(len(p)),
    },
    crowd=_crowds(),
    layout=layouts,
)
def test_too_many_places_for_the_dials_bring_two_rows_near(sinusoidal, crowd, layout):
    freqs, arcs, places = crowd
    rows = sinusoidal(places, 2 * len(freqs), freqs=freqs, layout=layout)
    gaps = np.linalg.norm(rows[:, None] - rows, axis=-1)
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() <= 2 * math.sqrt(len(freqs)) * math.sin(math.pi / arcs) + 1e-9
