"""The theorems of "Write rotary code that matches the weights"."""

import itertools

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume
from theorem import bases, layouts, offsets, positions, seeds, theorem

import posenc

OTHER = {"interleaved": "halves", "halves": "interleaved"}


def _ladder(n_pairs, base):
    return posenc.frequencies(2 * n_pairs, base=base)


def _anyhow(n_pairs, seed):
    return np.random.default_rng(seed).uniform(-4, 4, n_pairs)


# A ladder of any height, as many frequencies anyhow, or a few that are drawn (and shrunk) one by one, with equal ones and 0.
ladders = st.builds(_ladder, st.integers(1, 32), bases)
all_freqs = st.one_of(
    ladders,
    st.builds(_anyhow, st.integers(1, 32), seeds),
    st.lists(st.floats(-4, 4), min_size=1, max_size=4).map(np.array),
)
first = st.one_of(st.floats(-4, -1e-2), st.floats(1e-2, 4))
many_pairs = st.one_of(
    st.builds(_ladder, st.integers(2, 32), bases),
    st.builds(lambda w, rest: np.append(w, rest), first, st.builds(_anyhow, st.integers(1, 31), seeds)),
    st.builds(lambda w, rest: np.array([w, *rest]), first, st.lists(st.floats(-4, 4), min_size=1, max_size=4)),
)


def turn(position, freqs, layout):
    return posenc.rotary_matrix(position, 2 * len(freqs), freqs=freqs, layout=layout)


def _conjugated(position, freqs, target):
    """The rotary matrix of a layout, from that of the other by the permutation of the entries."""
    dim = 2 * len(freqs)
    order = posenc.convert_rotary_weights(np.arange(dim), 1, source=OTHER[target], target=target)
    return turn(position, freqs, OTHER[target])[np.ix_(order, order)]


def _way_back(position, freqs, target):
    dim = 2 * len(freqs)
    order = posenc.convert_rotary_weights(np.arange(dim), 1, source=target, target=OTHER[target])
    return turn(position, freqs, OTHER[target])[np.ix_(order, order)]


def _rows_only(position, freqs, target):
    return posenc.convert_layout(turn(position, freqs, OTHER[target]), source=OTHER[target], target=target, axis=0)


def _second_numbers_first(position, freqs, target):
    """The b of all pairs in the first half, and the a in the second."""
    half = len(freqs)
    order = np.roll(posenc.convert_rotary_weights(np.arange(2 * half), 1, source=OTHER[target], target=target), half)
    return turn(position, freqs, OTHER[target])[np.ix_(order, order)]


@theorem(
    "thm-two-layouts",
    of=_conjugated,
    mutants={
        "the order of the way back": _way_back,
        "only the rows": _rows_only,
        "the second numbers of all pairs first": _second_numbers_first,
        "as it is": lambda position, freqs, target: turn(position, freqs, OTHER[target]),
    },
    position=positions,
    freqs=all_freqs,
    layout=layouts,
)
def test_one_layout_is_the_other_in_another_order(conjugated, position, freqs, layout):
    np.testing.assert_allclose(conjugated(position, freqs, layout), turn(position, freqs, layout), rtol=0, atol=1e-12)


def _converted(weights, n_heads, **way):
    return {name: posenc.convert_rotary_weights(rows, n_heads[name[0]], **way) for name, rows in weights.items()}


def _only(*letters):
    """Those who convert the weights of some and forget the others."""

    def convert(weights, n_heads, **way):
        return weights | {name: rows for name, rows in _converted(weights, n_heads, **way).items() if name in letters}

    return convert


def _as_one_head(weights, n_heads, **way):
    return _converted(weights, dict.fromkeys(n_heads, 1), **way)


def _keys_by_the_heads_of_queries(weights, n_heads, **way):
    assume(len(weights["kb"]) % (2 * n_heads["q"]) == 0)
    return _converted(weights, dict.fromkeys(n_heads, n_heads["q"]), **way)


def _the_other_way(weights, n_heads, *, source, target):
    return _converted(weights, n_heads, source=target, target=source)


def _twice(weights, n_heads, **way):
    return _converted(_converted(weights, n_heads, **way), n_heads, **way)


def _scores(weights, n_heads, words, here, freqs, layout):
    cos, sin = posenc.rotary_cos_sin(here, 2 * len(freqs), freqs=freqs)
    heads = {}
    for name in "qk":
        rows = words @ weights[name].T + weights[name + "b"]
        by_head = rows.reshape(len(words), n_heads[name], -1).swapaxes(0, 1)
        heads[name] = posenc.apply_rotary(by_head, cos, sin, layout=layout)
    return heads["q"] @ heads["k"].repeat(n_heads["q"] // n_heads["k"], axis=0).swapaxes(1, 2)


@theorem(
    "thm-two-layouts",
    of=_converted,
    mutants={
        "nothing converted": lambda weights, n_heads, **way: weights,
        "queries only": _only("q", "qb"),
        "keys only": _only("k", "kb"),
        "biases forgotten": _only("q", "k"),
        "all rows as one head": _as_one_head,
        "keys by the heads of the queries": _keys_by_the_heads_of_queries,
        "source and target exchanged": _the_other_way,
        "converted twice": _twice,
    },
    freqs=all_freqs,
    n_key_heads=st.integers(1, 3),
    group=st.integers(1, 3),
    start=positions,
    target=layouts,
    seed=seeds,
)
def test_converted_weights_keep_every_score(convert, freqs, n_key_heads, group, start, target, seed):
    rng = np.random.default_rng(seed)
    n_heads = {"q": n_key_heads * group, "k": n_key_heads}
    weights = {name: rng.normal(size=(n * 2 * len(freqs), 5)) for name, n in n_heads.items()}
    weights |= {name + "b": rng.normal(size=len(weights[name])) for name in "qk"}
    words, here = rng.normal(size=(4, 5)), start + np.arange(4)
    there = convert(weights, n_heads, source=OTHER[target], target=target)
    before = _scores(weights, n_heads, words, here, freqs, OTHER[target])
    after = _scores(there, n_heads, words, here, freqs, target)
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-9 * max(1, abs(before).max()))


def _other_orders(dim, kind, one, other, rng):
    """A reordering of the entries that is not the right one: anyhow, or next to it."""
    right = posenc.convert_rotary_weights(np.arange(dim), 1, source="interleaved", target="halves")
    half, changed = dim // 2, right.copy()
    i, j = one % half, other % half
    if kind == "two numbers of a pair exchanged":
        changed[[i, i + half]] = right[[i + half, i]]
    elif kind == "two pairs exchanged":
        assume(i != j)
        changed[[i, j, i + half, j + half]] = right[[j, i, j + half, i + half]]
    else:
        changed = rng.permutation(dim)
    assume(not np.array_equal(changed, right))
    return right, changed


def _seen_from(freqs, queries, keys, offsets=(0, 1)):
    """By how much the scores at offsets 0 and 1 change at most, over unit vectors, for orders of queries and keys."""
    gaps = []
    for k in offsets:
        moved = turn(k, freqs, "halves")[np.ix_(np.argsort(queries), np.argsort(keys))]
        gaps.append(abs(moved - turn(k, freqs, "interleaved")).max())
    return max(gaps)


different = st.one_of(
    st.builds(_ladder, st.integers(2, 8), st.floats(2, 1e4)),
    st.builds(
        lambda n_pairs, seed: np.random.default_rng(seed).permutation(np.linspace(0.1, 3, n_pairs)),
        st.integers(2, 8),
        seeds,
    ),
)


@theorem(
    "thm-two-layouts",
    of=_seen_from,
    mutants={
        "all pairs at one frequency": lambda freqs, *orders: _seen_from(np.full(len(freqs), 0.5), *orders),
        "pairs that rest": lambda freqs, *orders: _seen_from(np.where(np.arange(len(freqs)) % 2, 0.0, 1.0), *orders),
        "a look at offset 0 only": lambda *case: _seen_from(*case, offsets=(0,)),
    },
    freqs=different,
    kind=st.sampled_from(["two numbers of a pair exchanged", "two pairs exchanged", "any order"]),
    one=st.integers(0, 7),
    other=st.integers(0, 7),
    who=st.sampled_from(["both", "queries", "keys"]),
    seed=seeds,
)
def test_no_other_order_keeps_the_scores_at_offsets_0_and_1(seen, freqs, kind, one, other, who, seed):
    right, changed = _other_orders(2 * len(freqs), kind, one, other, np.random.default_rng(seed))
    queries, keys = (changed if who in ("both", side) else right for side in ("queries", "keys"))
    # Two pairs are told apart by their cosines or their sines, the two numbers of a pair by its sine, which is not 0.
    apart = [max(abs(np.cos(v) - np.cos(w)), abs(np.sin(v) - np.sin(w))) for v, w in itertools.combinations(freqs, 2)]
    assert seen(freqs, queries, keys) > 0.99 * min(*apart, *np.sin(freqs))
    assert seen(freqs, right, right) < 1e-12


def _kept(freqs):
    """The orders of four entries that keep the scores at offsets 0 and 1, queries and keys alike."""
    return [order for order in itertools.permutations(range(4)) if _seen_from(freqs, order, order) < 1e-9]


def test_of_all_orders_of_four_entries_only_one_keeps_the_scores():
    freqs, orders = posenc.frequencies(4), list(itertools.permutations(range(4)))
    alike = [pair for pair in itertools.product(orders, repeat=2) if _seen_from(freqs, *pair, offsets=(0,)) < 1e-9]
    assert alike == [(order, order) for order in orders]
    assert _kept(freqs) == [(0, 2, 1, 3)]


@pytest.mark.parametrize("freqs", [[1, 2 * np.pi - 1], [1, -1], [0.5, 0.5], [1, 0], [1, np.pi]])
def test_other_frequencies_allow_more_orders_at_offsets_0_and_1(freqs):
    """Above pi, negative, equal, at rest, and half a turn."""
    assert len(_kept(np.array(freqs))) > 1


def _both_in_the_other(p, q, x, y, freqs, layout):
    return (turn(p, freqs, OTHER[layout]) @ x) @ (turn(q, freqs, OTHER[layout]) @ y)


def _one_in_the_other(p, q, x, y, freqs, layout):
    return (turn(p, freqs, layout) @ x) @ (turn(q, freqs, OTHER[layout]) @ y)


@theorem(
    "thm-wrong-layout",
    of=_both_in_the_other,
    mutants={
        "only the keys are in the other layout": _one_in_the_other,
        "the queries are turned backwards": lambda p, q, *rest: _both_in_the_other(-p, q, *rest),
        "the keys are not turned": lambda p, q, *rest: _both_in_the_other(p, 0, *rest),
    },
    place=positions,
    moved=st.integers(1, 1000),
    offset=offsets,
    freqs=many_pairs,
    layout=layouts,
    seed=seeds,
)
def test_the_wrong_layout_is_relative_and_right_at_offset_0(score, place, moved, offset, freqs, layout, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, 2 * len(freqs)))
    near = score(place, place + offset, x, y, freqs, layout)
    far = score(place + moved, place + moved + offset, x, y, freqs, layout)
    np.testing.assert_allclose(far, near, rtol=0, atol=1e-7)
    np.testing.assert_allclose(score(place, place, x, y, freqs, layout), x @ y, rtol=0, atol=1e-7)


def _furthest(offset, freqs, layout):
    """The largest entry of right minus wrong, which is the largest mistake over unit vectors of entries."""
    return abs(turn(offset, freqs, layout) - turn(offset, freqs, OTHER[layout])).max()


@theorem(
    "thm-wrong-layout",
    of=_furthest,
    mutants={
        "one pair only": lambda offset, freqs, layout: _furthest(offset, freqs[:1], layout),
        "the same layout": lambda offset, freqs, layout: abs(
            turn(offset, freqs, layout) - turn(offset, freqs, layout)
        ).max(),
        "the first pair rests": lambda offset, freqs, layout: _furthest(offset, 0 * freqs, layout),
    },
    offset=offsets,
    freqs=many_pairs,
    layout=layouts,
)
def test_the_wrong_layout_is_wrong_wherever_the_first_sine_is_not_zero(furthest, offset, freqs, layout):
    assert furthest(offset, freqs, layout) >= abs(np.sin(offset * freqs[0])) - 1e-12


def _correlation(offset, freqs):
    j, cos = np.arange(2 * len(freqs)), np.cos(offset * freqs)
    return (cos[j // 2] * cos[j % len(freqs)]).mean()


def _same_pair_in_both(offset, freqs):
    return (np.cos(offset * freqs) ** 2).mean()


def _every_second(offset, freqs):
    j, cos = np.arange(2 * len(freqs)), np.cos(offset * freqs)
    return (cos[j // 2] * cos[(j % 2) * (len(freqs) // 2)]).mean()


def _two_values(dim):
    """All vectors of +1 and -1: uncorrelated entries with mean 0 and variance 1, each as likely as the others."""
    return np.array(list(itertools.product([1.0, -1.0], repeat=dim)))


@theorem(
    "thm-wrong-layout",
    of=_correlation,
    mutants={
        "each pair once": _same_pair_in_both,
        "halves counted in twos": _every_second,
        "the mean cosine": lambda offset, freqs: np.cos(offset * freqs).mean(),
        "always uncorrelated": lambda offset, freqs: 0.0,
    },
    offset=offsets,
    freqs=many_pairs,
    seed=seeds,
)
def test_random_vectors_have_right_mean_and_spread_and_this_correlation(correlation, offset, freqs, seed):
    """With every sign vector of four entries the means are sums; in more dimensions, traces."""
    right, wrong = (turn(offset, freqs, layout) for layout in OTHER)
    np.testing.assert_allclose((right * wrong).sum() / len(right), correlation(offset, freqs), rtol=0, atol=1e-12)
    few = freqs[:2]
    signs = _two_values(4)
    scores = np.array([(signs @ turn(offset, few, layout) @ signs.T).ravel() for layout in OTHER])
    np.testing.assert_allclose(scores.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose((scores**2).mean(axis=1), 4, atol=1e-10)
    np.testing.assert_allclose((scores[0] * scores[1]).mean() / 4, correlation(offset, few), rtol=0, atol=1e-12)


def _moves(position, freqs, layout):
    """How much scores at offset 0 change between position 0 and another, one side in the other layout."""
    return abs(turn(position, freqs, layout).T @ turn(position, freqs, OTHER[layout]) - np.eye(2 * len(freqs))).max()


@theorem(
    "thm-wrong-layout",
    of=_moves,
    mutants={
        "both in one layout": lambda position, freqs, layout: abs(
            turn(position, freqs, layout).T @ turn(position, freqs, layout) - np.eye(2 * len(freqs))
        ).max(),
        "one pair only": lambda position, freqs, layout: _moves(position, freqs[:1], layout),
    },
    position=positions,
    freqs=many_pairs,
    layout=layouts,
)
def test_with_one_side_in_the_other_layout_the_score_is_not_relative(moves, position, freqs, layout):
    """If T(p) and T'(p) differ by s in one entry, T(p)^T T'(p) - 1 has an entry of at least s / d."""
    sine = abs(np.sin(position * freqs[0]))
    assume(sine > 1e-6)
    assert moves(position, freqs, layout) >= sine / (2 * len(freqs)) * (1 - 1e-6)


def _counted_from_1(position, dim, base):
    freqs = base ** (-2 * np.arange(1, dim // 2 + 1) / dim)
    return posenc.rotary_matrix(position, dim, freqs=freqs, layout="halves")


@theorem(
    "check-counted-from-1",
    of=lambda position, dim, base: posenc.rotary_matrix(position * base ** (-2 / dim), dim, base=base, layout="halves"),
    mutants={
        "the same": lambda position, dim, base: posenc.rotary_matrix(position, dim, base=base, layout="halves"),
        "the factor of (2i - 1)/d": lambda position, dim, base: posenc.rotary_matrix(
            position * base ** (-1 / dim), dim, base=base, layout="halves"
        ),
        "multiplied": lambda position, dim, base: posenc.rotary_matrix(
            position * base ** (2 / dim), dim, base=base, layout="halves"
        ),
    },
    position=positions,
    dim=st.integers(1, 32).map(lambda pairs: 2 * pairs),
    base=bases,
)
def test_counting_from_1_divides_every_position(nearer, position, dim, base):
    np.testing.assert_allclose(nearer(position, dim, base), _counted_from_1(position, dim, base), rtol=0, atol=1e-8)


def _second_numbers_negated(x, layout):
    signs = posenc.convert_layout(np.tile([1, -1], len(x) // 2), source="interleaved", target=layout)
    return signs * x


@theorem(
    "check-other-sense",
    of=_second_numbers_negated,
    mutants={
        "nothing negated": lambda x, layout: x,
        "everything negated": lambda x, layout: -x,
        "the signs of the other layout": lambda x, layout: _second_numbers_negated(x, OTHER[layout]),
    },
    place=positions,
    offset=offsets,
    freqs=all_freqs,
    layout=layouts,
    seed=seeds,
)
def test_negated_second_numbers_mend_weights_that_were_turned_backwards(mend, place, offset, freqs, layout, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, 2 * len(freqs)))
    trained = (turn(-place, freqs, layout) @ x) @ (turn(-place - offset, freqs, layout) @ y)
    here, there = turn(place, freqs, layout), turn(place + offset, freqs, layout)
    np.testing.assert_allclose((here @ mend(x, layout)) @ (there @ mend(y, layout)), trained, rtol=0, atol=1e-8)


@pytest.mark.parametrize("layout", OTHER)
def test_rest_of_a_head_adds_content(layout):
    """With r of d entries turned the score is that of the turned part plus a product without an offset."""
    x, y = np.random.default_rng(0).normal(size=(2, 10))
    for p, q in [(0, 0), (3, 7), (-2.5, 100)]:
        turned = [posenc.apply_rotary(v, *posenc.rotary_cos_sin(at, 6), layout=layout) for v, at in ((x, p), (y, q))]
        part = x[:6] @ posenc.rotary_matrix(q - p, 6, layout=layout) @ y[:6]
        np.testing.assert_allclose(turned[0] @ turned[1], part + x[6:] @ y[6:], rtol=0, atol=1e-12)
