"""The theorems of "Read a text longer than the training"."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import assume
from theorem import block_matrix, layouts, seeds, theorem

import posenc

FULL_TURN = 2 * np.pi

dims = st.integers(2, 64).map(lambda pairs: 2 * pairs)
bases = st.floats(2, 1e6)
factors = st.floats(1.2, 64)
lengths = st.floats(7, 1e5)


def dial(freqs, distances):
    """The angles that pairs show, from 0 to a full turn, as the tables of rotary have them."""
    cos, sin = posenc.rotary_cos_sin(distances, 2 * len(freqs), freqs=freqs)
    return np.arctan2(sin, cos) % FULL_TURN


def gone_round(freqs, length):
    return length * freqs >= FULL_TURN * (1 - 1e-12)


def shows_new(old, new, length, c):
    """By the theorem, pair by pair, with room for rounding."""
    return ~gone_round(old, length) & (c * new > old * (1 + 1e-9))


def _as_stated(turns, slowing, c):
    return turns < 1 and slowing < c


@theorem(
    "thm-seen-angles",
    of=_as_stated,
    mutants={
        "any slowing will do": lambda turns, slowing, c: turns < 1 and slowing <= 1,
        "half a turn is enough": lambda turns, slowing, c: turns < 1 / 2 and slowing < c,
        "only slowing counts": lambda turns, slowing, c: slowing < c,
        "turns counted in the longer text": lambda turns, slowing, c: c * turns < 1 and slowing < c,
        "the square root of the ratio is enough": lambda turns, slowing, c: turns < 1 and slowing < c**0.5,
    },
    turns=st.floats(0.02, 2),
    share=st.floats(0.3, 3),
    c=st.floats(1, 8),
    length=st.floats(10, 1e5),
)
def test_when_an_angle_is_new(is_new, turns, share, c, length):
    """Whether the longer text, at 1,501 distances, shows an angle beyond the arc that training has shown."""
    assume(not 0.95 < turns < 1)
    assume(abs(share - 1) > 1e-3)
    old = FULL_TURN * turns / length
    slowing = c * share
    shown = dial([old / slowing], np.linspace(0, c * length, 1501))
    beyond = (shown > length * old + 1e-6).any() if turns < 1 else False
    assert is_new(turns, slowing, c) == beyond


def _by_parts_of_yarn(freqs, c, length):
    return posenc.scale_yarn(freqs, c, original_length=max(length, 1))


@theorem(
    "thm-seen-angles",
    of=lambda freqs, c, length: posenc.scale_linear(freqs, c),
    mutants={
        "a larger base": lambda freqs, c, length: posenc.scale_ntk(freqs, c),
        "YaRN": _by_parts_of_yarn,
        "every pair slowed enough, by numbers of their own": lambda freqs, c, length: (
            freqs / (c * (1 + np.arange(len(freqs)) / len(freqs))),
            1.0,
        ),
        "less than the ratio of the lengths": lambda freqs, c, length: posenc.scale_linear(freqs, c**0.5),
        "as it is": lambda freqs, c, length: (freqs, 1.0),
    },
    dim=dims,
    base=bases,
    c=factors,
    last_turns=st.floats(0.05, 0.95),
    parts=st.lists(st.floats(0.1, 1), min_size=3, max_size=3),
)
def test_linear_keeps_every_combination(scale, dim, base, c, last_turns, parts):
    """The slowest pair has not gone round, so it names the only distance in training that can be alike."""
    freqs = posenc.frequencies(dim, base=base)
    length = FULL_TURN * last_turns / freqs[-1]
    own, _ = scale(freqs, c, length)
    for distance in (c * length, *(part * c * length for part in parts)):
        shown = dial(own, distance)
        alike = shown[-1] / freqs[-1]
        assert alike <= length * (1 + 1e-9)
        apart = np.exp(1j * shown) - np.exp(1j * freqs * alike)
        assert abs(apart).max() < 1e-6


def _repaired(dim, base, rise, fall, most):
    return most / 2 * rise * fall * (1 + dim / (4 * np.log(base)))


@theorem(
    "thm-interpolation-bound",
    of=_repaired,
    mutants={
        "as it was printed": lambda dim, base, rise, fall, most: most / 2 * rise * fall * dim / (4 * np.log(base)),
        "the fastest pair alone": lambda dim, base, rise, fall, most: most / 2 * rise * fall,
        "a quarter for a half": lambda *given: _repaired(*given) / 2,
        "the end of the interval for its product": lambda dim, base, rise, fall, most: _repaired(
            dim, base, min(rise, fall) ** 2, 1, most
        ),
    },
    dim=dims,
    base=bases,
    start=st.floats(-1e3, 1e3),
    rise=st.floats(0.05, 1.5),
    fall=st.floats(0.05, 1.5),
    aligned=st.booleans(),
    seed=seeds,
)
def test_a_score_stays_near_the_straight_line(bound, dim, base, start, rise, fall, aligned, seed):
    freqs = posenc.frequencies(dim, base=base)
    places = np.array([start, start + rise, start + rise + fall])
    rng = np.random.default_rng(seed)
    if aligned:  # every wave at its top where the line is to be missed
        size, phase = np.ones(len(freqs)), -freqs * places[1]
    else:
        size, phase = rng.uniform(0, 3, len(freqs)), rng.uniform(0, FULL_TURN, len(freqs))
    cos, sin = posenc.rotary_cos_sin(places, dim, freqs=freqs)
    here, there, end = cos @ (size * np.cos(phase)) - sin @ (size * np.sin(phase))
    missed = abs(there - (fall * here + rise * end) / (rise + fall))
    by_pairs = rise * fall / 2 * (size * freqs**2).sum()
    ladder = size.max() / 2 * rise * fall * (1 - base**-2.0) / (1 - base ** (-4 / dim))
    room = 1e-9 * (1 + size.sum())
    assert missed <= by_pairs + room
    assert by_pairs <= ladder * (1 + 1e-9)
    assert ladder <= _repaired(dim, base, rise, fall, size.max()) * (1 + 1e-9)
    assert missed <= bound(dim, base, rise, fall, size.max()) + room


def _new_base(exponent):
    """One who raises the base by the factor to a power."""

    def scale(freqs, c, base):
        dim = 2 * len(freqs)
        return posenc.frequencies(dim, base=base * c ** exponent(dim)), 1.0

    return scale


@theorem(
    "thm-larger-base",
    of=lambda freqs, c, base: posenc.scale_ntk(freqs, c),
    mutants={
        "the base times the factor": _new_base(lambda dim: 1),
        "the exponent of the whole head, half of which turns": _new_base(lambda dim: 2 * dim / (2 * dim - 2)),
        "the exponent upside down": _new_base(lambda dim: (dim - 2) / dim),
        "one pair too many": _new_base(lambda dim: (dim + 2) / dim),
        "all pairs alike": lambda freqs, c, base: posenc.scale_linear(freqs, c),
    },
    dim=dims,
    base=bases,
    c=factors,
)
def test_the_base_that_keeps_one_end_and_divides_the_other(scale, dim, base, c):
    freqs = posenc.frequencies(dim, base=base)
    own, _ = scale(freqs, c, base)
    pairs = np.arange(dim // 2)
    np.testing.assert_allclose(own[0], freqs[0], rtol=1e-12)
    np.testing.assert_allclose(own[-1], freqs[-1] / c, rtol=1e-9)
    np.testing.assert_allclose(freqs / own, c ** (2 * pairs / (dim - 2)), rtol=1e-9)
    raised = posenc.frequencies(dim, base=base * c ** (dim / (dim - 2)))
    np.testing.assert_allclose(own, raised, rtol=1e-9)


@theorem(
    "thm-larger-base",
    of=lambda dim, ratio: ratio ** ((dim - 2) / dim),
    mutants={
        "the ratio of the bases": lambda dim, ratio: ratio,
        "the exponent upside down": lambda dim, ratio: ratio ** (dim / (dim - 2)),
        "one pair too many": lambda dim, ratio: ratio ** (dim / (dim + 2)),
    },
    dim=dims,
    base=bases,
    ratio=st.floats(1.5, 1000),
)
def test_every_larger_base_has_its_factor(factor, dim, base, ratio):
    own, _ = posenc.scale_ntk(posenc.frequencies(dim, base=base), factor(dim, ratio))
    np.testing.assert_allclose(own, posenc.frequencies(dim, base=base * ratio), rtol=1e-9)


def _needed(c, pairs, first):
    return c ** ((pairs - 1) / first)


@theorem(
    "check-needed-factor",
    of=_needed,
    mutants={
        "the ratio of the lengths": lambda c, pairs, first: c,
        "counted to the pair after the last": lambda c, pairs, first: c ** (pairs / first),
        "the last pair that has gone round": lambda c, pairs, first: c ** ((pairs - 1) / max(first - 1, 1)),
        "the number of pairs that have not": lambda c, pairs, first: c ** (first / (pairs - 1)),
    },
    dim=dims,
    base=bases,
    c=factors,
    length=lengths,
)
def test_the_least_factor_for_a_larger_base(needed, dim, base, c, length):
    freqs = posenc.frequencies(dim, base=base)
    first = int(gone_round(freqs, length).sum())
    assume(1 <= first < len(freqs))
    least = needed(c, len(freqs), first)
    assume(least < 1e30)
    assert not shows_new(freqs, posenc.scale_ntk(freqs, least * (1 + 1e-8))[0], length, c).any()
    assert shows_new(freqs, posenc.scale_ntk(freqs, max(1, least * (1 - 1e-4)))[0], length, c).any()


def _dynamic(freqs, length):
    return posenc.scale_dynamic_ntk(freqs, 2, length=length, original_length=100)[0]


def _scored(key_ladder):
    """The score of a query and a key, where the key may have been turned by a ladder of its own."""

    def score(x, y, p, q, freqs, now):
        own = _dynamic(freqs, now), key_ladder(freqs, q, now)
        turned = []
        for vector, place, ladder in zip((x, y), (p, q), own, strict=True):
            cos, sin = posenc.rotary_cos_sin(place, len(vector), freqs=ladder)
            turned.append(posenc.apply_rotary(vector, cos, sin, layout="halves"))
        return turned[0] @ turned[1]

    return score


@theorem(
    "thm-one-ladder",
    of=_scored(lambda freqs, q, now: _dynamic(freqs, now)),
    mutants={
        "keys from the cache, as the length was then": _scored(lambda freqs, q, now: _dynamic(freqs, q + 1)),
        "keys by the ladder of training": _scored(lambda freqs, q, now: freqs),
        "only queries slowed, by linear": _scored(lambda freqs, q, now: 2 * _dynamic(freqs, now)),
        "keys by another base": _scored(lambda freqs, q, now: posenc.scale_ntk(freqs, 3)[0]),
    },
    dim=dims,
    base=bases,
    p=st.integers(0, 2000),
    q=st.integers(100, 2000),
    moved=st.integers(1, 2000),
    seed=seeds,
)
def test_with_one_ladder_a_score_is_of_the_offset(score, dim, base, p, q, moved, seed):
    freqs = posenc.frequencies(dim, base=base)
    x, y = np.random.default_rng(seed).normal(size=(2, dim))
    here, there = (score(x, y, p + m, q + m, freqs, 5000) for m in (0, moved))
    np.testing.assert_allclose(there, here, rtol=0, atol=1e-7 * dim)


@theorem(
    "thm-one-ladder",
    of=posenc.rotary_matrix,
    mutants={
        "clockwise": lambda position, dim, **options: posenc.rotary_matrix(-position, dim, **options),
        "counted from 1": lambda position, dim, **options: posenc.rotary_matrix(position + 1, dim, **options),
        "queries left as they are": lambda position, dim, *, freqs, layout: (
            posenc.rotary_matrix(position, dim, freqs=freqs, layout=layout) if position >= 0 else np.eye(dim)
        ),
        "positions halved": lambda position, dim, **options: posenc.rotary_matrix(position / 2, dim, **options),
    },
    pairs=st.lists(st.tuples(st.floats(0.01, np.pi), st.floats(0.01, np.pi)), min_size=1, max_size=6),
    p=st.integers(-500, 500),
    k=st.integers(-500, 500),
    layout=layouts,
)
def test_what_stands_between_two_ladders(rotary_matrix, pairs, p, k, layout):
    """The turn by k v + p (v - w); and where v differs from w, two places differ."""
    w, v = np.transpose(pairs)
    dim = 2 * len(w)

    def between(place):
        asks, answers = ((place, w), (place + k, v))
        asks, answers = (rotary_matrix(at, dim, freqs=own, layout=layout) for at, own in (asks, answers))
        return asks.T @ answers

    def stated(place):
        angles = k * v + place * (v - w)
        return block_matrix([[[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]] for a in angles], layout)

    np.testing.assert_allclose(between(p), stated(p), rtol=0, atol=1e-9)
    change = np.linalg.norm(between(1) - between(0), 2)
    np.testing.assert_allclose(change, 2 * np.sin(abs(v - w) / 2).max(), rtol=0, atol=1e-9)


def _llama3(freqs, c, length, low, high):
    return posenc.scale_llama3(freqs, c, low_freq_factor=low, high_freq_factor=high, original_length=length)[0]


def _yarn(freqs, c, length, low, high):
    return posenc.scale_yarn(freqs, c, original_length=length, beta_slow=low, beta_fast=high)[0]


def _both(freqs, c, length, low, high):
    return [_llama3(freqs, c, length, low, high), _yarn(freqs, c, length, low, high)]


def _blended(share):
    """The rule with a share of its own, a function of the turns and the two ends."""

    def scale(freqs, c, length, low, high):
        kept = np.clip(share(length * freqs / FULL_TURN, low, high), 0, 1)
        return [kept * freqs + (1 - kept) * freqs / c]

    return scale


@theorem(
    "thm-by-parts",
    of=_both,
    mutants={
        "the two ends exchanged": _blended(lambda turns, low, high: (high - turns) / (high - low)),
        "kept down to half a turn": lambda freqs, c, length, low, high: [_llama3(freqs, c, length, 0.4, 0.5)],
        "positions divided as well": lambda freqs, c, length, low, high: [
            own / c for own in _both(freqs, c, length, low, high)
        ],
        "the longer length for the trained one": lambda freqs, c, length, low, high: _both(
            freqs, c, c * length, low, high
        ),
        "a larger base": lambda freqs, c, length, low, high: [posenc.scale_ntk(freqs, c)[0]],
        "slow pairs sped up": lambda freqs, c, length, low, high: [
            np.where(own < freqs, own * c**2, own) for own in _both(freqs, c, length, low, high)
        ],
    },
    dim=dims,
    base=bases,
    c=factors,
    length=lengths,
    low=st.floats(1, 8),
    wider=st.floats(1.5, 32),
)
def test_by_parts_nothing_faster_too_slow_or_out_of_order(scale, dim, base, c, length, low, wider):
    freqs = posenc.frequencies(dim, base=base)
    for own in scale(freqs, c, length, low, low * wider):
        assert (own <= freqs * (1 + 1e-12)).all()
        assert (own >= freqs / c * (1 - 1e-12)).all()
        assert (np.diff(own) < 0).all()
        assert not shows_new(freqs, own, length, c).any()


@theorem(
    "thm-by-parts",
    of=lambda freqs, divisors: freqs / divisors,
    mutants={
        "divisors that fall": lambda freqs, divisors: freqs / divisors[::-1],
        "divisors for multipliers": lambda freqs, divisors: freqs * divisors,
        "divisors drawn anew": lambda freqs, divisors: freqs / np.random.default_rng(0).permutation(divisors),
    },
    dim=st.integers(4, 64).map(lambda pairs: 2 * pairs),
    base=bases,
    c=st.floats(2, 256),
    seed=seeds,
)
def test_divisors_that_do_not_fall_keep_the_order(divide, dim, base, c, seed):
    """Any shares that do not rise, as divisors: what LongRoPE's search asks for."""
    freqs = posenc.frequencies(dim, base=base)
    shares = np.sort(np.random.default_rng(seed).uniform(0, 1, dim // 2))[::-1]
    divisors = 1 / (shares + (1 - shares) / c)
    own = divide(freqs, divisors)
    through, _ = posenc.scale_longrope(
        freqs, c, short_factors=divisors, long_factors=divisors, length=1, original_length=100
    )
    np.testing.assert_allclose(own, through, rtol=1e-12)
    assert (np.diff(own) < 0).all()
    assert (own <= freqs * (1 + 1e-12)).all()
    assert (own >= freqs / c * (1 - 1e-12)).all()
