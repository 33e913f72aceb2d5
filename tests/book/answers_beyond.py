"""Answers to the exercises beyond sinusoids: right ones in unusual forms, wrong ones in plausible forms."""

# Answers copy what people write: lambdas, short names, wide lines.
# ruff: noqa: E731, N803

import cmath
import math
from bisect import bisect_left
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, partial

import numpy as np
import sympy as sp
from answers import Of

import posenc

# 1. Turn a pair by hand


def by_angle(given, angle=lambda p, q: (q - p) * math.pi / 6):
    (a, b), p, (c, e), q = given
    return ((a - 1j * b) * (c + 1j * e) * cmath.exp(1j * angle(p, q))).real


def by_rotary(given, **options):
    """With the package, both turned."""
    x, y = np.array(given.query, dtype=float), np.array(given.key, dtype=float)
    turn = lambda v, at: posenc.apply_rotary(
        v, *posenc.rotary_cos_sin(at, 2, freqs=[math.pi / 6]), layout="interleaved"
    )
    return turn(x, given.p) @ turn(y, given.q)


def by_lengths(given):
    """Lengths times the cosine of the angle between the arrows."""
    (a, b), p, (c, e), q = given
    between = math.degrees(math.atan2(e, c) - math.atan2(b, a)) + 30 * (q - p)
    return math.hypot(a, b) * math.hypot(c, e) * math.cos(math.radians(between))


def exact_score(given):
    (a, b), p, (c, e), q = given
    turn = lambda n: sp.Matrix(
        [[sp.cos(n * sp.pi / 6), -sp.sin(n * sp.pi / 6)], [sp.sin(n * sp.pi / 6), sp.cos(n * sp.pi / 6)]]
    )
    return (turn(p) * sp.Matrix([a, b])).dot(turn(q) * sp.Matrix([c, e]))


def clockwise(given):
    return by_angle(given, lambda p, q: (p - q) * math.pi / 6)


TURN_RIGHT = [
    Of(by_angle),
    Of(by_rotary),
    Of(by_lengths),
    Of(exact_score),
    Of(lambda given: sp.simplify(exact_score(given))),
    Of(lambda given: round(by_angle(given), 2)),
    Of(lambda given: np.float32(by_angle(given))),
    Of(lambda given: np.array(by_angle(given))),
    Of(lambda given: Decimal(by_angle(given))),
    Of(lambda given: Fraction(by_angle(given)).limit_denominator(1000)),
    Of(lambda given: by_angle(given) + 0.0099),
    Of(lambda given: by_angle(given, lambda p, q: (q - p - 12) * math.pi / 6)),
    Of(
        lambda given: (
            np.array(given.query)
            @ posenc.rotary_matrix(given.q - given.p, 2, freqs=[np.pi / 6], layout="halves")
            @ given.key
        )
    ),
    Of(lambda given: np.array(given.query) @ posenc.shift_matrix(given.p - given.q, 2, freqs=[np.pi / 6]) @ given.key),
]

TURN_WRONG = [
    (Of(clockwise), "turns the other way"),
    (
        Of(
            lambda given: (
                np.array(given.query) @ posenc.shift_matrix(given.q - given.p, 2, freqs=[np.pi / 6]) @ given.key
            )
        ),
        "turns the other way",
    ),
    (Of(lambda given: np.dot(given.query, given.key)), "before any turn"),
    (Of(lambda given: by_angle(given, lambda p, q: (p + q) * math.pi / 6)), "in opposite directions"),
    (Of(lambda given: by_angle(given, lambda p, q: q * math.pi / 6)), "turns the key alone"),
    (Of(lambda given: by_angle(given, lambda p, q: -p * math.pi / 6)), "turns the query alone"),
    (Of(lambda given: by_angle(given, lambda p, q: 30 * (q - p))), "take radians"),
    (Of(lambda given: by_angle(given, lambda p, q: q - p)), "one radian a position"),
    (Of(lambda given: by_angle(given, lambda p, q: (q - p) * math.pi / 12)), ""),
    (Of(lambda given: by_angle(given) / math.sqrt(2)), "is not right"),
    (Of(lambda given: by_angle(given) / (math.hypot(*given.query) * math.hypot(*given.key))), "is not right"),
    (Of(lambda given: by_angle(given) + 0.0111), "is not right"),
    (Of(lambda given: by_angle(given) - 0.0111), "is not right"),
    (Of(lambda given: 1000 + by_angle(given)), "is not right"),
    (Of(lambda given: [by_angle(given)]), "a number is asked for"),
    (Of(lambda given: str(by_angle(given))), "a number is asked for"),
    (Of(lambda given: complex(by_angle(given), 1)), "a number is asked for"),
    (Of(lambda given: given.query), "a number is asked for"),
    (Of(lambda given: lambda: by_angle(given)), "a number is asked for"),
    (float("nan"), "a finite one"),
    (True, "a number is asked for"),
    (None, "there is no answer here yet"),
]

# 2. The score of a pair

a, b, c, e, p, q, w = sp.symbols("a b c e p q w")
real = {s: sp.Symbol(s.name, real=True) for s in (a, b, c, e, p, q, w)}
pair_score = (a * c + b * e) * sp.cos(w * (q - p)) + (b * c - a * e) * sp.sin(w * (q - p))


def turn(angle):
    return sp.Matrix([[sp.cos(angle), -sp.sin(angle)], [sp.sin(angle), sp.cos(angle)]])


x2, y2 = sp.Matrix([a, b]), sp.Matrix([c, e])
hand = lambda first, second: real[first] + sp.I * real[second]

SCORE_RIGHT = [
    pair_score,
    sp.expand(pair_score),
    sp.expand_trig(pair_score),
    str(pair_score),
    "(a*c + b*e)*cos(w*(p - q)) - (b*c - a*e)*sin(w*(p - q))",
    (turn(w * p) * x2).dot(turn(w * q) * y2),
    (x2.T * turn(w * (q - p)) * y2)[0],
    (x2.T * turn(w * p).T * turn(w * q) * y2)[0],
    sp.re(sp.conjugate(hand(a, b)) * hand(c, e) * sp.exp(sp.I * real[w] * (real[q] - real[p]))),
    sp.re(sp.conjugate(hand(a, b) * sp.exp(sp.I * real[w] * real[p])) * hand(c, e) * sp.exp(sp.I * real[w] * real[q])),
    pair_score.subs(real),
    pair_score.rewrite(sp.exp),
    pair_score.subs({s: sp.Symbol(s.name, positive=True) for s in (a, b, c, e, p, q, w)}),
    sp.sqrt(a**2 + b**2) * sp.sqrt(c**2 + e**2) * sp.cos(sp.atan2(e, c) - sp.atan2(b, a) + w * q - w * p),
    (a * sp.cos(w * p) - b * sp.sin(w * p)) * (c * sp.cos(w * q) - e * sp.sin(w * q))
    + (a * sp.sin(w * p) + b * sp.cos(w * p)) * (c * sp.sin(w * q) + e * sp.cos(w * q)),
    (a * c + b * e) * (1 - 2 * sp.sin(w * (q - p) / 2) ** 2) + (a * e - b * c) * sp.sin(w * (p - q)),
]

SCORE_WRONG = [
    (pair_score.subs({p: q, q: p}, simultaneous=True), "two places exchanged"),
    (pair_score.subs(p, -p), "the sum of the places"),
    ((a * c + b * e) * sp.cos(w * (q - p)), "the part with the sine is missing"),
    (
        sp.re(hand(a, b) * hand(c, e) * sp.exp(sp.I * real[w] * (real[q] + real[p]))),
        "one of the two is conjugated first",
    ),
    (sp.im(sp.conjugate(hand(a, b)) * hand(c, e) * sp.exp(sp.I * real[w] * (real[q] - real[p]))), "the imaginary part"),
    ((a * c + b * e) * sp.cos(w * (q - p)) + (b * c + a * e) * sp.sin(w * (q - p)), "put y = x"),
    (pair_score.subs(w, 1), "the frequency is missing"),
    (pair_score.subs(p, 0), "turns the key alone"),
    (pair_score.subs(q, 0), "not equal to what is asked for"),
    (a * c + b * e, "not equal to what is asked for"),
    (pair_score / sp.sqrt(2), "not equal to what is asked for"),
    (pair_score.subs(w, 2 * w), "not equal to what is asked for"),
    (sp.conjugate(hand(a, b)) * hand(c, e) * sp.exp(sp.I * real[w] * (real[q] - real[p])), "not equal"),
    ((a * c - b * e) * sp.cos(w * (q - p)) + (b * c + a * e) * sp.sin(w * (q - p)), "not equal to what is asked for"),
    (pair_score.subs(q - p, sp.Symbol("k")), "does not belong to this exercise"),
    (pair_score.subs(w, sp.Symbol("theta")), "does not belong to this exercise"),
    (pair_score.subs(e, sp.Symbol("d")), "does not belong to this exercise"),
    (sp.Lambda((p, q), pair_score), "not a function"),
    (lambda p, q: pair_score, "not a function"),
    (x2.T * turn(w * (q - p)) * y2, "an expression is asked for"),
    ([a * c, b * e], "an expression is asked for"),
    ("(ac + be) cos(w(q - p))", ""),
    (sp.Eq(pair_score, 0), "an expression is asked for"),
    (sp.Integer(0), "not equal to what is asked for"),
    (None, "there is no expression here yet"),
]

# 3. A base for longer texts


def raised(given, power=lambda r: r / (r - 2)):
    return given.base * given.factor ** power(given.turned)


def by_logarithms(given):
    """The last exponent, read off the package."""
    slowest = posenc.frequencies(given.turned, base=given.base)[-1] / given.factor
    return math.exp(-math.log(slowest) * given.turned / (given.turned - 2))


def by_bisection(given):
    wanted = posenc.frequencies(given.turned, base=given.base)[-1] / given.factor
    low, high = 1.0, 1e12
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if posenc.frequencies(given.turned, base=middle)[-1] > wanted else (low, middle)
    return low


def by_scaling(given):
    """The second frequency of a scaled ladder says the base."""
    slowed = posenc.scale_ntk(posenc.frequencies(given.turned, base=given.base), given.factor)[0]
    return slowed[1] ** (-given.turned / 2)


BASE_RIGHT = [
    Of(raised),
    Of(by_logarithms),
    Of(by_bisection),
    Of(by_scaling),
    Of(lambda given: round(raised(given))),
    Of(lambda given: math.floor(raised(given))),
    Of(lambda given: math.ceil(raised(given))),
    Of(lambda given: int(raised(given))),
    Of(lambda given: sp.Integer(given.base) * sp.Integer(given.factor) ** sp.Rational(given.turned, given.turned - 2)),
    Of(lambda given: Decimal(given.base) * Decimal(given.factor) ** (Decimal(given.turned) / (given.turned - 2))),
    Of(lambda given: np.array(raised(given))),
    Of(lambda given: Fraction(raised(given))),
    Of(lambda given: np.exp(np.log(given.base) + np.log(given.factor) / (1 - 2 / given.turned))),
    Of(lambda given: raised(given) - 0.9),
]

BASE_WRONG = [
    (Of(lambda given: given.base * given.factor), "pairs are counted from 0"),
    (Of(lambda given: raised(given, lambda r: (r - 2) / r)), "upside down"),
    (Of(lambda given: given.base * given.factor ** (given.head / (given.head - 2))), "all columns of the head"),
    (Of(lambda given: raised(given, lambda r: r / 2)), "slows pair 1"),
    (Of(lambda given: given.base / given.factor ** (given.turned / (given.turned - 2))), "turn faster"),
    (
        Of(lambda given: (given.base * given.factor) ** (given.turned / (given.turned - 2))),
        "belongs to the factor alone",
    ),
    (Of(lambda given: given.factor ** (given.turned / (given.turned - 2))), "to be multiplied by"),
    (Of(lambda given: raised(given, lambda r: (r / 2) / (r / 2 - 1) * 2)), "half as many pairs as columns"),
    (Of(lambda given: raised(given, lambda r: r / (r - 1))), ""),
    (Of(lambda given: raised(given, lambda r: (r + 2) / r)), "is not right"),
    (Of(lambda given: raised(given, lambda r: 2)), "is not right"),
    (Of(lambda given: raised(given, lambda r: (r - 2) / (r - 4))), ""),
    (Of(lambda given: raised(given) * given.factor), "is not right"),
    (Of(lambda given: raised(given) + 1.1), "is not right"),
    (Of(lambda given: raised(given) - 1.1), "is not right"),
    (Of(lambda given: -raised(given)), "is not right"),
    (Of(lambda given: given.base), "is not right"),
    (Of(lambda given: round(raised(given), -3)), ""),
    (Of(lambda given: [raised(given)]), "a number is asked for"),
    (Of(lambda given: f"{raised(given)}"), "a number is asked for"),
    (Of(lambda given: posenc.frequencies(given.turned, base=raised(given))), "a number is asked for"),
    (float("inf"), "a finite one"),
    (None, "there is no answer here yet"),
]

# 4. The reading of a point


def point_orders(given):
    y, x = given.y, given.x
    sines = [math.sin(y), math.sin(0.01 * y), math.sin(x), math.sin(0.01 * x)]
    cosines = [math.cos(y), math.cos(0.01 * y), math.cos(x), math.cos(0.01 * x)]
    both = np.array([sines, cosines])
    exchanged = both[:, [2, 3, 0, 1]]
    return {
        f"{axes} {name}": row
        for axes, waves in (("yx", both), ("xy", exchanged))
        for name, row in (
            ("interleaved", waves.T.ravel()),
            ("halves", np.concatenate([waves[:, :2].ravel(), waves[:, 2:].ravel()])),
            ("sines first", waves.ravel()),
        )
    }


def convention(given):
    """The one that comes nearest."""
    found = point_orders(given)
    return min(found, key=lambda name: abs(found[name] - given.row).max())


def by_columns(given):
    """Column 0 tells the axes, columns 1 and 2 the waves."""
    first, other = (given.y, given.x) if abs(math.sin(given.y) - given.row[0]) < 6e-4 else (given.x, given.y)
    axes = "yx" if first == given.y else "xy"
    if abs(given.row[1] - math.cos(first)) < 6e-4 and abs(given.row[2] - math.sin(first / 100)) < 6e-4:
        return f"{axes} interleaved"
    return f"{axes} halves" if abs(given.row[4] - math.sin(other)) < 6e-4 else f"{axes} sines first"


def exchanged(given):
    axes, waves = convention(given).split(" ", 1)
    return f"{axes[::-1]} {waves}"


def elsewhere(given, steps, axes=slice(None)):
    names = ["interleaved", "halves", "sines first"]
    old, waves = convention(given).split(" ", 1)
    return f"{old[axes]} {names[(names.index(waves) + steps) % 3]}"


POINT_RIGHT = [
    Of(convention),
    Of(by_columns),
    Of(lambda given: convention(given).upper()),
    Of(lambda given: convention(given).title()),
    Of(lambda given: convention(given).replace(" ", "")),
    Of(lambda given: f"  {convention(given)} "),
    Of(lambda given: convention(given).replace(" ", "  ")),
    Of(lambda given: np.str_(convention(given))),
    Of(lambda given: "".join(list(convention(given)))),
    Of(lambda given: convention(given).replace(" ", "\n")),
    Of(lambda given: str(np.array([convention(given)])[0])),
]

POINT_WRONG = [
    (Of(exchanged), "the axes are the other way round"),
    (Of(lambda given: elsewhere(given, 1)), "have hardly moved"),
    (Of(lambda given: elsewhere(given, 2)), "work out sin(0.01 y)"),
    (Of(lambda given: elsewhere(given, 1, slice(None, None, -1))), "column 0 is a sine"),
    (Of(lambda given: elsewhere(given, 2, slice(None, None, -1))), "begin with the fast sines"),
    (Of(lambda given: convention(given).split()[0]), "one of the words"),
    (Of(lambda given: convention(given).split(" ", 1)[1]), "one of the words"),
    (Of(lambda given: convention(given).replace(" ", ", ")), "one of the words"),
    (Of(lambda given: convention(given).split()), "one of the words"),
    (Of(lambda given: [convention(given)]), "one of the words"),
    (Of(lambda given: list(point_orders(given)).index(convention(given))), "one of the words"),
    (Of(lambda given: given.row), "one of the words"),
    (Of(lambda given: convention(given).encode()), "one of the words"),
    (Of(lambda given: lambda: convention(given)), "one of the words"),
    ("interleaved", "one of the words"),
    ("y first", "one of the words"),
    ("zx halves", "one of the words"),
    ("", "one of the words"),
    (1, "one of the words"),
    (None, "there is no answer here yet"),
]

# 5. Rows for other code


def with_loops(n_heads, dim, turned):
    order = []
    for head in range(n_heads):
        start = head * dim
        order += [start + row for row in range(0, turned, 2)]
        order += [start + row for row in range(1, turned, 2)]
        order += [start + row for row in range(turned, dim)]
    return order


def as_in_transformers(n_heads, dim, turned):
    """view(n_heads, d / 2, 2).transpose(1, 2), on what turns."""
    rows = np.arange(n_heads * dim).reshape(n_heads, dim)
    pairs = rows[:, :turned].reshape(n_heads, turned // 2, 2).swapaxes(1, 2).reshape(n_heads, turned)
    return np.hstack([pairs, rows[:, turned:]]).reshape(-1)


def by_sorting(n_heads, dim, turned):
    """Sorted by head, then by what stands still, then by the place in the pair."""
    key = lambda row: (row // dim, row % dim >= turned, row % 2 if row % dim < turned else 0, row)
    return sorted(range(n_heads * dim), key=key)


def by_matrix(n_heads, dim, turned):
    """A permutation matrix, from what one new row is."""
    P = np.zeros((n_heads * dim, n_heads * dim))
    for new in range(n_heads * dim):
        head, column = divmod(new, dim)
        half = turned // 2
        old = column if column >= turned else 2 * (column % half) + column // half
        P[new, head * dim + old] = 1
    return P @ np.arange(n_heads * dim)


def rows_by_inverse(n_heads, dim, turned):
    return np.argsort(way_back(n_heads, dim, turned))


def way_back(n_heads, dim, turned):
    return np.argsort(with_loops(n_heads, dim, turned))


class RowOrder:
    def __call__(self, n_heads, dim, turned, layout="halves"):
        return tuple(with_loops(n_heads, dim, turned))


def first_head(n_heads, dim, turned):
    return with_loops(1, dim, turned)


def across_heads(n_heads, dim, turned):
    moving = [r for r in range(n_heads * dim) if r % dim < turned]
    order = np.arange(n_heads * dim)
    order[moving] = moving[::2] + moving[1::2]
    return order


ROWS_RIGHT = [
    with_loops,
    as_in_transformers,
    by_sorting,
    by_matrix,
    rows_by_inverse,
    RowOrder(),
    partial(with_loops),
    lambda *given: np.array(with_loops(*given), dtype=float),
    lambda *given: np.array(with_loops(*given), dtype=np.int16),
    lambda *given: range(2) if given == (1, 2, 2) else with_loops(*given),
    lambda *given: sp.Array(with_loops(*given)),
    lambda n, d, r: [row - n * d for row in with_loops(n, d, r)],
    lambda n, d, r: [row - n * d * (row % 2) for row in with_loops(n, d, r)],
    lambda *given: [Fraction(row) for row in with_loops(*given)],
    lambda n, d, r: np.add.outer(np.arange(n) * d, with_loops(1, d, r)).flatten(),
    lambda n, d, r: np.concatenate([np.r_[0:r:2, 1:r:2, r:d] + h * d for h in range(n)]),
]

ROWS_WRONG = [
    (lambda n, d, r: np.arange(n * d), "nothing has moved"),
    (way_back, "this is the way back"),
    (across_heads, "from one head to another"),
    (lambda n, d, r: with_loops(n, d, d), "rows from number `turned` of a head on"),
    (
        lambda n, d, r: np.concatenate([np.r_[1:r:2, 0:r:2, r:d] + h * d for h in range(n)]),
        "the second numbers of the pairs come first",
    ),
    (
        lambda n, d, r: np.concatenate([np.r_[r // 2 : r, : r // 2, r:d] + h * d for h in range(n)]),
        "exchanges the two halves",
    ),
    (lambda n, d, r: np.concatenate([np.r_[0:r:2, r - 1 : 0 : -2, r:d] + h * d for h in range(n)]), "runs backwards"),
    (
        lambda n, d, r: np.concatenate([np.r_[0 : d - r, d - r : d : 2, d - r + 1 : d : 2] + h * d for h in range(n)]),
        "takes the last rows",
    ),
    (lambda n, d, r: with_loops(n, d, min(2 * r, d)), "counts rows"),
    (lambda n, d, r: np.r_[0 : n * d : 2, 1 : n * d : 2], ""),
    (first_head, ""),
    (lambda n, d, r: np.r_[0 : n * d : 2, 1 : n * d : 2] if r == d else with_loops(n, d, r), "is expected"),
    (lambda n, d, r: way_back(n, d, r) if d > 60 else with_loops(n, d, r), ""),
    (lambda n, d, r: [row - n * d - 1 for row in with_loops(n, d, r)], "is expected"),
    (lambda n, d, r: np.array(with_loops(n, d, r)) + 1, "is expected"),
    (lambda n, d, r: np.array(with_loops(n, d, r)).reshape(n, d), ""),
    (lambda n, d, r: np.array(with_loops(n, d, r))[:, None], "the shape of the result"),
    (lambda n, d, r: np.array(with_loops(n, d, r)) % d, "is expected"),
    (lambda n, d, r: with_loops(n, d, r // 2 // 2 * 2), "is expected"),
    (lambda n, d, r: with_loops(n, d, r)[::-1], "is expected"),
    (lambda n, d, r: with_loops(n, r, r), ""),
    (lambda n, d, r: np.eye(n * d)[with_loops(n, d, r)], "the shape of the result"),
    (
        lambda n, d, r: posenc.convert_layout(np.arange(n * d), source="interleaved", target="halves"),
        "is not to be used here",
    ),
    (
        lambda n, d, r: posenc.convert_rotary_weights(np.arange(n * d), n, source="interleaved", target="halves"),
        "is not to be used here",
    ),
    (lambda n, d, r: {row: row for row in with_loops(n, d, r)}, "no array of numbers"),
    (lambda n, d: with_loops(n, d, d), "it stops with TypeError"),
    (lambda n, d, r: None, "it returns nothing yet"),
    ([0, 2, 4, 1, 3, 5], "a function is asked for"),
]

# 6. Turned too early

J = np.array([[0.0, -1.0], [1.0, 0.0]])


def block(first, second):
    return np.block([[np.asarray(first, float), np.zeros((2, 2))], [np.zeros((2, 2)), np.asarray(second, float)]])


def split(A, seed=1):
    """Two matrices without zeros whose product is A, the first drawn at random."""
    rng = np.random.default_rng(seed)
    while True:
        W_Q = rng.normal(size=(4, 4))
        W_K = np.linalg.solve(W_Q, A).T
        if min(abs(W_Q).min(), abs(W_K).min()) > 0.03:
            return W_Q, W_K


I2 = np.eye(2)
one_and_two = block(I2, 2 * I2)
W_Q, W_K = split(one_and_two)
orthogonal = np.linalg.qr(np.random.default_rng(5).normal(size=(4, 4)))[0]


def singular():
    """The slow pair counts for nothing, though no entry is 0: its rows are at right angles to all others."""
    u, v = np.array([1.0, 1, 1, -1]), np.array([1.0, -1, 1, 1])
    slow = lambda rows, away: [row - (row @ away) / (away @ away) * away for row in rows]
    queries = np.array([*slow(np.array([[1.0, 2, 0.5, 3], [2, -1, 1, 0.7]]), v), u, u])
    keys = np.linalg.lstsq(queries[:3], np.eye(3)[:, :2], rcond=None)[0].T
    return queries, np.array([*keys, v, v])


by_roots = np.sqrt(0.5) * np.array([[1.0, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])


EARLY_RIGHT = [
    (W_Q, W_K),
    split(block(2 * I2 + J, -I2 + 3 * J)),
    split(block(J, J), seed=2),
    split(block(I2, 1e-3 * J), seed=3),
    singular(),
    split(posenc.rotary_matrix(3, 4, layout="interleaved"), seed=4),
    split(posenc.shift_matrix(157, 4), seed=5),
    split(posenc.shift_generator(4), seed=6),
    (by_roots, one_and_two @ by_roots / 2),
    [W_Q.tolist(), W_K.tolist()],
    np.array([W_Q, W_K]),
    (sp.Matrix(W_Q), sp.Matrix(W_K)),
    (2 * W_Q, W_K / 2),
    (W_K, W_Q),
    (W_Q @ orthogonal, W_K @ orthogonal),
    (np.asfortranarray(W_Q), np.asfortranarray(W_K)),
    (W_Q.astype(np.float32), W_K.astype(np.float32)),
    ([[Fraction(float(n)) for n in row] for row in W_Q], W_K),
]

I2_and_noise = np.eye(4) + 1e-5 * np.random.default_rng(0).normal(size=(4, 4))
with_zero = W_Q.copy()
with_zero[0, 1] = 0

EARLY_WRONG = [
    ((W_Q, np.linalg.inv(W_Q).T), "a multiple of the identity"),
    ((orthogonal, orthogonal), ""),
    ((by_roots, -3 * by_roots), "a multiple of the identity"),
    ((np.eye(4), one_and_two), "an entry of W_Q is 0"),
    ((W_Q, np.eye(4)), "an entry of W_K is 0"),
    ((with_zero, np.linalg.solve(with_zero, one_and_two).T), "an entry of W_Q is 0"),
    ((W_Q / 1000, 1000 * W_K), "nearer to 0 than 0.01"),
    (split(np.eye(4)[[2, 3, 0, 1]]), "lets one pair meet the other"),
    ((np.ones((4, 4)), np.ones((4, 4))), "lets one pair meet the other"),
    (tuple(np.random.default_rng(8).normal(size=(2, 4, 4)) + 3), "lets one pair meet the other"),
    (split(np.diag([1, 2, 3, 4])), "its block of pair 0"),
    (split(np.diag([1, 1, 2, 1])), "its block of pair 1"),
    (split(block(I2, [[0, 1], [1, 0]])), "its block of pair 1"),
    (split(block([[1, 2], [2, 1]], I2)), "its block of pair 0"),
    (split(np.diag([1, 2, 1, 2])), "in layout 'halves' it would stay"),
    (split(posenc.rotary_matrix(3, 4, layout="halves")), "in layout 'halves' it would stay"),
    ((W_Q.round(4), W_K.round(4)), "do not round"),
    ((W_Q, W_K.T), ""),
    (split(I2_and_noise), "a multiple of the identity here, or nearly"),
    (split(one_and_two + 1e-3 * np.ones((4, 4))), "lets one pair meet the other"),
    ((W_Q, np.linalg.solve(W_Q, one_and_two)), ""),
    (W_Q @ W_K.T, "two arrays are asked for"),
    ((W_Q, W_K, 1), "two arrays are asked for"),
    ((W_Q[:, :3], W_K[:, :3]), "the shape of W_Q is (4, 3)"),
    ((W_Q, W_K[:2]), "the shape of W_K is (2, 4)"),
    ((W_Q * 1j, W_K), "W_Q has complex numbers"),
    ((W_Q, W_K * float("nan")), "W_K has NaN"),
    ({"W_Q": W_Q, "W_K": W_K}, "W_Q is no array of numbers"),
    (lambda: (W_Q, W_K), "two arrays are asked for"),
    ((W_Q * 1e200, W_K * 1e200), ""),
    ("W_Q, W_K", "two arrays are asked for"),
    (None, "there is no answer here yet"),
]

# 7. The far key wins

T1000 = posenc.rotary_matrix(1000, 8, layout="interleaved")
strong = np.array([1.0, 1, 1, 1, 2, 2, 1, 1])


def hands(lengths, angles=(0, 0, 0, 0)):
    """Four pairs of these lengths."""
    numbers = np.array(lengths) * np.exp(1j * np.array(angles))
    return np.stack([numbers.real, numbers.imag], axis=1).ravel()


turned_hands = hands([1, 1, 2, 1], [0.3, 2, 4, -1])
slanted = strong + np.array([0, 0.2, 0.1, 0, 0, 0, -0.1, 0.3])

FAR_RIGHT = [
    (strong, T1000 @ strong),
    (hands([1, 1, 2, 1]), T1000 @ hands([1, 1, 2, 1])),
    (turned_hands, T1000 @ turned_hands),
    (T1000.T @ strong, strong),
    (slanted, T1000 @ strong),
    [strong.tolist(), (T1000 @ strong).tolist()],
    np.array([strong, T1000 @ strong]),
    (1e9 * strong, 1e-9 * T1000 @ strong),
    (sp.Array(strong.tolist()), sp.Array((T1000 @ strong).tolist())),
    (strong, posenc.shift_matrix(-1000, 8) @ strong),
    (strong, posenc.apply_rotary(strong, *posenc.rotary_cos_sin(1000, 8), layout="interleaved")),
    (strong, (T1000 @ strong).round(2)),
    (strong.astype(int), T1000 @ strong),
    (-strong, -T1000 @ strong),
    (hands([1, 1, 2.5, 1.2]), T1000 @ hands([1.2, 0.9, 2, 1])),
]

FAR_WRONG = [
    ((strong, strong), "most like the query"),
    ((strong, T1000.T @ strong), "wins 1000 places ahead"),
    ((T1000 @ strong, strong), "wins 1000 places ahead"),
    ((strong, posenc.shift_matrix(1000, 8) @ strong), "wins 1000 places ahead"),
    ((np.ones(8), T1000 @ np.ones(8)), "but at distance 0 the score is"),
    ((hands([1, 0, 0, 0]), T1000 @ hands([1, 0, 0, 0])), "which pair tells these two distances apart"),
    ((hands([0, 0, 1, 0]), T1000 @ hands([0, 0, 1, 0])), "which pair tells these two distances apart"),
    ((hands([1, 1, 3, 0]), T1000 @ hands([1, 1, 3, 0])), "which pair tells these two distances apart"),
    ((hands([0.2, 1, 3, 1]), T1000 @ hands([0.2, 1, 3, 1])), "which pair tells these two distances apart"),
    ((hands([3, 2, 3, 3]), T1000 @ hands([3, 2, 3, 3])), "but at distance 0 the score is"),
    (
        (
            np.array([2.0, 1, 1, 3, 3, 1, 1, 1]),
            posenc.rotary_matrix(1000, 8, layout="halves") @ [2.0, 1, 1, 3, 3, 1, 1, 1],
        ),
        "here neighbours are pairs",
    ),
    ((strong, posenc.rotary_matrix(1001, 8, layout="interleaved") @ strong), "largest at distance 1001"),
    (
        (strong, posenc.rotary_matrix(1000, 8, base=500, layout="interleaved") @ strong),
        "the score is largest at distance",
    ),
    ((strong, -T1000 @ strong), "the score is largest at distance"),
    ((strong, -strong), "the score is largest at distance"),
    ((strong, np.zeros(8)), "not of zeros"),
    ((strong * 1e-200, T1000 @ strong), "not of zeros"),
    ((strong[:4], (T1000 @ strong)[:4]), "the shape of the query x is (4,)"),
    ((strong, (T1000 @ strong)[:, None]), "the shape of the key y is (8, 1)"),
    ((strong, T1000), "the shape of the key y is (8, 8)"),
    ((strong, T1000 @ strong * 1j), "the key y has complex numbers"),
    ((strong, T1000 @ strong * float("inf")), "the key y has NaN or infinite entries"),
    ((strong, "T(1000) x"), "the key y is no array of numbers"),
    ((strong, T1000 @ strong, 1000), "two arrays are asked for"),
    (T1000 @ strong, "two arrays are asked for"),
    (1000, "two arrays are asked for"),
    (lambda: (strong, T1000 @ strong), "two arrays are asked for"),
    (None, "there is no answer here yet"),
]

# 8. A slope for each head


def even_steps(n):
    return [2 ** (-8 * (h + 1) / n) for h in range(n)]


def as_in_the_code(n):
    """As the authors have it, calling itself."""

    def of_power(n):
        start = 2 ** (-(2 ** -(math.log2(n) - 3)))
        return [start * start**i for i in range(n)]

    if math.log2(n).is_integer():
        return of_power(n)
    closest = 2 ** math.floor(math.log2(n))
    return of_power(closest) + as_in_the_code(2 * closest)[0::2][: n - closest]


def from_above(n):
    """From the next power of two: its odd slopes first, then the others, and cut off."""
    power = 1
    while power < n:
        power *= 2
    all_of_them = np.array(even_steps(power))
    return np.concatenate([all_of_them[1::2], all_of_them[0::2]])[:n] if power != n else all_of_them


def head_by_head(n):
    P = 1 << n.bit_length() - 1
    found = np.zeros(n)
    for h in range(n):
        found[h] = 2 ** (-8 * (h + 1) / P) if h < P else 2 ** (-8 * (2 * (h - P) + 1) / (2 * P))
    return found


class Slopes:
    def __call__(self, n_heads, largest=8):
        return tuple(as_in_the_code(n_heads))


def sorted_slopes(n):
    return sorted(as_in_the_code(n), reverse=True)


SLOPES_RIGHT = [
    as_in_the_code,
    from_above,
    head_by_head,
    Slopes(),
    partial(as_in_the_code),
    lambda n: np.array(as_in_the_code(n)),
    lambda n: np.float32(as_in_the_code(n)),
    lambda n: sp.Array([sp.Float(m) for m in head_by_head(n).tolist()]),
    lambda n: [Fraction(m) for m in as_in_the_code(n)],
    lambda n: [Decimal(m) for m in as_in_the_code(n)],
    lambda n: np.exp(np.log(0.5) * -np.log2(head_by_head(n))),
    lambda n, start=None: np.geomspace(2 ** (-8 / n), 2**-8, n) if n & (n - 1) == 0 else from_above(n),
    lambda n: [*map(float, as_in_the_code(n))],
]

SLOPES_WRONG = [
    (even_steps, "the paper's formula for every number"),
    (sorted_slopes, "but sorted"),
    (
        lambda n: (even_steps(2 ** (n.bit_length() - 1)) + even_steps(2 ** n.bit_length()))[:n],
        "leave out every second slope",
    ),
    (lambda n: (even_steps(2 ** (n.bit_length() - 1)) * 2)[:n], "once more"),
    (lambda n: even_steps(2 ** n.bit_length())[:n], "the slopes of P heads come first"),
    (lambda n: [m * 2 ** (8 / 2 ** (n.bit_length() - 1)) for m in as_in_the_code(n)], "the first slope is too large"),
    (lambda n: [-m for m in as_in_the_code(n)], "the slopes are positive"),
    (lambda n: 0.5 ** np.arange(1, n + 1), "the slopes of 8 heads"),
    (lambda n: [1 / m for m in as_in_the_code(n)], "is expected"),
    (lambda n: np.log2(as_in_the_code(n)), "is expected"),
    (lambda n: as_in_the_code(n)[::-1], ""),
    (lambda n: even_steps(2 ** math.ceil(math.log2(n)))[:n], ""),
    (lambda n: (even_steps(2 ** round(math.log2(n))) * 2)[:n], ""),
    (lambda n: np.linspace(2 ** (-8 / n), 2**-8, n), "is expected"),
    (lambda n: 2.0 ** (-np.arange(1, n + 1) * 8 // n), "is expected"),
    (lambda n: as_in_the_code(2 ** (n.bit_length() - 1)), ""),
    (lambda n: as_in_the_code(n) if n < 100 else even_steps(n), "is expected"),
    (lambda n: sorted_slopes(n) if n > 8 else as_in_the_code(n), "is expected"),
    (lambda n: np.round(as_in_the_code(n), 3), "is expected"),
    (lambda n: np.array(as_in_the_code(n))[:, None], "the shape of the result"),
    (lambda n: posenc.alibi_slopes(n), "is not to be used here"),
    (lambda n: -posenc.alibi_bias(0, 1, n), "is not to be used here"),
    (lambda n: 2 ** (-8 * np.arange(1, n + 1) // n), ""),
    (lambda n: (m for m in as_in_the_code(n)), "no array of numbers"),
    (lambda n: str(as_in_the_code(n)), "no array of numbers"),
    (lambda: [0.5], "it stops with TypeError"),
    (lambda n: None, "it returns nothing yet"),
    ([0.5, 0.25], "a function is asked for"),
]

# 9. Turn neighbours


def freqs(dim, base=10_000):
    return np.array([base ** (-2 * i / dim) for i in range(dim // 2)])


def with_complex(x, positions):
    numbers = x[..., 0::2] + 1j * x[..., 1::2]
    numbers = numbers * np.exp(1j * np.outer(positions, freqs(x.shape[-1])))
    return np.stack([numbers.real, numbers.imag], axis=-1).reshape(x.shape)


def with_matrices(x, positions):
    """A matrix for each row."""
    result = np.zeros(x.shape)
    for row, position in enumerate(positions):
        T = np.zeros((x.shape[-1], x.shape[-1]))
        for i, w in enumerate(freqs(x.shape[-1])):
            angle = position * w
            T[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [
                [math.cos(angle), -math.sin(angle)],
                [math.sin(angle), math.cos(angle)],
            ]
        result[..., row, :] = x[..., row, :] @ T.T
    return result


def with_tables(x, positions):
    """x * cos + (-x2, x1, -x4, x3, ...) * sin, with each angle twice in a row."""
    angles = np.repeat(positions[:, None] * freqs(x.shape[-1]), 2, axis=1)
    partner = np.empty(x.shape)
    partner[..., 0::2], partner[..., 1::2] = -x[..., 1::2], x[..., 0::2]
    return x * np.cos(angles) + partner * np.sin(angles)


def through_halves(x, positions):
    """Into halves, turned there, and back."""
    d = x.shape[-1]
    order = np.r_[0:d:2, 1:d:2]
    u, v = np.split(x[..., order], 2, axis=-1)
    cos, sin = np.cos(np.outer(positions, freqs(d))), np.sin(np.outer(positions, freqs(d)))
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=-1)[..., np.argsort(order)]


def with_lists(x, positions):
    """One number after the other."""
    d = x.shape[-1]
    rows = x.reshape(-1, d).tolist()
    for index, row in enumerate(rows):
        position = float(positions[index % len(positions)])
        for j in range(0, d, 2):
            angle = position / 10_000 ** (j / d)
            row[j], row[j + 1] = (
                row[j] * math.cos(angle) - row[j + 1] * math.sin(angle),
                row[j] * math.sin(angle) + row[j + 1] * math.cos(angle),
            )
    return np.reshape(rows, x.shape)


def with_einsum(x, positions):
    angles = np.outer(positions, posenc.frequencies(x.shape[-1]))
    T = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    return np.einsum("abni,...nib->...nia", T, x.reshape(*x.shape[:-1], -1, 2)).reshape(x.shape)


class Turned:
    def __call__(self, x, positions, base=10_000):
        return with_tables(x.astype(np.longdouble), positions)


def cut_off(x, positions):
    result = x.copy()
    turned = with_complex(x, positions)
    result[...] = turned
    return result


def overwritten(x, positions):
    angles = positions[:, None] * freqs(x.shape[-1])
    result = x.astype(float)
    result[..., 0::2] = result[..., 0::2] * np.cos(angles) - result[..., 1::2] * np.sin(angles)
    result[..., 1::2] = result[..., 0::2] * np.sin(angles) + result[..., 1::2] * np.cos(angles)
    return result


def in_place(x, positions):
    x[...] = with_complex(x, positions)
    return x


def halves(x, positions):
    d = x.shape[-1]
    angles = np.outer(positions, freqs(d))
    u, v = x[..., : d // 2], x[..., d // 2 :]
    return np.concatenate([u * np.cos(angles) - v * np.sin(angles), u * np.sin(angles) + v * np.cos(angles)], axis=-1)


def rotate_half(x):
    u, v = np.split(x, 2, axis=-1)
    return np.concatenate([-v, u], axis=-1)


def rotate_every_two(x):
    return np.stack([-x[..., 1::2], x[..., 0::2]], axis=-1).reshape(x.shape)


def mixed(x, positions, partner, tables):
    angles = tables(np.outer(positions, freqs(x.shape[-1])))
    return x * np.cos(angles) + partner(x) * np.sin(angles)


def in_float32(x, positions):
    angles = np.outer(positions.astype(np.float32), freqs(x.shape[-1]).astype(np.float32))
    numbers = (x[..., 0::2] + 1j * x[..., 1::2]) * (np.cos(angles) + 1j * np.sin(angles))
    return np.stack([numbers.real, numbers.imag], axis=-1).reshape(x.shape)


NEIGHBOURS_RIGHT = [
    with_complex,
    with_matrices,
    with_tables,
    through_halves,
    with_lists,
    with_einsum,
    Turned(),
    partial(with_tables),
    lambda x, positions: with_complex(x, positions).tolist(),
    lambda x, positions: np.asfortranarray(with_complex(x, positions)),
    lambda x, positions: with_tables(x, positions.astype(np.longdouble)),
    lambda x, positions: mixed(x, positions, rotate_every_two, lambda t: np.repeat(t, 2, axis=-1)),
    lambda x, positions: -with_complex(-x, positions * 1.0),
    lambda x, positions: with_complex(with_complex(x, positions / 2), positions / 2),
]

NEIGHBOURS_WRONG = [
    (halves, "layout 'halves'; here a pair is two neighbours"),
    (
        lambda x, positions: mixed(x, positions, rotate_half, lambda t: np.concatenate([t, t], axis=-1)),
        "layout 'halves'",
    ),
    (lambda x, positions: with_complex(x, -positions), "turns clockwise"),
    (overwritten, "as it is after the turn"),
    (
        lambda x, positions: mixed(x, positions, rotate_every_two, lambda t: np.concatenate([t, t], axis=-1)),
        "but the tables are those of 'halves'",
    ),
    (
        lambda x, positions: mixed(x, positions, rotate_half, lambda t: np.repeat(t, 2, axis=-1)),
        "taken from the other half",
    ),
    (lambda x, positions: with_complex(x, np.arange(len(positions))), "counts the rows from 0"),
    (lambda x, positions: with_complex(x, positions + 1), "one step too far"),
    (cut_off, "taken over the type of x"),
    (in_place, ""),
    (in_float32, ""),
    (lambda x, positions: with_complex(x, positions) if x.ndim < 4 else x, "is expected"),
    (lambda x, positions: with_complex(x, positions % (2 * np.pi)), "is expected"),
    (lambda x, positions: with_complex(x, positions - positions[0]), "is expected"),
    (lambda x, positions: with_complex(x, np.trunc(positions)), "is expected"),
    (lambda x, positions: with_complex(x, abs(positions)), "is expected"),
    (lambda x, positions: with_complex(x, positions) / np.sqrt(x.shape[-1]), "is expected"),
    (lambda x, positions: x + posenc.frequencies(x.shape[-1]).sum(), "is expected"),
    (
        lambda x, positions: mixed(x, positions, lambda v: -rotate_every_two(v), lambda t: np.repeat(t, 2, axis=-1)),
        "turns clockwise",
    ),
    (
        lambda x, positions: mixed(
            x, positions, lambda v: abs(rotate_every_two(v)), lambda t: np.repeat(t, 2, axis=-1)
        ),
        "is expected",
    ),
    (lambda x, positions: with_complex(x, np.radians(positions)), "is expected"),
    (lambda x, positions: np.moveaxis(with_complex(np.moveaxis(x, -2, 0), positions), 0, -2), ""),
    (lambda x, positions: with_complex(x, positions)[..., ::2], "the shape of the result"),
    (lambda x, positions: np.swapaxes(with_complex(x, positions), -1, -2), ""),
    (lambda x, positions: x[..., 0::2] + 1j * x[..., 1::2], "complex numbers"),
    (
        lambda x, positions: posenc.apply_rotary(
            x.astype(float), *posenc.rotary_cos_sin(positions, x.shape[-1]), layout="interleaved"
        ),
        "is not to be used here",
    ),
    (lambda x, positions: x @ posenc.rotary_matrix(1, x.shape[-1], layout="interleaved"), "is not to be used here"),
    (lambda x, positions: x @ posenc.shift_matrix(1, x.shape[-1]), "is not to be used here"),
    (lambda x: x, "it stops with TypeError"),
    (lambda x, positions: None, "it returns nothing yet"),
    (np.eye(4), "a function is asked for"),
]

# 10. How loud must it call?


def loud(given):
    m, t, share = given
    return m * t + math.log(share / (1 - share) * (1 / (1 - math.exp(-m)) - math.exp(-m * t)))


def weight(given, content, n=2000):
    """Of the word, in a text of so many keys."""
    scores = -given.slope * np.arange(n)
    scores[given.distance] += content
    powers = np.exp(scores - scores.max())
    return powers[given.distance] / powers.sum()


def loud_by_trying(given, n=2000):
    low, high = -50.0, 50.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if weight(given, middle, n) >= given.share else (middle, high)
    return high


def loud_by_sum(given):
    others = sum(math.exp(-given.slope * t) for t in range(3000) if t != given.distance)
    return math.log(given.share * others / (1 - given.share)) + given.slope * given.distance


def loud_by_sympy(given):
    m, t, share = sp.Rational(given.slope), given.distance, sp.Rational(str(given.share))
    c = sp.Symbol("c", real=True)
    others = 1 / (1 - sp.exp(-m)) - sp.exp(-m * t)
    word = sp.exp(c - m * t)
    (found,) = sp.solve(sp.Eq(word, share / (1 - share) * others), c)
    return found


def loud_by_bias(given):
    """With the biases of the package: the head of 8 that has half of the slope, or the like."""
    heads = next(n for n in (1, 2, 4, 8, 16) if np.isclose(posenc.alibi_slopes(n), given.slope).any())
    head = int(np.argmin(abs(posenc.alibi_slopes(heads) - given.slope)))
    bias = posenc.alibi_bias(2000, np.arange(2001), heads)[head]
    powers = np.exp(np.delete(bias, 2000 - given.distance))
    return np.log(powers.sum() * given.share / (1 - given.share)) - bias[2000 - given.distance]


LOUD_RIGHT = [
    Of(loud),
    Of(loud_by_trying),
    Of(loud_by_sum),
    Of(loud_by_sympy),
    Of(loud_by_bias),
    Of(lambda given: float(loud_by_sympy(given))),
    Of(lambda given: round(loud(given), 2)),
    Of(lambda given: np.float32(loud(given))),
    Of(lambda given: np.array(loud(given))),
    Of(lambda given: Decimal(loud(given))),
    Of(lambda given: Fraction(loud(given)).limit_denominator(1000)),
    Of(lambda given: loud(given) + 0.0099),
    Of(
        lambda given: (
            math.log(given.share / (1 - given.share))
            + math.log(sum(math.exp(given.slope * (given.distance - t)) for t in range(4000) if t != given.distance))
        )
    ),
    Of(lambda given: loud_by_trying(given, n=400)),
]

LOUD_WRONG = [
    (Of(lambda given: given.slope * given.distance), "the fine of the distance alone"),
    (Of(lambda given: given.slope * given.distance + math.log(given.share / (1 - given.share))), "this has one rival"),
    (
        Of(
            lambda given: (
                given.slope * given.distance + math.log(given.share / (1 - given.share) / (1 - math.exp(-given.slope)))
            )
        ),
        "among its own rivals",
    ),
    (
        Of(
            lambda given: (
                given.slope * given.distance
                + math.log(
                    given.share
                    / (1 - given.share)
                    * (math.exp(-given.slope) / (1 - math.exp(-given.slope)) - math.exp(-given.slope * given.distance))
                )
            )
        ),
        "at distance 0, where nothing is subtracted",
    ),
    (
        Of(
            lambda given: (
                given.slope * given.distance
                + math.log(
                    given.share / (1 - given.share) * (1 / given.slope - math.exp(-given.slope * given.distance))
                )
            )
        ),
        "an integral in place of the sum",
    ),
    (Of(lambda given: loud(given) + math.log(1 - given.share)), "a part of the whole"),
    (
        Of(lambda given: loud(given) - 2 * math.log(given.share / (1 - given.share))),
        "leaves the share to all the others",
    ),
    (Of(lambda given: loud(given) - 2 * given.slope * given.distance), "has to be louder"),
    (Of(lambda given: loud(given) - given.slope * given.distance), ""),
    (Of(lambda given: math.exp(loud(given))), "is not right"),
    (Of(lambda given: loud(given) / math.log(10)), "is not right"),
    (Of(lambda given: loud(given) / math.log(2)), "is not right"),
    (Of(lambda given: loud(given) + 0.0111), "is not right"),
    (Of(lambda given: loud(given) - 0.0111), "is not right"),
    (Of(lambda given: loud_by_trying(given, n=given.distance + 2)), "is not right"),
    (Of(lambda given: loud(given._replace(distance=given.distance + 1))), "is not right"),
    (Of(lambda given: loud(given._replace(slope=2 * given.slope))), "is not right"),
    (Of(lambda given: math.ceil(loud(given)) + 1), "is not right"),
    (Of(lambda given: -loud(given)), "is not right"),
    (Of(lambda given: [loud(given)]), "a number is asked for"),
    (Of(lambda given: str(loud(given))), "a number is asked for"),
    (Of(lambda given: weight(given, loud(given))), ""),
    (Of(lambda given: lambda: loud(given)), "a number is asked for"),
    (float("-inf"), "a finite one"),
    (None, "there is no answer here yet"),
]

# 11. A slower ladder


def blended(freqs, factor, low, high, length):
    kept = (length * np.asarray(freqs) / (2 * np.pi) - low) / (high - low)
    kept = np.minimum(np.maximum(kept, 0), 1)
    return np.asarray(freqs) * (kept + (1 - kept) / factor)


def pair_by_pair(freqs, factor, low, high, length):
    """By the wavelength, as the code that came with the model has it."""
    found = []
    for w in freqs:
        wave = 2 * math.pi / w
        if wave < length / high:
            found.append(w)
        elif wave > length / low:
            found.append(w / factor)
        else:
            smooth = (length / wave - low) / (high - low)
            found.append((1 - smooth) * w / factor + smooth * w)
    return found


def by_interp(freqs, factor, low, high, length):
    return freqs * np.interp(length * freqs / (2 * np.pi), [low, high], [1 / factor, 1])


def by_where(freqs, factor, low, high, length):
    turns = length * freqs / (2 * np.pi)
    between = freqs / factor + (turns - low) / (high - low) * (freqs - freqs / factor)
    return np.where(turns >= high, freqs, np.where(turns <= low, freqs / factor, between))


def by_median(freqs, factor, low, high, length):
    """Between the two ends, whatever the line says."""
    line = freqs / factor + (length / posenc_wave(freqs) - low) / (high - low) * (freqs - freqs / factor)
    return np.sort([line, freqs, freqs / factor], axis=0)[1]


def posenc_wave(freqs):
    return 2 * np.pi / freqs


class Slower:
    def __call__(self, freqs, factor, low, high, length, base=None):
        return tuple(pair_by_pair(freqs.tolist(), factor, low, high, length))


def line_over(measure):
    def slower(freqs, factor, low, high, length):
        turns = length * freqs / (2 * np.pi)
        start, end = measure(low), measure(high)
        kept = np.clip((measure(turns) - start) / (end - start), 0, 1)
        return kept * freqs + (1 - kept) * freqs / factor

    return slower


def over_the_pairs(freqs, factor, low, high, length):
    """The line of the code of YaRN: over the index, with whole ends."""
    d = 2 * len(freqs)
    order = np.argsort(-freqs)
    base = (freqs.max() / freqs.min()) ** (d / max(d - 2, 1)) if len(freqs) > 1 else 2.0
    at = lambda turns: d * math.log(length / (turns * 2 * math.pi)) / (2 * math.log(base))
    start, end = max(math.floor(at(high)), 0), min(math.ceil(at(low)), d - 1)
    kept = np.empty(len(freqs))
    kept[order] = 1 - np.clip((np.arange(len(freqs)) - start) / max(end - start, 1e-3), 0, 1)
    return kept * freqs + (1 - kept) * freqs / factor


def changes_freqs(freqs, factor, low, high, length):
    result = blended(freqs, factor, low, high, length)
    freqs /= factor
    return result


def turns_of(freqs, length):
    return length * freqs / (2 * np.pi)


LADDER_RIGHT = [
    blended,
    pair_by_pair,
    by_interp,
    by_where,
    by_median,
    Slower(),
    line_over(lambda turns: 7 * turns + 3),
    partial(blended),
    lambda *given: blended(*given).tolist(),
    lambda *given: [Fraction(float(w)) for w in blended(*given)],
    lambda *given: sp.Array(blended(*given).tolist()),
    lambda freqs, factor, low, high, length: (
        freqs - (1 - 1 / factor) * freqs * (1 - np.clip((turns_of(freqs, length) - low) / (high - low), 0, 1))
    ),
    lambda freqs, factor, low, high, length: blended(freqs.astype(np.longdouble), factor, low, high, length),
    lambda freqs, factor, low, high, length: np.vectorize(lambda w: pair_by_pair([w], factor, low, high, length)[0])(
        freqs
    ),
]

LADDER_WRONG = [
    (
        lambda freqs, factor, low, high, length: freqs + freqs / factor - blended(freqs, factor, low, high, length),
        "keeps the slow pairs",
    ),
    (
        lambda freqs, factor, low, high, length: blended(freqs, factor, low, high, 2 * np.pi * length),
        "these turns are radians",
    ),
    (line_over(lambda turns: -1 / turns), "over the wavelength"),
    (line_over(np.log), "over the logarithm of the turns"),
    (over_the_pairs, ""),
    (line_over(np.sqrt), "is expected"),
    (
        lambda freqs, factor, low, high, length: (
            freqs / (by_kept(freqs, low, high, length) + (1 - by_kept(freqs, low, high, length)) * factor)
        ),
        "blends wavelengths",
    ),
    (
        lambda freqs, factor, low, high, length: freqs * factor ** (by_kept(freqs, low, high, length) - 1),
        "blends the logarithms",
    ),
    (
        lambda freqs, factor, low, high, length: (
            freqs / factor + (turns_of(freqs, length) - low) / (high - low) * (freqs - freqs / factor)
        ),
        "not cut off",
    ),
    (
        lambda freqs, factor, low, high, length: np.where(turns_of(freqs, length) >= high, freqs, freqs / factor),
        "there is a step",
    ),
    (
        lambda freqs, factor, low, high, length: np.where(turns_of(freqs, length) > low, freqs, freqs / factor),
        "is expected",
    ),
    (lambda freqs, factor, low, high, length: freqs / factor, "position interpolation"),
    (lambda *given: 2 * np.pi / blended(*given), "these are wavelengths"),
    (lambda freqs, factor, low, high, length: freqs, "is expected"),
    (lambda freqs, factor, low, high, length: blended(freqs, 1 / factor, low, high, length), "is expected"),
    (lambda freqs, factor, low, high, length: blended(freqs, factor, low, high, length * factor), "is expected"),
    (lambda freqs, factor, low, high, length: blended(freqs, factor, 1.0, 4.0, length), "is expected"),
    (lambda freqs, factor, low, high, length: blended(freqs, factor, low, high, 8192), "is expected"),
    (lambda freqs, factor, low, high, length: np.sort(blended(freqs, factor, low, high, length))[::-1], "is expected"),
    (lambda *given: by_kept(given[0], *given[2:]), "is expected"),
    (lambda *given: blended(*given) / given[0], "is expected"),
    (lambda *given: np.round(blended(*given), 7), "is expected"),
    (lambda *given: np.float16(blended(*given)), "is expected"),
    (changes_freqs, "it changes the array"),
    (lambda freqs, factor, low, *rest: blended(freqs, factor, max(low // 1, 0.5), *rest), "is expected"),
    (lambda *given: (blended(*given), 1.0), "no array of numbers"),
    (lambda *given: blended(*given)[:, None], "the shape of the result"),
    (
        lambda freqs, factor, low, high, length: posenc.scale_llama3(
            freqs, factor, low_freq_factor=low, high_freq_factor=high, original_length=length
        )[0],
        "is not to be used here",
    ),
    (lambda freqs, factor, low, high, length: posenc.scale_linear(freqs, factor)[0], "is not to be used here"),
    (lambda freqs, factor: freqs / factor, "it stops with TypeError"),
    (lambda *given: None, "it returns nothing yet"),
    ([1.0, 0.1], "a function is asked for"),
]


def by_kept(freqs, low, high, length):
    return np.clip((turns_of(freqs, length) - low) / (high - low), 0, 1)


# 13. Buckets without rounding


def sided(level):
    """T5's rule for signs around a rule for distances."""

    def bucket(offset, bidirectional, num_buckets, max_distance):
        B = num_buckets // 2 if bidirectional else num_buckets
        n = np.abs(offset) if bidirectional else np.maximum(-offset, 0)
        levels = np.array([level(int(one), B, B // 2, max_distance) for one in n.ravel()]).reshape(n.shape)
        return levels + B * (offset > 0) if bidirectional else levels

    return bucket


def by_counting(n, B, E, D):
    if n < E:
        return n
    return E + max(j for j in range(B - E) if n ** (B - E) * E**j >= D**j * E ** (B - E))


def by_fractions(n, B, E, D):
    j = 0
    while n >= E and j < B - E - 1 and Fraction(n, E) ** (B - E) >= Fraction(D, E) ** (j + 1):
        j += 1
    return E + j if n >= E else n


def by_digits(n, B, E, D):
    """With eighty digits, and what is whole to sixty of them taken for whole."""
    if n < E:
        return n
    with localcontext() as context:
        context.prec = 80
        steps = (B - E) * (Decimal(n) / E).ln() / (Decimal(D) / E).ln()
        return min(E + int(steps + Decimal(10) ** -60), B - 1)


def guessed_then_exact(n, B, E, D):
    """A guess in floating point, moved until it fits."""
    if n < E:
        return n
    m = B - E
    j = min(int(m * math.log(n / E) / math.log(D / E)), m - 1)
    while j < m - 1 and n**m * E ** (j + 1) >= D ** (j + 1) * E**m:
        j += 1
    while n**m * E**j < D**j * E**m:
        j -= 1
    return E + j


@cache
def by_sympy_logs(n, B, E, D):
    if n < E:
        return n
    steps = (B - E) * sp.log(sp.Rational(n, E)) / sp.log(sp.Rational(D, E))
    guess = int(sp.floor(steps.evalf(40) + sp.Rational(1, 10**30)))
    return min(E + guess, B - 1)


def first_distances(B, D):
    E = B // 2
    m = B - E
    return [*range(E)] + [
        bisect_left(range(D + 1), D**j * E**m, lo=E, key=lambda n, j=j: n**m * E**j) for j in range(m)
    ]


def with_usual_digits(n, B, E, D):
    """With the 28 digits that decimals have, and nothing taken for whole."""
    return n if n < E else min(E + int((B - E) * (Decimal(n) / E).ln() / (Decimal(D) / E).ln()), B - 1)


def with_starts(offset, bidirectional, num_buckets, max_distance):
    B = num_buckets // 2 if bidirectional else num_buckets
    starts = np.array(first_distances(B, max_distance))
    n = abs(offset) if bidirectional else np.where(offset < 0, -offset, 0)
    found = (n[..., None] >= starts).sum(axis=-1) - 1
    return found + (offset > 0) * B * bidirectional


def with_a_dictionary(offset, bidirectional, num_buckets, max_distance):
    rule = sided(by_counting)
    known = {
        k: rule(np.array(k), bidirectional, num_buckets, max_distance).item() for k in set(offset.ravel().tolist())
    }
    return np.vectorize(known.get)(offset)


def with_roots(n, B, E, D):
    """The whole part of a root of a whole number says where each bucket begins."""
    if n < E:
        return n
    m = B - E
    starts = []
    for j in range(m):
        root, exact = sp.integer_nthroot(D**j * E ** (m - j), m)
        starts.append(root if exact else root + 1)
    return E + max(j for j in range(m) if n >= starts[j])


class Bucket:
    def __call__(self, offset, bidirectional, num_buckets=32, max_distance=128):
        return sided(by_counting)(offset, bidirectional, num_buckets, max_distance).tolist()


def in_floats(steps, kind=np.float64):
    """The rule with arrays of floating-point numbers."""

    def bucket(offset, bidirectional, num_buckets, max_distance):
        B = num_buckets // 2 if bidirectional else num_buckets
        E = B // 2
        n = np.abs(offset) if bidirectional else np.maximum(-offset, 0)
        far = steps(np.maximum(n, E).astype(kind), kind(E), kind(max_distance), B - E)
        found = np.where(n < E, n, np.minimum(E + np.trunc(far).astype(int), B - 1))
        return found + B * (offset > 0) if bidirectional else found

    return bucket


plain_logs = lambda n, E, D, m: np.log(n / E) / np.log(D / E) * m


def overflowing(offset, bidirectional, num_buckets, max_distance):
    """The comparison of whole numbers with those of NumPy."""
    B = num_buckets // 2 if bidirectional else num_buckets
    E, m = B // 2, B - B // 2
    n = np.abs(offset) if bidirectional else np.maximum(-offset, 0)
    steps = sum(
        np.int64(1) * (n**m * np.int64(E) ** j >= np.int64(max_distance) ** j * np.int64(E) ** m) for j in range(1, m)
    )
    found = np.where(n < E, n, E + steps)
    return found + B * (offset > 0) if bidirectional else found


exact = sided(by_counting)


def with_other(**changes):
    """The right rule for other arguments."""
    return lambda offset, bidirectional, num_buckets, max_distance: exact(
        *(
            {"offset": offset, "bidirectional": bidirectional, "num_buckets": num_buckets, "max_distance": max_distance}
            | {name: change(offset, bidirectional, num_buckets, max_distance) for name, change in changes.items()}
        ).values()
    )


def steps_to_the_end(n, B, E, D):
    m = max(B - E - 1, 1)
    return n if n < E else E + max(j for j in range(B - E) if n**m * E**j >= D**j * E**m)


def rounded_up(n, B, E, D):
    m = B - E
    return n if n < E else min(E + sum(n**m * E**j > D**j * E**m for j in range(m)), B - 1)


def rounded_to_nearest(n, B, E, D):
    return n if n < E else min(E + round((B - E) * math.log(n / E) / math.log(D / E)), B - 1)


def uncut(n, B, E, D):
    return n if n < E else E + sum(n ** (B - E) * E**j >= D**j * E ** (B - E) for j in range(1, 4 * B))


def from_one(n, B, E, D):
    """Buckets of their own up to E, which begins the wide ones with the same number."""
    return n if n <= E else by_counting(n, B, E, D)


BUCKET_RIGHT = [
    exact,
    sided(by_fractions),
    sided(by_digits),
    sided(guessed_then_exact),
    sided(by_sympy_logs),
    sided(with_roots),
    sided(from_one),
    with_starts,
    with_a_dictionary,
    Bucket(),
    partial(exact),
    lambda *given: exact(*given).astype(float),
    lambda *given: exact(*given).astype(np.uint8),
    lambda *given: exact(*given).astype(object),
    lambda offset, *given: np.array([exact(np.array([k]), *given)[0] for k in offset.ravel()]).reshape(offset.shape),
]

BUCKET_WRONG = [
    (in_floats(plain_logs), "the rule in floating point"),
    (in_floats(lambda n, E, D, m: m * np.log(n / E) / np.log(D / E)), ""),
    (in_floats(lambda n, E, D, m: np.log2(n / E) / np.log2(D / E) * m), ""),
    (in_floats(lambda n, E, D, m: (np.log(n) - np.log(E)) / (np.log(D) - np.log(E)) * m), ""),
    (in_floats(plain_logs, np.float32), ""),
    (in_floats(plain_logs, np.longdouble), ""),
    (sided(with_usual_digits), ""),
    (with_other(max_distance=lambda k, both, N, D: D - 1), ""),
    (with_other(max_distance=lambda k, both, N, D: D + 1), ""),
    (lambda k, both, N, D: exact(k.astype(np.int32), both, N, D), ""),
    (in_floats(lambda n, E, D, m: plain_logs(n, E, D, m) + 1e-9), ""),
    (in_floats(lambda n, E, D, m: np.round(plain_logs(n, E, D, m), 9)), ""),
    (in_floats(lambda n, E, D, m: sum((n / E) ** m >= (D / E) ** j for j in range(1, m))), ""),
    (overflowing, ""),
    (with_other(offset=lambda k, *_: -k), "the offset is key minus query"),
    (lambda k, both, N, D: exact(k, both, N, D) + N // 2 * (k == 0) * both, "the offset 0 is not ahead"),
    (
        lambda k, both, N, D: exact(-abs(k), both, N, D) if not both else exact(k, both, N, D),
        "in one direction keys ahead",
    ),
    (
        lambda k, both, N, D: exact(-abs(k), False, N, D) + N * (k > 0) if both else exact(k, both, N, D),
        "each direction has half",
    ),
    (sided(steps_to_the_end), "one step of the logarithm earlier"),
    (sided(rounded_up), "the steps are rounded up"),
    (sided(rounded_to_nearest), "is expected"),
    (sided(uncut), "is expected"),
    (sided(lambda n, B, E, D: min(n, E)), "all distances from E on have one bucket"),
    (sided(lambda n, B, E, D: min(n, B - 1)), "is expected"),
    (sided(lambda n, B, E, D: by_counting(n, B, E, 128)), "is expected"),
    (with_other(num_buckets=lambda *_: 32), ""),
    (with_other(bidirectional=lambda *_: True), ""),
    (lambda k, both, N, D: exact(k, both, N, D) + both * (k > 0), "is expected"),
    (lambda k, both, N, D: exact(k, both, N, D) - both * (k > 0), "is expected"),
    (lambda k, both, N, D: exact(-k, both, N, D) if both else exact(k, both, N, D), "is expected"),
    (lambda k, both, N, D: exact(k, both, N, D)[..., None], "the shape of the result"),
    (lambda k, both, N, D: exact(k, both, N, D).ravel(), ""),
    (
        lambda k, both, N, D: posenc.relative_position_bucket(k, bidirectional=both, num_buckets=N, max_distance=D),
        "is not to be used here",
    ),
    (lambda k, both, N: exact(k, both, N, 128), "it stops with TypeError"),
    (lambda k, both, N, D: 1 / 0, "it stops with ZeroDivisionError"),
    (lambda *given: None, "it returns nothing yet"),
    (np.arange(32), "a function is asked for"),
]

RIGHT = {
    "turn-a-pair": TURN_RIGHT,
    "score-of-a-pair": SCORE_RIGHT,
    "base-for-longer-texts": BASE_RIGHT,
    "reading-of-a-point": POINT_RIGHT,
    "rows-for-other-code": ROWS_RIGHT,
    "turned-too-early": EARLY_RIGHT,
    "far-key-wins": FAR_RIGHT,
    "slope-of-each-head": SLOPES_RIGHT,
    "turn-neighbours": NEIGHBOURS_RIGHT,
    "how-loud": LOUD_RIGHT,
    "slower-ladder": LADDER_RIGHT,
    "buckets-without-rounding": BUCKET_RIGHT,
}

WRONG = {
    "turn-a-pair": TURN_WRONG,
    "score-of-a-pair": SCORE_WRONG,
    "base-for-longer-texts": BASE_WRONG,
    "reading-of-a-point": POINT_WRONG,
    "rows-for-other-code": ROWS_WRONG,
    "turned-too-early": EARLY_WRONG,
    "far-key-wins": FAR_WRONG,
    "slope-of-each-head": SLOPES_WRONG,
    "turn-neighbours": NEIGHBOURS_WRONG,
    "how-loud": LOUD_WRONG,
    "slower-ladder": LADDER_WRONG,
    "buckets-without-rounding": BUCKET_WRONG,
}
