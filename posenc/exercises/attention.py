"""The exercises of the part on attention."""

from typing import Any

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import Exercise, Mistake, Wrong, expression, function, shown, value, witness


def _numbers(answer, shape, what):
    """Part of a counterexample as an array, or a sentence that says what it should be."""
    try:
        array = np.asarray(answer, dtype=float)
    except Exception:
        array = np.array(np.nan)
    if array.shape != shape or not np.isfinite(array).all():
        raise Wrong(f"{what}, got {shown(answer)}")
    return array


def _whole(answer, low, high, what):
    """Part of a counterexample as a whole number between two limits."""
    try:
        number = float("nan") if isinstance(answer, (str, bytes, bool)) else float(answer)
    except Exception:
        number = float("nan")
    if not number.is_integer():
        raise Wrong(f"{what} is a whole number, got {shown(answer)}")
    if not low <= number <= high:
        raise Wrong(f"{what} lies between {low} and {high}, got {shown(answer)}")
    return int(number)


# A score has four terms.


def _four(x, e, y, f, W_Q, W_K):  # noqa: N803 - the names of the book
    return [(left @ W_Q) @ (right @ W_K) / np.sqrt(W_Q.shape[1]) for left in (x, e) for right in (y, f)]


def _words_and_places(rng):
    yield tuple(np.array(v) for v in ([1, 2], [0, 1], [3, 1], [1, -1], [[1], [2]], [[2], [1]]))
    for d, columns in [(4, 4), (6, 2), (3, 5), *rng.integers(1, 12, (4, 2))]:
        yield *rng.normal(size=(4, d)), *rng.normal(size=(2, d, columns))


# Two words, two positions, one sum.


def _one_sum(answer):
    try:
        x, p, y, q = answer
    except Exception:
        raise Wrong(f"four things are asked for, (x, p, y, q), got {shown(answer)}") from None
    x = _numbers(x, (4,), "the first word x is an array of four numbers")
    y = _numbers(y, (4,), "the second word y is an array of four numbers")
    p, q = _whole(p, 0, 1000, "the position p"), _whole(q, 0, 1000, "the position q")
    if np.allclose(x, y, atol=1e-3):
        raise Wrong("the words are the same: to take one word for another takes two words")
    if p == q:
        raise Wrong("with one position there is one encoding, and taking it away gives the word back")
    e, f = posenc.sinusoidal([p, q], 4)
    if not np.allclose(x + e, y + f, atol=1e-6):
        raise Wrong("the two sums are not equal: what the encodings differ by, the words have to make up for")
    if not np.allclose([x @ x, y @ y], 1, atol=1e-6):
        raise Wrong("the two sums are equal, but the words do not both have length 1")


def _normalised():
    e, f = posenc.sinusoidal([3, 5], 4)
    return f / np.sqrt(f @ f), 3, e / np.sqrt(e @ e), 5


# The part of a score that sees where both words stand.

_a, _b, _c, _d, _w, _s = sp.symbols("a b c d w s")
_cosine, _sine = sp.cos(_w * _s), sp.sin(_w * _s)


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


def _matrices(rng):
    yield (np.eye(2),)
    yield (np.array([[1.0, 2.0], [3.0, 4.0]]),)
    yield (np.array([[0.0, 1.0], [-1.0, 0.0]]),)
    yield (posenc.shift_matrix(3, 6),)
    yield (posenc.shift_generator(4),)
    for dim in (4, 6, 2, 10, 16):
        yield (rng.normal(size=(dim, dim)) + rng.normal() * np.eye(dim),)


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


def _scoring(answer: Any):
    """The function that multiplies the two matrices which another function returns."""
    if not callable(answer):
        return answer

    def product(back, dim, columns):
        made: Any = answer(back, dim, columns)
        if made is None or made is ...:
            return None
        try:
            W_Q, W_K = made  # noqa: N806
        except Exception:
            raise Wrong(f"two matrices are asked for, (W_Q, W_K), got {shown(made)}") from None
        both = [
            _numbers(W, (dim, columns), f"{name} is an array of numbers of shape ({dim}, {columns})")
            for W, name in ((W_Q, "W_Q"), (W_K, "W_K"))
        ]
        return both[0] @ both[1].T

    return product


def _heads(rng):
    yield 0, 2, 2
    yield 1, 2, 2
    yield 3, 8, 4
    yield -2, 6, 3
    yield 0.5, 8, 8
    yield 2, 4, 1
    for _ in range(4):
        dim = 2 * int(rng.integers(2, 17))
        yield int(rng.integers(-20, 20)), dim, int(rng.integers(2, dim))


def _narrow_head():
    """The exercise compares W_Q W_K^T, since many pairs of matrices have the same product."""
    mistakes = [
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
            "these are the frequencies of a table with as few columns as the head has; the encodings have dim columns",
        ),
        Mistake(
            _head(lambda dim, columns: np.ones(dim // 2)),
            "every pair is turned by the same angle, but slower clocks turn less from place to place",
        ),
        Mistake(
            _head(lambda dim, columns: posenc.frequencies(dim), slow=True),
            "this head keeps the slowest pairs, the fastest are asked for",
        ),
    ]
    products = [Mistake(_scoring(mistake.answer), mistake.message) for mistake in mistakes]
    right = _scoring(_head(lambda dim, columns: posenc.frequencies(dim)))
    judge = function(right, _heads, products, points=3, minutes=45).judge
    return Exercise(lambda answer, rng: judge(_scoring(answer), rng), tuple(mistakes), 3, 45)


# Far apart, and yet near.


def _far_and_near(answer):
    k = _whole(answer, 1000, 10000, "the offset k")
    gaps = 4 * np.sin(np.array([k, k / 10]) / 2) ** 2
    if gaps.sum() >= 4 * np.sin(0.05) ** 2 + 4 * np.sin(0.005) ** 2:
        near = gaps < 0.01
        if near.all():
            raise Wrong("both clocks are nearly back, but not near enough")
        if near[0]:
            raise Wrong("the fast clock is back, but the other one is not: both have to be back at once")
        if near[1]:
            raise Wrong("the slower clock is back, but the fast one is not: both have to be back at once")
        raise Wrong("at this offset neither of the two clocks is back")


EXERCISES = {
    "length-of-a-word": value(
        0.02 * np.sqrt(768) * np.sqrt(2),
        [
            Mistake(0.02 * np.sqrt(2), "this leaves out the factor: the embedding is multiplied before it is added"),
            Mistake(
                0.02 * np.sqrt(768),
                "this takes the encoding for as long as a row of ones; sine and cosine are seldom so large",
            ),
            Mistake(
                1 / (0.02 * np.sqrt(768 * 2)),
                "this is how many times as long as the word the encoding is: the other way round",
            ),
            Mistake(np.sqrt(2), "that is so for numbers drawn with 1/sqrt(d); these are drawn with 0.02"),
            Mistake(0.02 * 768 * np.sqrt(2), "this multiplies by d, the factor is its square root"),
        ],
        points=1,
        minutes=10,
        tolerance=0.01,
    ),
    "four-terms": function(
        _four,
        _words_and_places,
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
        ],
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
            Mistake(([1, 0], 0, [0, 1], 1), "the first word x is an array of four numbers"),
        ],
        points=2,
        minutes=20,
    ),
    "which-blocks-are-relative": value(
        "BCE",
        [
            Mistake("E", "a rotation will do, but must a head leave the length of an encoding as it is?"),
            Mistake("BE", "one is missing: neither part of a block has to be there"),
            Mistake("C", "one kind is missing: a block may have entries on its diagonal"),
            Mistake(
                "AD",
                "these are the symmetric blocks: query and key may change places, which is not the same as moving both",
            ),
            Mistake("BCEF", "one too many: opposite signs in the corners are not yet opposite numbers"),
            Mistake("ABCE", "one too many: equal corners score sums of angles, not differences"),
        ],
        points=1,
        minutes=5,
        kind="diagnose",
    ),
    "part-that-sees-places": expression(
        ((_d - _a) * _cosine + (_b + _c) * _sine) / 2,
        [
            Mistake(
                ((_a - _d) * _cosine + (_b + _c) * _sine) / 2,
                "the cosine has the wrong sign: do two sines or two cosines multiply to +cos(w s)?",
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
        ],
        points=2,
        minutes=20,
    ),
    "how-relative": function(
        lambda matrix: _share(matrix, _nearest),
        _matrices,
        [
            Mistake(
                lambda matrix: np.sqrt(_share(matrix, _nearest)),
                "this is a ratio of sizes; the share of the squared size is asked for",
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
                "the nearest one hears both rows",
            ),
            Mistake(
                lambda matrix: _share(matrix, _nearest, _from_halves),
                "this looks for the pairs of layout 'halves'; here sines and cosines take turns",
            ),
        ],
        points=3,
        minutes=30,
    ),
    "narrow-head": _narrow_head(),
    "far-and-yet-near": witness(
        _far_and_near,
        [
            Mistake(1420, "the fast clock is back, but the other one is not"),
            Mistake(6283, "the slower clock is back, but the fast one is not"),
            Mistake(710, "the offset k lies between 1000 and 10000"),
            Mistake(2000 * np.pi, "the offset k is a whole number"),
            Mistake(1000, "neither of the two clocks is back"),
        ],
        points=2,
        minutes=15,
    ),
}
