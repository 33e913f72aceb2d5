"""The theorems of "What can a head say about distance?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import apart, block_matrix, layouts, positions, theorem

import posenc


def _different(fastest, most=6):
    """A few frequencies, positive and no two of them close."""
    return (
        st.lists(st.floats(0.1, fastest), min_size=1, max_size=most)
        .filter(lambda freqs: apart(freqs, 0.05))
        .map(np.array)
    )


def _heads(fastest=4.0):
    """Frequencies, and for each of them a block's two numbers a and b."""
    number = st.one_of(st.just(0.0), st.floats(-3, 3).filter(lambda x: abs(x) > 0.01))
    return _different(fastest).flatmap(
        lambda freqs: st.tuples(
            st.just(freqs), *(st.lists(number, min_size=len(freqs), max_size=len(freqs)).map(np.array) for _ in "ab")
        )
    )


def _head(a, b, layout):
    return block_matrix([[[a_i, b_i], [-b_i, a_i]] for a_i, b_i in zip(a, b, strict=True)], layout)


def _table(sine, cosine):
    """A stand-in for `posenc.sinusoidal` with other waves, functions of the angle and the frequency."""

    def sinusoidal(positions, dim, *, freqs, layout):
        table = np.empty((len(positions), dim))
        for i, w in enumerate(freqs):
            angles = np.asarray(positions) * w
            table[:, posenc.column_of(i, "sin", dim, layout=layout)] = sine(angles, w)
            table[:, posenc.column_of(i, "cos", dim, layout=layout)] = cosine(angles, w)
        return table

    return sinusoidal


two_frequencies = _table(lambda angle, w: np.sin(angle), lambda angle, w: np.cos(angle * (1 + w)))
two_sines = _table(lambda angle, w: np.sin(angle), lambda angle, w: np.sin(angle + 1))
cosine_first = _table(lambda angle, w: np.cos(angle), lambda angle, w: np.sin(angle))
backwards = _table(lambda angle, w: -np.sin(angle), lambda angle, w: np.cos(angle))
twice_as_fast = _table(lambda angle, w: np.sin(2 * angle), lambda angle, w: np.cos(2 * angle))
too_large = _table(lambda angle, w: 2 * np.sin(angle), lambda angle, w: 2 * np.cos(angle))


@theorem(
    "thm-commutant",
    of=posenc.sinusoidal,
    mutants={"two frequencies a pair": two_frequencies, "two sines a pair": two_sines},
    head=_heads(),
    places=st.tuples(positions, positions, positions),
    layout=layouts,
)
def test_such_a_head_scores_the_same_everywhere(sinusoidal, head, places, layout):
    (freqs, a, b), (p, q, shift) = head, places
    rows = sinusoidal([p, q, p + shift, q + shift], 2 * len(freqs), freqs=freqs, layout=layout)
    matrix = _head(a, b, layout)
    np.testing.assert_allclose(rows[2] @ matrix @ rows[3], rows[0] @ matrix @ rows[1], rtol=0, atol=1e-8)


def _generator(block):
    """A stand-in for `posenc.shift_generator` with another block, a function of the frequency and the pair."""

    def generator(dim, *, freqs, layout):
        return block_matrix([block(w, i) for i, w in enumerate(freqs)], layout)

    return generator


def _one_frequency(dim, *, freqs, layout):
    return posenc.shift_generator(dim, freqs=np.full_like(freqs, freqs[0]), layout=layout)


@theorem(
    "thm-commutant",
    of=posenc.shift_generator,
    mutants={
        "all frequencies equal": _one_frequency,
        "symmetric": _generator(lambda w, i: [[0, w], [w, 0]]),
        "the first pair stands still": _generator(lambda w, i: [[0, w * (i > 0)], [-w * (i > 0), 0]]),
        "one sine alone moves": _generator(lambda w, i: [[0, w], [0, 0]]),
    },
    freqs=_different(4.0, most=4),
    layout=layouts,
)
def test_nothing_but_blocks_commutes_with_the_generator(generator, freqs, layout):
    dim = 2 * len(freqs)
    velocity = generator(dim, freqs=freqs, layout=layout)
    unit = np.eye(dim)
    commutator = np.kron(unit, velocity.T) - np.kron(velocity, unit)  # times the rows of A, end to end: A G - G A
    _, sizes, directions = np.linalg.svd(commutator)
    found = directions[sizes < 1e-9]
    assert len(found) == dim

    each = np.eye(len(freqs))
    none = np.zeros(len(freqs))
    expected = [_head(pair, none, layout) for pair in each] + [_head(none, pair, layout) for pair in each]
    expected = np.array([matrix.ravel() / np.linalg.norm(matrix) for matrix in expected])
    np.testing.assert_allclose(found.T @ found, expected.T @ expected, rtol=0, atol=1e-7)


def _all_alike(positions, dim, *, freqs, layout):
    return posenc.sinusoidal(positions, dim, freqs=np.full_like(freqs, freqs[0]), layout=layout)


def _above_pi(positions, dim, *, freqs, layout):
    """At whole positions the last pair is the first one, running backwards."""
    return posenc.sinusoidal(positions, dim, freqs=np.append(freqs[:-1], 2 * np.pi - freqs[0]), layout=layout)


@theorem(
    "thm-commutant",
    of=posenc.sinusoidal,
    mutants={
        "two frequencies a pair": two_frequencies,
        "two sines a pair": two_sines,
        "all frequencies equal": _all_alike,
        "a frequency above pi": _above_pi,
        "each sine stands for its cosine too": _table(lambda angle, w: np.sin(angle), lambda angle, w: np.sin(angle)),
    },
    freqs=st.lists(st.floats(0.2, 3), min_size=1, max_size=3).filter(lambda f: apart(f, 0.4)).map(np.array),
    start=st.integers(-20, 20),
    layout=layouts,
)
def test_a_few_whole_places_force_the_blocks(sinusoidal, freqs, start, layout):
    """Ask of all d * d entries that one step on changes no score among d + 1 places: d are left free."""
    dim = 2 * len(freqs)
    rows = sinusoidal(start + np.arange(dim + 1), dim, freqs=freqs, layout=layout)
    asked = np.array([np.outer(rows[p + 1], rows[q + 1]) - np.outer(rows[p], rows[q]) for p, q in np.ndindex(dim, dim)])
    asked = asked.reshape(dim**2, dim**2)
    each, none = np.eye(len(freqs)), np.zeros(len(freqs))
    for a, b in [(pair, none) for pair in each] + [(none, pair) for pair in each]:
        np.testing.assert_allclose(asked @ _head(a, b, layout).ravel(), 0, atol=1e-9)
    assert np.linalg.matrix_rank(asked, tol=1e-9) == dim**2 - dim


@theorem(
    "thm-expressible-scores",
    of=posenc.sinusoidal,
    mutants={
        "cosine first": cosine_first,
        "backwards": backwards,
        "two frequencies a pair": two_frequencies,
        "twice as fast": twice_as_fast,
    },
    head=_heads(),
    position=positions,
    offset=st.floats(-1000, 1000),
    layout=layouts,
)
def test_a_score_is_a_sum_of_waves(sinusoidal, head, position, offset, layout):
    freqs, a, b = head
    rows = sinusoidal([position, position + offset], 2 * len(freqs), freqs=freqs, layout=layout)
    waves = a * np.cos(freqs * offset) - b * np.sin(freqs * offset)
    np.testing.assert_allclose(rows[0] @ _head(a, b, layout) @ rows[1], waves.sum(), rtol=0, atol=1e-9)


@theorem(
    "thm-expressible-scores",
    of=posenc.sinusoidal,
    mutants={
        "all frequencies equal": _all_alike,
        "sines lost": _table(lambda angle, w: 0 * angle, lambda angle, w: np.cos(angle)),
        "each sine stands for its cosine too": _table(lambda angle, w: np.sin(angle), lambda angle, w: np.sin(angle)),
    },
    freqs=st.lists(st.floats(0.2, 3), min_size=1, max_size=3).filter(lambda f: apart(f, 0.4)).map(np.array),
    position=st.integers(-20, 20),
    layout=layouts,
)
def test_different_choices_make_different_scores(sinusoidal, freqs, position, layout):
    """The scores at d neighbouring offsets name all d numbers: no choice but zero is silent at all of them."""
    dim = 2 * len(freqs)
    offsets = np.arange(dim) - dim // 2
    query, *keys = sinusoidal([position, *(position + offsets)], dim, freqs=freqs, layout=layout)
    each, none = np.eye(len(freqs)), np.zeros(len(freqs))
    choices = [(pair, none) for pair in each] + [(none, pair) for pair in each]
    scores = np.array([np.array(keys) @ _head(a, b, layout).T @ query for a, b in choices])
    assert np.linalg.svd(scores, compute_uv=False).min() > 1e-6


def _shift(block):
    """A stand-in for `posenc.shift_matrix` with another block, a function of the angle."""

    def shift_matrix(offset, dim, *, freqs, layout):
        return block_matrix([block(offset * w) for w in freqs], layout)

    return shift_matrix


@theorem(
    "thm-narrow-head",
    of=posenc.shift_matrix,
    mutants={
        "minus sign lost": _shift(lambda t: [[np.cos(t), np.sin(t)], [np.sin(t), np.cos(t)]]),
        "reflection": _shift(lambda t: [[np.cos(t), np.sin(t)], [np.sin(t), -np.cos(t)]]),
        "projection": _shift(lambda t: np.outer([np.sin(t), np.cos(t)], [np.sin(t), np.cos(t)])),
        "sine without its cosine": _shift(lambda t: [[np.cos(t), np.sin(t)], [0, 0]]),
    },
    head=_heads(),
    back=st.floats(-100, 100),
    layout=layouts,
)
def test_a_frequency_costs_two_columns(shift_matrix, head, back, layout):
    freqs, a, b = head
    dim = 2 * len(freqs)
    matrix = _head(a, b, layout) @ shift_matrix(back, dim, freqs=freqs, layout=layout)
    used = np.flatnonzero(np.hypot(a, b))
    for i in used:
        columns = [posenc.column_of(i, wave, dim, layout=layout) for wave in ("sin", "cos")]
        block = matrix[np.ix_(columns, columns)]
        np.testing.assert_allclose(np.linalg.det(block), block[0] @ block[0], rtol=1e-9)
    assert np.linalg.matrix_rank(matrix, tol=1e-9) == 2 * len(used)

    chosen = [posenc.column_of(i, wave, dim, layout=layout) for i in used for wave in ("sin", "cos")]
    keys = np.eye(dim)[:, chosen]
    np.testing.assert_allclose((matrix @ keys) @ keys.T, matrix, rtol=0, atol=1e-12)


@theorem(
    "thm-sharpness",
    of=posenc.sinusoidal,
    mutants={
        "twice as fast": twice_as_fast,
        "too large": too_large,
        "two frequencies a pair": two_frequencies,
    },
    head=_heads(fastest=np.pi),
    offset=st.floats(-100, 100),
    layout=layouts,
)
def test_a_score_drops_no_faster_than_its_fastest_pair(sinusoidal, head, offset, layout):
    freqs, a, b = head
    places = [0, offset - 1, offset, offset + 1]
    query, *keys = sinusoidal(places, 2 * len(freqs), freqs=freqs, layout=layout)
    before, here, after = np.array(keys) @ _head(a, b, layout).T @ query
    terms = a * np.cos(freqs * offset) - b * np.sin(freqs * offset)
    drop = here - (before + after) / 2
    np.testing.assert_allclose(drop, ((1 - np.cos(freqs)) * terms).sum(), rtol=0, atol=1e-9)
    assert drop <= (1 - np.cos(freqs.max())) * np.hypot(a, b).sum() + 1e-9


@st.composite
def _crowds(draw):
    """A head, the offset that should win, and other offsets with weights that sum to 1."""
    head = draw(_heads())
    best = draw(st.integers(-20, 20))
    others = draw(st.lists(st.integers(-40, 40), min_size=1, max_size=6, unique=True).filter(lambda k: best not in k))
    weights = np.array(draw(st.lists(st.floats(0.01, 1), min_size=len(others), max_size=len(others))))
    return head, best, np.array(others), weights / weights.sum()


@st.composite
def _turned_away(draw):
    """Two pairs or more that peak together at one offset, and one other offset where all of them are nearly opposite."""
    slowest = draw(st.floats(0.8, 2.5))
    freqs = slowest + 0.06 * np.arange(draw(st.integers(2, 3)))
    best = draw(st.integers(-20, 20))
    sizes = draw(st.floats(0.2, 1.5))
    head = freqs, sizes * np.cos(freqs * best), -sizes * np.sin(freqs * best)
    return head, best, np.array([best + round(np.pi / slowest)]), np.ones(1)


def _crowd_limits(head, best, others, weights):
    """The largest mean drop and the largest softmax weight that the theorem leaves to a head."""
    freqs, a, b = head
    turns = np.exp(1j * np.outer(freqs, others - best)) @ weights
    drop = np.hypot(a, b).sum() * abs(1 - turns).max()
    return drop, 1 / (1 + np.exp(-(weights * np.log(weights)).sum() - drop))


def _limits_by(size=lambda a, b: np.hypot(a, b).sum(), reach=lambda turns: abs(1 - turns).max(), entropy=None):
    """The limits as somebody has them who mistakes one of their three parts."""

    def limits(head, best, others, weights):
        freqs, a, b = head
        drop = size(a, b) * reach(np.exp(1j * np.outer(freqs, others - best)) @ weights)
        crowd = entropy(weights) if entropy else -(weights * np.log(weights)).sum()
        return drop, 1 / (1 + np.exp(crowd - drop))

    return limits


def _drop_and_weight(rows, head, weights, layout):
    """What a head really does: row 0 is the query, row 1 the key that should win."""
    _, a, b = head
    best, *others = rows[1:] @ _head(a, b, layout).T @ rows[0]
    return best - weights @ others, 1 / (1 + np.exp(np.array(others) - best).sum())


@theorem(
    "thm-crowd-bound",
    of=_crowd_limits,
    mutants={
        "cosines only": _limits_by(reach=lambda turns: abs(1 - turns.real).max()),
        "the root of the sum of squares for B": _limits_by(size=lambda a, b: np.sqrt((a**2 + b**2).sum())),
        "a without b": _limits_by(size=lambda a, b: abs(a).sum()),
        "the slowest pair for the fastest": _limits_by(reach=lambda turns: abs(1 - turns).min()),
        "the entropy in bits": _limits_by(entropy=lambda weights: -(weights * np.log2(weights)).sum()),
    },
    crowd=st.one_of(_crowds(), _turned_away()),
    layout=layouts,
)
def test_no_head_drops_below_its_crowd_or_wins_more(limits, crowd, layout):
    head, best, others, weights = crowd
    places = np.concatenate([[0, best], others])
    rows = posenc.sinusoidal(places, 2 * len(head[0]), freqs=head[0], layout=layout)
    drop, weight = _drop_and_weight(rows, head, weights, layout)
    most_drop, most_weight = limits(head, best, others, weights)
    assert drop <= most_drop + 1e-9
    assert weight <= most_weight + 1e-9


@theorem(
    "thm-crowd-bound",
    of=posenc.sinusoidal,
    mutants={
        "twice as fast": twice_as_fast,
        "too large": too_large,
        "two frequencies a pair": two_frequencies,
    },
    crowd=_crowds(),
    layout=layouts,
)
def test_the_crowd_holds_every_table_of_sinusoids(sinusoidal, crowd, layout):
    head, best, others, weights = crowd
    places = np.concatenate([[0, best], others])
    rows = sinusoidal(places, 2 * len(head[0]), freqs=head[0], layout=layout)
    drop, weight = _drop_and_weight(rows, head, weights, layout)
    most_drop, most_weight = _crowd_limits(head, best, others, weights)
    assert drop <= most_drop + 1e-9
    assert weight <= most_weight + 1e-9
