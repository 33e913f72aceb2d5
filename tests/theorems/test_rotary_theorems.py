"""The theorems of "Turn query and key instead of adding"."""

import hypothesis.strategies as st
import numpy as np
from theorem import apart, bases, block_matrix, even_dims, layouts, offsets, other_layout, positions, seeds, theorem

import posenc


def _turned(vectors, places, dim, *, base, layout):
    """Queries, keys or values turned by posenc, one row a place."""
    return posenc.apply_rotary(vectors, *posenc.rotary_cos_sin(places, dim, base=base), layout=layout)


def _hands(vector, layout):
    """The pairs as complex numbers, across + i up, read without posenc."""
    half = vector.shape[-1] // 2
    if layout == "interleaved":
        return vector[..., 0::2] + 1j * vector[..., 1::2]
    return vector[..., :half] + 1j * vector[..., half:]


def _flat(hands, layout):
    """Pairs given as complex numbers, written as a vector."""
    numbers = np.empty((*hands.shape[:-1], 2 * hands.shape[-1]))
    _parts = (hands.real, hands.imag)
    for part, columns in zip(_parts, _columns(hands.shape[-1], layout), strict=True):
        numbers[..., columns] = part
    return numbers


def _columns(pairs, layout):
    if layout == "interleaved":
        return slice(0, None, 2), slice(1, None, 2)
    return slice(0, pairs), slice(pairs, None)


OTHER = {"interleaved": "halves", "halves": "interleaved"}


def _score(x, y, p, q, *, base, layout):
    return _turned(x, p, x.size, base=base, layout=layout) @ _turned(y, q, y.size, base=base, layout=layout)


def _mixed_layouts(x, y, p, q, *, base, layout):
    return _turned(x, p, x.size, base=base, layout=layout) @ _turned(y, q, y.size, base=base, layout=OTHER[layout])


def _mixed_sense(x, y, p, q, *, base, layout):
    return _score(x, y, p, -q, base=base, layout=layout)


def _from_index_one(x, y, p, q, *, base, layout):
    """The exponents begin at -2/d: every frequency is the one after."""
    freqs = base ** (-2 * np.arange(1, x.size // 2 + 1) / x.size)
    x, y = (
        posenc.apply_rotary(v, *posenc.rotary_cos_sin(at, v.size, freqs=freqs), layout=layout)
        for v, at in ((x, p), (y, q))
    )
    return x @ y


def _key_left_alone(x, y, p, q, *, base, layout):
    return _turned(x, p, x.size, base=base, layout=layout) @ y


def _added(x, y, p, q, *, base, layout):
    x, y = (v + posenc.sinusoidal(at, v.size, base=base, layout=layout) for v, at in ((x, p), (y, q)))
    return x @ y


@theorem(
    "thm-rotary-score",
    of=_score,
    mutants={
        "layouts mixed": _mixed_layouts,
        "query one way, key the other": _mixed_sense,
        "frequencies from index 1": _from_index_one,
        "query less key for the offset": lambda x, y, p, q, **how: _score(x, y, -p, -q, **how),
        "the key is left alone": _key_left_alone,
        "added instead of turned": _added,
    },
    dim=even_dims,
    base=bases,
    layout=layouts,
    p=positions,
    q=positions,
    seed=seeds,
)
def test_a_rotary_score_is_one_wave_a_pair_with_the_angle_and_weight_of_the_words(score, dim, base, layout, p, q, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, dim))
    hands_x, hands_y = _hands(x, layout), _hands(y, layout)
    freqs = base ** (-2 * np.arange(dim // 2) / dim)
    between = np.angle(hands_y) - np.angle(hands_x)
    waves = abs(hands_x) * abs(hands_y) * np.cos(freqs * (q - p) + between)
    np.testing.assert_allclose(score(x, y, p, q, base=base, layout=layout), waves.sum(), rtol=0, atol=1e-8)


@theorem(
    "thm-rotary-score",
    of=_score,
    mutants={
        "layouts mixed": _mixed_layouts,
        "query one way, key the other": _mixed_sense,
        "the key is left alone": _key_left_alone,
        "added instead of turned": _added,
        "an angle that grows with the square": lambda x, y, p, q, **how: _score(x, y, p * p / 100, q * q / 100, **how),
    },
    dim=even_dims,
    base=bases,
    layout=layouts,
    p=offsets,
    q=offsets,
    move=offsets,
    seed=seeds,
)
def test_two_words_that_move_on_together_keep_their_score(score, dim, base, layout, p, q, move, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, dim))
    moved = score(x, y, p + move, q + move, base=base, layout=layout)
    np.testing.assert_allclose(moved, score(x, y, p, q, base=base, layout=layout), rtol=0, atol=1e-8)


def _matrix(block):
    """A stand-in for `posenc.rotary_matrix` with another block, a function of the angle."""

    def rotary_matrix(position, dim, *, freqs, layout):
        return block_matrix([block(position * w) for w in freqs], layout)

    return rotary_matrix


minus_lost = _matrix(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])
clockwise = _matrix(lambda a: [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
mirror = _matrix(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), -np.cos(a)]])
stretched = _matrix(lambda a: np.exp(a / 1000) * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]))


def _next_frequency(position, dim, *, freqs, layout):
    return posenc.rotary_matrix(position, dim, freqs=np.roll(freqs, -1) / 2, layout=layout)


def _free(least=0.05, most=3.0, pairs=5):
    """A few frequencies of any size and sign, none of them zero."""
    reach = most - least
    one = st.floats(-reach, reach).map(lambda v: v + np.copysign(least, v))
    return st.lists(one, min_size=1, max_size=pairs).map(np.array)


@theorem(
    "thm-rotary-score",
    of=posenc.rotary_matrix,
    mutants={
        "minus sign lost": minus_lost,
        "clockwise": clockwise,
        "a mirror": mirror,
        "it stretches as well": stretched,
        "the frequencies begin one too late": _next_frequency,
        "layouts exchanged": other_layout(posenc.rotary_matrix),
    },
    freqs=_free(),
    layout=layouts,
    p=offsets,
    q=offsets,
)
def test_the_matrix_is_the_turn_and_meets_itself_by_the_offset(rotary_matrix, freqs, layout, p, q):
    how = {"freqs": freqs, "layout": layout}
    dim = 2 * len(freqs)
    here, there = rotary_matrix(p, dim, **how), rotary_matrix(q, dim, **how)
    np.testing.assert_allclose(here.T @ here, np.eye(dim), rtol=0, atol=1e-10)
    np.testing.assert_allclose(here.T @ there, rotary_matrix(q - p, dim, **how), rtol=0, atol=1e-9)
    turned = _hands(here @ _flat(np.ones(len(freqs)) + 0j, layout), layout)
    np.testing.assert_allclose(turned, np.exp(1j * p * freqs), rtol=0, atol=1e-9)


@theorem(
    "thm-rotary-score",
    of=lambda x, p, *, base, layout: _turned(x, p, x.size, base=base, layout=layout),
    mutants={
        "added instead of turned": lambda x, p, *, base, layout: (
            x + posenc.sinusoidal(p, x.size, base=base, layout=layout)
        ),
        "each number times its own sine or cosine": lambda x, p, *, base, layout: (
            x * posenc.sinusoidal(p, x.size, base=base, layout=layout)
        ),
        "a partner from the next pair": lambda x, p, *, base, layout: np.roll(
            _turned(np.roll(x, 1), p, x.size, base=base, layout=layout), -1
        ),
    },
    dim=even_dims,
    base=bases,
    layout=layouts,
    p=positions,
    seed=seeds,
)
def test_no_hand_changes_its_length(turn, dim, base, layout, p, seed):
    x = np.random.default_rng(seed).normal(size=dim)
    turned = turn(x, p, base=base, layout=layout)
    np.testing.assert_allclose(abs(_hands(turned, layout)), abs(_hands(x, layout)), rtol=0, atol=1e-12)


def _words_for(a, b, layout):
    """A query and a key that have the score sum of a cos - b sin."""
    return _flat(np.ones(len(a)) + 0j, layout), _flat(a + 1j * b, layout)


@theorem(
    "thm-rotary-score",
    of=_words_for,
    mutants={
        "the sine with the other sign": lambda a, b, layout: _words_for(a, -b, layout),
        "cosines only": lambda a, b, layout: _words_for(np.hypot(a, b), 0 * b, layout),
        "the other layout": lambda a, b, layout: _words_for(a, b, OTHER[layout]),
        "the words exchanged": lambda a, b, layout: _words_for(a, b, layout)[::-1],
    },
    freqs=_free(),
    k=offsets,
    p=offsets,
    layout=layouts,
    seed=seeds,
)
def test_every_sum_of_waves_is_a_rotary_score(words_for, freqs, k, p, layout, seed):
    a, b = np.random.default_rng(seed).normal(size=(2, len(freqs)))
    x, y = words_for(a, b, layout)
    x, y = (
        posenc.apply_rotary(v, *posenc.rotary_cos_sin(at, v.size, freqs=freqs), layout=layout)
        for v, at in ((x, p), (y, p + k))
    )
    np.testing.assert_allclose(x @ y, (a * np.cos(freqs * k) - b * np.sin(freqs * k)).sum(), rtol=0, atol=1e-8)


def _attend(words, places, causal, values, freqs, layout, keys=1, added=False):
    """One head on queries, keys and values: what every word receives."""
    how, (x, y, v) = {"layout": layout}, words
    cos, sin = posenc.rotary_cos_sin(places, 2 * len(freqs), freqs=freqs)
    if added:
        x, y = (rows + posenc.sinusoidal(places, rows.shape[1], freqs=freqs, layout=layout) for rows in (x, y))
    else:
        x = posenc.apply_rotary(x, cos, sin, **how)
        y = posenc.apply_rotary(y, cos, keys * sin, **how)
    scores = x @ y.T / np.sqrt(x.shape[1])
    if causal:
        scores = np.where(np.tri(len(x), dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    if values == "left alone":
        return weights @ v
    received = weights @ posenc.apply_rotary(v, cos, -sin if values == "the other way" else sin, **how)
    if values in ("turned", "the other way"):
        return received
    return posenc.apply_rotary(received, cos, sin if values == "on again" else -sin, **how)


def _head(values, **mistake):
    return lambda *given: _attend(*given[:3], values, *given[3:], **mistake)


@st.composite
def _texts(draw):
    """Queries, keys and values of a few words, their places, whether a mask is on, frequencies and a layout."""
    n, freqs, layout = draw(st.integers(2, 5)), draw(_free(pairs=3)), draw(layouts)
    rng = np.random.default_rng(draw(seeds))
    words, places = rng.normal(size=(3, n, 2 * len(freqs))), rng.uniform(-100, 100, size=n)
    if draw(st.booleans()):  # whole places, some of them the same
        places = np.round(places / 20)
    return words, places, draw(st.booleans()), freqs, layout


@theorem(
    "thm-turned-values",
    of=_head("left alone"),
    mutants={
        "values turned too": _head("turned"),
        "values turned, and turned on again": _head("on again"),
        "keys turned the other way": _head("left alone", keys=-1),
        "positions added to queries and keys": _head("left alone", added=True),
    },
    text=_texts(),
    move=offsets,
)
def test_what_is_received_stays_when_the_text_moves(head, text, move):
    words, places, *rest = text
    np.testing.assert_allclose(head(words, places + move, *rest), head(words, places, *rest), rtol=0, atol=1e-7)


@theorem(
    "thm-turned-values",
    of=_head("turned"),
    mutants={
        "values left alone": _head("left alone"),
        "values turned back": _head("back"),
        "values turned, and turned on again": _head("on again"),
        "values turned the other way": _head("the other way"),
    },
    text=_texts(),
    move=offsets,
)
def test_turned_values_turn_what_is_received_and_only_zero_stays(head, text, move):
    """Each pair has a move, 1 / w, that shifts it by a fixed part of its length."""
    words, places, causal, freqs, layout = text
    before = _hands(head(words, places, causal, freqs, layout), layout)
    i = int(abs(move)) % len(freqs)
    after = _hands(head(words, places + 1 / freqs[i], causal, freqs, layout), layout)
    shift = np.sqrt(2 - 2 * np.cos(1)) * abs(before[:, i])
    np.testing.assert_allclose(abs(after[:, i] - before[:, i]), shift, rtol=0, atol=1e-9)
    after = _hands(head(words, places + move, causal, freqs, layout), layout)
    np.testing.assert_allclose(after, before * np.exp(1j * move * freqs), rtol=0, atol=1e-7)


def _by_offset(words, places, causal, freqs, layout):
    """What a word receives if every value arrives turned by its offset, one word after the other."""
    x, y, v = words
    received = np.empty_like(v)
    for s, p in enumerate(places):
        seen = range(s + 1 if causal else len(v))
        turns = [posenc.rotary_matrix(places[t] - p, v.shape[1], freqs=freqs, layout=layout) for t in seen]
        scores = np.array([x[s] @ T @ y[t] for t, T in zip(seen, turns, strict=True)]) / np.sqrt(v.shape[1])
        weights = np.exp(scores - scores.max())
        received[s] = sum(a * T @ v[t] for a, t, T in zip(weights, seen, turns, strict=True)) / weights.sum()
    return received


@theorem(
    "thm-turned-values",
    of=_head("back"),
    mutants={
        "not turned back": _head("turned"),
        "turned on again": _head("on again"),
        "values left alone": _head("left alone"),
    },
    text=_texts(),
    move=offsets,
)
def test_turned_back_every_value_arrives_turned_by_its_offset(head, text, move):
    words, places, *rest = text
    np.testing.assert_allclose(head(words, places + move, *rest), _by_offset(words, places, *rest), rtol=0, atol=1e-7)


def _spread(parts):
    """The marks between parts of the way from 0 to pi, every second one first."""
    marks = np.pi * np.cumsum(parts[:-1]) / sum(parts)
    return np.concatenate([marks[1::2], marks[::2]])


#: Frequencies between 0 and pi, no two of them close.
below_pi = st.lists(st.floats(0.1, 1), min_size=2, max_size=4).map(_spread)


def _blocks(shape):
    """A head's matrix from the numbers a and b of each pair."""

    def matrix(a, b, layout):
        return block_matrix([shape(*ab) for ab in zip(a, b, strict=True)], layout)

    return matrix


@theorem(
    "thm-turn-before",
    of=_blocks(lambda a, b: [[a, b], [-b, a]]),
    mutants={
        "a weight for each number": _blocks(lambda a, b: [[a, 0], [0, b]]),
        "the minus of J lost": _blocks(lambda a, b: [[a, b], [b, a]]),
        "any matrix": lambda a, b, layout: np.outer(np.r_[a, b], np.r_[b, a]),
        "the pair of the next frequency": lambda a, b, layout: np.roll(
            _blocks(lambda a, b: [[a, b], [-b, a]])(a, b, layout), 1, axis=0
        ),
    },
    freqs=below_pi,
    layout=layouts,
    places=st.tuples(offsets, offsets, offsets),
    seed=seeds,
)
def test_such_a_head_may_turn_before_it_projects(matrix, freqs, layout, places, seed):
    (p, q, move), dim = places, 2 * len(freqs)
    rng = np.random.default_rng(seed)
    A, (x, y) = matrix(*rng.normal(size=(2, len(freqs))), layout), rng.normal(size=(2, dim))

    def score(p, q):
        turned = [
            posenc.apply_rotary(v, *posenc.rotary_cos_sin(at, dim, freqs=freqs), layout=layout)
            for v, at in ((x, p), (y, q))
        ]
        return turned[0] @ A @ turned[1]

    np.testing.assert_allclose(score(p + move, q + move), score(p, q), rtol=0, atol=1e-8)


def _with(change):
    """`posenc.rotary_matrix` with other frequencies than it is given."""
    return lambda position, dim, *, freqs, layout: posenc.rotary_matrix(
        position, dim, freqs=change(freqs), layout=layout
    )


@theorem(
    "thm-turn-before",
    of=posenc.rotary_matrix,
    mutants={
        "all frequencies equal": _with(lambda freqs: np.full_like(freqs, freqs[0])),
        "a frequency above pi": _with(lambda freqs: np.append(freqs[:-1], 2 * np.pi - freqs[0])),
        "the first pair stands still": _with(lambda freqs: np.append(0, freqs[1:])),
        "half a turn a position": _with(lambda freqs: np.append(np.pi, freqs[1:])),
    },
    freqs=below_pi,
    layout=layouts,
)
def test_no_other_head_may_do_so_even_for_the_positions_0_and_1(rotary_matrix, freqs, layout):
    """The matrices with T(1)^T A T(1) = A: d dimensions, and they are the blocks."""
    dim = 2 * len(freqs)
    T = rotary_matrix(1, dim, freqs=freqs, layout=layout)
    change = np.kron(T.T, T.T) - np.eye(dim * dim)  # of the rows of A, end to end
    _, sizes, directions = np.linalg.svd(change)
    found = directions[sizes < 1e-9]
    assert len(found) == dim

    each, none = np.eye(len(freqs)), np.zeros(len(freqs))
    block = _blocks(lambda a, b: [[a, b], [-b, a]])
    expected = [block(pair, none, layout) for pair in each] + [block(none, pair, layout) for pair in each]
    expected = np.array([matrix.ravel() / np.linalg.norm(matrix) for matrix in expected])
    np.testing.assert_allclose(found.T @ found, expected.T @ expected, rtol=0, atol=1e-7)


def _exponential(matrix):
    """By its series, at a small part of the way, and squared until the whole way is gone."""
    halvings = max(0, int(np.ceil(np.log2(max(np.linalg.norm(matrix), 1e-300)))) + 6)
    term = total = np.eye(len(matrix))
    for n in range(1, 14):
        term = term @ matrix / 2**halvings / n
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return total


def _velocity(seed, dim):
    drawn = np.random.default_rng(seed).normal(size=(dim, dim))
    return (drawn - drawn.T) / 4


def _taken_apart(velocity):
    """P and the frequencies of a skew-symmetric velocity; an odd last column of P stays as it is."""
    rates, vectors = np.linalg.eigh(1j * velocity)
    turning = rates > 1e-9
    planes = np.sqrt(2) * vectors[:, turning]
    P = np.stack([planes.real, planes.imag], axis=-1).reshape(len(velocity), -1)
    fixed = np.linalg.svd(P.T)[2][P.shape[1] :].T if P.size else np.eye(len(velocity))
    return np.hstack([P, fixed]), np.append(rates[turning], np.zeros(fixed.shape[1] // 2))


def _turned_in(coordinates, freqs, position):
    """P T(p) P^T, with one direction left alone if there is an odd one."""
    dim = 2 * len(freqs)
    T = np.eye(len(coordinates))
    if dim:
        T[:dim, :dim] = posenc.rotary_matrix(position, dim, freqs=freqs, layout="interleaved")
    return coordinates @ T @ coordinates.T


@theorem(
    "thm-only-turning",
    of=_taken_apart,
    mutants={
        "the coordinates as they are": lambda velocity: (np.eye(len(velocity)), _taken_apart(velocity)[1]),
        "the ladder for every turning": lambda velocity: (
            _taken_apart(velocity)[0],
            10000.0 ** (-np.arange(len(velocity) // 2) / max(1, len(velocity) // 2)),
        ),
        "one frequency for all planes": lambda velocity: (
            _taken_apart(velocity)[0],
            np.full(len(velocity) // 2, np.linalg.norm(velocity)),
        ),
        "the sense lost": lambda velocity: (_taken_apart(velocity)[0], -_taken_apart(velocity)[1]),
    },
    dim=st.integers(1, 7),
    seed=seeds,
    p=st.floats(-20, 20),
)
def test_every_relative_family_is_rotary_in_other_coordinates(taken_apart, dim, seed, p):
    velocity = _velocity(seed, dim)
    P, freqs = taken_apart(velocity)
    np.testing.assert_allclose(P.T @ P, np.eye(dim), rtol=0, atol=1e-9)
    np.testing.assert_allclose(_turned_in(P, freqs, p), _exponential(p * velocity), rtol=0, atol=1e-7)


def _family(seed, dim):
    return lambda p: _exponential(p * _velocity(seed, dim))


def _not_skew(seed, dim):
    drawn = np.random.default_rng(seed).normal(size=(dim, dim)) / 8
    return lambda p: _exponential(p * drawn)


def _two_that_do_not_commute(seed, dim):
    one, other = _velocity(seed, dim), _velocity(seed + 1, dim)
    return lambda p: _exponential(p * one) @ _exponential(p * other)


def _mirror_at_odd_places(seed, dim):
    flip = np.diag([-1.0, *[1.0] * (dim - 1)])
    return lambda p: _exponential(p * _velocity(seed, dim)) @ (flip if np.floor(p) % 2 else np.eye(dim))


@theorem(
    "thm-only-turning",
    of=_family,
    mutants={
        "a velocity that is not skew": _not_skew,
        "two turnings that do not commute, one after the other": _two_that_do_not_commute,
        "an angle that grows with the square": lambda seed, dim: (
            lambda p: _exponential(p * p / 3 * _velocity(seed, dim))
        ),
        "a mirror at odd places": _mirror_at_odd_places,
    },
    dim=st.integers(2, 6),
    seed=seeds,
    p=st.floats(-5, 5),
    q=st.floats(-5, 5),
)
def test_turning_in_any_planes_makes_every_score_relative(family, dim, seed, p, q):
    M = family(seed, dim)
    np.testing.assert_allclose(M(0), np.eye(dim), rtol=0, atol=1e-12)
    np.testing.assert_allclose(M(p).T @ M(q), M(q - p), rtol=0, atol=1e-8)


def _rotary_of(step):
    """P and frequencies with Q^n = P T(n) P^T, or None if no rotary has this step."""
    if np.linalg.det(step) < 0:
        return None
    return _planes_of(step)


def _planes_of(step):
    """The planes that an orthogonal step turns, those by half a turn and by none at the end."""
    rates, vectors = np.linalg.eig(step)
    angles = np.angle(rates)
    turning = (angles > 1e-6) & (angles < np.pi - 1e-6)
    planes = np.sqrt(2) * vectors[:, turning]
    parts = [np.stack([planes.real, -planes.imag], axis=-1).reshape(len(step), -1)]
    freqs = list(angles[turning])
    for sign, w in ((-1, np.pi), (1, 0.0)):
        sizes, directions = np.linalg.svd(step - sign * np.eye(len(step)))[1:]
        kept = directions[sizes < 1e-7].T
        parts.append(kept)
        freqs += [w] * (kept.shape[1] // 2)
    return np.hstack(parts), np.array(freqs)


def _no_half_turns(step):
    return None if np.isclose(np.linalg.eigvals(step), -1).any() else _rotary_of(step)


@theorem(
    "thm-only-turning",
    of=_rotary_of,
    mutants={
        "every step is a turn": _planes_of,
        "half a turn is none": _no_half_turns,
        "the sense lost": lambda step: _rotary_of(step.T),
        "even dimensions only": lambda step: None if len(step) % 2 else _rotary_of(step),
    },
    angles=st.lists(st.floats(0.1, 3.0), max_size=2).filter(lambda freqs: apart(freqs, 0.2)),
    flips=st.integers(0, 3),
    fixed=st.integers(0, 3),
    seed=seeds,
    n=st.integers(-6, 6),
)
def test_on_whole_positions_the_steps_without_a_mirror_are_rotary(rotary_of, angles, flips, fixed, seed, n):
    """Powers of any orthogonal matrix are relative; with determinant 1, and only then, they are turns."""
    dim = 2 * len(angles) + flips + fixed
    if dim == 0:
        return
    normal = np.diag([-1.0] * flips + [1.0] * (dim - flips))
    for i, w in enumerate(angles):
        at = flips + 2 * i
        normal[at : at + 2, at : at + 2] = [[np.cos(w), -np.sin(w)], [np.sin(w), np.cos(w)]]
    mixing = np.linalg.qr(np.random.default_rng(seed).normal(size=(dim, dim)))[0]
    step = mixing @ normal @ mixing.T
    power = np.linalg.matrix_power(step, n)
    np.testing.assert_allclose(power.T @ np.linalg.matrix_power(step, n + 2), step @ step, rtol=0, atol=1e-9)

    found = rotary_of(step)
    assert (found is None) == (flips % 2 == 1)
    if found is not None:
        P, freqs = found
        np.testing.assert_allclose(P.T @ P, np.eye(dim), rtol=0, atol=1e-6)
        np.testing.assert_allclose(_turned_in(P, freqs, n), power, rtol=0, atol=1e-6)
