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


def _by_adding(narrow, mix, read):
    """Words and a reader for the plain sum: B^-1 A, to be applied to the words, and W B."""
    return np.linalg.solve(mix, narrow), read @ mix


@theorem(
    "thm-invertible-mix",
    of=_by_adding,
    mutants={
        "the reader is left as it was": lambda narrow, mix, read: (np.linalg.solve(mix, narrow), read),
        "the words are left as they were": lambda narrow, mix, read: (narrow, read @ mix),
        "transposed for inverse": lambda narrow, mix, read: (mix.T @ narrow, read @ mix),
        "multiplied in the wrong order": lambda narrow, mix, read: (np.linalg.solve(mix, narrow), read @ mix.T),
        "words turned on, not back": lambda narrow, mix, read: (mix @ narrow, read @ mix),
    },
    place=positions,
    width=st.integers(1, 6),
    dim=even_dims,
    base=bases,
    seed=seeds,
)
def test_one_invertible_matrix_on_the_encoding_is_given_up_by_nobody(by_adding, place, width, dim, base, seed):
    rng = np.random.default_rng(seed)
    word, encoding = rng.normal(size=width), posenc.sinusoidal(place, dim, base=base)
    narrow, read = rng.normal(size=(dim, width)), rng.normal(size=(3, dim))
    # Invertible and well behaved, but no rotation: a product of rotations and a stretch from 1/4 to 4.
    left, right = (np.linalg.qr(rng.normal(size=(dim, dim)))[0] for _ in range(2))
    mix = left * 4.0 ** rng.uniform(-1, 1, dim) @ right
    table, reader = by_adding(narrow, mix, read)
    wanted = read @ (narrow @ word + mix @ encoding)
    np.testing.assert_allclose(reader @ (table @ word + encoding), wanted, rtol=0, atol=1e-8)


def _one_word_for_all(words, mixes):
    """Whether one table of words x' has B_r x' = A_r x for all readers r; `words` holds the A_r x."""
    stacked = np.vstack(mixes)
    return np.linalg.matrix_rank(stacked) == np.linalg.matrix_rank(np.hstack([stacked, np.vstack(words)]))


@theorem(
    "thm-invertible-mix",
    of=_one_word_for_all,
    mutants={
        "adding can do all": lambda words, mixes: True,
        "every B invertible": lambda words, mixes: all(np.linalg.matrix_rank(b) == b.shape[1] for b in mixes),
        "one reader at a time": lambda words, mixes: all(
            _one_word_for_all([w], [b]) for w, b in zip(words, mixes, strict=True)
        ),
        "all B alike": lambda words, mixes: all((b == mixes[0]).all() for b in mixes),
    },
    pairs=st.integers(1, 3),
    readers=st.integers(1, 3),
    kind=st.sampled_from(["one narrowing", "one B", "each a B", "each a B, words to match"]),
    rank=st.integers(0, 6),
    seed=seeds,
)
def test_readers_of_the_plain_sum_exist_exactly_when_one_word_serves_them_all(
    one_word_for_all, pairs, readers, kind, rank, seed
):
    """The readers V_r are found from what they must do, without assuming that V_r is B_r."""
    rng, dim = np.random.default_rng(seed), 2 * pairs
    places = posenc.sinusoidal(3 * np.arange(2 * dim + 2), dim, base=10)

    def low(rank):
        return rng.integers(-2, 3, size=(dim, rank)) @ rng.integers(-2, 3, size=(rank, dim))

    mixes = [low(min(rank, dim)) for _ in range(readers)]
    words = [rng.integers(-2, 3, size=(dim, 2)) for _ in range(readers)]
    if kind == "one narrowing":
        after = [rng.integers(-2, 3, size=(dim, dim)) for _ in range(readers)]
        mixes, words = [w @ mixes[0] for w in after], [w @ words[0] for w in after]
    elif kind == "one B":
        mixes = [mixes[0]] * readers
    elif kind == "each a B, words to match":
        words = [b @ words[0] for b in mixes]
    # V_r e + y_r = A_r x + B_r e for all positions gives V_r and y_r, one word at a time.
    needed, level = [], np.c_[places, np.ones(len(places))]
    for word, b in zip(words, mixes, strict=True):
        target = [(word[:, [i]] + b @ places.T).T for i in range(2)]
        found = [np.linalg.lstsq(level, t, rcond=None)[0].T.round(6) for t in target]  # whole numbers all
        np.testing.assert_allclose(found[0][:, :dim], found[1][:, :dim], atol=1e-6)
        needed.append((found[0][:, :dim], np.stack([f[:, dim] for f in found], axis=1)))
    stacked, wanted = (np.vstack(parts) for parts in zip(*needed, strict=True))
    best = np.linalg.lstsq(stacked, wanted, rcond=1e-9)[0]
    exists = np.allclose(stacked @ best, wanted, rtol=0, atol=1e-5)
    assert one_word_for_all(words, mixes) == exists


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


def _can_be_undone(words, places):
    """Whether the columns of `words` and of `places` span subspaces that share only 0."""
    rank = np.linalg.matrix_rank
    return rank(np.hstack([words, places])) == rank(words) + rank(places)


def _whole_numbers(rng, dim, words, places, shared, low):
    """Small whole numbers, so that ranks are certain: words, and encodings of which some lean on the words."""
    x = rng.integers(-2, 3, size=(dim, words))
    if low:
        x = x[:, :1] * rng.integers(-2, 3, size=words)
    # Quarter turns: an encoding of whole numbers.
    quarters = np.pi / 2 * rng.integers(1, 4, size=(dim + 1) // 2)
    e = posenc.sinusoidal(rng.integers(0, 50, size=places), dim, freqs=quarters).round().T
    if shared:
        e[:, -1] = e[:, -1] * 0 + x @ rng.integers(-1, 2, size=words)
    return x.astype(float), e


@theorem(
    "thm-disjoint-subspaces",
    of=_can_be_undone,
    mutants={
        "enough columns": lambda words, places: words.shape[1] + places.shape[1] <= len(words),
        "at a right angle": lambda words, places: not (words.T @ places).any(),
        "no word is an encoding": lambda words, places: (
            not any((w == e).all() and w.any() for w in words.T for e in places.T)
        ),
        "always": lambda words, places: True,
    },
    dim=st.integers(1, 8),
    n_words=st.integers(1, 4),
    n_places=st.integers(1, 4),
    shared=st.booleans(),
    low=st.booleans(),
    seed=seeds,
)
def test_a_matrix_exists_exactly_when_only_zero_is_shared(can_be_undone, dim, n_words, n_places, shared, low, seed):
    """Both directions: the best matrix for the two bases misses nothing, or it misses something."""
    words, places = _whole_numbers(np.random.default_rng(seed), dim, n_words, n_places, shared, low)
    sums, wanted = np.hstack([words, places]), np.hstack([words, np.zeros_like(places)])
    best = wanted @ np.linalg.pinv(sums, rcond=1e-9)
    assert can_be_undone(words, places) == np.allclose(best @ sums, wanted, rtol=0, atol=1e-7)


def _lists_can_be_undone(words, places):
    """Whether every relation with equal sums has no word in it."""
    n, m = words.shape[1], places.shape[1]
    relations = np.vstack([np.hstack([words, places]), [[1.0] * n + [-1.0] * m]])
    with_words = np.vstack([relations, np.hstack([words, 0 * places])])
    return np.linalg.matrix_rank(relations) == np.linalg.matrix_rank(with_words)


@theorem(
    "thm-finite-sums",
    of=_lists_can_be_undone,
    mutants={
        "only if the subspaces share only 0": _can_be_undone,
        "as many columns as words and places": lambda words, places: words.shape[1] + places.shape[1] <= len(words),
        "one column less": lambda words, places: words.shape[1] + places.shape[1] - 1 <= len(words),
        "all sums different": lambda words, places: (
            len({tuple(w + e) for w in words.T for e in places.T}) == words.shape[1] * places.shape[1]
        ),
        "equal sums forgotten": lambda words, places: (
            np.linalg.matrix_rank(np.hstack([words, places]))
            == np.linalg.matrix_rank(np.block([[words, places], [words, 0 * places]]))
        ),
    },
    dim=st.integers(1, 8),
    n_words=st.integers(1, 5),
    n_places=st.integers(1, 4),
    shared=st.booleans(),
    low=st.booleans(),
    seed=seeds,
)
def test_two_lists_can_be_undone_exactly_when_no_relation_with_equal_sums_has_a_word(
    lists_can_be_undone, dim, n_words, n_places, shared, low, seed
):
    words, places = _whole_numbers(np.random.default_rng(seed), dim, n_words, n_places, shared, low)
    sums = np.hstack([words + e[:, None] for e in places.T])
    wanted = np.hstack([words] * n_places)
    best = wanted @ np.linalg.pinv(sums, rcond=1e-9)
    assert lists_can_be_undone(words, places) == np.allclose(best @ sums, wanted, rtol=0, atol=1e-7)


def _frame_is_independent(words, places):
    """Whether x_1 + e_1 and the differences of words and of encodings are N + M - 1 independent vectors."""
    return np.linalg.matrix_rank(_frame(words, places)) == words.shape[1] + places.shape[1] - 1


def _rank(matrix):
    return np.linalg.matrix_rank(matrix) if matrix.size else 0  # NumPy 1.26 has no rank for no columns


def _frame(words, places):
    return np.hstack([words[:, :1] + places[:, :1], words[:, 1:] - words[:, :1], places[:, 1:] - places[:, :1]])


@theorem(
    "thm-finite-sums",
    of=_frame_is_independent,
    mutants={
        "words and encodings independent": lambda words, places: (
            np.linalg.matrix_rank(np.hstack([words, places])) == words.shape[1] + places.shape[1]
        ),
        "the differences alone": lambda words, places: (
            _rank(_frame(words, places)[:, 1:]) == words.shape[1] + places.shape[1] - 2
        ),
        "enough columns": lambda words, places: words.shape[1] + places.shape[1] - 1 <= len(words),
        "only if the subspaces share only 0": _can_be_undone,
    },
    n_words=st.integers(1, 4),
    n_places=st.integers(1, 4),
    spare=st.integers(0, 4),
    apart=st.booleans(),
    inside=st.booleans(),
    seed=seeds,
)
def test_independent_words_and_differences_are_undone_exactly_when_the_frame_is_independent(
    frame_is_independent, n_words, n_places, spare, apart, inside, seed
):
    """Words and differences are columns of whole-number matrices with determinant 1 or -1, so they are independent."""
    rng = np.random.default_rng(seed)
    dim = max(n_words, n_places - 1) + spare
    first, second = (rng.permutation(np.tril(rng.integers(-1, 2, size=(dim, dim)), -1) + np.eye(dim)) for _ in range(2))
    words = first[:, :n_words]
    apart = apart and n_words + n_places - 1 <= dim
    steps = first[:, n_words : n_words + n_places - 1] if apart else second[:, : n_places - 1]
    start = rng.integers(-2, 3, size=(dim, 1)).astype(float)
    if inside:  # x_1 + e_1 is made of differences
        start = steps @ rng.integers(-1, 2, size=(n_places - 1, 1)) - words[:, :1]
    places = start + np.hstack([np.zeros((dim, 1)), steps])
    sums = np.hstack([words + e[:, None] for e in places.T])
    wanted = np.hstack([words] * n_places)
    best = wanted @ np.linalg.pinv(sums, rcond=1e-9)
    assert frame_is_independent(words, places) == np.allclose(best @ sums, wanted, rtol=0, atol=1e-7)


@theorem(
    "thm-finite-sums",
    of=posenc.sinusoidal,
    mutants={
        "every place the same": lambda places, dim, **options: posenc.sinusoidal(0 * places, dim, **options),
        "places in pairs": lambda places, dim, **options: posenc.sinusoidal(places - places % 2, dim, **options),
        "columns in pairs": lambda places, dim, **options: np.repeat(
            posenc.sinusoidal(places, dim, **options)[:, ::2], 2, axis=1
        ),
    },
    pairs=st.integers(2, 8),
    n_words=st.integers(2, 8),
    short=st.integers(0, 2),
    seed=seeds,
)
def test_random_words_and_places_take_their_number_less_one_of_columns(sinusoidal, pairs, n_words, short, seed):
    """The theorem's threshold d = N + M - 1, met exactly and missed by one or two, on a ladder whose places differ."""
    dim = 2 * pairs
    n_words = min(n_words, dim - 1)
    n_places = dim + 1 - n_words + short
    words = np.random.default_rng(seed).normal(size=(dim, n_words))
    places = sinusoidal(np.arange(n_places), dim, base=4).T
    assert _frame_is_independent(words, places) == (short == 0)
    assert _lists_can_be_undone(words, places) == (short == 0)


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
