"""The theorems of "Give every offset a label"."""

import math

import hypothesis.strategies as st
import numpy as np
from theorem import block_matrix, frequencies_of_tables, layouts, offsets, positions, seeds, theorem

import posenc


def _reached(distance, exact, wide, most, edge):
    """Whether a distance has reached an edge, in whole numbers."""
    return distance**wide * exact**edge >= most**edge * exact**wide


@st.composite
def _settings(draw):
    """Both ways or one, the buckets of one direction, and the maximal distance."""
    buckets = draw(st.integers(2, 24))
    return draw(st.booleans()), buckets, draw(st.integers(buckets // 2 + 1, 130))


def _by_logarithm(rounded=np.floor, steps=lambda wide: wide, ahead=1, start=lambda buckets: buckets // 2, plus=0):
    """A stand-in for `posenc.relative_position_bucket` with logarithms, and with room for mistakes."""

    def relative_position_bucket(offset, *, bidirectional, num_buckets, max_distance):
        offset = np.asarray(offset)
        buckets = num_buckets // 2 if bidirectional else num_buckets
        exact = start(buckets)
        distance = abs(offset) if bidirectional else np.maximum(-offset, 0)
        ratio = np.log(np.maximum(distance + plus, exact) / exact) / np.log(max_distance / exact)
        wide = exact + rounded(ratio * steps(buckets - exact) + 1e-12).astype(int)
        bucket = np.where(distance < exact, distance, np.minimum(wide, buckets - 1))
        return bucket + (ahead * buckets * (offset > 0) if bidirectional else 0)

    return relative_position_bucket


def _other_direction(offset, **options):
    return posenc.relative_position_bucket(-np.asarray(offset), **options)


@theorem(
    "thm-t5-buckets",
    of=posenc.relative_position_bucket,
    mutants={
        "the last bucket opens at the maximal distance": _by_logarithm(steps=lambda wide: max(wide - 1, 1)),
        "rounded to the nearest edge": _by_logarithm(rounded=np.round),
        "rounded up": _by_logarithm(rounded=np.ceil),
        "no exact buckets but that of 0": _by_logarithm(start=lambda buckets: 1),
        "the logarithm of the distance and 1": _by_logarithm(plus=1),
        "ahead not told from behind": _by_logarithm(ahead=0),
        "query minus key": _other_direction,
    },
    setting=_settings(),
)
def test_a_bucket_holds_what_lies_between_its_edges(relative_position_bucket, setting):
    both, buckets, most = setting
    exact = buckets // 2
    wide = buckets - exact
    options = {"bidirectional": both, "num_buckets": buckets * (2 if both else 1), "max_distance": most}
    distances = [*range(most + 9), 10 * most, 10**6]
    behind = relative_position_bucket([-n for n in distances], **options).tolist()

    assert behind[:exact] == list(range(exact))
    for n, bucket in list(zip(distances, behind, strict=True))[exact:]:  # 1: between its edges, and the formula
        edge = bucket - exact
        assert 0 <= edge < wide
        assert _reached(n, exact, wide, most, edge)
        assert edge == wide - 1 or not _reached(n, exact, wide, most, edge + 1)
        exponent = wide * math.log(n / exact) / math.log(most / exact)
        if abs(exponent - round(exponent)) > 1e-9:
            assert edge == min(wide - 1, math.floor(exponent))
    assert sorted(behind) == behind

    assert most * (exact / most) ** (1 / wide) < most  # 2, and what it means for the buckets
    assert {bucket for n, bucket in zip(distances, behind, strict=True) if n >= most} == {buckets - 1}
    if (exact + 1) ** wide <= most * exact ** (wide - 1):  # 3: the first step is at least 1
        assert set(behind) == set(range(buckets))
    ahead = relative_position_bucket(distances[1:], **options).tolist()  # 4
    assert ahead == [buckets + bucket if both else 0 for bucket in behind[1:]]
    assert buckets not in ahead


def _head(place, contents, labels, query_meets, numbers, values):
    """The output of a head at a place, given the labels of all keys as seen from there."""
    scores = contents @ contents[place] + query_meets[labels] @ contents[place] + numbers[labels]
    weights = np.exp(scores - scores.max())
    return weights @ (contents + values[labels]) / weights.sum()


def _assert_bag(labels, alike, place, one, other, seed):
    """Exchanging two contents is not seen within a label, and can be seen otherwise."""
    rng = np.random.default_rng(seed)
    labels = labels - labels.min()
    number, dim = len(labels), 3
    contents = rng.normal(size=(number, dim))
    exchanged = contents.copy()
    exchanged[[one, other]] = contents[[other, one]]
    size = labels.max() + 1
    if alike:
        learned = rng.normal(size=(size, dim)), rng.normal(size=size), rng.normal(size=(size, dim))
        outputs = [_head(place, rows, labels, *learned) for rows in (contents, exchanged)]
        np.testing.assert_allclose(outputs[0], outputs[1], rtol=0, atol=1e-9)
    else:  # scores are numbers of the labels alone, values the contents
        weights = np.where(labels == labels[one], 2.0, 1.0)
        change = weights @ (contents - exchanged) / weights.sum()
        np.testing.assert_allclose(change, (contents[one] - contents[other]) / weights.sum(), rtol=0, atol=1e-9)


@st.composite
def _exchanges(draw, most):
    """Three places of a text: of a query, and of two keys that change places."""
    number = draw(st.integers(3, most))
    return number, draw(st.permutations(range(number)))[:3]


def _never_clipped(query, keys, most):
    return posenc.clipped_relative_positions(query, keys, 100)


def _direction_forgotten(query, keys, most):
    return abs(posenc.clipped_relative_positions(query, keys, most) - most)


def _round_in_a_circle(query, keys, most):
    return (np.asarray(keys) - query) % (2 * most + 1)


def _one_label_short(query, keys, most):
    return posenc.clipped_relative_positions(query, keys, max(most - 1, 0))


@theorem(
    "thm-bag-in-a-label",
    of=posenc.clipped_relative_positions,
    mutants={
        "never clipped": _never_clipped,
        "direction forgotten": _direction_forgotten,
        "round in a circle": _round_in_a_circle,
        "one label short": _one_label_short,
    },
    exchange=_exchanges(9),
    most=st.integers(0, 4),
    seed=seeds,
)
def test_shaws_labels_are_bags(clipped_relative_positions, exchange, most, seed):
    number, (place, one, other) = exchange
    clipped = [max(-most, min(most, key - place)) for key in (one, other)]
    labels = clipped_relative_positions(place, range(number), most)
    _assert_bag(labels, clipped[0] == clipped[1], place, one, other, seed)


def _t5(offset):
    return posenc.relative_position_bucket(offset)


def _full_up_to_128(offset):
    return _by_logarithm(steps=lambda wide: wide - 1)(offset, bidirectional=True, num_buckets=32, max_distance=128)


@theorem(
    "thm-bag-in-a-label",
    of=_t5,
    mutants={
        "the last bucket opens at 128": _full_up_to_128,
        "a bucket for each distance": lambda offset: np.asarray(offset),
        "exact buckets only, as with Shaw": lambda offset: np.clip(offset, -8, 8),
        "direction forgotten": lambda offset: posenc.relative_position_bucket(-abs(np.asarray(offset))),
    },
    place=st.integers(150, 160),
    one=st.integers(0, 140),
    step=st.integers(1, 30),
    mirrored=st.booleans(),
    seed=seeds,
)
def test_t5s_buckets_are_bags(bucket, place, one, step, mirrored, seed):
    other = 2 * place - one if mirrored else one + step if one + step < place else one + 1
    number = max(place, other) + 2
    edges = [8 * 2 ** (t / 2) for t in range(1, 8)]  # none is a whole number but 16, 32 and 64, which are exact
    expected = [
        (key > place, abs(key - place) if abs(key - place) < 8 else 8 + sum(abs(key - place) >= edge for edge in edges))
        for key in (one, other)
    ]
    labels = bucket(np.arange(number) - place)
    _assert_bag(labels, expected[0] == expected[1], place, one, other, seed)


def _weights(scores, seen):
    raised = np.where(seen, np.exp(scores - scores.max(axis=1, keepdims=True)), 0)
    return raised / raised.sum(axis=1, keepdims=True)


@st.composite
def _texts(draw):
    """A text, who sees whom (each query at least itself), the labels, and which of them occur."""
    number, most = draw(st.integers(2, 8)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(seeds))
    seen = rng.random((number, number)) < draw(st.sampled_from([0.2, 0.6, 1.0]))
    seen |= np.eye(number, dtype=bool)
    seen[1, 0] = True  # so that two labels occur
    if draw(st.booleans()):
        seen &= np.tri(number, dtype=bool)
    labels = posenc.clipped_relative_positions(range(number), range(number), most)
    return rng, seen, labels, np.isin(np.arange(2 * most + 1), labels[seen])


def _comparable(table):
    """A table from which its entry for offset 0 is taken off; two heads are the same if these agree where used."""
    return table - table[len(table) // 2]


RECIPES = {
    "minus its mean": lambda table: table - table.mean(axis=0),
    "minus its first entry": lambda table: table - table[0],
    "as it stands": lambda table: table,
    "divided by its entry for offset 0": lambda table: table / table[len(table) // 2],
    "minus its largest entry": lambda table: table - table.max(axis=0),
}


@theorem("thm-labels-up-to-a-constant", of=_comparable, mutants=RECIPES, text=_texts(), constant=st.floats(-5, 5))
def test_a_head_is_its_numbers_up_to_a_constant(comparable, text, constant):
    rng, seen, labels, occurs = text
    of_words, table = rng.normal(size=labels.shape), rng.normal(size=len(occurs))
    same = table + np.where(occurs, constant, rng.normal(size=len(occurs)))
    before, after = (_weights(of_words + b[labels], seen) for b in (table, same))
    np.testing.assert_allclose(before, after, rtol=0, atol=1e-12)
    np.testing.assert_allclose(comparable(table)[occurs], comparable(same)[occurs], rtol=0, atol=1e-9)

    different = same.copy()
    different[rng.choice(np.flatnonzero(occurs))] += 0.5
    assert abs(_weights(of_words + different[labels], seen) - before).max() > 1e-9
    assert abs(comparable(table)[occurs] - comparable(different)[occurs]).max() > 1e-3


@theorem("thm-labels-up-to-a-constant", of=_comparable, mutants=RECIPES, text=_texts(), dim=st.integers(1, 4))
def test_shaws_vectors_count_up_to_one_vector(comparable, text, dim):
    rng, seen, labels, occurs = text
    queries, keys = rng.normal(size=(2, len(labels), dim))
    table = rng.normal(size=(len(occurs), dim))
    same = table + np.where(occurs[:, None], rng.normal(size=dim), rng.normal(size=table.shape))

    def weights(queries, table):
        return _weights(queries @ keys.T + np.einsum("pd,pqd->pq", queries, table[labels]), seen)

    np.testing.assert_allclose(weights(queries, table), weights(queries, same), rtol=0, atol=1e-12)
    np.testing.assert_allclose(comparable(table)[occurs], comparable(same)[occurs], rtol=0, atol=1e-9)

    extra = rng.normal(size=dim)
    different = same.copy()
    different[rng.choice(np.flatnonzero(occurs))] += extra
    chosen = np.tile(extra / np.linalg.norm(extra), (len(labels), 1))  # queries that see the difference
    assert abs(weights(chosen, table) - weights(chosen, different)).max() > 1e-9 * np.linalg.norm(extra)
    assert abs(comparable(table)[occurs] - comparable(different)[occurs]).max() > 1e-9


def _term_d(coefficients, offset, dim, *, freqs, layout):
    return coefficients @ posenc.sinusoidal(-offset, dim, freqs=freqs, layout=layout)


def _of_the_offset(coefficients, offset, dim, *, freqs, layout):
    return coefficients @ posenc.sinusoidal(offset, dim, freqs=freqs, layout=layout)


def _sines_alone(coefficients, offset, dim, *, freqs, layout):
    sines = [posenc.column_of(i, "sin", dim, layout=layout) for i in range(dim // 2)]
    return _term_d(coefficients * np.isin(np.arange(dim), sines), offset, dim, freqs=freqs, layout=layout)


@theorem(
    "check-term-d",
    of=_term_d,
    mutants={"sinusoid of the offset, not of the distance back": _of_the_offset, "sines alone": _sines_alone},
    place=positions,
    offset=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
    seed=seeds,
)
def test_term_d_is_the_score_of_a_commuting_matrix(term_d, place, offset, freqs, layout, seed):
    dim = 2 * len(freqs)
    own = np.random.default_rng(seed).normal(size=(len(freqs), 2))  # of the sine and of the cosine of each pair
    matrix = block_matrix([[[cosine, sine], [-sine, cosine]] for sine, cosine in own], layout)
    coefficients = np.zeros(dim)
    for pair, entries in enumerate(own):
        for wave, entry in zip(("sin", "cos"), entries, strict=True):
            coefficients[posenc.column_of(pair, wave, dim, layout=layout)] = entry
    here, there = posenc.sinusoidal([place, place + offset], dim, freqs=freqs, layout=layout)
    bias = term_d(coefficients, offset, dim, freqs=freqs, layout=layout)
    np.testing.assert_allclose(bias, here @ matrix @ there, rtol=0, atol=1e-7)
