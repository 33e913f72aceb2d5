"""The theorems of "Swap two words: does attention notice?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, layouts, seeds, theorem

import posenc

counts_of_words = st.integers(1, 7)
two_words_or_more = st.integers(2, 7)
small_dims = st.integers(1, 6)


def _attention(words, wq, wk, wv, *, visible=lambda place, n: np.ones(n), bias=lambda place, n: np.zeros(n)):
    """Attention word by word, so that it shares no line with the page."""
    keys, values, n = words @ wk, words @ wv, len(words)
    answers = []
    for place, query in enumerate(words @ wq):
        pull = np.exp(keys @ query / np.sqrt(len(query)) + bias(place, n)) * visible(place, n)
        answers.append(pull @ values / pull.sum())
    return np.array(answers)


def _masked(words, *weights):
    return _attention(words, *weights, visible=lambda place, n: np.arange(n) <= place)


def _neighbours(words, *weights):
    return _attention(words, *weights, visible=lambda place, n: abs(np.arange(n) - place) <= 1)


def _biased(words, *weights):
    return _attention(words, *weights, bias=lambda place, n: -0.5 * abs(np.arange(n) - place))


def _with_positions(words, *weights):
    return _attention(words + posenc.sinusoidal(range(len(words)), words.shape[1]), *weights)


def _weights(rng, dim):
    return rng.normal(size=(3, dim, dim)) / np.sqrt(dim)


@theorem(
    "thm-permutation-equivariance",
    of=_attention,
    mutants={
        "causal mask": _masked,
        "neighbours only": _neighbours,
        "scores fall with distance": _biased,
        "positions added": _with_positions,
    },
    seed=seeds,
    n=counts_of_words,
    dim=small_dims,
    dim_of_keys=small_dims,
    dim_of_values=small_dims,
)
def test_attention_answers_shuffled_words_with_shuffled_answers(attention, seed, n, dim, dim_of_keys, dim_of_values):
    rng = np.random.default_rng(seed)
    X, order = rng.normal(size=(n, dim)), rng.permutation(n)
    weights = [rng.normal(size=(dim, columns)) for columns in (dim_of_keys, dim_of_keys, dim_of_values)]
    shuffle = np.eye(n)[order]
    np.testing.assert_allclose(attention(shuffle @ X, *weights), shuffle @ attention(X, *weights), atol=1e-9)


def _normed(rows):
    # The small number keeps rounding from being blown up where a row is nearly constant.
    return (rows - rows.mean(axis=1, keepdims=True)) / np.sqrt(rows.var(axis=1, keepdims=True) + 1e-2)


def _encoder(words, seed, *, attention=_attention, slope=lambda n: np.ones(n), mean=lambda rows: rows.mean(axis=0)):
    """Two layers of two heads with residual, norm and feed-forward network: the mean row and every word's row."""
    rows, dim = words, words.shape[1]
    rng = np.random.default_rng(seed)
    for _ in range(2):
        heads = [attention(rows, *_weights(rng, dim)) for _ in range(2)]
        rows = _normed(rows + np.hstack(heads) @ rng.normal(size=(2 * dim, dim)))
        inner = np.maximum(slope(len(rows))[:, None] * (rows @ rng.normal(size=(dim, 8))), 0)
        rows = _normed(rows + inner @ rng.normal(size=(8, dim)))
    return mean(rows), rows


def _with(**changes):
    return lambda words, seed: _encoder(words, seed, **changes)


ENCODERS_THAT_SEE = {
    "causal mask": _with(attention=_masked),
    "positions added": _with(attention=_with_positions),
    "a feed-forward network for each place": _with(slope=lambda n: 1.0 + np.arange(n)),
    "a mean that favours the front": _with(mean=lambda rows: rows.T @ (1 / np.arange(1, len(rows) + 1))),
    "place 0 instead of the mean": _with(mean=lambda rows: rows[0]),
}


@theorem(
    "thm-same-bag",
    of=_encoder,
    mutants=ENCODERS_THAT_SEE,
    seed=seeds,
    n=counts_of_words,
    dim=st.integers(2, 6),
    repeated=st.booleans(),
)
def test_the_same_bag_of_words_gets_the_same_answer(encoder, seed, n, dim, repeated):
    rng = np.random.default_rng(seed)
    X, order = rng.normal(size=(n, dim)), rng.permutation(n)
    if repeated:
        X[-1] = X[0]
    mean, rows = encoder(X, seed)
    mean_of_shuffled, rows_of_shuffled = encoder(X[order], seed)
    np.testing.assert_allclose(mean_of_shuffled, mean, atol=1e-7)
    np.testing.assert_allclose(rows_of_shuffled, rows[order], atol=1e-7)


@theorem(
    "thm-distinct-positions",
    of=_encoder,
    mutants=ENCODERS_THAT_SEE,
    seed=seeds,
    n=two_words_or_more,
    dim=st.integers(2, 6),
)
def test_places_with_one_vector_can_be_swapped_unseen(encoder, seed, n, dim):
    rng = np.random.default_rng(seed)
    X, E = rng.normal(size=(2, n, dim))
    E[-1] = E[0]
    swap = np.r_[n - 1, 1 : n - 1, 0]
    mean, rows = encoder(X + E, seed)
    mean_of_swapped, rows_of_swapped = encoder(X[swap] + E, seed)
    np.testing.assert_allclose(mean_of_swapped, mean, atol=1e-7)
    np.testing.assert_allclose(rows_of_swapped, rows[swap], atol=1e-7)


def _unit(vector):
    return vector / np.linalg.norm(vector)


def _direction(a, b, e, f):
    """The direction of the theorem: along words and places, with the sign that lets neither cancel."""
    s, t = _unit(a - b), _unit(e - f)
    return s + t if s @ t >= 0 else s - t


def _change(words, places, u):
    """What the sum of (u . x)^2 over all rows x changes by when the first and the last word swap."""
    swap = np.r_[len(words) - 1, 1 : len(words) - 1, 0]
    return (((words + places) @ u) ** 2).sum() - (((words[swap] + places) @ u) ** 2).sum()


@theorem(
    "thm-distinct-positions",
    of=_direction,
    mutants={
        "along the words only": lambda a, b, e, f: _unit(a - b),
        "along the places only": lambda a, b, e, f: _unit(e - f),
        "the sum, whatever its sign": lambda a, b, e, f: _unit(a - b) + _unit(e - f),
        "the lengths left in": lambda a, b, e, f: (a - b) + np.copysign(1, (a - b) @ (e - f)) * (e - f),
        "the first column": lambda a, b, e, f: np.eye(len(a))[0],
    },
    seed=seeds,
    n=two_words_or_more,
    dim=small_dims,
    size_of_places=st.sampled_from([0.01, 1.0, 100.0]),
    right_angle=st.booleans(),
)
def test_the_direction_of_the_theorem_shows_a_swap(direction, seed, n, dim, size_of_places, right_angle):
    rng = np.random.default_rng(seed)
    words, places = rng.normal(size=(n, dim)), size_of_places * rng.normal(size=(n, dim))
    if right_angle and dim > 1:  # the words differ in the first column alone, the places in the second
        words[-1, 1:], places[-1] = words[0, 1:], places[0]
        places[-1, 1] += size_of_places
    a, b, e, f = words[0], words[-1], places[0], places[-1]
    least = 2 * np.linalg.norm(a - b) * np.linalg.norm(e - f)
    assert abs(_change(words, places, direction(a, b, e, f))) >= least * (1 - 1e-6)


def _of_other_positions(change):
    return lambda positions, dim, **options: posenc.sinusoidal(change(np.asarray(positions)), dim, **options)


@theorem(
    "thm-distinct-positions",
    of=posenc.sinusoidal,
    mutants={
        "no positions": _of_other_positions(np.zeros_like),
        "positions modulo 8": _of_other_positions(lambda p: p % 8),
        "two positions share a row": _of_other_positions(lambda p: p // 2),
        "positions clipped at 100": _of_other_positions(lambda p: np.minimum(p, 100)),
    },
    place=st.integers(-1000, 1000),
    offset=st.integers(1, 500),
    dim=even_dims,
    base=bases,
    layout=layouts,
    seed=seeds,
)
def test_adding_the_encoding_shows_a_swap(sinusoidal, place, offset, dim, base, layout, seed):
    e, f = sinusoidal([place, place + offset], dim, base=base, layout=layout)
    a, b = np.random.default_rng(seed).normal(size=(2, dim))
    place_gap = np.linalg.norm(e - f)
    assert place_gap > 1e-3
    change = _change(np.array([a, b]), np.array([e, f]), _direction(a, b, e, f))
    assert abs(change) >= 2 * np.linalg.norm(a - b) * place_gap * (1 - 1e-9)
