"""Answers to the exercises of the part on attention: right ones in unusual forms, wrong ones in plausible forms."""

# Answers copy what people write: lambdas, short names, wide lines.
# ruff: noqa: N803

import cmath
import math
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from statistics import NormalDist

import numpy as np
import sympy as sp
from answers import Of

import posenc

# 1. How long is this word?


def measured(given, words=3000, seed=1):
    drawn = np.random.default_rng(seed).normal(scale=given.deviation, size=(words, given.dim)) * given.dim**0.5
    return np.linalg.norm(drawn, axis=1).mean() / np.linalg.norm(posenc.sinusoidal(3, given.dim))


def exact(given):
    return given.deviation * math.sqrt(2 * given.dim)


LENGTH_RIGHT = [
    Of(exact),
    Of(measured),
    Of(lambda given: measured(given, words=2000, seed=5)),
    Of(lambda given: np.float32(exact(given))),
    Of(lambda given: np.array(exact(given))),
    Of(lambda given: sp.Float(given.deviation) * sp.sqrt(2 * given.dim)),
    Of(lambda given: Decimal(exact(given))),
    Of(lambda given: Fraction(exact(given)).limit_denominator(10_000)),
    Of(lambda given: round(exact(given), 2)),
    Of(lambda given: exact(given) + 0.009),
    Of(lambda given: given.deviation * given.dim / np.sqrt(given.dim / 2)),
]

LENGTH_WRONG = [
    (Of(lambda given: given.deviation * 2**0.5), "leaves out the factor"),
    (Of(lambda given: given.deviation * given.dim**0.5), "as long as a row of ones"),
    (Of(lambda given: 1 / exact(given)), "the other way round"),
    (Of(lambda given: 1 / measured(given)), ""),
    (1.41, "another deviation"),
    (Of(lambda given: given.deviation * given.dim * 2**0.5), "its square root"),
    (Of(lambda given: given.deviation * given.dim), "how long the word is"),
    (Of(lambda given: exact(given) ** 2), "the squares of the lengths"),
    (Of(lambda given: exact(given) + 0.0111), "is not right"),
    (Of(lambda given: exact(given) - 0.0111), "is not right"),
    (Of(lambda given: -exact(given)), "is not right"),
    (Of(lambda given: exact(given) * 2**0.5), "is not right"),
    (Of(lambda given: math.hypot(exact(given), 1)), ""),
    (Of(lambda given: given), "a number is asked for"),
    (Of(lambda given: str(exact(given))), "a number is asked for"),
    (Of(lambda given: [exact(given)]), "a number is asked for"),
    (Of(lambda given: np.full(3, exact(given))), "a number is asked for"),
    (Of(lambda given: lambda: exact(given)), "a number is asked for"),
    (complex(1, 1), "a number is asked for"),
    (float("inf"), "a finite one"),
    (None, "there is no answer here yet"),
]

# 2. Four terms


def four(x, e, y, f, W_Q, W_K):
    terms = []
    for left in (x, e):
        for right in (y, f):
            terms.append(float(np.dot(left @ W_Q, right @ W_K)) / math.sqrt(len(W_Q[0])))
    return terms


def by_hand(x, e, y, f, W_Q, W_K):
    """With lists and loops alone."""
    x, e, y, f, W_Q, W_K = (a.tolist() for a in (x, e, y, f, W_Q, W_K))
    d, columns = len(W_Q), len(W_Q[0])

    def through(v, W):
        return [sum(v[r] * W[r][c] for r in range(d)) for c in range(columns)]

    def dot(a, b):
        return sum(p * q for p, q in zip(a, b, strict=True))

    return [dot(through(a, W_Q), through(b, W_K)) / columns**0.5 for a in (x, e) for b in (y, f)]


class FourTerms:
    def __call__(self, x, e, y, f, W_Q, W_K, scaled=True):
        A = W_Q @ W_K.T / np.sqrt(W_K.shape[-1])
        return x @ A @ y, x @ A @ f, e @ A @ y, e @ A @ f


def by_differences(x, e, y, f, W_Q, W_K):
    """The terms as differences of whole scores."""

    def score(a, b):
        return (W_Q.T @ a) @ (W_K.T @ b) / W_Q.shape[1] ** 0.5

    nothing = 0 * x
    return np.array(
        [score(x, y), score(x, nothing + f), score(e, y), score(x + e, y + f) - score(x, y + f) - score(e, y)]
    )


def changes_x(x, e, y, f, W_Q, W_K):
    x += e
    return four(x - e, e, y, f, W_Q, W_K)


FOUR_RIGHT = [
    four,
    by_hand,
    FourTerms(),
    by_differences,
    lambda *given: np.array(four(*given)),
    lambda *given: tuple(four(*given)),
    lambda *given: sp.Array(four(*given)),
    lambda x, e, y, f, Q, K: np.einsum("ad,dk,ek,be->ab", [x, e], Q, K, [y, f]).reshape(4) / np.sqrt(Q.shape[1]),
    lambda x, e, y, f, Q, K: np.kron(np.stack([x, e]), np.stack([y, f])) @ (Q @ K.T).ravel() / Q.shape[1] ** 0.5,
    lambda x, e, y, f, Q, K: [
        (np.asmatrix(a) * np.asmatrix(Q) * np.asmatrix(K).T * np.asmatrix(b).T).item() / Q.shape[1] ** 0.5
        for a in (x, e)
        for b in (y, f)
    ],
    lambda x, e, y, f, Q, K: (np.array([x, e]) @ Q @ (np.array([y, f]) @ K).T).flatten() * len(Q[0]) ** -0.5,
]

FOUR_WRONG = [
    (lambda *given: np.array(four(*given)) * given[4].shape[1] ** 0.5, "not divided"),
    (lambda *given: np.array(four(*given)) * (given[4].shape[1] / len(given[0])) ** 0.5, "the wrong width"),
    (lambda *given: np.array(four(*given))[[0, 2, 1, 3]], "cross terms have changed places"),
    (lambda x, e, y, f, Q, K: four(x, e, y, f, K, Q), "matrices have changed places"),
    (lambda *given: sum(four(*given)), "the whole score"),
    (lambda *given: np.array(four(*given)) / given[4].shape[1] ** 0.5, "divides by the number of columns itself"),
    (lambda *given: np.array(four(*given)).reshape(2, 2), "should be (4,)"),
    (lambda *given: four(*given)[:3], "should be (4,)"),
    (lambda *given: four(*given)[::-1], "is expected"),
    (lambda *given: np.array([four(*given)]), "should be (4,)"),
    (lambda *given: [int(term) for term in four(*given)], "is expected"),
    (lambda *given: np.round(four(*given), 4), "is expected"),
    (lambda *given: np.array(four(*given)) * (1 + 1.5e-6), "compute in float64, and do not round"),
    (
        lambda x, e, y, f, Q, K: four(x, e, y, f, Q.T, K.T) if len(Q) == len(Q[0]) else four(x, e, y, f, Q, K),
        "is expected",
    ),
    (lambda *given: (term for term in four(*given)), "no array of numbers"),
    (lambda x, e, y, f, Q, K: [x @ y, x @ f, e @ y, e @ f], "is expected"),
    (lambda x, e, y, f, Q, K: four(y, f, x, e, Q, K), "is expected"),
    (changes_x, ""),
    (lambda *given: [1j * t for t in four(*given)], "complex numbers"),
    (lambda *given: None, "it returns nothing yet"),
    (lambda x, y: 1, "it stops with TypeError"),
    ([1.4, 0, 0.7, 2.1], "a function is asked for"),
    ("x @ y", "a function is asked for"),
]

# 3. A sentence moves on

MOVES_RIGHT = [
    "BDEH",
    "HEDB",
    "b, d, e, h",
    "B D E H",
    ["B", "D", "E", "H"],
    ("D", "B", "H", "E"),
    {"B", "D", "E", "H"},
    "B,D,E,H",
    np.array(["B", "D", "E", "H"]),
    "bdeh",
    "BBDEH",
]

MOVES_WRONG = [
    ("ACFG", "the ones that stay"),
    ("BCDEH", "a turn keeps lengths"),
    ("DEH", "the difference of two rows is turned"),
    ("BEH", "square the length of a sum"),
    ("BDH", "meets one place alone"),
    ("BDEFH", "keeps only R(q - p)"),
    ("BDE", "another vector"),
    ("BDEGH", "the offset stays"),
    ("ABDEH", "which keeps products"),
    ("ABCDEGH", "is not right"),
    ("B/D/E/H", "letters from A to H"),
    ("BDEX", "letters from A to H"),
    ("B and D and E and H", "letters from A to H"),
    (4, "letters from A to H"),
    (None, "there is no answer here yet"),
    ("ABCDEFGH", "is not right"),
    ("", "is not right"),
    ({"B": 1, "D": 1, "E": 1, "H": 1}, "letters from A to H"),
]

# 4. Six blocks


def chosen(given, wanted):
    return "".join(name for name, ((a, b), (c, d)) in given._asdict().items() if wanted(a, b, c, d))


def relative(a, b, c, d):
    return a == d and b == -c


def scores_by_offset(given):
    """Found by trying: move both positions on and compare."""
    places = posenc.sinusoidal(range(12), 2)
    found = []
    for name, block in given._asdict().items():
        score = places @ np.array(block, dtype=float) @ places.T
        if np.allclose(score[1:, 1:], score[:-1, :-1]):
            found.append(name)
    return found


BLOCKS_RIGHT = [
    Of(lambda given: chosen(given, relative)),
    Of(lambda given: chosen(given, relative)[::-1]),
    Of(lambda given: ",".join(chosen(given, relative))),
    Of(lambda given: list(chosen(given, relative))),
    Of(lambda given: set(chosen(given, relative))),
    Of(lambda given: " ".join(chosen(given, relative)).lower()),
    Of(scores_by_offset),
    Of(lambda given: tuple(scores_by_offset(given))),
    Of(lambda given: np.array(scores_by_offset(given))),
    Of(
        lambda given: [
            name
            for name, block in given._asdict().items()
            if np.allclose(np.array(block) @ [[0, 1], [-1, 0]], np.array([[0, 1], [-1, 0]]) @ np.array(block))
        ]
    ),
    Of(lambda given: frozenset(chosen(given, relative))),
]

BLOCKS_WRONG = [
    (
        Of(lambda given: chosen(given, lambda a, b, c, d: relative(a, b, c, d) and math.isclose(a * a + b * b, 1))),
        "a rotation will do",
    ),
    (Of(lambda given: chosen(given, lambda a, b, c, d: relative(a, b, c, d) and a)), "neither part of a block"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: relative(a, b, c, d) and not a)), "entries on its diagonal"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: b == c)), "the symmetric blocks"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: a == d and (b * c < 0 or b == -c))), "opposite signs"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: a == d and (b == c or b == -c))), "sums of angles"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: not relative(a, b, c, d))), "see the places"),
    ("ABCDEF", "is not right"),
    (Of(lambda given: chosen(given, lambda a, b, c, d: a == d)), "is not right"),
    (Of(lambda given: chosen(given, relative)[:-1] + "G"), "letters from A to F"),
    (3, "letters from A to F"),
    (None, "there is no answer here yet"),
    (Of(lambda given: dict.fromkeys(chosen(given, relative), True)), "letters from A to F"),
    (b"BCE", "letters from A to F"),
    ([True, False, True, True, False, False], "letters from A to F"),
]

# 5. The part that sees places

a, b, c, d, w, s = sp.symbols("a b c d w s")
real = dict(zip("abcdws", sp.symbols("a b c d w s", real=True), strict=True))
wave = (d - a) / 2 * sp.cos(w * s) + (b + c) / 2 * sp.sin(w * s)
p = sp.Symbol("p")

WAVE_RIGHT = [
    wave,
    sp.expand(wave),
    sp.factor(wave),
    wave.subs({a: real["a"], b: real["b"], c: real["c"], d: real["d"], w: real["w"], s: real["s"]}),
    wave.subs(w, sp.Symbol("w", positive=True)),
    wave.rewrite(sp.exp),
    "((d - a)*cos(w*s) + (b + c)*sin(w*s))/2",
    str(wave),
    -((a - d) * sp.cos(-w * s) + (b + c) * sp.sin(-w * s)) / 2,
    (d - a) / 2 * sp.sin(w * s + sp.pi / 2) + (b + c) / 2 * sp.cos(w * s - sp.pi / 2),
    sp.re((real["d"] - real["a"] - sp.I * (real["b"] + real["c"])) * sp.exp(sp.I * real["w"] * real["s"])) / 2,
    0.5 * (d - a) * sp.cos(w * s) + 0.5 * (b + c) * sp.sin(w * s),
    (sp.Matrix([[d - a, b + c]]) * sp.Matrix([sp.cos(w * s), sp.sin(w * s)]))[0] / 2,
    sp.expand_trig(wave.subs(s, 2 * p)).subs(p, s / 2),
    sp.sqrt((d - a) ** 2 + (b + c) ** 2) / 2 * sp.cos(w * s - sp.atan2(b + c, d - a)),
    (d - a) / 2 * (1 - 2 * sp.sin(w * s / 2) ** 2) + (b + c) * sp.sin(w * s / 2) * sp.cos(w * s / 2),
]

WAVE_WRONG = [
    (((a - d) * sp.cos(w * s) + (b + c) * sp.sin(w * s)) / 2, "the cosine has the wrong sign"),
    (2 * wave, "a factor is missing"),
    (((d - a) * sp.cos(w * s) + (b - c) * sp.sin(w * s)) / 2, "the sine has a wrong sign"),
    (((a + d) * sp.cos(w * s) + (c - b) * sp.sin(w * s)) / 2, "the one with the offset k"),
    (wave.subs(s, 2 * s), "s is the sum of the two places already"),
    (-wave, "the whole wave has the wrong sign"),
    (((d - a) * sp.cos(w * s) - (b + c) * sp.sin(w * s)) / 2, "the sine has the wrong sign"),
    (((d - a) * sp.sin(w * s) + (b + c) * sp.cos(w * s)) / 2, "sine and cosine have changed places"),
    (wave.subs(w, 1), "not equal to what is asked for"),
    ([(d - a) / 2, (b + c) / 2], "an expression is asked for"),
    (sp.Lambda(s, wave), "not a function"),
    ("cos(w s)", "an expression is asked for"),
    (wave.subs(w, w / 2), "not equal to what is asked for"),
    (sp.cos(w * s), "not equal to what is asked for"),
    (wave.subs(s, p + s), "does not belong to this exercise"),
    (wave.subs(d, sp.Symbol("e")), "does not belong to this exercise"),
    (sp.Integer(0), "not equal to what is asked for"),
    (lambda s: wave, "not a function"),
    (sp.Matrix([wave]), "an expression is asked for"),
    ("((d - a)*cos(w*s) + ", "an expression is asked for"),
    (None, "there is no expression here yet"),
    (sp.Eq(wave, 0), "an expression is asked for"),
]

# 6. Far apart, and yet near

FAR_RIGHT = [
    1131,
    9739,
    6346,
    np.int64(1508),
    np.float64(2262),
    1131.0,
    sp.Integer(5215),
    Fraction(1885, 1),
    Decimal(3016),
    np.array(3770),
    round(360 * math.pi),
    math.ceil(1200 * math.pi),
]

FAR_WRONG = [
    (1420, "the fast clock is back"),
    (6283, "the slower clock is back"),
    (710, "lies between 1000 and 10000"),
    (44, "lies between 1000 and 10000"),
    (-1131, "lies between 1000 and 10000"),
    (True, "is a whole number"),
    (1132, "the slower clock is back, but the fast one is not"),
    (14200, "lies between 1000 and 10000"),
    (20 * 113 * sp.pi, "is a whole number"),
    ((1131, 0), "is a whole number"),
    (360 * math.pi, "is a whole number"),
    (1000, "neither of the two clocks"),
    (2576, "both clocks are nearly back"),
    (10_000, "neither of the two clocks"),
    ("1131", "is a whole number"),
    ([1131], "is a whole number"),
    (np.arange(1131, 1133), "is a whole number"),
    (lambda: 1131, "is a whole number"),
    (1131j, "is a whole number"),
    (float("nan"), "a finite one"),
    (None, "there is no"),
    (1887, ""),
]

# 7. One sum, two readings


def two_words(p, q, turn=0.0):
    """Half of the gap either way, and a common part at a right angle, somewhere in three dimensions."""
    e, f = posenc.sinusoidal([p, q], 4)
    gap = f - e
    basis = np.linalg.svd(gap[None])[2][1:]
    across = math.cos(turn) * basis[0] + math.sin(turn) * basis[2]
    across *= math.sqrt(1 - gap @ gap / 4)
    return across + gap / 2, p, across - gap / 2, q


x, p0, y, q0 = two_words(7, 8)
flat = two_words(0, 1, 0.7)

TWO_RIGHT = [
    two_words(7, 8),
    two_words(0, 1),
    two_words(1000, 999, 2.0),
    two_words(3, 5),
    list(two_words(10, 12, 1.0)),
    (x.tolist(), 7, y.tolist(), 8),
    (tuple(x), 7.0, tuple(y), np.int64(8)),
    (sp.Array(x.tolist()), sp.Integer(7), sp.Array(y.tolist()), sp.Integer(8)),
    ([Fraction(float(n)) for n in x], 7, [Decimal(float(n)) for n in y], 8),
    (np.round(x, 7), 7, np.round(y, 7), 8),
    np.array([np.array(flat[0]), 0, np.array(flat[2]), 1], dtype=object),
    two_words(44, 0, 3.0),
]

TWO_WRONG = [
    ((x.round(4), 7, y.round(4), 8), "do not round"),
    ((x.round(3), 7, y.round(3), 8), "do not round"),
    ((x, 7, y + np.array([0, 0, 3e-5, 0]), 8), "nearly equal"),
    ((y, 7, x, 8), "the two sums are not equal"),
    ((posenc.sinusoidal([5], 4)[0], 3, posenc.sinusoidal([3], 4)[0], 5), "both have length 1"),
    ((np.zeros(4), 3, posenc.sinusoidal(3, 4) - posenc.sinusoidal(5, 4), 5), "both have length 1"),
    ((9 * x, 7, 9 * x - np.diff(posenc.sinusoidal([7, 8], 4), axis=0)[0], 8), "both have length 1"),
    (([1, 0, 0, 0], 3, [1, 0, 0, 0], 5), "the words are the same"),
    (([1, 0, 0, 0], 3, [0, 1, 0, 0], 3), "with one position there is one encoding"),
    (([1, 0], 0, [0, 1], 1), "the shape of the first word x is (2,)"),
    ((x, 7, y[:3], 8), "the shape of the second word y is (3,)"),
    ((x, 7.5, y, 8), "the position p is a whole number"),
    ((x, 7, y, 1008), "the position q lies between 0 and 1000"),
    ((x, -7, y, -8), "the position p lies between 0 and 1000"),
    ((x, y, 7, 8), "the shape of the second word y is ()"),
    ((7, x, 8, y), "the shape of the first word x is ()"),
    ((x, y), "four things are asked for"),
    ((x.astype(complex), 7, y, 8), "the first word x has complex numbers"),
    ((x * float("nan"), 7, y, 8), "the first word x has NaN"),
    (("word", 7, y, 8), "the first word x is no array of numbers"),
    ((x, "7", y, "8"), "the position p is a whole number"),
    ((x, True, y, 2), "the position p is a whole number"),
    ((x * (1 + 3e-6), 7, y * (1 + 3e-6), 8), "do not round"),
    ((x, 7, y), "four things are asked for"),
    ((x + posenc.sinusoidal(7, 4), 7, y + posenc.sinusoidal(8, 4), 8), "the words are the same"),
    ("x, 7, y, 8", "four things are asked for"),
    (None, "there is no"),
    ((x.reshape(4, 1), 7, y.reshape(4, 1), 8), "the shape of the first word x is (4, 1)"),
]

# 8. What does adding give up?


def stacked(A, B):
    return A.reshape(-1, A.shape[2]).astype(float), B.reshape(-1, B.shape[2]).astype(float)


def by_projection(A, B):
    """What lies at a right angle to all that the readers can be given."""
    A, B = stacked(A, B)
    U, sizes, _ = np.linalg.svd(B, full_matrices=False)
    U = U[:, sizes > 1e-10]
    return np.linalg.norm(A - U @ (U.T @ A)) / np.linalg.norm(A)


def word_by_word(A, B):
    """One word after the other, the unit vectors."""
    A, B = stacked(A, B)
    missed = 0.0
    for column in A.T:
        new = np.linalg.lstsq(B, column, rcond=None)[0]
        missed += np.sum((B @ new - column) ** 2)
    return (missed / np.sum(A**2)) ** 0.5


def by_loops(A, B):
    """Normal equations, added up over the readers."""
    d = A.shape[2]
    left, right = np.zeros((d, d)), np.zeros((d, d))
    for a_r, b_r in zip(A, B, strict=True):
        left = left + b_r.T @ b_r
        right = right + b_r.T @ a_r
    M = np.linalg.pinv(left, rcond=1e-12, hermitian=True) @ right
    return math.sqrt(sum(np.sum((b_r @ M - a_r) ** 2) for a_r, b_r in zip(A, B, strict=True)) / np.sum(A**2))


def with_inverse(A, B):
    A, B = stacked(A, B)
    M = np.linalg.inv(B.T @ B) @ B.T @ A
    return np.linalg.norm(B @ M - A) / np.linalg.norm(A)


def with_pinv(A, B, scale=1):
    A, B = stacked(A, B)
    return np.linalg.norm(A - B @ np.linalg.pinv(B) @ A) / np.linalg.norm(A) * scale


def by_qr(A, B):
    """Right where the columns of B are independent."""
    A, B = stacked(A, B)
    Q = np.linalg.qr(B)[0]
    return np.linalg.norm(A - Q @ (Q.T @ A)) / np.linalg.norm(A)


class GivenUp:
    def __call__(self, A, B):
        return np.array(with_pinv(A, B))


def each_alone(A, B):
    missed = [np.linalg.norm(B_r @ np.linalg.pinv(B_r) @ A_r - A_r) ** 2 for A_r, B_r in zip(A, B, strict=True)]
    return np.sqrt(sum(missed)) / np.linalg.norm(A)


def hstacked(A, B):
    """The readers side by side, where they should be below each other."""
    A, B = (np.hstack(list(part)).T for part in (A, B))
    return np.linalg.norm(B @ np.linalg.pinv(B) @ A - A) / np.linalg.norm(A)


def from_the_right(A, B):
    """M on the wrong side of B."""
    A, B = stacked(A, B)
    return np.linalg.norm(A @ np.linalg.pinv(B) @ B - A) / np.linalg.norm(A)


def mean_of_readers(A, B):
    """Each reader's own best words, and their mean."""
    M = np.mean([np.linalg.pinv(B_r) @ A_r for A_r, B_r in zip(A, B, strict=True)], axis=0)
    return np.linalg.norm(B @ M - A) / np.linalg.norm(A)


def scales_the_words(A, B):
    found = with_pinv(A, B)
    A *= 2
    return found


def by_unit_vectors(A, B):
    """Gram and Schmidt on the columns of B, and what they leave of A."""
    A, B = stacked(A, B)
    basis = []
    for column in B.T:
        left = column.copy()
        for _ in range(2):
            for unit in basis:
                left = left - (unit @ left) * unit
        if np.linalg.norm(left) > 1e-9:
            basis.append(left / np.linalg.norm(left))
    left = A.copy()
    for unit in basis:
        left = left - np.outer(unit, unit @ left)
    return np.linalg.norm(left) / np.linalg.norm(A)


ADDING_RIGHT = [
    by_unit_vectors,
    lambda A, B: by_projection(3 * A, 5 * B),
    with_pinv,
    by_projection,
    word_by_word,
    by_loops,
    GivenUp(),
    partial(with_pinv, scale=1.0),
    lambda A, B: sp.Float(with_pinv(A, B)),
    lambda A, B: Fraction(float(by_projection(A, B))),
    lambda A, B: np.float32(with_pinv(A, B)),
    lambda A, B, M=None: (
        math.hypot(*(stacked(A, B)[1] @ np.linalg.pinv(stacked(A, B)[1]) @ stacked(A, B)[0] - stacked(A, B)[0]).ravel())
        / math.hypot(*A.ravel())
    ),
    lambda A, B: with_pinv(A[::-1], B[::-1]),
]

ADDING_WRONG = [
    (each_alone, "gives every reader words of its own"),
    (lambda A, B: np.linalg.norm(B - A) / np.linalg.norm(A), "leaves the words as they are"),
    (lambda A, B: with_pinv(A, B) ** 2, "the share of the squares"),
    (lambda A, B: np.linalg.norm(B @ (np.linalg.pinv(B[0]) @ A[0]) - A) / np.linalg.norm(A), "suit the first reader"),
    (lambda A, B: with_pinv(A, B) * np.linalg.norm(A), "not yet divided"),
    (lambda A, B: by_projection(B, A) if B.any() else 0.0, "A and B have changed places"),
    (with_inverse, ""),
    (by_qr, ""),
    (lambda A, B: np.linalg.norm(B @ np.linalg.solve(B[0], A[0]) - A) / np.linalg.norm(A), ""),
    (lambda A, B: 0.0, "is expected"),
    (lambda A, B: with_pinv(A, B) if len(A) > 1 else 0.0, "is expected"),
    (lambda A, B: round(with_pinv(A, B), 3), "is expected"),
    (hstacked, "is expected"),
    (from_the_right, ""),
    (lambda A, B: np.sqrt(np.linalg.lstsq(*stacked(A, B)[::-1], rcond=None)[1].sum()) / np.linalg.norm(A), ""),
    (scales_the_words, "it changes the array"),
    (mean_of_readers, ""),
    (lambda A, B: np.mean([each_alone(A[:1], B[:1]), each_alone(A, B)]), "is expected"),
    (lambda A, B: with_pinv(A, B) / np.sqrt(2), "is expected"),
    (lambda A, B: np.array([with_pinv(A, B)]), "a single number is asked for"),
    (
        lambda A, B: np.linalg.pinv(B.reshape(-1, B.shape[2])) @ A.reshape(-1, A.shape[2]),
        "a single number is asked for",
    ),
    (lambda A, B: str(with_pinv(A, B)), "no array of numbers"),
    (lambda A, B: None, "it returns nothing yet"),
    (0.7071, "a function is asked for"),
    (lambda A: 0.0, "it stops with TypeError"),
]

# 9. How many clocks?


def reach(noise, error):
    return 2 * noise * NormalDist().inv_cdf(1 - error)


def step_by_step(n, dim, noise, error):
    """A pair more, until it is enough."""
    k = np.arange(1, n)

    def count(w):
        square = np.zeros(n - 1)
        for pairs, one in enumerate(w, start=1):
            square = square + 2 - 2 * np.cos(one * k)
            if square.min() >= reach(noise, error) ** 2:
                return pairs
        return 0

    w = posenc.frequencies(dim)
    return count(w), count(w[::-1])


def by_similarity(n, dim, noise, error):
    k, w = np.arange(1, n), posenc.frequencies(dim)

    def enough(part):
        apart = np.sqrt(np.maximum(2 * (len(part) - posenc.similarity(k, 2 * len(part), freqs=part)), 0))
        return all(NormalDist().cdf(-least / (2 * noise)) <= error for least in [apart.min()])

    pairs = range(1, dim // 2 + 1)
    return [next(m for m in pairs if enough(w[:m])), next(m for m in pairs if enough(w[-m:]))]


def by_rows(n, dim, noise, error):
    """With the rows themselves; every row as far from row 0 as it is from there to any other."""
    rows = posenc.sinusoidal(range(n), dim)
    squares = ((rows[1:] - rows[0]) ** 2).reshape(n - 1, -1, 2).sum(axis=2)
    found = [np.cumsum(part, axis=1).min(axis=0) for part in (squares, squares[:, ::-1])]
    return np.array([np.searchsorted(np.maximum.accumulate(f), reach(noise, error) ** 2) + 1 for f in found])


def by_waves(n, dim, noise, error):
    """Complex hands."""
    hands = np.exp(1j * np.outer(np.arange(1, n), posenc.frequencies(dim)))
    squares = (abs(hands - 1) ** 2).T
    return [int((np.cumsum(part, 0).min(1) < reach(noise, error) ** 2).sum()) + 1 for part in (squares, squares[::-1])]


def by_bisection(n, dim, noise, error):
    w, k = posenc.frequencies(dim), np.arange(1, n)

    def fewest(w):
        low, high = 0, len(w)
        while high - low > 1:
            middle = (low + high) // 2
            square = (4 * np.sin(np.outer(w[:middle], k) / 2) ** 2).sum(axis=0).min()
            low, high = (low, middle) if square >= reach(noise, error) ** 2 else (middle, high)
        return high

    return fewest(w), fewest(w[::-1])


class Clocks:
    def __call__(self, n, dim, noise, error):
        return np.asarray(by_waves(n, dim, noise, error), dtype=float)


def columns_by_columns(n, dim, noise, error):
    return [2 * m for m in by_waves(n, dim, noise, error)]


def with_distances(n, dim, noise, error):
    """Distances added up, not their squares."""
    gaps = 2 * abs(np.sin(np.outer(posenc.frequencies(dim), np.arange(1, n)) / 2))
    return [int((np.cumsum(part, 0).min(1) < reach(noise, error)).sum()) + 1 for part in (gaps, gaps[::-1])]


def on_average(n, dim, noise, error):
    squares = 4 * np.sin(np.outer(posenc.frequencies(dim), np.arange(1, n)) / 2) ** 2
    return [int((np.cumsum(part, 0).mean(1) < reach(noise, error) ** 2).sum()) + 1 for part in (squares, squares[::-1])]


def worst_of_each(n, dim, noise, error):
    squares = 4 * np.sin(np.outer(posenc.frequencies(dim), np.arange(1, n)) / 2) ** 2
    found = [part.min(axis=1).cumsum() >= reach(noise, error) ** 2 for part in (squares, squares[::-1])]
    return [int(f.argmax()) + 1 if f.any() else dim // 2 for f in found]


CLOCKS_RIGHT = [
    step_by_step,
    by_similarity,
    by_rows,
    by_waves,
    by_bisection,
    Clocks(),
    lambda *given: tuple(by_waves(*given)),
    lambda *given: sp.Tuple(*by_waves(*given)),
    lambda *given: [Fraction(m) for m in by_waves(*given)],
    lambda n, dim, noise, error, extra=1: np.array(by_waves(n, dim, noise, error), dtype=np.uint8),
    partial(lambda n, dim, noise, error, how: how(n, dim, noise, error), how=by_bisection),
]

CLOCKS_WRONG = [
    (lambda n, dim, noise, error: by_waves(2, dim, noise, error), "neighbours only"),
    (lambda n, dim, noise, error: by_waves(n, dim, noise / 2, error), "has to exceed half of that"),
    (lambda *given: by_waves(*given)[::-1], "the two counts have changed places"),
    (columns_by_columns, "these are columns"),
    (worst_of_each, "the worst offset of each pair"),
    (with_distances, "is expected"),
    (on_average, "is expected"),
    (lambda n, dim, noise, error: by_waves(n, dim, noise, error / 2), "is expected"),
    (lambda *given: np.array(by_waves(*given)) - 1, "is expected"),
    (lambda *given: np.array(by_waves(*given)) + 1, "is expected"),
    (lambda n, *given: by_waves(max(n - 1, 2), *given), "this leaves out the largest offset"),
    (lambda n, *given: by_waves(n + 1, *given), "this has an offset too many"),
    (lambda n, *given: by_waves(min(n, 500), *given), "is expected"),
    (lambda n, dim, noise, error: by_waves(n, dim, noise * 2**0.5, error), "is expected"),
    (lambda n, dim, noise, error: by_waves(n, dim, noise**2, error), "is expected"),
    (lambda *given: [by_waves(*given)[0], given[1] // 2 - by_waves(*given)[0]], "is expected"),
    (lambda *given: [[m] for m in by_waves(*given)], "should be (2,)"),
    (lambda *given: set(by_waves(*given)), "no array of numbers"),
    (lambda *given: by_waves(*given)[0], "should be (2,)"),
    (lambda n, dim, noise, error: (dim // 2, dim // 2), "is expected"),
    (lambda n, dim, noise, error: (5, 30), "is expected"),
    (lambda *given: dict(zip(("fast", "slow"), by_waves(*given), strict=True)), "no array of numbers"),
    (lambda *given: None, "it returns nothing yet"),
    ((5, 30), "a function is asked for"),
    (lambda n: (5, 30), "it stops with TypeError"),
]

# 10. How relative is a head?

J = np.array([[0, 1], [-1, 0]])


def by_inner_products(A):
    """The projection on an orthogonal basis of the relative matrices."""
    total = 0.0
    for j in range(0, len(A), 2):
        block = A[j : j + 2, j : j + 2]
        total += sum(float(np.sum(block * unit)) ** 2 / 2 for unit in (np.eye(2), J))
    return total / float(np.sum(np.square(A, dtype=float)))


def by_turning(A):
    """Half of what a quarter turn leaves, block by block."""
    M = np.zeros(A.shape)
    for j in range(0, len(A), 2):
        here = np.s_[j : j + 2, j : j + 2]
        M[here] = (A[here] + J.T @ A[here] @ J) / 2
    return np.linalg.norm(M) ** 2 / np.linalg.norm(A) ** 2


def by_what_is_missed(A):
    """1 less the size of what is missed: Pythagoras."""
    missed = np.array(A, dtype=float)
    for j in range(0, len(A), 2):
        mean, turn = (A[j, j] + A[j + 1, j + 1]) / 2, (A[j, j + 1] - A[j + 1, j]) / 2
        missed[j : j + 2, j : j + 2] -= [[mean, turn], [-turn, mean]]
    return 1 - np.sum(missed**2) / np.sum(np.asarray(A, dtype=float) ** 2)


def by_strides(A, of=1.0):
    same, turn = A.diagonal()[::2] + A.diagonal()[1::2], A.diagonal(1)[::2] - A.diagonal(-1)[::2]
    return (same @ same + turn @ turn) / 2 / np.sum(A * A) * of


def by_complex_numbers(A):
    """A relative block is a complex number."""
    numbers = [complex(A[j, j] + A[j + 1, j + 1], A[j, j + 1] - A[j + 1, j]) for j in range(0, len(A), 2)]
    return sum(abs(z) ** 2 for z in numbers) / 2 / np.sum(np.abs(A) ** 2)


class Relative:
    def __call__(self, A):
        return np.array(by_strides(A))


def one_for_all(A):
    """One a and one b for all pairs together."""
    same, turn = np.trace(A), np.sum(A * np.kron(np.eye(len(A) // 2), J))
    return (same**2 + turn**2) / len(A) / np.sum(A**2)


def in_whole_numbers(A):
    """The nearest matrix in an array of A's own kind, which for whole numbers cuts off halves."""
    M = np.zeros_like(A)
    for j in range(0, len(A), 2):
        same, turn = (A[j, j] + A[j + 1, j + 1]) / 2, (A[j, j + 1] - A[j + 1, j]) / 2
        M[j : j + 2, j : j + 2] = [[same, turn], [-turn, same]]
    return np.sum(M**2) / np.sum(A**2)


def spoils(A):
    A[0, 0] = 0
    return by_strides(A)


RELATIVE_RIGHT = [
    lambda A: by_strides(A.T),
    lambda A: by_turning(np.asmatrix(A)),
    by_inner_products,
    by_turning,
    by_what_is_missed,
    by_strides,
    by_complex_numbers,
    Relative(),
    partial(by_strides, of=1),
    lambda A: sp.Float(float(by_strides(A))),
    lambda A: Fraction(float(by_strides(A))),
    lambda A, base=10000: np.float32(by_strides(A)),
    lambda A: (lambda B: ((B[:, 0, 0] + B[:, 1, 1]) ** 2 + (B[:, 0, 1] - B[:, 1, 0]) ** 2).sum() / 2 / (A**2).sum())(
        np.einsum("iaib->iab", A.reshape(len(A) // 2, 2, len(A) // 2, 2))
    ),
]

RELATIVE_WRONG = [
    (lambda A: np.sqrt(by_strides(A)), "the root of what is asked for"),
    (
        lambda A: sum(np.sum(A[j : j + 2, j : j + 2] ** 2) for j in range(0, len(A), 2)) / np.sum(A**2),
        "all four numbers",
    ),
    (
        lambda A: np.sum((A.diagonal()[::2] + A.diagonal()[1::2]) ** 2) / 2 / np.sum(A**2),
        "keeps the a of each block only",
    ),
    (
        lambda A: (
            (
                np.sum((A.diagonal()[::2] + A.diagonal()[1::2]) ** 2)
                + np.sum((A.diagonal(1)[::2] + A.diagonal(-1)[::2]) ** 2)
            )
            / 2
            / np.sum(A**2)
        ),
        "equal corners",
    ),
    (
        lambda A: 2 * (np.sum(A.diagonal()[::2] ** 2) + np.sum(A.diagonal(1)[::2] ** 2)) / np.sum(A**2),
        "off the first row",
    ),
    (lambda A: by_strides(A) / 2, "this is half of it"),
    (
        lambda A: by_strides(A[np.ix_(*[np.arange(len(A)).reshape(2, -1).T.ravel()] * 2)]),
        "layout 'halves'",
    ),
    (lambda A: 1 - by_strides(A), "is expected"),
    (lambda A: by_strides((A + A.T) / 2), "is expected"),
    (lambda A: round(float(by_strides(A)), 3), "is expected"),
    (one_for_all, "is expected"),
    (in_whole_numbers, ""),
    (
        lambda A: by_strides(A) * np.sum(A**2) / sum(np.sum(A[j : j + 2, j : j + 2] ** 2) for j in range(0, len(A), 2)),
        "",
    ),
    (lambda A: complex(by_strides(A)), "complex numbers"),
    (lambda A: 2 / len(A), "is expected"),
    (lambda A: by_strides(A) * np.sum(A**2), "is expected"),
    (lambda A: float(np.sum(A.diagonal() ** 2) / np.sum(A**2)), "is expected"),
    (lambda A: by_strides(A[:2, :2]) if A[:2, :2].any() else 0, ""),
    (spoils, "it changes the array"),
    (lambda A: np.array([by_strides(A)]), "a single number is asked for"),
    (lambda A: str(by_strides(A)), "no array of numbers"),
    (lambda A: None, "it returns nothing yet"),
    (1.0, "a function is asked for"),
]

# 12. A narrow head that looks back


def turned(back, dim, columns, side="query"):
    """R(back) on one side, and a choice of columns on the other."""
    keep = np.eye(dim, columns)
    keep[:, columns // 2 * 2 :] = 0
    if side == "query":
        return posenc.shift_matrix(back, dim) @ keep, keep
    return keep, posenc.shift_matrix(back, dim).T @ keep


def half_and_half(back, dim, columns):
    """Each side turned by half the way."""
    keep = turned(0, dim, columns)[1]
    return posenc.shift_matrix(back / 2, dim) @ keep, posenc.shift_matrix(-back / 2, dim) @ keep


def stretched(back, dim, columns):
    W_Q, W_K = turned(back, dim, columns)
    return 7 * W_Q, W_K / 7


def mixed_columns(back, dim, columns):
    """Any rotation of the columns drops out."""
    W_Q, W_K = turned(back, dim, columns)
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(columns, columns)))[0]
    return W_Q @ turn, W_K @ turn


def sheared_columns(back, dim, columns):
    """Any invertible matrix drops out if its inverse is on the other side."""
    W_Q, W_K = turned(back, dim, columns)
    mix = np.random.default_rng(3).normal(size=(columns, columns)) + 9 * np.eye(columns)
    return W_Q @ mix, W_K @ np.linalg.inv(mix).T


def by_svd(back, dim, columns):
    A = posenc.shift_matrix(back, dim)
    A[columns // 2 * 2 :] = 0
    U, sizes, V = np.linalg.svd(A)
    root = np.sqrt(sizes[:columns])
    return U[:, :columns] * root, V[:columns].T * root


def by_columns(back, dim, columns):
    """Lists, a column at a time."""
    W_Q, W_K = ([[0.0] * columns for _ in range(dim)] for _ in range(2))
    for pair in range(columns // 2):
        turn = cmath.exp(1j * back * 10000 ** (-2 * pair / dim))
        W_Q[2 * pair][2 * pair] = W_Q[2 * pair + 1][2 * pair + 1] = turn.real
        W_Q[2 * pair][2 * pair + 1], W_Q[2 * pair + 1][2 * pair] = turn.imag, -turn.imag
        W_K[2 * pair][2 * pair] = W_K[2 * pair + 1][2 * pair + 1] = 1.0
    return W_Q, W_K


class Narrow:
    def __call__(self, back, dim, columns, layout="interleaved"):
        return np.stack(turned(back, dim, columns))


def in_halves(back, dim, columns):
    order = np.r_[0:dim:2, 1:dim:2]
    W_Q, W_K = turned(back, dim, columns)
    return W_Q[order], W_K[order]


def other_base(back, dim, columns):
    keep = turned(0, dim, columns)[1]
    return posenc.shift_matrix(back, dim, base=100) @ keep, keep


NARROW_RIGHT = [
    turned,
    partial(turned, side="key"),
    half_and_half,
    stretched,
    mixed_columns,
    by_svd,
    by_columns,
    Narrow(),
    lambda *given: list(turned(*given)),
    lambda *given: tuple(map(np.asmatrix, turned(*given))),
    lambda back, dim, columns: (-turned(back, dim, columns)[0], -turned(back, dim, columns)[1]),
    lambda *given: tuple(part[:, ::-1] for part in turned(*given)),
    lambda *given: tuple(part.astype(object) for part in turned(*given)),
    sheared_columns,
]

NARROW_WRONG = [
    (lambda back, dim, columns: turned(-back, dim, columns), "looks ahead"),
    (lambda *given: turned(*given)[::-1], "looks ahead"),
    (lambda back, dim, columns: turned(0, dim, columns), "looks at its own place"),
    (other_base, "is expected"),
    (in_halves, "is expected"),
    (lambda back, dim, columns: turned(int(back), dim, columns), "is expected"),
    (lambda back, dim, columns: turned(abs(back), dim, columns), "is expected"),
    (lambda *given: tuple(part * given[2] ** 0.25 for part in turned(*given)), "is expected"),
    (lambda back, dim, columns: (posenc.shift_matrix(back, dim)[:, :columns], np.eye(dim, columns)), "is expected"),
    (lambda back, dim, columns: (posenc.shift_matrix(back, dim), np.eye(dim)), "the shape of W_Q is"),
    (lambda *given: tuple(part.T for part in turned(*given)), "rows and columns are swapped"),
    (lambda *given: tuple(part * float("nan") for part in turned(*given)), "W_Q has NaN"),
    (lambda *given: tuple(part.round(4) for part in turned(*given)), "is expected"),
    (lambda back, dim, columns: turned(back + 1, dim, columns), "is expected"),
    (lambda back, dim, columns: turned(back % (2 * np.pi), dim, columns), "is expected"),
    (
        lambda back, dim, columns: [part[:, : columns // 2 * 2] for part in turned(back, dim, columns)],
        "the shape of W_Q",
    ),
    (lambda *given: (turned(*given)[0], turned(*given)[0]), "looks at its own place"),
    (lambda *given: (turned(*given)[0][::-1], turned(*given)[1][::-1]), "is expected"),
    (lambda *given: {"W_Q": turned(*given)[0], "W_K": turned(*given)[1]}, "W_Q is no array of numbers"),
    (lambda *given: turned(*given)[0] @ turned(*given)[1].T, "two matrices are asked for"),
    (lambda *given: turned(*given)[0], "two matrices are asked for"),
    (lambda *given: (turned(*given)[0], turned(*given)[1] * 1j), "W_K has complex numbers"),
    (lambda *given: (*turned(*given), 1), "two matrices are asked for"),
    (lambda *given: None, "it returns nothing yet"),
    (lambda back, dim, columns: turned(back, dim, max(columns // 2 * 2, 2)), "shape"),
    (turned(3, 8, 4), "a function is asked for"),
]

# 13. A head that looks at one word


def shares(stretches, back, dim, columns):
    """A head whose pairs are turned by R(back) and have these stretches."""
    sizes = np.zeros(dim)
    sizes[: 2 * len(stretches)] = np.repeat(stretches, 2) * np.sqrt(columns)
    W_K = np.eye(dim, columns)
    return sizes[:, None] * posenc.shift_matrix(back, dim) @ W_K, W_K


def weights_of(head, dim, columns, n):
    E = posenc.sinusoidal(range(n), dim)
    scores = E @ head[0] @ (E @ head[1]).T / np.sqrt(columns)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def least(head, dim, columns, n, back):
    p = np.arange(max(0, back), min(n, n + back))
    return weights_of(head, dim, columns, n)[p, p - back].min()


@cache
def most_of_all(dim, columns, n, back, limit, note=""):
    """The best number of pairs, found by trying all."""
    heads = [shares([limit / m] * m, back, dim, columns) for m in range(1, columns // 2 + 1)]
    return max(heads, key=lambda head: least(head, dim, columns, n, back))


def by_drops(dim, columns, n, back, limit):
    """From the drops alone, both sides as long as the text."""
    drop = 1 - np.cos(np.outer(np.arange(1, n), posenc.frequencies(dim)[: columns // 2]))
    found = np.arange(max(0, -back), min(n, n - back))

    def rivals(m):
        sums = np.r_[0, np.cumsum(np.exp(-limit / m * drop[:, :m].sum(axis=1)))]
        return (sums[found] + sums[n - 1 - found]).max()

    m = min(range(1, columns // 2 + 1), key=rivals)
    return shares([limit / m] * m, back, dim, columns)


def voted(dim, columns, n, back, limit):
    """The best head of the chapter: other words vote for the pairs that drop at their places."""
    pairs = columns // 2
    drop = 1 - np.cos(np.outer(np.arange(1, n), posenc.frequencies(dim)[:pairs]))
    first = most_of_all(dim, columns, n, back, limit)
    stretch = np.diag(first[0] @ first[0].T)[: 2 * pairs : 2] ** 0.5 / np.sqrt(columns) + limit / 1000
    stretch *= limit / stretch.sum()
    for _ in range(200):
        rivals = np.exp(-drop @ stretch)
        stretch = stretch * np.exp(0.3 / limit * (rivals / rivals.sum() @ drop))
        stretch *= limit / stretch.sum()
    best = shares(stretch, back, dim, columns)
    return best if least(best, dim, columns, n, back) >= 0.9 else first


def on_the_key(*given):
    """Turned on the side of the key, and stretched there."""
    dim, _, _, back, _ = given
    W_Q, W_K = most_of_all(*given)
    R = posenc.shift_matrix(back, dim)
    return W_K, R.T @ R.T @ W_Q


def in_lists(*given):
    return [part.tolist() for part in most_of_all(*given)]


def both_sides(*given):
    """The square root of the stretch on either side."""
    W_Q, W_K = most_of_all(*given)
    size = np.linalg.norm(W_Q, axis=0).max() ** 0.5
    return W_Q / size, W_K * size


class Sharp:
    def __call__(self, dim, columns, n, back, limit, base=10000):
        for m in range(columns // 2, 0, -1):
            head = shares(np.full(m, limit / m), back, dim, columns)
            if least(head, dim, columns, n, back) >= 0.9:
                return np.stack(head)
        return None


def turned_columns(*given):
    """Any rotation of the head's columns drops out."""
    W_Q, W_K = most_of_all(*given)
    turn = np.linalg.qr(np.random.default_rng(1).normal(size=(given[1], given[1])))[0]
    return W_Q @ turn, W_K @ turn


def a_little_less(dim, columns, n, back, limit):
    """It need not use all that is allowed."""
    return most_of_all(dim, columns, n, back, 0.99 * limit)


def causal(dim, columns, n, back, limit):
    """Found with a mask: what comes after the query is not looked at."""
    p = np.arange(max(0, back), min(n, n + back))
    for m in range(1, columns // 2 + 1):
        head = shares([limit / m] * m, back, dim, columns)
        weights = np.tril(weights_of(head, dim, columns, n))
        weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
        if weights[p, p - back].min() >= 0.9:
            return head
    return shares([limit], back, dim, columns)


def first_query_only(dim, columns, n, back, limit):
    p = max(0, back)
    for m in range(1, columns // 2 + 1):
        head = shares([limit / m] * m, back, dim, columns)
        if weights_of(head, dim, columns, n)[p, p - back] >= 0.9:
            return head
    return shares([limit], back, dim, columns)


def one_query(which, best=False):
    """Looks at one query only: the first number of pairs that is enough for it, or the best one."""

    def head_for(dim, columns, n, back, limit):
        p = np.arange(max(0, back), min(n, n + back))[which(n - abs(back))]
        heads = [shares([limit / m] * m, back, dim, columns) for m in range(1, columns // 2 + 1)]
        found = [weights_of(head, dim, columns, n)[p, p - back] for head in heads]
        return heads[np.argmax(found) if best else np.argmax(np.array(found) >= 0.9)]

    return head_for


def best_on_average(dim, columns, n, back, limit):
    p = np.arange(max(0, back), min(n, n + back))
    heads = [shares([limit / m] * m, back, dim, columns) for m in range(1, columns // 2 + 1)]
    found = [weights_of(head, dim, columns, n)[p, p - back].mean() for head in heads]
    return heads[np.argmax(found)]


def nearly_enough(dim, columns, n, back, limit):
    """The first number of pairs with a weight that rounds to 0.9."""
    for m in range(1, columns // 2 + 1):
        head = shares([limit / m] * m, back, dim, columns)
        if least(head, dim, columns, n, back) >= 0.89:
            break
    return head


def fixed(m):
    return lambda dim, columns, n, back, limit: shares(
        [limit / min(m, columns // 2)] * min(m, columns // 2), back, dim, columns
    )


def slowest(dim, columns, n, back, limit):
    W_Q, W_K = (np.roll(part, dim - columns, axis=0) for part in most_of_all(dim, columns, n, 0, limit))
    return posenc.shift_matrix(back, dim) @ W_Q, W_K


SHARP_RIGHT = [
    most_of_all,
    by_drops,
    voted,
    on_the_key,
    in_lists,
    both_sides,
    Sharp(),
    turned_columns,
    a_little_less,
    lambda *given: tuple(-part for part in most_of_all(*given)),
    partial(most_of_all, note="the best of all"),
    lambda *given: map(np.asmatrix, most_of_all(*given)),
    lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, back, limit * (1 + 1e-9)),
    lambda *given: [part[:, ::-1] for part in most_of_all(*given)],
]

SHARP_WRONG = [
    (lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, -back, limit), "looks to the other side"),
    (lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, 0, limit), "the query's own place"),
    (lambda *given: tuple(part / given[1] ** 0.25 for part in most_of_all(*given)), "divided by sqrt(columns)"),
    (lambda *given: tuple(part * given[1] ** 0.25 for part in most_of_all(*given)), "sqrt(columns) times as much"),
    (fixed(1), "are nearly back"),
    (fixed(2), "are nearly back"),
    (fixed(3), ""),
    (fixed(1000), "hardly drop from one word to the next"),
    (lambda *given: tuple(part / 2 for part in most_of_all(*given)), "is allowed"),
    (lambda *given: tuple(part * 0.95**0.5 for part in most_of_all(*given)), "is allowed"),
    (lambda *given: tuple(part * 2 for part in most_of_all(*given)), "and the limit is"),
    (lambda *given: tuple(part * 1.0001 for part in most_of_all(*given)), "12.3024601, and the limit is 12.3"),
    (lambda dim, columns, *_: np.zeros((2, dim, columns)), "all words the same weight"),
    (lambda dim, columns, *_: (np.eye(dim, columns), np.eye(dim, columns)), ""),
    (slowest, ""),
    (causal, ""),
    (first_query_only, ""),
    (one_query(lambda queries: queries - 1), ""),
    (one_query(lambda queries: queries - 1, best=True), ""),
    (one_query(lambda queries: 0, best=True), ""),
    (one_query(lambda queries: queries // 2, best=True), ""),
    (best_on_average, ""),
    (nearly_enough, "the weight 0.89"),
    (lambda dim, columns, n, back, limit: shares([limit], back, dim, dim), ""),
    (lambda *given: most_of_all(*given)[0], "two matrices are asked for"),
    (lambda *given: tuple(part.T for part in most_of_all(*given)), "rows and columns are swapped"),
    (lambda *given: most_of_all(*given)[::-1], "looks to the other side"),
    (lambda *given: tuple(part * float("inf") for part in most_of_all(*given)), "W_Q has NaN or infinite entries"),
    (lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, abs(back), limit), "looks to the other side"),
    (lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, back + 1, limit), ""),
    (
        lambda dim, columns, n, back, limit: most_of_all(dim, columns, n, back, 1.00001 * limit),
        "12.300123, and the limit is 12.3",
    ),
    (fixed(4), "the weight 0.89"),
    (lambda dim, columns, n, *given: fixed(columns // 4)(dim, columns, n, *given), ""),
    (lambda *given: None, "it returns nothing yet"),
    (np.eye(32), "a function is asked for"),
    (lambda *given: tuple(part * 1e200 for part in most_of_all(*given)), "too large"),
]

# 14. The gradient of a head


def by_rows(rows, Q, K, wanted):
    """Query by query, with loops."""
    by_Q, by_K = np.zeros(Q.shape), np.zeros(K.shape)
    asked = [p for p in range(len(rows)) if wanted[p].sum()]
    for p in asked:
        scores = np.array([(rows[p] @ Q) @ (row @ K) for row in rows]) / math.sqrt(Q.shape[1])
        pull = np.exp(scores) / np.exp(scores).sum() - wanted[p]
        for weight, row in zip(pull, rows, strict=True):
            by_Q += weight * np.outer(rows[p], row @ K) / math.sqrt(Q.shape[1]) / len(asked)
            by_K += weight * np.outer(row, rows[p] @ Q) / math.sqrt(Q.shape[1]) / len(asked)
    return by_Q, by_K


def by_matrix(rows, Q, K, wanted, sign=1, transpose=True, root=True, mean=True, skip=True):
    scale = Q.shape[1] ** 0.5
    scores = rows @ (Q @ K.T / scale) @ rows.T
    P = np.exp(scores - scores.max())
    D = P / P.sum(1)[:, None] - wanted
    if skip:
        D = D * wanted.sum(1, keepdims=True)
    D = sign * D / (wanted.sum() if mean else 1)
    A = rows.T @ D @ rows / (scale if root else 1)
    return A @ K, (A.T if transpose else A) @ Q


def moved(rows, Q, K, wanted):
    """Differences only, of fourth order."""

    def loss(Q, K):
        s = rows @ Q @ K.T @ rows.T / Q.shape[1] ** 0.5
        return (np.log(np.exp(s).sum(1)) * wanted.sum(1) - (s * wanted).sum(1)).sum() / wanted.sum()

    def slopes(f, M):
        out = np.zeros(M.shape)
        for at in np.ndindex(M.shape):
            step = np.zeros(M.shape)
            step[at] = 1e-3
            out[at] = (8 * (f(M + step) - f(M - step)) - f(M + 2 * step) + f(M - 2 * step)) / 12e-3
        return out

    Q, K = Q.astype(float), K.astype(float)
    return slopes(lambda M: loss(M, K), Q), slopes(lambda M: loss(Q, M), K)


GRADIENT_RIGHT = [
    by_rows,
    by_matrix,
    moved,
    lambda *given: np.array(by_rows(*given)),
    lambda *given: list(by_matrix(*given)),
    lambda *given: np.stack(by_matrix(*given)).astype(np.float64),
    lambda *given: [part.tolist() for part in by_rows(*given)],
]

GRADIENT_WRONG = [
    (partial(by_matrix, sign=-1), "minus the gradient"),
    (partial(by_matrix, root=False), "so is their derivative"),
    (partial(by_matrix, mean=False), "the loss is a mean"),
    (partial(by_matrix, transpose=False), "a transpose is lost"),
    (lambda *given: by_matrix(*given)[::-1], "changed places"),
    (partial(by_matrix, skip=False), "must not pull"),
    (lambda *given: by_matrix(*given)[0], "the shape of the result"),
    (lambda *given: [part.T for part in by_matrix(*given)], ""),
    (lambda rows, Q, K, wanted: by_matrix(rows, Q, K, wanted.T), ""),
    (lambda rows, Q, K, wanted: by_matrix(rows, K, Q, wanted), ""),
    (lambda rows, Q, K, wanted: (0 * Q, 0 * K), "is expected"),
    (lambda *given: np.round(by_matrix(*given), 3), ""),
    (lambda *given: None, "it returns nothing yet"),
    (3, "a function is asked for"),
]

# 15. Where a trained head looks


def measured_scores(A, n):
    """Move both words over many places, and take the mean: the rest averages out."""
    rng, k = np.random.default_rng(0), np.arange(1 - n, n)
    at = rng.integers(-(10**6), 10**6, 4000)
    here = posenc.sinusoidal(at, len(A)) @ A
    return int(k[np.argmax([np.mean((here * posenc.sinusoidal(at + o, len(A))).sum(1)) for o in k])])


def by_angles(A, n, sign=1, take=max):
    w = posenc.frequencies(len(A))
    z = [(A[j, j] + A[j + 1, j + 1] + 1j * (A[j, j + 1] - A[j + 1, j])) / 2 for j in range(0, len(A), 2)]
    score = {k: sum((c * cmath.exp(1j * v * k)).real for c, v in zip(z, w, strict=True)) for k in range(1 - n, n)}
    return sign * take(score, key=score.get)


def all_rows(A, n, p=0):
    """The best key of one query, by the whole matrix."""
    k = np.arange(1 - n, n)
    return k[np.argmax(posenc.sinusoidal(p, len(A)) @ A @ posenc.sinusoidal(p + k, len(A)).T)]


LOOKS_RIGHT = [
    by_angles,
    lambda A, n: np.int64(by_angles(A, n)),
    lambda A, n: float(by_angles(A, n)),
    lambda A, n: np.array(by_angles(A, n)),
    lambda A, n: sp.Integer(by_angles(A, n)),
    lambda A, n: Fraction(by_angles(A, n)),
]

LOOKS_WRONG = [
    (partial(by_angles, sign=-1), "how many places it looks back"),
    (partial(by_angles, take=min), ""),
    (lambda A, n: by_angles((A + A.T) / 2, n), "left equals right"),
    (lambda A, n: by_angles(A.T, n), "how many places it looks back"),
    (lambda A, n: -abs(by_angles(A, n)), ""),
    (all_rows, "the remainder sees places"),
    (partial(all_rows, p=7), ""),
    (lambda A, n: -round(math.atan2(A[0, 1] - A[1, 0], A[0, 0] + A[1, 1])), "the angle of one clock"),
    (lambda A, n: by_angles(A, n) + 1, "is expected"),
    (lambda A, n: [by_angles(A, n)], "a single number"),
    (lambda A, n: str(by_angles(A, n)), "no array of numbers"),
    (lambda A, n: None, "it returns nothing yet"),
    (-3, "a function is asked for"),
]

# 16. The word of the previous sentence


def trained(words, length, far=200, back=0, steps=600, masked=True, seed=3):
    """A head of one's own, with a gradient of one's own."""
    rng, n, V = np.random.default_rng(seed), 4 * length, len(words)
    W = [rng.normal(size=(32, m)) / 32 for m in (32, 32, V)]
    mean, square = [0 * w for w in W], [0 * w for w in W]
    hidden = np.where(np.tri(n) > 0, 0, -1e9) if masked else np.zeros((n, n))
    shift = back or length

    def softmax(s):
        s = np.exp(s - s.max(-1, keepdims=True))
        return s / s.sum(-1, keepdims=True)

    for t in range(1, steps + 1):
        text = rng.integers(V, size=(16, n))
        X = words[text] + posenc.sinusoidal(rng.integers(far, size=(16, 1)) + np.arange(n), 32)
        q, k, v = (X @ w for w in W)
        P = softmax(q @ k.swapaxes(1, 2) / 32**0.5 + hidden)
        D = softmax(P @ v)
        D[:, :shift] = 0
        D[:, shift:] -= np.eye(V)[text[:, :-shift]]
        D /= 16 * (n - shift)
        S = D @ v.swapaxes(1, 2)
        S = P * (S - (P * S).sum(-1, keepdims=True)) / 32**0.5
        slopes = [np.einsum("bnd,bnk->dk", X, part) for part in (S @ k, S.swapaxes(1, 2) @ q, P.swapaxes(1, 2) @ D)]
        for i, g in enumerate(slopes):
            mean[i] = 0.9 * mean[i] + 0.1 * g
            square[i] = 0.99 * square[i] + 0.01 * g**2
            W[i] = W[i] - 0.01 * mean[i] / (1 - 0.9**t) / (np.sqrt(square[i] / (1 - 0.99**t)) + 1e-8)
    return W


def changes_words(words, length):
    made = trained(words, length, steps=3)
    words *= 2
    return made


SENTENCE_RIGHT = [
    trained,
    lambda words, length: tuple(trained(words, length, seed=5)),
    partial(trained, steps=700, seed=1),
    partial(trained, far=240),
    lambda words, length: [w.astype(np.float32) for w in trained(words, length)],
]

SENTENCE_WRONG = [
    (partial(trained, far=1), "in which places did you train"),
    (partial(trained, back=1), "it looks 1 back"),
    (partial(trained, steps=20), ""),
    (lambda words, length: trained(words, length)[:2], "three matrices are asked for"),
    (lambda words, length: [w.T for w in trained(words, length, steps=1)], ""),
    (lambda words, length: [w * 1e200 for w in trained(words, length, steps=1)], "too large"),
    (lambda words, length: (np.zeros((32, 4)), np.zeros((32, 4)), np.zeros((32, 8))), "looks everywhere a little"),
    (lambda words, length: (np.zeros((32, 4)), np.zeros((32, 5)), np.zeros((32, 8))), "W_K"),
    (lambda words, length: (np.zeros((32, 4)), np.zeros((32, 4)), np.zeros((32, 32))), "W_V"),
    (lambda words, length: (1, 2, 3), "W_Q is a matrix"),
    (changes_words, "it changes the array"),
    (lambda words, length: None, "it returns nothing yet"),
    (np.eye(32), "a function is asked for"),
]

RIGHT = {
    "length-of-a-word": LENGTH_RIGHT,
    "four-terms": FOUR_RIGHT,
    "a-sentence-moves-on": MOVES_RIGHT,
    "which-blocks-are-relative": BLOCKS_RIGHT,
    "part-that-sees-places": WAVE_RIGHT,
    "far-and-yet-near": FAR_RIGHT,
    "two-words-one-sum": TWO_RIGHT,
    "what-adding-gives-up": ADDING_RIGHT,
    "clocks-needed": CLOCKS_RIGHT,
    "how-relative": RELATIVE_RIGHT,
    "narrow-head": NARROW_RIGHT,
    "sharp-head": SHARP_RIGHT,
    "gradient-of-a-head": GRADIENT_RIGHT,
    "where-a-head-looks": LOOKS_RIGHT,
    "previous-sentence": SENTENCE_RIGHT,
}

WRONG = {
    "length-of-a-word": LENGTH_WRONG,
    "four-terms": FOUR_WRONG,
    "a-sentence-moves-on": MOVES_WRONG,
    "which-blocks-are-relative": BLOCKS_WRONG,
    "part-that-sees-places": WAVE_WRONG,
    "far-and-yet-near": FAR_WRONG,
    "two-words-one-sum": TWO_WRONG,
    "what-adding-gives-up": ADDING_WRONG,
    "clocks-needed": CLOCKS_WRONG,
    "how-relative": RELATIVE_WRONG,
    "narrow-head": NARROW_WRONG,
    "sharp-head": SHARP_WRONG,
    "gradient-of-a-head": GRADIENT_WRONG,
    "where-a-head-looks": LOOKS_WRONG,
    "previous-sentence": SENTENCE_WRONG,
}
