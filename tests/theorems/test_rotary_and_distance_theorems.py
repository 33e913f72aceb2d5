"""The theorems of "Do rotary scores fade with distance?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import apart, layouts, other_layout, seeds, theorem

import posenc


def _different(slowest, fastest, most):
    """A few frequencies, no two of them close."""
    return (
        st.lists(st.floats(slowest, fastest), min_size=1, max_size=most)
        .filter(lambda freqs: apart(freqs, 0.15))
        .map(np.array)
    )


def _numbers(x, layout):
    """Every pair of a vector as one complex number, across and up."""
    across, up = np.split(posenc.convert_layout(x, source=layout, target="halves"), 2, axis=-1)
    return across + 1j * up


def _vector(numbers, layout):
    """The vector whose pairs are these complex numbers."""
    return posenc.convert_layout(np.r_[numbers.real, numbers.imag], source="halves", target=layout)


def _scores(query, key, offsets, *, freqs, layout):
    """The query stands at 0 and the key at each of the offsets; both are turned and multiplied."""
    cos, sin = posenc.rotary_cos_sin(offsets, len(key), freqs=freqs)
    keys = np.broadcast_to(key, (*np.shape(offsets), len(key)))
    return posenc.apply_rotary(keys, cos, sin, layout=layout) @ query


def _query_and_key(freqs, seed):
    return np.random.default_rng(seed).normal(size=(2, 2 * len(freqs)))


def _strengths(query, key, layout):
    return abs(_numbers(query, layout)) * abs(_numbers(key, layout))


def _xpos(query, key, offsets, *, freqs, layout):
    """Every wave is multiplied by a factor that falls with the distance."""
    return 0.98 ** abs(np.asarray(offsets)) * _scores(query, key, offsets, freqs=freqs, layout=layout)


def _alibi(query, key, offsets, *, freqs, layout):
    return _scores(query, key, offsets, freqs=freqs, layout=layout) - abs(np.asarray(offsets)) / 4


def _slower_and_slower(query, key, offsets, *, freqs, layout):
    """Positions squeezed more the farther they are."""
    squeezed = np.sign(offsets) * np.log1p(abs(np.asarray(offsets)))
    return _scores(query, key, squeezed, freqs=freqs, layout=layout)


@theorem(
    "thm-rotary-returns",
    of=_scores,
    mutants={
        "a decay as in xPos": _xpos,
        "a penalty as in ALiBi": _alibi,
        "positions squeezed the more the farther": _slower_and_slower,
    },
    freqs=st.lists(st.floats(-7, 7), min_size=1, max_size=3).map(np.array),
    n=st.integers(2, 12),
    step=st.integers(1, 50),
    layout=layouts,
    seed=seeds,
)
def test_every_score_is_given_again_farther_away(scores, freqs, n, step, layout, seed):
    query, key = _query_and_key(freqs, seed)
    here = np.concatenate([np.arange(-20, 21), np.linspace(-19.5, 30, 12)])
    moves = step * np.arange(1, n ** len(freqs) + 1)
    now = scores(query, key, here, freqs=freqs, layout=layout)
    later = scores(query, key, here + moves[:, None], freqs=freqs, layout=layout)
    before = scores(query, key, here - moves[:, None], freqs=freqs, layout=layout)
    bound = 2 * _strengths(query, key, layout).sum() * np.sin(np.pi / n)
    assert np.maximum(abs(later - now), abs(before - now)).max(axis=1).min() <= bound + 1e-9


def _count(freqs, strengths, size):
    """How far means over `size` whole offsets can be from their limits, for the score and for its square."""
    first = (strengths / abs(np.sin(freqs / 2))).sum() / size
    second = (strengths**2 / abs(np.sin(freqs))).sum() / 2 / size
    for i, j in zip(*np.triu_indices(len(freqs), 1), strict=True):
        waves = [1 / abs(np.sin((freqs[i] + sign * freqs[j]) / 2)) for sign in (1, -1)]
        second += strengths[i] * strengths[j] * sum(waves) / size
    return first, second


@theorem(
    "thm-rotary-does-not-fade",
    of=_scores,
    mutants={
        "a decay as in xPos": _xpos,
        "a penalty as in ALiBi": _alibi,
        "one frequency for all pairs": lambda query, key, offsets, *, freqs, layout: _scores(
            query, key, offsets, freqs=np.full_like(freqs, freqs[0]), layout=layout
        ),
        "pairs of the other layout": other_layout(_scores),
    },
    freqs=_different(0.15, np.pi - 0.15, 4),
    size=st.integers(1, 3000),
    start=st.integers(-1000, 1000),
    layout=layouts,
    seed=seeds,
)
def test_the_mean_square_is_half_the_sum_of_squares(scores, freqs, size, start, layout, seed):
    query, key = _query_and_key(freqs, seed)
    found = scores(query, key, start + np.arange(size), freqs=freqs, layout=layout)
    strengths = _strengths(query, key, layout)
    first, second = _count(freqs, strengths, size)
    assert abs(found.mean()) <= first + 1e-9
    assert abs((found**2).mean() - (strengths**2).sum() / 2) <= second + 1e-9


def _bound(products, cos, sin):
    """The largest step between neighbouring products, the last of them to 0, times the sum of the |S_j|."""
    steps = abs(np.diff(np.append(products, 0)))
    return steps.max() * abs(np.cumsum(cos + 1j * sin)).sum()


def _without_the_last_step(products, cos, sin):
    return abs(np.diff(products)).max(initial=0) * abs(np.cumsum(cos + 1j * sin)).sum()


def _cosines_alone(products, cos, sin):
    return abs(np.diff(np.append(products, 0))).max() * abs(np.cumsum(cos)).sum()


def _sum_of_all(products, cos, sin):
    """Only the last of the partial sums, once for each pair."""
    return abs(np.diff(np.append(products, 0))).max() * len(cos) * abs((cos + 1j * sin).sum())


def _largest_product(products, cos, sin):
    """A common slip: the largest product in the place of the largest step."""
    return abs(products).max() * abs(np.cumsum(cos + 1j * sin)).sum()


ABEL = {"cosines alone in the partial sums": _cosines_alone, "only the whole sum counts": _sum_of_all}


@theorem(
    "thm-rotary-abel",
    of=_bound,
    mutants=ABEL | {"the last step, to 0, is forgotten": _without_the_last_step},
    freqs=st.lists(st.floats(-4, 4), min_size=2, max_size=12).map(np.array),
    offset=st.floats(-1e3, 1e3),
    nearly=st.sampled_from(["", "best", "alike"]),
    layout=layouts,
    seed=seeds,
)
def test_no_score_exceeds_the_bound(bound, freqs, offset, nearly, layout, seed):
    query, key = _query_and_key(freqs, seed)
    cos, sin = posenc.rotary_cos_sin(offset, len(key), freqs=freqs)
    if nearly:  # products that all but reach the bound, or all but equal ones, turned to where their sum is large
        sums = np.cumsum(cos + 1j * sin)
        best = np.cumsum(np.exp(-1j * np.angle(sums))[::-1])[::-1]
        products = {"best": best, "alike": np.conj(sums[-1]) * np.ones(len(freqs))}[nearly]
        query = _vector(np.ones(len(freqs)) + 0j, layout)
        key = _vector(products, layout) + 0.001 * key
    products = np.conj(_numbers(query, layout)) * _numbers(key, layout)
    score = _scores(query, key, offset, freqs=freqs, layout=layout)
    assert abs(score) <= bound(products, cos, sin) * (1 + 1e-9) + 1e-9


@theorem(
    "thm-rotary-abel",
    of=_bound,
    mutants=ABEL | {"the largest product for the largest step": _largest_product},
    freqs=st.lists(st.floats(-4, 4), min_size=2, max_size=12).map(np.array),
    offset=st.floats(-1e3, 1e3),
    layout=layouts,
)
def test_at_every_offset_some_query_and_key_reach_the_bound(bound, freqs, offset, layout):
    cos, sin = posenc.rotary_cos_sin(offset, 2 * len(freqs), freqs=freqs)
    sums = np.cumsum(cos + 1j * sin)
    steps = np.exp(-1j * np.angle(sums))
    products = np.cumsum(steps[::-1])[::-1]
    query, key = _vector(np.ones(len(freqs)) + 0j, layout), _vector(products, layout)
    score = _scores(query, key, offset, freqs=freqs, layout=layout)
    np.testing.assert_allclose(score, abs(sums).sum(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(bound(products, cos, sin), abs(sums).sum(), rtol=1e-9, atol=1e-9)
    # Without a rule for neighbours, with products of size 1 at most, the best score is one for each pair everywhere.
    aligned = _vector(np.exp(-1j * np.arctan2(sin, cos)), layout)
    np.testing.assert_allclose(_scores(query, aligned, offset, freqs=freqs, layout=layout), len(freqs), rtol=1e-9)


def _key_for(query, offset, *, freqs, layout):
    """The query turned back by the offset."""
    cos, sin = posenc.rotary_cos_sin(-offset, len(query), freqs=freqs)
    return posenc.apply_rotary(query, cos, sin, layout=layout)


def _turned_on(query, offset, *, freqs, layout):
    return _key_for(query, -offset, freqs=freqs, layout=layout)


@theorem(
    "thm-any-distance-wins",
    of=_key_for,
    mutants={
        "turned the other way": _turned_on,
        "the other layout": other_layout(_key_for),
        "the query itself": lambda query, offset, *, freqs, layout: query,
        "all pairs turned alike": lambda query, offset, *, freqs, layout: _key_for(
            query, offset, freqs=np.full_like(freqs, freqs[0]), layout=layout
        ),
    },
    freqs=st.lists(st.floats(0.01, 7), min_size=2, max_size=6).map(np.array),
    used=st.sets(st.integers(0, 5), min_size=1),
    wanted=st.floats(-1e3, 1e3),
    others=st.lists(st.floats(-1e3, 1e3), max_size=20),
    layout=layouts,
    seed=seeds,
)
def test_the_key_is_best_at_the_wanted_offset_and_no_other_key_is_as_good(
    key_for, freqs, used, wanted, others, layout, seed
):
    query, other = _query_and_key(freqs, seed)
    numbers = _numbers(query, layout)
    numbers[[i not in used for i in range(len(freqs))]] = 0
    query = _vector(numbers, layout)
    key = key_for(query, wanted, freqs=freqs, layout=layout)
    square = query @ query
    np.testing.assert_allclose(key @ key, square, atol=1e-9)
    np.testing.assert_allclose(_scores(query, key, wanted, freqs=freqs, layout=layout), square, atol=1e-9)
    # A drop of 1 - cos for each used pair: so only whole turns of all of them give the highest score again.
    offsets = np.array([*others, wanted + 2 * np.pi / freqs[0]])
    drops = (1 - np.cos(np.multiply.outer(offsets - wanted, freqs))) @ abs(numbers) ** 2
    found = _scores(query, key, offsets, freqs=freqs, layout=layout)
    np.testing.assert_allclose(square - found, drops, atol=1e-8)
    if square:  # another key of the same length falls short by half its squared distance
        other = other * np.sqrt(square / (other @ other))
        short = square - _scores(query, other, wanted, freqs=freqs, layout=layout)
        np.testing.assert_allclose(short, (other - key) @ (other - key) / 2, atol=1e-8)


def _laws(count, dim, rng):
    """A query that takes finitely many values, and its chances; its entries depend on each other."""
    values = rng.normal(size=(count, dim)) @ rng.normal(size=(dim, dim)) + rng.normal(size=dim)
    return values, rng.dirichlet(np.ones(count))


def _one_ladder_for_all(offset, dim, *, freqs, layout):
    return posenc.rotary_matrix(offset, dim, freqs=np.full_like(freqs, freqs[0]), layout=layout)


@theorem(
    "thm-similar-word-gains",
    of=posenc.rotary_matrix,
    mutants={
        "pairs of the other layout": other_layout(posenc.rotary_matrix),
        "no turn at all": lambda offset, dim, *, freqs, layout: np.eye(dim),
        "one frequency for all pairs": _one_ladder_for_all,
        "twice as fast": lambda offset, dim, *, freqs, layout: posenc.rotary_matrix(
            2 * offset, dim, freqs=freqs, layout=layout
        ),
    },
    freqs=st.lists(st.floats(-4, 4), min_size=2, max_size=4).map(np.array),
    offset=st.floats(-1e3, 1e3),
    count=st.integers(2, 6),
    layout=layouts,
    seed=seeds,
)
def test_a_similar_key_gains_the_variances_times_the_cosines(rotary_matrix, freqs, offset, count, layout, seed):
    rng, dim = np.random.default_rng(seed), 2 * len(freqs)
    values, chances = _laws(count, dim, rng)
    turn = rotary_matrix(offset, dim, freqs=freqs, layout=layout)
    products = values @ turn @ values.T  # of every value of the query with every value of a key
    noise = rng.normal(size=dim)
    similar = [chances @ np.einsum("ij,jk,ik->i", values, turn, values + sign * noise) for sign in (1, -1)]
    gain = np.mean(similar) - chances @ products @ chances
    mean = chances @ values
    variances = chances @ abs(_numbers(values - mean, layout)) ** 2
    np.testing.assert_allclose(gain, variances @ np.cos(offset * freqs), rtol=1e-8, atol=1e-6)
    # Against a key that has nothing to do with the query, the mean score is the score of the means.
    np.testing.assert_allclose(chances @ products @ chances, mean @ turn @ mean, rtol=1e-8, atol=1e-6)
