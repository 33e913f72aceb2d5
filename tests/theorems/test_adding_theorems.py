"""The theorems of "Why add the encoding to the word?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, positions, seeds, theorem

import posenc


def _side_by_side(word_matrix, place_matrix, words, places):
    return np.hstack([words, places]) @ np.vstack([word_matrix, place_matrix])


@theorem(
    "thm-adding-is-concatenating",
    of=_side_by_side,
    mutants={
        "one matrix for both": lambda a, b, x, e: (x + e) @ a,
        "parts in the wrong order": lambda a, b, x, e: np.hstack([x, e]) @ np.vstack([b, a]),
        "columns in turns": lambda a, b, x, e: np.stack([x, e], axis=2).reshape(len(x), -1) @ np.vstack([a, b]),
        "encoding scaled like the word": lambda a, b, x, e: np.sqrt(x.shape[1]) * (x @ a + e @ b),
    },
    place=positions,
    dim=even_dims,
    base=bases,
    seed=seeds,
)
def test_side_by_side_is_a_sum_and_adding_shares_the_weights(side_by_side, place, dim, base, seed):
    rng = np.random.default_rng(seed)
    words, places = rng.normal(size=(3, dim)), posenc.sinusoidal(place + np.arange(3), dim, base=base)
    a, b = rng.normal(size=(2, dim, 5))
    for word, encoding, row in zip(words, places, side_by_side(a, b, words, places), strict=True):
        for column in range(5):
            expected = sum(word * a[:, column]) + sum(encoding * b[:, column])
            np.testing.assert_allclose(row[column], expected, atol=1e-9)
    np.testing.assert_allclose(side_by_side(a, a, words, places), (words + places) @ a, atol=1e-9)
    # Two rows with one sum: the images agree for shared weights, and differ by (A - B)z for others.
    gap = side_by_side(a, b, words, -words) - side_by_side(a, b, 0 * words, 0 * words)
    np.testing.assert_allclose(gap, words @ a - words @ b, atol=1e-9)


@theorem(
    "thm-adding-is-concatenating",
    of=lambda words, places: np.hstack([words, np.zeros_like(places)]) + np.hstack([np.zeros_like(words), places]),
    mutants={
        "both in the front columns": lambda words, places: (
            np.hstack([words, 0 * places]) + np.hstack([places, 0 * words])
        ),
        "encoding in front": lambda words, places: np.hstack([places, words]),
        "one column shared": lambda words, places: (
            np.hstack([words, 0 * places]) + np.roll(np.hstack([0 * words, places]), -1, axis=1)
        ),
    },
    word_dim=st.integers(2, 20),
    dim=even_dims,
    seed=seeds,
)
def test_side_by_side_is_adding_into_columns_of_their_own(padded_sum, word_dim, dim, seed):
    words = np.random.default_rng(seed).normal(size=(4, word_dim))
    places = posenc.sinusoidal(range(1, 5), dim)
    joined = padded_sum(words, places)
    assert joined.shape == (4, word_dim + dim)
    np.testing.assert_array_equal(joined[:, :word_dim], words)
    np.testing.assert_array_equal(joined[:, word_dim:], places)


def _reader(words, places):
    """The matrix that keeps the columns of `words` and sends those of `places` to zero."""
    frame = np.hstack([words, places])
    return np.hstack([words, np.zeros_like(places)]) @ np.linalg.pinv(frame)


def _leaky(words, places):
    return _reader(words, np.hstack([places[:, 1:], places[:, :1] + words[:, :1]]))


@theorem(
    "thm-disjoint-subspaces",
    of=_reader,
    mutants={
        "right angle onto the words": lambda words, places: words @ np.linalg.pinv(words),
        "right angle away from the places": lambda words, places: np.eye(len(words)) - places @ np.linalg.pinv(places),
        "fitted on words alone": lambda words, places: np.eye(len(words)),
        "fitted on places that lean on a word": _leaky,
    },
    pairs=st.integers(4, 16),
    n_words=st.integers(1, 4),
    n_places=st.integers(1, 4),
    seed=seeds,
)
def test_a_matrix_reads_word_and_place_off_their_sum(reader, pairs, n_words, n_places, seed):
    rng = np.random.default_rng(seed)
    # Places 5 apart and a base of 10 keep the encodings well apart from one another.
    places = posenc.sinusoidal(5 * np.arange(n_places), 2 * pairs, base=10).T
    words = rng.normal(size=(2 * pairs, n_words))
    matrix = reader(words, places)
    x, e = words @ rng.normal(size=n_words), places @ rng.normal(size=n_places)
    np.testing.assert_allclose(matrix @ (x + e), x, atol=1e-6)
    np.testing.assert_allclose((x + e) - matrix @ (x + e), e, atol=1e-6)


@theorem(
    "thm-disjoint-subspaces",
    of=lambda words, places: np.linalg.matrix_rank(np.hstack([words, places])),
    mutants={
        "one direction for all places": lambda words, places: np.linalg.matrix_rank(np.c_[words, places[:, :1]]),
        "the largest of the two": lambda words, places: max(map(np.linalg.matrix_rank, (words, places))),
    },
    pairs=st.integers(4, 16),
    n_words=st.integers(1, 4),
    n_places=st.integers(2, 4),
    seed=seeds,
)
def test_dimensions_add_up_when_only_zero_is_shared(dimension, pairs, n_words, n_places, seed):
    places = posenc.sinusoidal(5 * np.arange(n_places), 2 * pairs, base=10).T
    words = np.random.default_rng(seed).normal(size=(2 * pairs, n_words))
    assert dimension(words, places) == n_words + n_places <= 2 * pairs


def _terms(x, e, y, f, wq, wk):
    a = wq @ wk.T
    return [x @ a @ y, x @ a @ f, e @ a @ y, e @ a @ f]


def _spoilt(spoil):
    return lambda *vectors: spoil(*_terms(*vectors))


@theorem(
    "thm-four-terms",
    of=_terms,
    mutants={
        "no cross terms": _spoilt(lambda xx, xf, ey, ef: [xx, 0, 0, ef]),
        "cross terms taken for equal": _spoilt(lambda xx, xf, ey, ef: [xx, xf, xf, ef]),
        "queries and keys swapped": lambda x, e, y, f, wq, wk: _terms(x, e, y, f, wk, wq),
        "position of the query forgotten": _spoilt(lambda xx, xf, ey, ef: [xx, xf, 0, 0]),
    },
    place=positions,
    other=positions,
    dim=even_dims,
    head=st.integers(1, 8),
    seed=seeds,
)
def test_a_score_is_the_sum_of_four_terms(terms, place, other, dim, head, seed):
    rng = np.random.default_rng(seed)
    e, f = posenc.sinusoidal([place, other], dim)
    x, y = rng.normal(size=(2, dim))
    wq, wk = rng.normal(size=(2, dim, head))
    score = sum(((x + e) @ wq) * ((y + f) @ wk))
    np.testing.assert_allclose(sum(terms(x, e, y, f, wq, wk)), score, rtol=1e-9, atol=1e-7)
