"""The exercises of the part on attention."""

import math
from collections import namedtuple
from statistics import NormalDist

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import (
    Exercise,
    Mistake,
    Wrong,
    as_numbers,
    call,
    expression,
    function,
    letters,
    named_array,
    number,
    numbers,
    proof,
    value,
    witness,
)
from posenc.exercises._verdict import shown

NEARLY = "this is nearly right, but it is off by about a millionth: compute in float64, and do not round"


def _whole(answer, low, high, what):
    """Part of a counterexample as a whole number between two limits."""
    found = number(answer, f"{what} is a whole number")
    if not found.is_integer():
        raise Wrong(f"{what} is a whole number, got {shown(answer)}")
    if not low <= found <= high:
        raise Wrong(f"{what} lies between {low} and {high}, got {shown(answer)}")
    return int(found)


def _two_matrices(made, dim, columns, case):
    """What a head is made of."""
    try:
        W_Q, W_K = made  # noqa: N806
    except Exception:
        raise Wrong(f"two matrices are asked for, (W_Q, W_K), got {shown(made)}", case) from None
    return [named_array(W, (dim, columns), name, case) for W, name in ((W_Q, "W_Q"), (W_K, "W_K"))]


# How long is a word?

_Words = namedtuple("_Words", "dim deviation")


def _ratio(given):
    """The length of a word, multiplied by the root of d, in lengths of an encoding."""
    return given.deviation * np.sqrt(2 * given.dim)


_LENGTH_MISTAKES = [
    Mistake(
        lambda given: given.deviation * np.sqrt(2),
        "this leaves out the factor: the embedding is multiplied before it is added",
    ),
    Mistake(
        lambda given: given.deviation * np.sqrt(given.dim),
        "this takes the encoding for as long as a row of ones; sine and cosine are seldom so large",
    ),
    Mistake(
        lambda given: 1 / _ratio(given),
        "this is how many times as long as the word the encoding is: the other way round",
    ),
    Mistake(
        lambda given: np.sqrt(2),
        "that is so for numbers drawn with 1/sqrt(d); these are drawn with another deviation",
    ),
    Mistake(
        lambda given: given.deviation * given.dim * np.sqrt(2), "this multiplies by d, the factor is its square root"
    ),
    Mistake(
        lambda given: given.deviation * given.dim,
        "this is how long the word is; it is to be measured in lengths of the encoding",
    ),
    Mistake(lambda given: _ratio(given) ** 2, "this compares the squares of the lengths; the lengths are asked for"),
]


def _a_table_of_words(rng):
    while True:
        drawn = _Words(2 * int(rng.integers(64, 1025)), round(rng.uniform(0.01, 0.06), 3))
        answers = [_ratio(drawn), *(mistake.answer(drawn) for mistake in _LENGTH_MISTAKES)]
        # No two of them may be taken for each other, although each may be off by 0.01.
        if np.diff(np.sort(answers)).min() > 0.03:
            return drawn


# A score has four terms.


def _four(x, e, y, f, W_Q, W_K):  # noqa: N803 - the names of the book
    return [(left @ W_Q) @ (right @ W_K) / np.sqrt(W_Q.shape[1]) for left in (x, e) for right in (y, f)]


def _as_many_columns(rng):
    yield tuple(np.array(v) for v in ([2, 0], [0, 1], [1, 1], [0, 3], [[1, 0], [0, 1]], [[1, 0], [0, 1]]))
    for d in (2, 4, *rng.integers(2, 40, 3)):
        yield *rng.normal(size=(4, d)), *rng.normal(size=(2, d, d))


def _fewer_columns(rng):
    yield tuple(np.array(v) for v in ([1, 2], [0, 1], [3, 1], [1, -1], [[1], [2]], [[2], [1]]))
    for d, columns in ((6, 2), (512, 64), *((d, int(rng.integers(1, d))) for d in rng.integers(2, 40, 3))):
        yield *rng.normal(size=(4, d)), *rng.normal(size=(2, d, columns))


def _more_columns(rng):
    for d, columns in ((3, 5), (1, 3), *((d, d + int(rng.integers(1, 9))) for d in rng.integers(1, 12, 3))):
        yield *rng.normal(size=(4, d)), *rng.integers(-5, 6, (2, d, columns))


# Six blocks.


def _block(a, b, c, d):
    return (a, b), (c, d)


_SIX = [
    _block(2, 1, 1, 2),
    _block(2, 1, -1, 2),
    _block(0, 3, -3, 0),
    _block(1, 0, 0, -1),
    _block(0.6, -0.8, 0.8, 0.6),
    _block(2, 1, -2, 2),
]


def _six_blocks(rng):
    """Three that are relative and two that are not, one more of either, in any order."""
    a, b, c, d, e, f, g, h = (int(n) for n in rng.integers(1, 6, 8) * rng.choice([-1, 1], 8))
    cosine, sine = (float(n) for n in rng.permutation([0.6, 0.8]) * rng.choice([-1, 1], 2))
    blocks = [
        _block(a, b, -b, a),
        _block(0, c + np.sign(c).item(), -c - np.sign(c).item(), 0),
        _block(cosine, sine, -sine, cosine),
        _block(d, e, e, d),
        _block(f, g, -2 * g, f),
        [_block(h, 0, 0, -h), _block(2 * h, 0, 0, 2 * h), _block(h, g, -g, h + 1)][rng.integers(3)],
    ]
    return [blocks[n] for n in rng.permutation(6)]


def _which(wanted):
    """The letters of the blocks (a, b), (c, d) of which this is true."""
    return lambda given: "".join(
        name for name, ((a, b), (c, d)) in given._asdict().items() if wanted(float(a), float(b), float(c), float(d))
    )


def _relative(a, b, c, d):
    return a == d and b == -c


# The part of a score that sees where both words stand.

_a, _b, _c, _d, _w, _s = sp.symbols("a b c d w s")
_cosine, _sine = sp.cos(_w * _s), sp.sin(_w * _s)


# Two words, two positions, one sum.


def _one_sum(answer):
    try:
        x, p, y, q = answer
    except Exception:
        raise Wrong(f"four things are asked for, (x, p, y, q), got {shown(answer)}") from None
    x = named_array(x, (4,), "the first word x")
    y = named_array(y, (4,), "the second word y")
    p, q = _whole(p, 0, 1000, "the position p"), _whole(q, 0, 1000, "the position q")
    if np.allclose(x, y, atol=1e-3):
        raise Wrong("the words are the same: to take one word for another takes two words")
    if p == q:
        raise Wrong("with one position there is one encoding, and taking it away gives the word back")
    e, f = posenc.sinusoidal([p, q], 4)
    gap, lengths = abs(x + e - y - f).max(), np.linalg.norm([x, y], axis=1)
    if gap > 1e-2:
        raise Wrong("the two sums are not equal: what the encodings differ by, the words have to make up for")
    if gap > 1e-6:
        raise Wrong(f"the two sums are nearly equal: an entry is off by {gap:.1g}, and 1e-6 is allowed; do not round")
    if abs(lengths - 1).max() > 1e-2:
        raise Wrong(f"the two sums are equal, but the words do not both have length 1: {shown(lengths)}")
    if abs(lengths - 1).max() > 1e-6:
        raise Wrong(f"a length is off by {abs(lengths - 1).max():.1g}, and 1e-6 is allowed; do not round")


def _normalised():
    e, f = posenc.sinusoidal([3, 5], 4)
    return f / np.sqrt(f @ f), 3, e / np.sqrt(e @ e), 5


# Far apart, and yet near.


def _far_and_near(answer):
    k = _whole(answer, 1000, 10000, "the offset k")
    gaps = 4 * np.sin(np.array([k, k / 10]) / 2) ** 2
    if gaps.sum() >= 4 * np.sin(0.05) ** 2 + 4 * np.sin(0.005) ** 2:
        near = gaps < 0.02
        if near.all():
            raise Wrong("both clocks are nearly back, but not near enough")
        if near[0]:
            raise Wrong("the fast clock is back, but the other one is not: both have to be back at once")
        if near[1]:
            raise Wrong("the slower clock is back, but the fast one is not: both have to be back at once")
        raise Wrong("at this offset neither of the two clocks is back")


def _distances_near(answer):
    """How far the places around p + k are from p, on the two clocks and on each."""
    k = _whole(answer, 1000, 10000, "the offset k")
    around = np.arange(k - 30, k + 31)
    clocks = {"fast clock": [1.0], "slower clock": [0.1], "both": [1.0, 0.1]}
    rows = {name: posenc.sinusoidal(np.r_[0, around], 2 * len(w), freqs=w) for name, w in clocks.items()}
    curves = {name: (around, np.linalg.norm(row[1:] - row[0], axis=1)) for name, row in rows.items()}
    near = posenc.sinusoidal([0, 0.1], 4, freqs=clocks["both"])
    return curves | {"p + 0.1": (around, np.full(len(around), np.linalg.norm(near[1] - near[0])))}


def _paint_distances(curves):
    from posenc import plotting

    return plotting.lines(curves, xlabel="offset", ylabel="distance of the rows")


# What adding gives up.


def _given_up(A, B, *, root=0.5, relative=True):  # noqa: N803 - the names of the book
    """What the best words miss, all readers together."""
    A, B = (np.concatenate(list(readers)).astype(float) for readers in (A, B))  # noqa: N806
    missed, wanted = np.sum((B @ _words_for(A, B) - A) ** 2), np.sum(A**2)
    return float((missed / wanted if relative and wanted else missed) ** root)


def _size(matrices):
    return float(np.sqrt(np.sum(np.asarray(matrices, dtype=float) ** 2)))


def _words_for(A, B):  # noqa: N803
    return np.linalg.lstsq(B, A, rcond=None)[0]


def _one_reader(rng):
    for d in (2, 3, *rng.integers(2, 20, 2)):
        yield rng.normal(size=(1, d, d)), rng.normal(size=(1, d, d))
        yield rng.normal(size=(1, d + 2, d)), rng.normal(size=(1, d + 2, d))
    yield tuple(rng.integers(-4, 5, (2, 1, 6, 3)) + 9 * np.eye(6, 3, dtype=int))


def _several_readers(rng):
    yield np.array([np.eye(2), np.eye(2)]), np.array([np.eye(2), [[0, 1], [-1, 0]]])
    for readers, rows, d in ((2, 3, 4), (8, 2, 6), (3, 8, 32), *rng.integers(2, 7, (2, 3))):
        yield rng.normal(size=(2, readers, rows, d))
        narrow, mix = rng.normal(size=(readers, rows, d)), rng.normal(size=(2, d, d))
        yield narrow @ mix[0], narrow @ mix[1]


def _singular(rng):
    """Columns that no reader of the encoding uses, as exact zeros, or readers that see nothing of it."""
    yield np.array([np.eye(2)]), np.array([np.diag([1, 0])])
    yield np.array([[[1.0, 2], [3, 4]]]), np.zeros((1, 2, 2))
    for readers, rows, d in ((2, 4, 4), *rng.integers(2, 7, (3, 3))):
        A, B = rng.normal(size=(2, readers, rows, d))  # noqa: N806
        yield A, B * (np.arange(d) > 0)


# Clocks that tell positions apart.


def _apart(n, dim):
    """The squared distance on each pair, by pair and offset."""
    return 4 * np.sin(np.outer(posenc.frequencies(dim), np.arange(1, n)) / 2) ** 2


def _enough(squares, needed):
    """How many pairs, from the first on, it takes to have every offset as far apart as needed; all if none do."""
    reached = squares.cumsum(axis=0).min(axis=1) >= needed
    return int(reached.argmax()) + 1 if reached[-1] else len(squares)


def _clocks(n, dim, noise, error, *, offsets=slice(None), half=2.0, change=lambda squares: squares):
    """From either end of the ladder, how many pairs tell n positions apart."""
    squares = change(_apart(n, dim)[:, offsets])
    needed = (half * noise * NormalDist().inv_cdf(1 - error)) ** 2
    return [_enough(squares, needed), _enough(squares[::-1], needed)]


def _texts(rng, dims, lengths):
    """Texts in which it matters by more than rounding how many pairs there are."""
    for dim, n in zip(dims, lengths, strict=True):
        squares = _apart(n, dim)
        reached = np.concatenate([part.cumsum(axis=0).min(axis=1) for part in (squares, squares[::-1])])
        while True:
            error = round(rng.uniform(0.001, 0.4), 3)
            needed = rng.uniform(0.05, 0.9) * reached.max()
            noise = round(float(np.sqrt(needed) / (2 * NormalDist().inv_cdf(1 - error))), 3)
            needed = (2 * noise * NormalDist().inv_cdf(1 - error)) ** 2
            if needed < reached.max() and abs(reached / needed - 1).min() > 1e-3:
                yield int(n), int(dim), noise, error
                break


def _short_texts_to_tell_apart(rng):
    """Two in which the last offset decides, as the fastest hand is nearly back after six places."""
    for n in (6, 7):
        yield n, 2 * int(rng.integers(8, 60)), 0.25, 0.1
    yield from _texts(rng, (64, *(2 * rng.integers(8, 60, 4))), (100, *rng.integers(8, 200, 4)))


def _long_texts_to_tell_apart(rng):
    yield 1000, 64, 0.25, 0.1
    yield from _texts(rng, (32, 256, *(2 * rng.integers(12, 60, 2))), (9000, 800, 1000, 2000))


def _counts(answer):
    """From either end, what an answer says for longer and longer texts."""
    lengths = np.array([2, 3, 5, 7, 10, 20, 50, 100, 200, 500, 1000, 2000])
    found = [as_numbers(call(answer, int(n), 64, 0.25, 0.1), (2,), (int(n), 64, 0.25, 0.1)) for n in lengths]
    return lengths, np.array(found)


def _paint_counts(data):
    from posenc import plotting

    lengths, found = data
    ends = {"from the fast end": (lengths, found[:, 0]), "from the slow end": (lengths, found[:, 1])}
    return plotting.lines(ends, xlabel="positions n", ylabel="pairs needed", xscale="log", marker="o")


# How relative is a head?


def _blocks(matrix):
    """The 2 x 2 blocks of the pairs."""
    return np.array([matrix[j : j + 2, j : j + 2] for j in range(0, len(matrix), 2)], dtype=float)


def _share(matrix, blocks_to_ab, layout=np.array):
    """The part of the squared size that the blocks a I + b J have."""
    a, b = blocks_to_ab(np.moveaxis(_blocks(layout(matrix)), 0, -1))
    return 2 * float(np.sum(a**2 + b**2)) / float(np.sum(matrix**2))


def _nearest(block):
    return (block[0, 0] + block[1, 1]) / 2, (block[0, 1] - block[1, 0]) / 2


def _from_halves(matrix):
    order = np.arange(len(matrix)).reshape(2, -1).T.ravel()
    return matrix[np.ix_(order, order)]


def _one_pair(rng):
    for block in ([[0, 1], [1, 0]], [[1, 2], [3, 4]], [[1, 0], [0, 1]], [[0.0, 1], [-1, 0]], [[0, 0], [0, -3]]):
        yield (np.array(block),)
    for _ in range(3):
        yield (rng.normal(size=(2, 2)),)


def _several_pairs(rng):
    yield (posenc.shift_matrix(3, 8),)
    yield (posenc.shift_generator(4),)
    yield (np.ones((4, 4), dtype=int),)
    for dim in (4, 6, 10, 16):
        yield (rng.normal(size=(dim, dim)) + rng.normal() * np.eye(dim),)


def _many_pairs(rng):
    yield (rng.integers(-9, 10, (64, 64)),)
    for dim in (128, 2 * int(rng.integers(20, 120))):
        yield (rng.normal(size=(dim, dim)) + 9 * posenc.shift_matrix(rng.uniform(-9, 9), dim),)


# A narrow head.


def _head(freqs_of, sign=1, slow=False):
    """W_Q and W_K of a head that uses some pairs and turns them by angles."""

    def narrow_head(back, dim, columns):
        pairs = columns // 2
        first = dim // 2 - pairs if slow else 0
        chosen = np.arange(dim)[2 * first : 2 * (first + pairs)]
        W_K = np.zeros((dim, columns))  # noqa: N806
        W_K[chosen, np.arange(2 * pairs)] = 1
        freqs = np.zeros(dim // 2)
        freqs[first : first + pairs] = freqs_of(dim, columns)[first : first + pairs]
        return posenc.shift_matrix(sign * back, dim, freqs=freqs) @ W_K, W_K

    return narrow_head


def _product(made, back, dim, columns):
    """What the two matrices are compared by, since many have the same product."""
    W_Q, W_K = _two_matrices(made, dim, columns, (back, dim, columns))  # noqa: N806
    return W_Q @ W_K.T


def _even_columns(rng):
    yield 3, 8, 4
    yield 0, 2, 2
    yield 1, 2, 2
    yield 7, 256, 64
    for dim in 2 * rng.integers(3, 20, 3):
        yield int(rng.integers(1, 20)), int(dim), 2 * int(rng.integers(1, dim // 2))


def _odd_columns(rng):
    yield 2, 4, 1
    yield 2, 6, 3
    yield 5, 130, 65
    for dim in 2 * rng.integers(3, 20, 3):
        yield int(rng.integers(1, 20)), int(dim), 2 * int(rng.integers(1, dim // 2)) + 1


def _any_back(rng):
    yield -2, 6, 4
    yield 0.5, 8, 8
    yield -1000.25, 32, 20
    yield 20_000, 64, 6
    for dim in 2 * rng.integers(2, 20, 3):
        yield round(rng.uniform(-50, 0), 2), int(dim), int(rng.integers(2, dim))


def _wanted_and_got(answer):
    """The score of a head that is asked to look three back, and the one that is wanted."""
    offsets, case = np.arange(-20, 21), (3, 8, 4)
    product = _product(call(answer, *case), *case)
    got = posenc.sinusoidal(40, 8) @ product @ posenc.sinusoidal(40 + offsets, 8).T
    wanted = posenc.similarity(offsets + 3, 4, freqs=posenc.frequencies(8)[:2])
    return {"wanted": (offsets, wanted), "yours": (offsets, got)}


def _paint_scores(curves):
    from posenc import plotting

    return plotting.lines(curves, xlabel="offset q - p", ylabel="score", marker=".")


# A head that looks at one word.


def _sharp(pairs_of, *, sign=1, size=lambda limit, columns: limit):
    """A head whose fastest pairs, as many as `pairs_of` says, have equal stretches."""

    def sharp_head(dim, columns, n, back, limit):
        pairs = min(pairs_of(dim, columns, n, back, limit), columns // 2)
        made = np.zeros((2, dim, columns))
        made[:, : 2 * pairs, : 2 * pairs] = np.eye(2 * pairs)
        made[0] *= np.sqrt(columns) * size(limit, columns) / pairs
        return posenc.shift_matrix(sign * back, dim) @ made[0], made[1]

    return sharp_head


def _rivals(dim, pairs, n, back):
    """For 1, 2, ... pairs and a size, the least weight of a word `back` places back, among n."""
    drops = 1 - np.cos(np.outer(posenc.frequencies(dim)[:pairs], np.arange(1, n)))
    drops = drops.cumsum(axis=0) / np.arange(1, pairs + 1)[:, None]
    found = np.arange(max(0, -back), min(n, n - back))  # the words that somebody looks for

    def weights(size):
        """With one size for each number of pairs."""
        sums = np.pad(np.exp(-np.reshape(size, (-1, 1)) * drops).cumsum(axis=1), ((0, 0), (1, 0)))
        return 1 / (1 + (sums[:, found] + sums[:, n - 1 - found]).max(axis=1))

    return weights


def _fewest(dim, columns, n, back, limit):
    """The number of pairs with the largest weight."""
    pairs = columns // 2
    return int(_rivals(dim, pairs, n, back)(np.full(pairs, limit)).argmax()) + 1


def _limit(dim, columns, n, back):
    """A little more than the least size with which equal stretches give the weight 0.9."""
    pairs = columns // 2
    weights = _rivals(dim, pairs, n, back)
    low, high = np.zeros(pairs), np.full(pairs, 1e5)
    for _ in range(40):
        middle = (low + high) / 2
        enough = weights(middle) >= 0.9
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return round(1.03 * float(high.min()), 2)


def _looks(*cases):
    for dim, columns, n, back in cases:
        dim, columns, n, back = int(dim), int(columns), int(n), int(back)
        yield dim, columns, n, back, _limit(dim, columns, n, back)


# In the last of the fixed cases of short texts and of looking ahead, one number of pairs does what is asked for,
# and another one does nearly: for one query (the first, the last, the middle one), on average, or up to 0.89.


def _short_texts(rng):
    yield 64, 32, 40, 3, 12.3
    yield from _looks((64, 8, 4, 1), (16, 16, 12, 2), (66, 14, 35, 5))
    dim = 4 * rng.integers(4, 17)
    yield from _looks((dim, 2 * rng.integers(4, dim // 2 + 1), rng.integers(10, 40), rng.integers(1, 6)))


def _longer_texts(rng):
    yield from _looks((128, 40, 120, 4))
    dim = 8 * rng.integers(8, 17)
    yield from _looks((dim, 2 * rng.integers(12, dim // 4), rng.integers(60, 110), rng.integers(1, 11)))


def _ahead(rng):
    yield from _looks((32, 8, 90, 0), (12, 12, 8, -2), (86, 58, 41, -7))
    dim = 4 * rng.integers(4, 17)
    yield from _looks((dim, 2 * rng.integers(4, dim // 2 + 1), rng.integers(10, 60), -rng.integers(1, 8)))


def _attention(made, case):
    """Scores and weights of a head, all n positions by all n."""
    dim, columns, n = case[:3]
    W_Q, W_K = _two_matrices(made, dim, columns, case)  # noqa: N806
    rows = posenc.sinusoidal(range(n), dim)
    with np.errstate(over="ignore", invalid="ignore"):
        scores = (rows @ W_Q) @ (rows @ W_K).T / np.sqrt(columns)
        if not np.isfinite(scores).all():
            raise Wrong("the scores are too large for numbers with a floating point", case)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores, powers / powers.sum(axis=1, keepdims=True)


def _looks_sharply(made, case):
    """Raise `Wrong` if a head does not give the right words their weight, or is larger than it may be."""
    _, columns, n, back, limit = case
    scores, weights = _attention(made, case)
    largest = abs(scores).max()
    if largest > limit * (1 + 1e-6):
        again = ", which is sqrt(columns) times as much" if np.isclose(largest, limit * np.sqrt(columns)) else ""
        raise Wrong(f"a score is {largest:.9g}, and the limit is {limit:.9g}{again}", case, limit, largest)
    queries = np.arange(max(0, back), min(n, n + back))
    found = weights[queries, queries - back]
    query = int(queries[found.argmin()])
    if found.min() < 0.9:
        weight = math.floor(1000 * found.min()) / 1000  # rounded down, or 0.8996 would be told as 0.90
        least = f"query {query} gives position {query - back} the weight {weight:.3f}, and 0.9 is asked for"
        raise Wrong(f"{least}; {_why_blunt(weights, query, largest, case)}", case, 0.9, float(found.min()))


def _why_blunt(weights, query, largest, case):
    """What keeps a head from looking where it should, as far as its weights tell."""
    _, columns, n, back, limit = case
    looked_at = weights.argmax(axis=1) - np.arange(n)
    others = np.delete(np.arange(n), query - back)
    rival = int(others[weights[query, others].argmax()])
    if np.ptp(weights) < 1e-6:
        return "the head gives all words the same weight"
    if back and (looked_at == back).mean() > 0.5:
        return "the head looks to the other side"
    if back and (looked_at == 0).mean() > 0.5:
        return "the head looks at the query's own place"
    if np.isclose(largest * np.sqrt(columns), limit):
        return "the largest score is the limit divided by sqrt(columns)"
    if largest < 0.97 * limit:
        return f"the largest score is {largest:.4g}, though {limit:.4g} is allowed"
    if abs(rival - query + back) == 1:
        return f"its strongest rival is its neighbour {rival}: slow pairs hardly drop from one word to the next"
    return f"its strongest rival is position {rival}, where the pairs that are used are nearly back"


def _sharp_head():
    """Any two matrices are right that do what is asked for, so the head itself is measured."""
    cases = {
        "short texts": _short_texts,
        "longer texts": _longer_texts,
        "looking ahead, or at its own place": _ahead,
    }

    def judge(answer, rng, given, names):
        for name in names:
            for case in cases[name](rng):
                _looks_sharply(call(answer, *case), case)

    mistakes = [
        Mistake(_sharp(_fewest, sign=-1), "the head looks to the other side"),
        Mistake(_sharp(_fewest, sign=0), "the head looks at the query's own place"),
        Mistake(
            _sharp(_fewest, size=lambda limit, columns: limit / np.sqrt(columns)),
            "the largest score is the limit divided by sqrt(columns)",
        ),
        Mistake(
            _sharp(_fewest, size=lambda limit, columns: limit * np.sqrt(columns)),
            "which is sqrt(columns) times as much",
        ),
        Mistake(_sharp(lambda dim, columns, *_: columns // 2), "slow pairs hardly drop from one word to the next"),
        Mistake(_sharp(lambda *_: 1), "where the pairs that are used are nearly back"),
        Mistake(_sharp(_fewest, size=lambda limit, columns: limit / 2), "is allowed"),
    ]
    return Exercise(
        judge=judge,
        mistakes=tuple(mistakes),
        cases=tuple(cases),
        kind="implement",
        answer="sharp_head",
        points=6,
        minutes=60,
        hints=(
            "Begin with the narrow head: turned by R(back), each of the m fastest pairs scores a cosine with its peak "
            "at the right word. Equal stretches whose sum is the limit use all that is allowed. What do the stretches "
            "have to be multiplied by, since scores are divided by sqrt(columns)?",
            "For one m, compute all scores and weights as attention does, and look at the smallest weight that a "
            "query gives to the right word. Print it for m = 1, 2, 3, ... in the case that is drawn below the check.",
            "Let a loop try m from 1 to columns // 2, and return the first head whose smallest weight is 0.9 or more; "
            "the queries that have a word `back` places before are those with 0 <= p - back < n.",
        ),
        sketch=(_weights_of, _paint_weights),
    )


def _weights_of(answer):
    case = 64, 32, 40, 3, 12.3
    return {"yours": _attention(call(answer, *case), case)[1], "wanted": np.eye(40, k=-3)}


def _paint_weights(maps):
    from posenc import plotting

    return plotting.heat_maps(
        maps, limits=(0, 1), colorbar="weight", xlabel="key position q", ylabel="query position p"
    )


# The gradient of a head.


def _softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _gradients(rows, W_Q, W_K, wanted, *, sign=1, root=True, mean="asked", turned=True, skip=True):  # noqa: N803
    """By W_Q and by W_K, or what comes of a mistake on the way."""
    asked = wanted.any(axis=1, keepdims=True)
    scale = np.sqrt(W_Q.shape[1])
    pull = sign * (_softmax(rows @ W_Q @ (rows @ W_K).T / scale) - wanted) * (asked if skip else 1)
    pull = pull / {"asked": asked.sum(), "rows": len(rows), "none": 1}[mean] / (scale if root else 1)
    return np.array([rows.T @ pull @ (rows @ W_K), rows.T @ (pull.T if turned else pull) @ (rows @ W_Q)])


def _a_head(rng, n, dim, columns, asked):
    wanted = np.eye(n)[rng.permutation(n)] * (rng.permutation(n) < asked)[:, None]
    return rng.normal(size=(n, dim)), *rng.normal(size=(2, dim, columns)), wanted


def _all_are_asked(rng):
    yield (
        np.array([[1, 0], [0, 1]]),
        np.array([[1, 0], [0, 1]]),
        np.array([[0, 1], [0, 0]]),
        np.array([[0, 1], [1, 0]]),
    )
    for n in (3, *rng.integers(4, 9, 2)):
        yield _a_head(rng, n, 4, 4, n)


def _some_are_asked(rng):
    yield posenc.sinusoidal(range(8), 6), *rng.normal(size=(2, 6, 6)), np.eye(8, k=-3)
    for n in rng.integers(5, 12, 3):
        yield _a_head(rng, n, 6, 6, n // 2)


def _a_narrow_head(rng):
    for dim, columns in ((6, 1), (6, 2), (8, 3)):
        yield _a_head(rng, 7, dim, columns, 5)


# Where a trained head looks.


def _by_offset(A, n):  # noqa: N803
    """The whole offsets in a text of n positions, and the score of each by the offset part of A."""
    a, b = _nearest(np.moveaxis(_blocks(A), 0, -1))
    k = np.arange(1 - n, n)
    angles = np.outer(k, posenc.frequencies(len(A)))
    return k, np.cos(angles) * a, np.sin(angles) * b


def _looks_at(A, n, *, keep=lambda k: k == k, read=lambda even, odd: even - odd):  # noqa: N803
    k, even, odd = _by_offset(A, n)
    scores = read(even, odd).sum(axis=1)
    return int(k[keep(k)][scores[keep(k)].argmax()])


def _at_place_0(A, n):  # noqa: N803
    rows = posenc.sinusoidal(range(1 - n, n), len(A))
    return int((posenc.sinusoidal(0, len(A)) @ A @ rows.T).argmax()) + 1 - n


def _fastest_clock(A, n):  # noqa: N803
    a, b = _nearest(_blocks(A)[0])
    return -round(float(np.arctan2(b, a)))


def _trained(rng, cases, remainder):
    """Matrices as training makes them: a weight for each clock, and a remainder that sees places."""
    for dim, n, back in cases:
        dim, n, back = int(dim), int(n), int(back)
        while True:
            weights = 5 * np.exp(-np.arange(dim // 2) / rng.uniform(1, 4)) * rng.uniform(0.7, 1.3, dim // 2)
            A = np.repeat(weights, 2)[:, None] * posenc.shift_matrix(back, dim)  # noqa: N806
            noise = rng.normal(size=(dim, dim)) * remainder
            for j in range(0, dim, 2):
                block = noise[j : j + 2, j : j + 2]
                block[1] = block[0, 1], -block[0, 0]  # no a I + b J in it
            A += noise  # noqa: N806
            _, even, odd = _by_offset(A, n)
            best = np.sort((even - odd).sum(axis=1))[-2:]
            if best[1] - best[0] > 0.1 and _looks_at(A, n) == -back:
                yield A, n
                break


def _pure_heads(rng):
    yield posenc.shift_matrix(3, 8), 10
    yield from _trained(rng, ((16, 32, 1), (16, 32, 10), (32, 64, 30), (24, 40, rng.integers(2, 9))), 0)


def _with_remainder(rng):
    yield from _trained(rng, ((16, 32, 3), (32, 64, 12), (32, 64, rng.integers(8, 30))), 1.5)


def _looks_ahead(rng):
    yield np.eye(6), 5
    yield from _trained(rng, ((16, 32, -4), (32, 50, -15), (32, 50, -rng.integers(1, 30))), 1.0)


# The word of the previous sentence.

_STARTS = (0, 1, 37, 100, 150, 199)


def _sentences(rng):
    yield rng.normal(size=(8, 32)), int(rng.integers(2, 5))


def _named(made, words, length, first, rng):
    """The share of right words, and the offset that gets most weight, for texts that begin at `first`."""
    case, n = (words, length), 4 * length
    try:
        query, key, value = made
    except Exception:
        raise Wrong(f"three matrices are asked for, (W_Q, W_K, W_V), got {shown(made)}", case) from None
    if np.ndim(query) != 2:
        raise Wrong(f"W_Q is a matrix, got {shown(query)}", case)
    columns = np.shape(query)[1]
    query, key = named_array(query, (32, columns), "W_Q", case), named_array(key, (32, columns), "W_K", case)
    value = named_array(value, (32, 8), "W_V", case)
    text = rng.integers(8, size=(50, n))
    rows = words[text] + posenc.sinusoidal(first + np.arange(n), 32)
    scores = rows @ query @ np.swapaxes(rows @ key, 1, 2) / np.sqrt(columns)
    if not np.isfinite(scores).all():
        raise Wrong("the scores are too large for numbers with a floating point", case)
    weights = _softmax(np.where(np.tri(n) > 0, scores, -np.inf))
    told = (weights @ rows @ value).argmax(axis=-1)
    mean = weights[:, length:].mean(axis=0)
    by_offset = [
        mean[np.arange(n - length), length + np.arange(n - length) - back].mean() for back in range(length + 1)
    ]
    return float((told[:, length:] == text[:, :-length]).mean()), int(np.argmax(by_offset)), max(by_offset)


def _reads_the_sentence_before(answer, rng, given, names):
    for words, length in _sentences(rng):
        made = call(answer, words, length)
        found = {first: _named(made, words, length, first, rng) for first in _STARTS}
        first = min(found, key=lambda start: found[start][0])
        share, back, most = found[first]
        if share >= 0.95:
            continue
        case = (words, length)
        right = f"of texts that begin at {first}, {share:.2f} of the words are right, and 0.95 are asked for"
        if found[0][0] >= 0.95:
            why = "texts that begin at 0 are read well: in which places did you train?"
        elif most < 0.5:
            why = "the head looks everywhere a little: is it trained, and long enough?"
        elif back == length:
            why = "it looks at the right place and names the wrong word: what does W_V make of it?"
        elif back == 0:
            why = "it looks at the word itself"
        else:
            why = f"it looks {back} back, and the sentence before begins {length} back"
        raise Wrong(f"{right}; {why}", case, 0.95, share)


def _head_by_hand(back, *, size=200.0, value=None):
    """A head that is not trained: it reads words off the directions in which no encoding lies."""

    def train_head(words, length):
        rows = posenc.sinusoidal(range(300), 32)
        lists = np.vstack([words, rows])
        free = np.linalg.svd(words)[2][8:].T @ np.linalg.svd(words)[2][8:]  # takes all words away
        fast = np.diag(np.exp(-np.arange(32) / 4))  # slow pairs hardly tell a word from its neighbour
        query = free @ fast @ posenc.shift_matrix(back(length), 32) * size
        names = np.linalg.pinv(lists, rcond=1e-6) @ np.vstack([np.eye(8), np.zeros((300, 8))])
        return query, free, 30 * names if value is None else value(names)

    return train_head


def _previous_sentence():
    """Any head that reads the right word is right, however it was made; so texts are read with it."""
    mistakes = [
        Mistake(lambda words, length: (np.zeros((32, 32)), np.zeros((32, 32)), np.zeros((32, 8))), "is it trained"),
        Mistake(_head_by_hand(lambda length: 0), "it looks at the word itself"),
        Mistake(_head_by_hand(lambda length: 1), "it looks 1 back"),
        Mistake(_head_by_hand(lambda length: length, value=lambda names: 30 * names[:, ::-1]), "what does W_V make"),
        Mistake(lambda words, length: (np.eye(32), np.eye(32)), "three matrices are asked for"),
    ]
    return Exercise(
        judge=_reads_the_sentence_before,
        mistakes=tuple(mistakes),
        kind="implement",
        answer="train_head",
        points=6,
        minutes=60,
        hints=(
            "Begin with `train` of the chapter on what carries over, with added encodings. What is wanted at place p "
            "is the word at p - length; the first sentence is not asked.",
            "Draw a batch of texts and a starting place for each anew at every step. Sixteen texts and 600 steps of "
            "attention.adam_step at its own rate are enough, and take a second or two.",
            "Mask later keys with a bias of minus infinity, in the training as in the check, and test your head on "
            "fresh texts that begin at 0, 100 and 199 before you hand it in.",
        ),
    )


EXERCISES = {
    "length-of-a-word": value(
        _ratio,
        _LENGTH_MISTAKES,
        given=numbers("dim deviation", (768, 0.02), _a_table_of_words),
        tolerance=0.01,
        answer="ratio",
        hints=(
            "How long is a row of d random numbers with deviation 1? And one whose numbers are all multiplied by c?",
            "Every pair of an encoding is the tip of a clock hand of length 1, and there are d/2 of them.",
            "Draw words with rng.normal(scale=..., size=(2000, d)), multiply, and take np.linalg.norm along axis 1.",
        ),
        points=1,
        minutes=10,
    ),
    "four-terms": function(
        _four,
        {
            "as many columns as rows": _as_many_columns,
            "fewer columns": _fewer_columns,
            "more columns": _more_columns,
        },
        [
            Mistake(
                lambda *given: np.array(_four(*given)) * np.sqrt(given[4].shape[1]),
                "the scores are not divided: what does attention do to a product of query and key?",
            ),
            Mistake(
                lambda *given: np.array(_four(*given)) * np.sqrt(given[4].shape[1] / len(given[0])),
                "this divides by the root of the wrong width: the sum has d entries, but query and key do not",
            ),
            Mistake(
                lambda *given: np.array(_four(*given))[[0, 2, 1, 3]],
                "the two cross terms have changed places: the query's part is named first",
            ),
            Mistake(
                lambda x, e, y, f, W_Q, W_K: _four(x, e, y, f, W_K, W_Q),  # noqa: N803
                "the matrices have changed places: x and e are on the side of the query",
            ),
            Mistake(
                lambda *given: sum(_four(*given)),
                "this is the whole score; its four terms are asked for, one by one",
            ),
            Mistake(
                lambda *given: np.array(_four(*given)) / np.sqrt(given[4].shape[1]),
                "this divides by the number of columns itself; attention divides by its root",
            ),
        ],
        nearly=NEARLY,
        answer="four_terms",
        hints=(
            "Multiply out (x + e) times (y + f) with ordinary numbers first. Which four products are there?",
            "Each term is one part of the query times one part of the key: (x @ W_Q) @ (y @ W_K) is the first, "
            "before the division.",
        ),
        points=2,
        minutes=15,
    ),
    "a-sentence-moves-on": letters(
        "BDEH",
        "ABCDEFGH",
        [
            Mistake("ACFG", "these are the ones that stay; those that can change are asked for"),
            Mistake("BCDEH", "one too many: moving on turns the difference of two rows, and a turn keeps lengths"),
            Mistake("DEH", "one is missing: the difference of two rows is turned when both move on"),
            Mistake("BEH", "one is missing: square the length of a sum, and look at the term in the middle"),
            Mistake("BDH", "one is missing: this score of two sums has terms in which a word meets one place alone"),
            Mistake("BDEFH", "one too many: of the turns by p and by q the product keeps only R(q - p)"),
            Mistake("ABDEH", "one too many: two rows that move on together are turned alike, which keeps products"),
            Mistake("BDE", "one is missing: a learned vector of another place is another vector"),
            Mistake("BDEGH", "one too many: this table is asked for the offset, and the offset stays"),
        ],
        answer="can_change",
        hints=(
            "Write p + s for p and q + s for q everywhere. Where does s drop out?",
            "R(s) moves both rows on. It keeps lengths and products of two rows that it moves together; "
            "a word vector is not moved, though.",
        ),
        points=1,
        minutes=10,
    ),
    "which-blocks-are-relative": letters(
        _which(_relative),
        "ABCDEF",
        [
            Mistake(
                _which(lambda a, b, c, d: _relative(a, b, c, d) and np.isclose(a**2 + b**2, 1)),
                "a rotation will do, but must a head leave the length of an encoding as it is?",
            ),
            Mistake(
                _which(lambda a, b, c, d: _relative(a, b, c, d) and a != 0),
                "one is missing: neither part of a block a I + b J has to be there, either number may be 0",
            ),
            Mistake(
                _which(lambda a, b, c, d: _relative(a, b, c, d) and a == 0),
                "something is missing: a block may have entries on its diagonal",
            ),
            Mistake(
                _which(lambda a, b, c, d: b == c),
                "these are the symmetric blocks: query and key may change places, which is not the same as moving both",
            ),
            Mistake(
                _which(lambda a, b, c, d: _relative(a, b, c, d) or (a == d and b * c < 0)),
                "one too many: opposite signs in the corners are not yet opposite numbers",
            ),
            Mistake(
                _which(lambda a, b, c, d: _relative(a, b, c, d) or (a == d and b == c)),
                "one too many: equal corners score sums of angles, not differences",
            ),
            Mistake(
                _which(lambda a, b, c, d: not _relative(a, b, c, d)),
                "these are the ones that see the places; those that see the offset alone are asked for",
            ),
        ],
        given=numbers("A B C D E F", _SIX, _six_blocks),
        answer="letters",
        hints=(
            "A block that scores by the offset alone commutes with every rotation. What does that ask of its diagonal?",
            "Look at the two corners, too: multiply the block by the quarter turn J from either side and compare.",
        ),
        points=1,
        minutes=5,
    ),
    "part-that-sees-places": expression(
        ((_d - _a) * _cosine + (_b + _c) * _sine) / 2,
        [
            Mistake(
                ((_a - _d) * _cosine + (_b + _c) * _sine) / 2,
                "the cosine has the wrong sign: do two sines or two cosines multiply to +cos(w s)?",
            ),
            Mistake(
                ((_d - _a) * _cosine - (_b + _c) * _sine) / 2,
                "the sine has the wrong sign: do sine times cosine and cosine times sine add up to -sin(w s)?",
            ),
            Mistake(
                ((_a - _d) * _cosine - (_b + _c) * _sine) / 2,
                "the whole wave has the wrong sign: try the example, where the answer is cos(w s)",
            ),
            Mistake(
                ((_d - _a) * _sine + (_b + _c) * _cosine) / 2,
                "sine and cosine have changed places: try the example, where the answer is cos(w s)",
            ),
            Mistake((_d - _a) * _cosine + (_b + _c) * _sine, "a factor is missing: put s = 0 and k = 0 into the score"),
            Mistake(
                ((_d - _a) * _cosine + (_b - _c) * _sine) / 2,
                "the sine has a wrong sign: what do b and c do when they are equal?",
            ),
            Mistake(
                ((_a + _d) * _cosine + (_c - _b) * _sine) / 2,
                "these are the coefficients of the other part, the one with the offset k",
            ),
            Mistake(
                ((_d - _a) * sp.cos(2 * _w * _s) + (_b + _c) * sp.sin(2 * _w * _s)) / 2,
                "s is the sum of the two places already: the angles w p and w q add up to w s",
            ),
        ],
        answer="wave_in_s",
        hints=(
            "Multiply out. There are four products: sine with sine, sine with cosine, and so on.",
            "2 sin x sin y = cos(x - y) - cos(x + y), and 2 cos x cos y = cos(x - y) + cos(x + y). "
            "With x = w p and y = w q, which of the two cosines has s in it?",
            "2 sin x cos y = sin(x + y) + sin(x - y); for cos x sin y only the second sign differs. "
            "Collect what has x + y in it.",
        ),
        points=2,
        minutes=20,
    ),
    "far-and-yet-near": witness(
        _far_and_near,
        [
            Mistake(1420, "the fast clock is back, but the other one is not"),
            Mistake(6283, "the slower clock is back, but the fast one is not"),
            Mistake(710, "the offset k lies between 1000 and 10000"),
            Mistake(2000 * np.pi, "the offset k is a whole number"),
            Mistake(1000, "neither of the two clocks is back"),
            Mistake(2576, "both clocks are nearly back, but not near enough"),
        ],
        answer="k",
        hints=(
            "Let the computer look: the distance of row k from row 0, on the first four columns, for all these k.",
            "posenc.sinusoidal takes the position 0.1 as well; np.flatnonzero finds where an array is true.",
        ),
        sketch=(_distances_near, _paint_distances),
        points=2,
        minutes=15,
    ),
    "two-words-one-sum": witness(
        _one_sum,
        [
            Mistake(
                (posenc.sinusoidal([5], 4)[0], 3, posenc.sinusoidal([3], 4)[0], 5),
                "the two sums are equal, but the words do not both have length 1",
            ),
            Mistake(
                _normalised(),
                "the two sums are not equal: what the encodings differ by, the words have to make up for",
            ),
            Mistake(([1, 0, 0, 0], 3, [1, 0, 0, 0], 5), "the words are the same"),
            Mistake(([1, 0, 0, 0], 3, [0, 1, 0, 0], 3), "with one position there is one encoding"),
            Mistake(([1, 0], 0, [0, 1], 1), "the shape of the first word x is (2,), and should be (4,)"),
        ],
        answer="pair_of_words",
        hints=(
            "Forget the lengths first: the word at p may be the encoding of q, and the other way round.",
            "Only x - y is settled by the encodings. You may add any vector to both words: choose one at a right angle "
            "to x - y.",
            "Half of the gap of the encodings to one side, half to the other, and a common part at a right angle to it "
            "whose length follows from Pythagoras. (Near positions will do: the gap must not be longer than 2.)",
        ),
        points=2,
        minutes=20,
    ),
    "what-adding-gives-up": function(
        _given_up,
        {"one reader": _one_reader, "several readers": _several_readers, "singular": _singular},
        [
            Mistake(
                lambda A, B: _size([b @ _words_for(a, b) - a for a, b in zip(A, B, strict=True)]) / _size(A),  # noqa: N803
                "this gives every reader words of its own; a word has one vector, which all readers see",
            ),
            Mistake(
                lambda A, B: _size(B - A) / _size(A),  # noqa: N803
                "this leaves the words as they are; training chooses them anew",
            ),
            Mistake(
                lambda A, B: _given_up(A, B, root=1),  # noqa: N803
                "this is the share of the squares; its root is asked for",
            ),
            Mistake(
                lambda A, B: _size(B @ _words_for(A[0], B[0]) - A) / _size(A),  # noqa: N803
                "these words suit the first reader, and the others take them as they come",
            ),
            Mistake(
                lambda A, B: _given_up(A, B, relative=False),  # noqa: N803
                "this is what is missed, not yet divided by the size of what is wanted",
            ),
            Mistake(
                lambda A, B: _given_up(B, A),  # noqa: N803
                "A and B have changed places: B reads the encoding, so B is what the new words have to go through",
            ),
        ],
        nearly=NEARLY,
        answer="given_up",
        hints=(
            "One matrix M has to do for all readers at once. Set the B[r] below each other, and the A[r] as well: "
            "then there is one equation, B M = A, with more rows.",
            "It seldom has a solution; least squares find the M that misses least. Which function does that?",
            "np.linalg.lstsq(B, A, rcond=None)[0], with readers * rows rows in B and A; then compare B @ M with A.",
        ),
        points=2,
        minutes=20,
    ),
    "clocks-needed": function(
        _clocks,
        {
            "two neighbours": lambda rng: _texts(rng, (64, 8, *(2 * rng.integers(4, 100, 4))), [2] * 6),
            "a short text": _short_texts_to_tell_apart,
            "a long text": _long_texts_to_tell_apart,
        },
        [
            Mistake(
                lambda *given: _clocks(*given, offsets=slice(1)),
                "this looks at neighbours only, but a fast hand comes back farther away",
            ),
            Mistake(
                lambda *given: _clocks(*given, offsets=slice(-1, None)),
                "this looks at the two ends of the text only; all its positions have to be told apart",
            ),
            Mistake(
                lambda *given: _clocks(*given, half=1.0),
                "the two rows lie D apart, and the noise has to exceed half of that, D/2, before the rule errs",
            ),
            Mistake(
                lambda *given: _clocks(*given)[::-1], "the two counts have changed places: the fast end comes first"
            ),
            Mistake(
                lambda *given: 2 * np.array(_clocks(*given)),
                "these are columns; pairs are asked for, and a pair has two of them",
            ),
            Mistake(
                lambda *given: _clocks(*given, change=lambda squares: squares.min(axis=1, keepdims=True)),
                "this adds up the worst offset of each pair; but all pairs see the same two positions, so add them up "
                "first and look for the worst offset then",
            ),
            Mistake(
                lambda n, *given: _clocks(max(n - 1, 2), *given),
                "this leaves out the largest offset: the first and the last of n positions are n - 1 apart",
            ),
            Mistake(
                lambda n, *given: _clocks(n + 1, *given),
                "this has an offset too many: no two of n positions are n apart",
            ),
        ],
        answer="clocks_needed",
        hints=(
            "On one pair two positions k apart have the squared distance 4 sin(w k / 2) ** 2, and squared distances "
            "add up over pairs. Make a table of them, pairs by offsets 1 to n - 1.",
            "np.cumsum along the pairs gives the squared distance for 1, 2, 3, ... pairs; the offset that counts is "
            "the one where it is smallest.",
            "The rule errs with probability error if D is 2 * noise * NormalDist().inv_cdf(1 - error). "
            "Turn the table upside down for the slow end.",
        ),
        nearly="",
        sketch=(_counts, _paint_counts),
        points=3,
        minutes=30,
    ),
    "how-relative": function(
        lambda matrix: _share(matrix, _nearest),
        {"one pair": _one_pair, "several pairs": _several_pairs, "many pairs": _many_pairs},
        [
            Mistake(
                lambda matrix: np.sqrt(_share(matrix, _nearest)),
                "this is the root of what is asked for: the size here is the sum of the squares itself, without a root",
            ),
            Mistake(
                lambda matrix: float(np.sum(_blocks(matrix) ** 2) / np.sum(matrix**2)),
                "this keeps all four numbers of each pair's block, but only two of four dimensions are relative",
            ),
            Mistake(
                lambda matrix: _share(matrix, lambda block: (_nearest(block)[0], 0)),
                "this keeps the a of each block only, so a head that tells left from right loses its other part",
            ),
            Mistake(
                lambda matrix: _share(matrix, lambda block: (_nearest(block)[0], (block[0, 1] + block[1, 0]) / 2)),
                "this takes equal corners for relative: look at the signs of J",
            ),
            Mistake(
                lambda matrix: _share(matrix, lambda block: (block[0, 0], block[0, 1])),
                "this reads a and b off the first row, as if the block were relative already; "
                "the nearest one depends on both rows",
            ),
            Mistake(
                lambda matrix: _share(matrix, _nearest, _from_halves),
                "this looks for the pairs of layout 'halves'; here sines and cosines take turns",
            ),
            Mistake(
                lambda matrix: _share(matrix, _nearest) / 2,
                "this is half of it: the block a I + b J has four entries, and its size is 2 a^2 + 2 b^2",
            ),
        ],
        nearly=NEARLY,
        answer="how_relative",
        hints=(
            "Entries outside the blocks of the pairs are 0 in every relative matrix, so they are missed anyhow.",
            "In one block the two entries on the diagonal become one number a. Which a is nearest to both?",
            "The entries at the top right and bottom left become b and -b; the nearest b is half of their difference.",
        ),
        points=3,
        minutes=30,
    ),
    "left-and-right-alike": proof(
        answer="",
        hints=(
            "With one matrix W for both, the score is a dot product of two vectors of the same kind. What happens "
            "to it when they change places?",
            "How long is the vector of a query? The score of a place with itself says so, and it is the same "
            "everywhere.",
        ),
        points=3,
        minutes=30,
    ),
    "narrow-head": function(
        _head(lambda dim, columns: posenc.frequencies(dim)),
        {"even columns": _even_columns, "odd columns": _odd_columns, "negative, fractional or far": _any_back},
        [
            Mistake(
                _head(lambda dim, columns: posenc.frequencies(dim), sign=-1),
                "this head looks ahead where it should look back: its best key lies on the other side",
            ),
            Mistake(
                _head(lambda dim, columns: np.zeros(dim // 2)),
                "this head looks at its own place: nothing in it depends on how far to look back",
            ),
            Mistake(
                _head(lambda dim, columns: posenc.frequencies(dim, base=10000.0 ** (dim / max(columns, 2)))),
                "these are the frequencies of a table with as few columns as the head has; "
                "the encodings have dim columns",
            ),
            Mistake(
                _head(lambda dim, columns: np.ones(dim // 2)),
                "every pair is turned by the same angle, but slower clocks turn less from place to place",
            ),
            Mistake(
                _head(lambda dim, columns: posenc.frequencies(dim), slow=True),
                "this head keeps the slowest pairs, the fastest are asked for",
            ),
        ],
        reading=_product,
        answer="narrow_head",
        hints=(
            "Forget the narrow columns first. Which matrix between two encodings has the score of all pairs, moved?",
            "R(back) between them scores cos(w (q - p + back)) on each pair. Keep the blocks of the first pairs only.",
            "Let W_K have a 1 for each column of the pairs that are kept, and zeros elsewhere; then R(back) times W_K "
            "is a W_Q that fits.",
        ),
        sketch=(_wanted_and_got, _paint_scores),
        points=4,
        minutes=45,
    ),
    "sharp-head": _sharp_head(),
    "gradient-of-a-head": function(
        _gradients,
        {"all queries are asked": _all_are_asked, "some are asked": _some_are_asked, "a narrow head": _a_narrow_head},
        [
            Mistake(
                lambda *given: _gradients(*given, sign=-1),
                "this is the direction of descent, minus the gradient: the loss falls along it",
            ),
            Mistake(
                lambda *given: _gradients(*given, root=False),
                "the scores are divided by the root of the number of columns, and so is their derivative",
            ),
            Mistake(
                lambda *given: _gradients(*given, mean="none"),
                "this is the gradient of a sum over the queries; the loss is a mean",
            ),
            Mistake(
                lambda *given: _gradients(*given, mean="rows"),
                "the mean is taken over the queries that are asked, not over all",
            ),
            Mistake(
                lambda *given: _gradients(*given, turned=False),
                "the one by W_Q is right, in the one by W_K a transpose is lost: a key is a column of the pull",
            ),
            Mistake(
                lambda *given: _gradients(*given)[::-1],
                "the two have changed places: the one by W_Q comes first",
            ),
            Mistake(
                lambda *given: _gradients(*given, skip=False),
                "queries that are not asked have no loss, so they must not pull",
            ),
        ],
        nearly=NEARLY,
        answer="gradients",
        hints=(
            "The loss of one query, by its scores, has the derivative: weights less what is wanted.",
            "Scores are queries times keys, and queries are rows times W_Q. Move the pull back through one product "
            "at a time, and let the shapes tell where a transpose has to stand. They do not tell everything.",
            "Compare one entry with a difference: change it by 1e-5 either way and see how the loss changes.",
        ),
        points=3,
        minutes=30,
    ),
    "where-a-head-looks": function(
        _looks_at,
        {"heads of the offset": _pure_heads, "with a remainder": _with_remainder, "looking ahead": _looks_ahead},
        [
            Mistake(
                lambda A, n: -_looks_at(A, n),  # noqa: N803
                "this is how many places it looks back; the offset is key position less query position",
            ),
            Mistake(
                lambda A, n: _looks_at(A, n, read=lambda even, odd: even),  # noqa: N803
                "this leaves out the b of the blocks, and without it left equals right",
            ),
            Mistake(
                lambda A, n: _looks_at(A, n, keep=lambda k: k <= 0),  # noqa: N803
                "this searches among the words before alone, and there is no mask",
            ),
            Mistake(_fastest_clock, "this reads the angle of one clock, which is back after six places"),
            Mistake(
                _at_place_0, "this asks the query at place 0, and the remainder sees places: split the matrix first"
            ),
        ],
        nearly=NEARLY,
        answer="looks_at",
        hints=(
            "Which part of A scores by the offset alone? attention.offset_part gives it, or take it from exercise 10.",
            "Read a and b of each pair off that part. The score of the offset k is the sum of a cos(w k) - b sin(w k).",
            "Evaluate it at all whole offsets from 1 - n to n - 1, and take the offset of the largest.",
        ),
        points=2,
        minutes=20,
    ),
    "previous-sentence": _previous_sentence(),
}
