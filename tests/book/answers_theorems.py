"""Answers to the exercises of the part on theorems: right ones in unusual forms, wrong ones in plausible forms."""

# Answers copy what people write: lambdas, short names, wide lines.
# ruff: noqa: E731, N803

import cmath
import itertools
import math
import statistics
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import partial, reduce

import numpy as np
import sympy as sp
from answers import Of

import posenc

# 1. Which way does it turn?


def slope_of(given):
    return float(given.base) ** (-2 * given.pair / given.dim)


def turned(given):
    """The offset by search, without an arc tangent."""
    w = slope_of(given)
    near = sorted(range(-math.ceil(math.pi / w), math.ceil(math.pi / w) + 1), key=abs)
    block = np.array(given.block)
    return min(near, key=lambda k: np.hypot(np.cos(k * w) - block[0, 0], np.sin(k * w) - block[0, 1]).round(2))


def angle_of(given):
    return math.atan2(given.block[0][1], given.block[0][0])


def offset_of(given):
    return round(angle_of(given) / slope_of(given))


TURN_RIGHT = [
    Of(turned),
    Of(offset_of),
    Of(lambda given: float(offset_of(given))),
    Of(lambda given: np.round(np.angle(given.block[0][0] + 1j * given.block[0][1]) / slope_of(given))),
    Of(lambda given: np.float32(offset_of(given))),
    Of(lambda given: np.array(offset_of(given))),
    Of(lambda given: sp.Integer(offset_of(given))),
    Of(lambda given: Fraction(offset_of(given))),
    Of(lambda given: Decimal(offset_of(given))),
    Of(lambda given: -round(cmath.phase(complex(given.block[1][1], given.block[1][0])) / slope_of(given))),
    Of(lambda given: round(math.copysign(math.acos(given.block[0][0]), given.block[0][1]) / slope_of(given))),
]

TURN_WRONG = [
    (Of(lambda given: -offset_of(given)), "made for (cosine, sine)"),
    (Of(lambda given: round(math.degrees(angle_of(given)))), "an angle in degrees"),
    (Of(lambda given: round(angle_of(given) * given.base ** (2 * (given.pair + 1) / given.dim))), "the next pair"),
    (Of(lambda given: round(angle_of(given) * given.base ** (2 * (given.pair - 1) / given.dim))), "the pair before"),
    (Of(lambda given: round(angle_of(given) * given.base ** (given.pair / given.dim))), "exponent i/d"),
    (
        Of(lambda given: round((angle_of(given) - math.copysign(2 * math.pi, angle_of(given))) / slope_of(given))),
        "the long way round",
    ),
    (Of(lambda given: offset_of(given) + 0.04), "a whole number is asked for"),
    (Of(lambda given: offset_of(given) - 0.04), "a whole number is asked for"),
    (Of(angle_of), "a whole number is asked for"),
    (Of(lambda given: offset_of(given) + 1), ""),
    (Of(lambda given: str(offset_of(given))), "a number is asked for"),
    (Of(lambda given: [offset_of(given)]), "a number is asked for"),
    (Of(lambda given: lambda: offset_of(given)), "a number is asked for"),
    (float("nan"), "a finite one"),
    (None, "there is no answer here yet"),
]


# 2. Likeness without rows.


def by_hand(offset, dim):
    row = lambda p: [wave(p * 10000.0 ** (-2 * i / dim)) for i in range(dim // 2) for wave in (math.sin, math.cos)]
    return math.fsum(a * b for a, b in zip(row(7.5), row(7.5 + offset), strict=True))


def ladder_walk(offset, dim):
    total, w = 0.0, 1.0
    for _ in range(0, dim, 2):
        total += math.cos(offset * w)
        w /= 10000 ** (2 / dim)
    return total


class Likeness:
    def __call__(self, k, d, base=1e4):
        return sum(cmath.exp(1j * k / base ** (2 * i / d)).real for i in range(d // 2))


def with_alias(offset, dim):
    from posenc import similarity as alike

    return alike(offset, dim)


def float32_angles(offset, dim):
    return np.cos(np.float32(offset) * posenc.frequencies(dim).astype(np.float32)).sum()


def by_symbolic_hands(offset, dim):
    from posenc.symbolic import hand

    return float(sum(hand(0, w).dot(hand(offset, w)) for w in posenc.frequencies(dim).tolist()))


def by_symbolic_rotation(offset, dim):
    from posenc.symbolic import rotation

    return float(sum(rotation(offset * w)[0, 0] for w in posenc.frequencies(dim).tolist()))


LIKENESS_RIGHT = [
    by_hand,
    ladder_walk,
    Likeness(),
    lambda offset, dim: np.exp(1j * offset * posenc.frequencies(dim)).real.sum(),
    lambda offset, dim: np.exp(1j * offset * posenc.frequencies(dim)).sum().real,
    lambda offset, dim: np.cos(offset * np.exp(-np.log(10000.0) * 2 * np.arange(dim // 2) / dim)).sum(),
    lambda offset, dim: np.einsum("i->", np.cos(np.multiply.outer(offset, posenc.frequencies(dim)))),
    lambda offset, dim: dim / 2 - 2 * (np.sin(offset * posenc.frequencies(dim) / 2) ** 2).sum(),
    lambda offset, dim: np.cos(offset * np.cumprod(np.r_[1, np.full(dim // 2 - 1, 10000 ** (-2 / dim))])).sum(),
    lambda offset, dim: np.cos(2 * np.pi * offset / posenc.wavelengths(dim)).sum(),
    lambda offset, dim: sp.Float(float(np.cos(offset * posenc.frequencies(dim)).sum())),
    lambda offset, dim: np.vectorize(math.cos)(offset * posenc.frequencies(dim)).sum(),
    partial(lambda base, offset, dim: np.cos(offset * base ** (-np.arange(0, dim, 2) / dim)).sum(), 10000.0),
]

LIKENESS_WRONG = [
    (lambda offset, dim: abs(by_hand(offset, dim)), "lost its sign"),
    (lambda offset, dim: posenc.similarity(offset, dim), "yours to write"),
    (with_alias, "yours to write"),
    (lambda offset, dim: posenc.sinusoidal(0, dim) @ posenc.sinusoidal(offset, dim), "yours to write"),
    (lambda offset, dim: posenc.shift_matrix(offset, dim).trace() / 2, "yours to write"),
    (by_symbolic_hands, "yours to write"),
    (by_symbolic_rotation, "yours to write"),
    (lambda offset, dim: np.cos(offset * 1e4 ** (-np.arange(0, dim, 2) / max(dim - 2, 1))).sum(), "is expected"),
    (lambda offset, dim: abs(np.exp(1j * offset * posenc.frequencies(dim)).sum()), "is expected"),
    (lambda offset, dim: np.cos(offset * posenc.frequencies(dim)).sum().round(3), "is expected"),
    (lambda offset, dim: np.cos(offset * posenc.frequencies(dim)).mean(), "the mean over the pairs"),
    (lambda offset, dim: np.sin(offset * posenc.frequencies(dim)).sum(), "these are sines"),
    (lambda offset, dim: dim * np.cos(offset * posenc.frequencies(dim)).mean(), "counts a pair twice"),
    (lambda offset, dim: np.sqrt(abs(dim - 2 * by_hand(offset, dim))), "the distance of the rows"),
    (lambda offset, dim: by_hand(int(offset), dim), "is expected"),
    (lambda offset, dim: by_hand(max(offset, 0), dim), "is expected"),
    (lambda offset, dim: by_hand(min(offset, 5000), dim), "is expected"),
    (lambda offset, dim: by_hand(offset, min(dim, 128)), "is expected"),
    (lambda offset, dim: np.cos(np.radians(offset * posenc.frequencies(dim))).sum(), "is expected"),
    (float32_angles, "float32"),
    (lambda offset, dim: np.cos(offset * np.exp(-np.arange(0, dim, 2) * 9.21034 / dim)).sum(), "a rounded constant"),
    (lambda offset, dim: np.cos(offset * posenc.frequencies(dim)), "a single number is asked for"),
    (lambda offset, dim: f"{by_hand(offset, dim)}", "no array of numbers"),
    (lambda offset: 1.0, "it stops with TypeError"),
    (0.584, "a function is asked for"),
]


# 3. When the table begins anew.


def period(given):
    return 2 * math.pi * given.base ** ((given.dim - 2) / given.dim)


def period_by_fractions(given):
    """With whole ratios, as the theorem has it."""
    ratio = round(given.base ** (2 / given.dim))
    return 2 * np.pi * math.lcm(*(ratio**i for i in range(given.dim // 2)))


ANEW_RIGHT = [
    Of(period),
    Of(period_by_fractions),
    Of(lambda given: posenc.wavelengths(given.dim, base=given.base)[-1]),
    Of(lambda given: posenc.wavelengths(given.dim, base=given.base).max()),
    Of(lambda given: round(period(given), 2)),
    Of(lambda given: period(given) + 0.0049),
    Of(lambda given: 2 * sp.pi * sp.Integer(given.base) ** sp.Rational(given.dim - 2, given.dim)),
    Of(lambda given: Decimal(f"{period(given):.2f}")),
    Of(lambda given: Fraction(period(given)).limit_denominator(1000)),
    Of(lambda given: np.array(period(given))),
    Of(lambda given: 2 * np.pi / posenc.frequencies(given.dim, base=given.base).min()),
]

ANEW_WRONG = [
    (Of(lambda given: period(given) + 0.04), "is not right"),
    (Of(lambda given: period(given) - 0.04), "is not right"),
    (Of(lambda given: round(period(given))), "is not right"),
    (Of(lambda given: 2 * math.pi * given.base), "not for the first time"),
    (2 * np.pi, "the fastest pair is back"),
    (2 * sp.pi, "the fastest pair is back"),
    (Of(lambda given: given.base ** (1 - 2 / given.dim)), "no pi in this number"),
    (Of(lambda given: 2 * given.base ** (1 - 2 / given.dim)), "but no pi"),
    (Of(lambda given: posenc.wavelengths(given.dim, base=given.base)[-2]), "all pairs are back but the slowest"),
    (Of(lambda given: posenc.wavelengths(given.dim, base=given.base).sum()), "the wavelengths are added"),
    (Of(lambda given: 2 * period(given)), "is not right"),
    (Of(lambda given: 2 * math.pi * given.base ** ((given.dim - 1) / given.dim)), "is not right"),
    (Of(lambda given: math.ceil(period(given))), "is not right"),
    (Of(lambda given: f"{period(given)}"), "a number is asked for"),
    (Of(lambda given: (period(given),)), "a number is asked for"),
    (float("inf"), "a finite one"),
    (sp.Symbol("T"), "a number is asked for"),
    (..., "there is no answer here yet"),
]


# 4. Who needs a slope?

SLOPE_RIGHT = [
    "DEGH",
    "hged",
    "D, E, G, H",
    "D;E;G;H",
    " D E G H ",
    "DEGHD",
    ["D", "E", "G", "H"],
    ("d", "e", "g", "h"),
    {"H", "G", "E", "D"},
    frozenset("DEGH"),
    np.array(list("DEGH")),
    ["DE", "GH"],
    sp.symbols("D E G H"),
]

SLOPE_WRONG = [
    ("ABCDEFGH", "not all"),
    ("DGH", "goes through a position"),
    (["D", "G", "H"], "goes through a position"),
    ("DE", "without being computed by a network"),
    ("CDEGH", "an entry of a table depends on itself"),
    ("DEFGH", "only the size"),
    ("A, B, C", "none of them moves a position"),
    ("DEG", "is not right"),
    ("DEH", "is not right"),
    ("D", "is not right"),
    ("ABCF", "is not right"),
    ("", "is not right"),
    ("DEGI", "letters from A to H are asked for"),
    ("none", "letters from A to H are asked for"),
    (4, "letters from A to H are asked for"),
    ([4, 5, 7, 8], "letters from A to H are asked for"),
    (b"DEGH", "letters from A to H are asked for"),
    ({"D": True, "E": True, "G": True, "H": True}, "letters from A to H are asked for"),
    (None, "there is no answer here yet"),
]


# 5. Move every position.


def turn(angle):
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def block_diagonal(blocks):
    dim = 2 * len(blocks)
    matrix = np.zeros((dim, dim))
    for i, block in enumerate(blocks):
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = block
    return matrix


def moved(offset, dim, *, w=None, block=turn):
    return block_diagonal([block(offset * v) for v in (posenc.frequencies(dim) if w is None else w)])


def by_kronecker(offset, dim):
    pairs = np.eye(dim // 2)
    return sum(np.kron(np.diag(one), turn(offset * w)) for one, w in zip(pairs, posenc.frequencies(dim), strict=True))


def by_reordering(offset, dim):
    """All sines first, then P W P transposed."""
    sine, cosine = (np.diag(wave(offset * posenc.frequencies(dim))) for wave in (np.sin, np.cos))
    P = np.eye(dim)[:, np.argsort(np.r_[0:dim:2, 1:dim:2])].T
    return P @ np.block([[cosine, sine], [-sine, cosine]]) @ P.T


def by_exponential(offset, dim):
    """exp(kG) from the eigenvalues of the generator."""
    rates, vectors = np.linalg.eig(posenc.shift_generator(dim))
    return (vectors * np.exp(offset * rates) @ np.linalg.inv(vectors)).real


def by_hands(offset, dim):
    """From what rows 0 and a quarter turn are moved to, pair by pair."""
    matrix = np.zeros((dim, dim))
    i = np.arange(0, dim, 2)
    hand = np.exp(1j * offset * 10000.0 ** (-i / dim))
    matrix[i, i], matrix[i + 1, i + 1], matrix[i, i + 1], matrix[i + 1, i] = hand.real, hand.real, hand.imag, -hand.imag
    return matrix


def by_four_diagonals(offset, dim):
    cosines = np.cos(offset * np.repeat(posenc.frequencies(dim), 2))
    sines = np.zeros(dim - 1)
    sines[::2] = np.sin(offset * posenc.frequencies(dim))
    return np.diag(cosines) + np.diag(sines, 1) - np.diag(sines, -1)


class Mover:
    def __init__(self, base):
        self.base = base

    def __call__(self, offset, dim):
        return moved(offset, dim, w=self.base ** (-np.arange(0, dim, 2) / dim)).tolist()


def by_regression(offset, dim):
    return posenc.fit_shift(posenc.sinusoidal(np.arange(3 * dim), dim), int(offset))[0]


def out_of_symbols(offset, dim):
    from posenc import shift_matrix

    return shift_matrix(offset, dim=dim)


def by_least_squares(offset, dim):
    """The slow pairs hardly move on these rows, and so nearly depend on each other."""
    places = np.arange(2 * dim)
    rows, moved_on = posenc.sinusoidal(places, dim), posenc.sinusoidal(places + offset, dim)
    return np.linalg.lstsq(rows, moved_on, rcond=None)[0].T


MOVE_RIGHT = [
    moved,
    by_kronecker,
    by_reordering,
    by_exponential,
    by_hands,
    by_four_diagonals,
    Mover(10000.0),
    partial(moved, w=None),
    lambda offset, dim: moved(-offset, dim).T,
    lambda offset, dim: np.linalg.inv(moved(-offset, dim)),
    lambda offset, dim: moved(offset / 2, dim) @ moved(offset / 2, dim),
    lambda offset, dim: np.asmatrix(moved(offset, dim)),
    lambda offset, dim: moved(offset, dim).astype(np.float32),
    lambda offset, dim, base=10000.0: moved(offset, dim, w=np.exp(-np.log(base) * np.arange(0, dim, 2) / dim)),
    lambda offset, dim: [[sp.Float(float(x)) for x in row] for row in moved(offset, dim)] if dim < 10 else moved(offset, dim),
]  # fmt: skip

MOVE_WRONG = [
    (lambda offset, dim: posenc.shift_matrix(offset, dim), "yours to write"),
    (out_of_symbols, "yours to write"),
    (by_regression, "yours to write"),
    (lambda offset, dim: moved(-offset, dim), "moves rows back"),
    (lambda offset, dim: moved(offset, dim).T, "moves rows back"),
    (lambda offset, dim: moved(offset, dim, block=lambda a: abs(np.cos(a)) * np.eye(2)), "is expected"),
    (lambda offset, dim: moved(offset, dim, block=lambda a: turn(a) * [[1, 1], [-1, 1]]), "symmetric"),
    (lambda offset, dim: moved(int(offset), dim), "is expected"),
    (lambda offset, dim: moved(abs(offset), dim), "is expected"),
    (lambda offset, dim: moved(offset, dim, w=np.ones(dim // 2)), "all pairs turn by the same angle"),
    (lambda offset, dim: moved(offset, dim, w=10000.0 ** (-np.arange(dim // 2) / dim)), "the base 100"),
    (lambda offset, dim: moved(offset, dim, w=np.exp(-np.arange(0, dim, 2) * 9.21034 / dim)), "a rounded constant"),
    (lambda offset, dim: moved(np.float32(offset), dim, w=posenc.frequencies(dim).astype("f4")), "float32"),
    (lambda offset, dim: moved(np.radians(offset), dim), "is expected"),
    (lambda offset, dim: moved(offset, dim, block=lambda a: np.cos(a) * np.eye(2)), "the cosines alone"),
    (lambda offset, dim: moved(offset, 4), "the shape of the result"),
    (lambda offset, dim: np.eye(dim), "is expected"),
    (lambda offset, dim: moved(offset % 1000, dim) if offset > 1000 else moved(offset, dim), "is expected"),
    (lambda offset, dim: moved(offset, dim).round(4), "is expected"),
    (lambda offset, dim: np.eye(dim) + offset * posenc.shift_generator(dim), "is expected"),
    (by_least_squares, "is expected"),
    (lambda offset, dim: moved(offset, dim).ravel(), "the shape of the result"),
    (lambda offset, dim: moved(offset, dim) + 0j, "complex numbers"),
    (lambda offset, dim: moved(offset, dim)[None], "the shape of the result"),
    (moved(2, 4), "a function is asked for"),
]


# 6. The velocity of a row.


def velocity(dim, w=None, block=((0, 1), (-1, 0))):
    return block_diagonal([np.multiply(block, v) for v in (posenc.frequencies(dim) if w is None else w)])


def velocity_by_loops(dim):
    matrix = [[0.0] * dim for _ in range(dim)]
    for j in range(dim):
        w = 10000 ** -((j - j % 2) / dim)
        matrix[j][j ^ 1] = -w if j % 2 else w
    return matrix


def velocity_by_symbols(dim):
    """Differentiates a row with SymPy and reads the matrix off."""
    p, w, sine, cosine = sp.symbols("p w sine cosine")
    velocity = sp.Matrix([sp.sin(w * p), sp.cos(w * p)]).diff(p)
    block = velocity.subs({sp.sin(w * p): sine, sp.cos(w * p): cosine}).jacobian([sine, cosine])
    return block_diagonal([np.array(block.subs(w, float(v)), dtype=float) for v in posenc.frequencies(dim)])


def quotient(step):
    return lambda dim: (moved(step, dim) - np.eye(dim)) / step


VELOCITY_RIGHT = [
    velocity,
    velocity_by_loops,
    velocity_by_symbols,
    partial(velocity, w=None),
    lambda dim: np.kron(np.diag(posenc.frequencies(dim)), [[0, 1], [-1, 0]]),
    lambda dim: np.asmatrix(velocity(dim)),
    lambda dim: velocity(dim).astype(np.float32),
    lambda dim, base=10000.0: velocity(dim, w=np.exp(-np.log(base) * np.arange(0, dim, 2) / dim)),
    lambda dim: velocity(dim, w=2 * np.pi / posenc.wavelengths(dim)),
    lambda dim: -velocity(dim).T,
    lambda dim: np.einsum("ij,i->ij", np.kron(np.eye(dim // 2), [[0, 1], [-1, 0]]), np.repeat(posenc.frequencies(dim), 2)),
    lambda dim: velocity(dim, w=np.cumprod(np.r_[1, np.full(dim // 2 - 1, 1e4 ** (-2 / dim))])),
    lambda dim: sp.Matrix(velocity(dim)) if dim < 10 else velocity(dim),
    lambda dim: (moved(1e-5, dim) - moved(-1e-5, dim)) / 2e-5,
]  # fmt: skip

VELOCITY_WRONG = [
    (lambda dim: posenc.shift_generator(dim), "yours to write"),
    (lambda dim: (posenc.shift_matrix(1e-6, dim) - np.eye(dim)) / 1e-6, "yours to write"),
    (lambda dim: (posenc.shift_matrix(1e-10, dim) - np.eye(dim)) / 1e-10, "yours to write"),
    (quotient(1e-6), "not yet a derivative"),
    (quotient(2e-6), "not yet a derivative"),
    (quotient(1e-7), "not yet a derivative"),
    (quotient(1), "one whole step"),
    (lambda dim: velocity(dim).T, "moves backwards"),
    (lambda dim: velocity(dim, block=((0, -1), (1, 0))), "moves backwards"),
    (lambda dim: abs(velocity(dim)), "a minus is missing"),
    (lambda dim: velocity(dim, w=np.ones(dim // 2)), "a slow pair moves slowly"),
    (lambda dim: velocity(dim, w=np.exp(-np.arange(0, dim, 2) * 9.21034 / dim)), "a rounded constant"),
    (lambda dim: velocity(dim, w=10000.0 ** (-np.arange(dim // 2) / dim)), "is expected"),
    (lambda dim: np.where(abs(velocity(dim)) < 1e-3, 0, velocity(dim)), "is expected"),
    (lambda dim: velocity(dim).round(4), "is expected"),
    (lambda dim: np.diag(np.repeat(posenc.frequencies(dim), 2)), "is expected"),
    (lambda dim: velocity(min(dim, 64)), "the shape of the result"),
    (lambda dim: velocity(dim) @ posenc.sinusoidal(0, dim), "the shape of the result"),
    (lambda dim: lambda p: velocity(dim) @ posenc.sinusoidal(p, dim), "no array of numbers"),
    (velocity(4), "a function is asked for"),
]


# 7. Farther, but more alike.

OFFSETS_RIGHT = [
    (96, 320),
    (97, 377),
    [97, 435],
    (308, 981),
    np.array([307, 995]),
    np.array([307.0, 995.0]),
    (96.0, 326.0),
    (sp.Integer(97), sp.Integer(327)),
    sp.Tuple(97, 370),
    (Fraction(97), Decimal(376)),
    range(96, 321, 224),
    (np.int32(97), np.float32(427)),
    np.array([[96], [377]]).ravel().tolist(),
]

OFFSETS_WRONG = [
    ((11, 12), "a ripple between neighbours"),
    ((96, 287), "the farther row is not more similar here"),
    ((320, 96), "so it has to be the smaller"),
    ((10, 30), "the farther row is not more similar here"),
    ((0, 3), "nothing is more alike than a row and itself"),
    ((-97, 320), "between 1 and 1000"),
    ((97, 10_000), "between 1 and 1000"),
    ((96.5, 320), "whole numbers"),
    ((96, 320, 326), "got 3 of them"),
    ([(96, 320)], "two offsets are asked for"),
    ([(96, 320), (97, 377)], "got [(96, 320), (97, 377)]"),
    (np.array([[96, 320]]), "320]]"),
    (("96", "320"), "got ('96', '320')"),
    ((46, 101), "only 2.20 times as far"),
    ((333, 893), "only 2.68 times as far"),
    (96, "two offsets are asked for"),
    ({96, 320}, "two offsets are asked for"),
    ({96: 320}, "two offsets are asked for"),
    ("96, 320", "two offsets are asked for"),
    ((96, float("nan")), "got (96, nan)"),
    ((320, 2000), "have to lie between 1 and 1000"),
    ((True, 320), "got (True, 320)"),
    (itertools.count(96), "got 21 of them"),
    ((96 + 0j, 320), "two offsets are asked for"),
    (lambda: (96, 320), "two offsets are asked for"),
    (None, "there is no answer here yet"),
]


# 8. No room for right angles.

n, d = sp.symbols("n d", positive=True)
N, D = sp.symbols("n d", integer=True)
x, y = sp.symbols("n d")
least = (n - d) / (d * (n - 1))

CROWD_RIGHT = [
    least,
    (N - D) / (D * (N - 1)),
    (x / y - 1) / (x - 1),
    (1 / y - 1 / x) / (1 - 1 / x),
    1 / y - (1 - 1 / y) / (x - 1),
    (x**2 / y - x) / (x * (x - 1)),
    sp.expand(least),
    sp.apart(least, n),
    sp.together(n / (d * (n - 1)) - 1 / (n - 1)),
    "(n - d)/(d*(n - 1))",
    sp.exp(sp.log(n - d) - sp.log(d) - sp.log(n - 1)),
    sp.Max(0, least),
    sp.Piecewise((least, n > d), (0, True)),
    sp.Sum(1, (sp.Symbol("m"), 1, N - D)).doit() / (D * (N - 1)),
    sp.binomial(N - D, 1) / (2 * D) * (N / sp.binomial(N, 2)),
    sp.Abs(N - D) / (D * (N - 1)),
    (sp.sqrt((n - d) ** 2) / d) * (n - 1) ** -1,
]

CROWD_WRONG = [
    (1 / d, "each row beside itself included"),
    ((n - d) / (d * n), "still counted when it is divided"),
    ((n**2 / d - 1) / (n * (n - 1)), "one pair is taken out"),
    (sp.sqrt(least), "the mean of the squares is asked for"),
    (1 / n, "if the n rows were orthogonal"),
    (0, "all rows may be orthogonal"),
    (2 * least, "in both orders"),
    ((n - d) / (2 * d * (n - 1)), "compare the two at these numbers"),
    ((n / d - 1) / n, "still counted when it is divided"),
    ("least", "does not belong to this exercise"),
    ((n - d) / (n * (d - 1)), "compare the two at these numbers"),
    ((d - n) / (d * (n - 1)), "compare the two at these numbers"),
    ((n - d) / (d * (n + 1)), "compare the two at these numbers"),
    (d / n, "compare the two at these numbers"),
    (sp.Rational(1, 4), "compare the two at these numbers"),
    (sp.Symbol("r") / n, "does not belong to this exercise"),
    (lambda n, d: (n - d) / (d * (n - 1)), "not a function"),
    (sp.Lambda((n, d), least), ""),
    (sp.Matrix([least]), "an expression is asked for"),
    (sp.Eq(sp.Symbol("m"), least), "an expression is asked for"),
    ("(n - d)/(d*(n - 1)", "an expression is asked for"),
    (None, "there is no expression here yet"),
]


# 9. A sine and its past.

a = sp.Symbol("a", real=True)
plain = sp.Symbol("a")
one_step = sp.Matrix([[2 * sp.cos(a), -1], [1, 0]])
two_steps = one_step**2

PAST_RIGHT = [
    two_steps,
    sp.MatPow(one_step, 2),
    sp.MatMul(one_step, one_step),
    sp.ImmutableMatrix(two_steps),
    two_steps.applyfunc(sp.expand),
    two_steps.applyfunc(lambda entry: entry.rewrite(sp.exp)),
    two_steps.tolist(),
    tuple(map(tuple, two_steps.tolist())),
    np.array(two_steps.tolist()),
    np.array(two_steps.tolist(), dtype=object).reshape(2, 2),
    sp.Matrix([[1 + 2 * sp.cos(2 * plain), -2 * sp.cos(plain)], [2 * sp.cos(plain), -1]]),
    sp.Matrix([[sp.sin(3 * plain), -sp.sin(2 * plain)], [sp.sin(2 * plain), -sp.sin(plain)]]) / sp.sin(plain),
    sp.Matrix([[3 - 4 * sp.sin(a) ** 2, -2 * sp.cos(a)], [2 * sp.cos(a), -1]]),
    "Matrix([[4*cos(a)**2 - 1, -2*cos(a)], [2*cos(a), -1]])",
    sp.Matrix([[2 * sp.cos(a), -1], [1, 0]]).inv() ** -2,
]

PAST_WRONG = [
    (one_step, "moves both values on by a"),
    (sp.Matrix([[sp.cos(2 * a), sp.sin(2 * a)], [-sp.sin(2 * a), sp.cos(2 * a)]]), "an earlier sine, and no cosine"),
    (2 * one_step, "doubles a map"),
    (one_step.applyfunc(lambda entry: entry**2), "squares entry by entry"),
    (two_steps.inv(), "moves back"),
    (two_steps.T, "rows and columns are swapped"),
    (sp.Matrix([two_steps[1, :], two_steps[0, :]]), "the two lines are swapped"),
    (-sp.eye(2), "compare the two at these numbers"),
    (two_steps.subs(a, -2 * a), "compare the two at these numbers"),
    (sp.Matrix([[4 * sp.cos(a) ** 2 - 1, -2 * sp.sqrt(1 - sp.sin(a) ** 2)], [2 * sp.cos(a), -1]]), "compare the two"),
    (two_steps.subs(a, 0.5), "compare the two at these numbers"),
    (one_step**3, "compare the two at these numbers"),
    (one_step * one_step.T, "compare the two at these numbers"),
    (sp.Matrix([[2 * sp.cos(2 * a), -1], [1, 0]]), "compare the two at these numbers"),
    (sp.flatten(two_steps), "a matrix of shape (2, 2) is asked for"),
    (sp.cos(a), "a matrix of shape (2, 2) is asked for"),
    (two_steps.det(), "a matrix of shape (2, 2) is asked for"),
    (two_steps.row_join(sp.zeros(2, 1)), "a matrix of shape (2, 2) is asked for"),
    (two_steps * sp.Symbol("t"), "'t' does not belong"),
    (lambda a: two_steps, "not a function"),
    ("M", "is asked for"),
    ({1: 2}, "is asked for"),
    (..., "there is no expression here yet"),
]


# 10. Blind to the place.


def spread_by_loops(scores, low=math.inf, high=-math.inf):
    n = len(scores)
    smallest, largest = [low] * (2 * n), [high] * (2 * n)
    for p in range(n):
        for q in range(n):
            smallest[q - p] = min(smallest[q - p], scores[p, q])
            largest[q - p] = max(largest[q - p], scores[p, q])
    return max(high - low for low, high in zip(smallest, largest, strict=True) if math.isfinite(high - low))


def spread_by_dictionary(scores):
    found = defaultdict(list)
    for (p, q), score in np.ndenumerate(scores):
        found[q - p].append(float(score))
    return max(max(group) - min(group) for group in found.values())


def spread_by_masks(scores):
    places = np.arange(len(scores))
    offsets = places - places[:, None]
    return max(np.ptp(scores[offsets == k]) for k in np.unique(offsets))


def spread_by_padding(scores):
    """Shears the square, so that diagonals become columns."""
    n = len(scores)
    sheared = np.full((n, 2 * n), np.nan)
    sheared[:, :n] = scores[:, ::-1]
    sheared = sheared.ravel()[: n * (2 * n - 1)].reshape(n, 2 * n - 1)
    return np.nanmax(np.nanmax(sheared, axis=0) - np.nanmin(sheared, axis=0))


def spread_by_pairs(scores):
    every = [scores.diagonal(k) for k in range(1 - len(scores), len(scores))]
    return max(abs(one - other) for diagonal in every for one in diagonal for other in diagonal)


class Spread:
    def __call__(self, scores):
        return np.float32(spread_by_masks(scores))


BLIND_RIGHT = [
    spread_by_loops,
    spread_by_dictionary,
    spread_by_masks,
    spread_by_padding,
    spread_by_pairs,
    Spread(),
    lambda scores: sp.Float(float(spread_by_masks(scores))),
    lambda scores: np.array(spread_by_masks(scores)),
    lambda scores, axis=None: spread_by_masks(scores.T),
    lambda scores: spread_by_masks(-scores[::-1, ::-1]),
    lambda scores: max(np.ptp(np.diag(scores, k)) for k in range(-len(scores) + 1, len(scores))),
    lambda scores: Fraction(spread_by_dictionary(scores)),
    lambda scores: float(spread_by_masks(scores)),
]

BLIND_WRONG = [
    (lambda scores: spread_by_loops(scores, high=0), "is expected"),
    (lambda scores: spread_by_loops(scores, low=0), "is expected"),
    (lambda scores: spread_by_loops(scores, low=0, high=0), "this starts at 0"),
    (lambda scores: max(np.ptp(np.diagonal(scores, k)) for k in range(len(scores))), "only half of the offsets"),
    (lambda scores: np.ptp(np.diagonal(scores)), "only the main diagonal"),
    (lambda scores: scores.max() - scores.min(), "the spread of all scores"),
    (lambda scores: spread_by_masks(scores[::-1]), "the other way"),
    (lambda scores: np.mean([np.ptp(scores.diagonal(k)) for k in range(1 - len(scores), len(scores))]), "the mean over"),
    (lambda scores: max([0, *abs(scores[1:, 1:] - scores[:-1, :-1]).ravel()]), "small steps may add up"),
    (lambda scores: abs(scores - scores.T).max(), "is expected"),
    (lambda scores: max(np.ptp(d) for k in range(-10, 11) if (d := scores.diagonal(k)).size), "is expected"),
    (lambda scores: int(spread_by_masks(scores)), "is expected"),
    (lambda scores: max(d[-1] - d[0] for k in range(1 - len(scores), len(scores)) if (d := scores.diagonal(k)).size), "is expected"),
    (lambda scores: max(np.std(scores.diagonal(k)) for k in range(1 - len(scores), len(scores))), "is expected"),
    (lambda scores: max(statistics.pvariance(scores.diagonal(k).tolist()) for k in range(len(scores))), "is expected"),
    (lambda scores: max(np.ptp(scores.diagonal(k)) for k in range(2 - len(scores), len(scores) - 1)), "it stops with ValueError"),
    (lambda scores: spread_by_masks(scores) > 1e-9, "is expected"),
    (lambda scores: 0.0, "is expected"),
    (lambda scores: [np.ptp(scores.diagonal(k)) for k in range(len(scores))], "a single number is asked for"),
    (lambda scores: spread_by_masks(abs(scores)), "is expected"),
    (lambda scores: scores.sort() or 0.0, "it changes the array"),
    (3, "a function is asked for"),
]  # fmt: skip


# 11. Orthogonal, but colliding.

once_in_18 = 2 * np.pi / 18

FREQS_RIGHT = [
    [3 * once_in_18, 6 * once_in_18],
    (6 * once_in_18, 3 * once_in_18),
    np.array([2, 4]) * once_in_18,
    np.array([2, 4, 6, 8]) * once_in_18,
    [-3 * once_in_18, 6 * once_in_18],
    [3 * once_in_18 + 2 * np.pi, 6 * once_in_18],
    [sp.pi / 3, 2 * sp.pi / 3],
    [Fraction(3 * once_in_18), Fraction(6 * once_in_18)],
    [Decimal(4 * once_in_18), Decimal(2 * once_in_18)],
    [4 * once_in_18, 8 * once_in_18],
    {"a": 3 * once_in_18, "b": 6 * once_in_18}.values(),
    sp.Tuple(sp.pi * 2 / 9, sp.pi * 4 / 9),
    [turns * once_in_18 for turns in (3, 6)],
    [2 * np.pi * Fraction(12, 18), 2 * np.pi * Fraction(3, 18)],
    [200 * np.pi + 3 * once_in_18, 6 * once_in_18],
    sp.Matrix([3 * once_in_18, 6 * once_in_18]),
    [20 * once_in_18, 4 * once_in_18],
]

FREQS_WRONG = [
    ([once_in_18, 2 * once_in_18], "when are all clocks back"),
    ([2 * once_in_18, 3 * once_in_18], "when are all clocks back"),
    ([once_in_18] * 3, "two columns are parallel"),
    ([3 * once_in_18, 15 * once_in_18], "two columns are parallel"),
    ([1.0, 0.1, 0.01], "which frequencies make whole turns"),
    (posenc.frequencies(8), "which frequencies make whole turns"),
    ([np.pi, 6 * once_in_18], "it is no column"),
    ([0.0, 6 * once_in_18], "it is no column"),
    ([6 * once_in_18], "two to eight frequencies are asked for, got 1"),
    ([], "two to eight frequencies are asked for, got 0"),
    ([60, 120], "two columns are not orthogonal"),
    (np.float32([3 * once_in_18, 6 * once_in_18]), "two columns are not orthogonal"),
    ([3.0001 * once_in_18, 6 * once_in_18], "two columns are not orthogonal"),
    ([5 * once_in_18, 10 * once_in_18], "when are all clocks back"),
    ([3 * once_in_18, 21 * once_in_18], "two columns are parallel"),
    (np.arange(1, 10) * once_in_18, "two to eight frequencies"),
    (np.round([3 * once_in_18, 6 * once_in_18], 4), "two columns are not orthogonal"),
    ([3, 6], "two columns are not orthogonal"),
    ([1e-8, 6 * once_in_18], "it is no column"),
    ("3, 6", "a list of frequencies is asked for"),
    (6 * once_in_18, "a list of frequencies is asked for"),
    ([[3 * once_in_18, 6 * once_in_18]], "a list of frequencies is asked for"),
    ([3 * once_in_18, None], "a list of frequencies is asked for"),
    ([3 * once_in_18, float("inf")], "inf]"),
    ({3 * once_in_18, 6 * once_in_18}, "a list of frequencies is asked for"),
    (..., "there is no answer here yet"),
]


# 12. A map and a constant.


def share(table, offset, solve=lambda X, Y: X @ np.linalg.lstsq(X, Y, rcond=None)[0], ones=1.0):
    here, there = table[:-offset], table[offset:]
    X = np.column_stack([here, ones * np.ones(len(here))])
    return np.linalg.norm(there - solve(X, there)) / np.linalg.norm(there - there.mean(0))


def share_of_centred(table, offset):
    """Takes both means away instead of adding a column."""
    here, there = table[:-offset] - table[:-offset].mean(0), table[offset:] - table[offset:].mean(0)
    return np.linalg.norm(there - here @ np.linalg.lstsq(here, there, rcond=None)[0]) / np.linalg.norm(there)


def share_by_directions(table, offset):
    """Takes away, direction by direction, what the known columns span."""
    here, there = table[:-offset] - table[:-offset].mean(0), table[offset:] - table[offset:].mean(0)
    left, sizes, _ = np.linalg.svd(here, full_matrices=False)
    left = left[:, sizes > 1e-12 * max(sizes)]
    return np.linalg.norm(there - left @ (left.T @ there)) / np.linalg.norm(there)


def share_by_columns(table, offset):
    X = np.c_[np.ones(len(table) - offset), table[:-offset]]
    missed = [y - X @ np.linalg.lstsq(X, y, rcond=None)[0] for y in table[offset:].T]
    alone = [y - np.mean(y) for y in table[offset:].T]
    return math.sqrt(sum(m @ m for m in missed) / sum(b @ b for b in alone))


def share_by_fit_shift(table, offset):
    rows = np.column_stack([table, np.ones(len(table))])
    return share(table, offset, solve=lambda X, Y: X @ posenc.fit_shift(rows, offset)[0][:-1].T)


class Miss:
    def __call__(self, table, offset, rcond=None):
        return float(share(table, offset))


MISS_RIGHT = [
    share,
    share_of_centred,
    share_by_directions,
    share_by_columns,
    Miss(),
    partial(share, ones=2.0),
    partial(share, solve=lambda X, Y: X @ (np.linalg.pinv(X) @ Y)),
    lambda table, offset: share(np.asarray(table, dtype=np.float64), offset),
    lambda table, offset: sp.Float(float(share(table, offset))),
    lambda table, offset: np.array(share(table, offset)),
    lambda table, offset: share(table[:, ::-1], offset),
    lambda table, offset: share(7.0 + table, offset),
    lambda table, offset: np.float32(share(table, offset)),
    lambda table, offset: math.hypot(*np.ravel([share(table, offset)])),
]


def share_of_all(table, offset):
    there = table[offset:]
    return share(table, offset) * np.linalg.norm(there - there.mean(0)) / np.linalg.norm(there)


def share_of_way(table, offset):
    """As in the chapter: 1 is no better than to stay."""
    here, there = table[:-offset], table[offset:]
    return share(table, offset) * np.linalg.norm(there - there.mean(0)) / np.linalg.norm(there - here)


def share_of_one_mean(table, offset):
    there = table[offset:]
    return share(table, offset) * np.linalg.norm(there - there.mean(0)) / np.linalg.norm(there - there.mean())


def mean_of_columns(table, offset):
    return np.mean([share(table[:, [j]], offset) for j in range(table.shape[1])])


def by_residuals(table, offset):
    """What lstsq returns second is empty where columns depend on each other."""
    here, there = table[:-offset], table[offset:]
    squares = np.linalg.lstsq(np.column_stack([here, np.ones(len(here))]), there, rcond=None)[1]
    return np.sqrt(squares.sum()) / np.linalg.norm(there - there.mean(0))


MISS_WRONG = [
    (share_by_fit_shift, "yours to write"),
    (lambda table, offset: posenc.fit_shift(table, offset)[1], "yours to write"),
    (partial(share, solve=lambda X, Y: X @ (np.linalg.inv(X.T @ X) @ X.T @ Y)), ""),
    (partial(share, solve=lambda X, Y: X @ np.linalg.lstsq(X, Y, rcond=1e-4)[0]), "is expected"),
    (partial(share, solve=lambda X, Y: X @ np.linalg.lstsq(X, Y, rcond=1e-3)[0]), "is expected"),
    (partial(share, solve=lambda X, Y: X @ (np.linalg.inv(X.T @ X + 1e-3 * np.eye(X.shape[1])) @ X.T @ Y)), ""),
    (partial(share, ones=0.0), "the map has no constant"),
    (share_of_all, "a large mean then hides every miss"),
    (lambda table, offset: share(table, offset) ** 2, "the root is missing"),
    (lambda table, offset: share(table[::-1], offset), "the fit goes the wrong way"),
    (share_of_way, "by the way from row to row"),
    (share_of_one_mean, "one mean of all numbers"),
    (mean_of_columns, "is expected"),
    (by_residuals, "is expected"),
    (lambda table, offset: 1 - share(table, offset), "is expected"),
    (lambda table, offset: share(table, 1), "is expected"),
    (lambda table, offset: share(table[:, :1], offset), "is expected"),
    (lambda table, offset: share(table, offset) * (len(table) - offset) ** 0.5, "is expected"),
    (lambda table, offset: share(table - table.mean(0), offset, ones=0.0), "takes the mean of all rows away"),
    (lambda table, offset: 0.0, "is expected"),
    (lambda table, offset: table.__isub__(table.mean(0).astype(table.dtype)).sum() * 0.0, "it changes the array"),
    (lambda table, offset: (share(table, offset), None), "no array of numbers"),
    (lambda table: 0.112, "it stops with TypeError"),
    (0.112, "a function is asked for"),
]  # fmt: skip


# 13. What almost linear costs.


def fitted(table, once=1, constant=True):
    here, there = table[:-once], table[once:]
    known = np.column_stack([here, np.ones(len(here))]) if constant else here
    best = np.linalg.lstsq(known, there, rcond=None)[0]
    return (best[:-1].T, best[-1]) if constant else (best.T, 0.0)


def cost(table, steps, maps=None, noise=None):
    A, c = maps or fitted(table)
    end = table[:-steps].astype(float)
    for _ in range(steps):
        end = end @ A.T + c
    way = table[steps:] - table[:-steps]
    power = np.linalg.matrix_power(A, steps)
    drift = np.linalg.norm(table[steps:] - end) / np.linalg.norm(way)
    return drift, np.linalg.norm(power, 2) if noise is None else noise(A, power, steps)


def cost_in_one_matrix(table, steps):
    """The map as one matrix, with a one at the end of every row."""
    rows = np.column_stack([table, np.ones(len(table))])
    step = np.linalg.lstsq(rows[:-1], rows[1:], rcond=None)[0]
    power = np.linalg.matrix_power(step, steps)
    end = (rows[:-steps] @ power)[:, :-1]
    drift = np.sqrt(((table[steps:] - end) ** 2).sum() / ((table[steps:] - table[:-steps]) ** 2).sum())
    return [drift, np.linalg.svd(power[:-1, :-1], compute_uv=False)[0]]


def cost_by_fit_shift(table, steps):
    step = posenc.fit_shift(np.column_stack([table, np.ones(len(table))]), 1)[0]
    return np.array(cost(table, steps, maps=(step[:-1, :-1], step[:-1, -1])))


def cost_row_by_row(table, steps):
    A, c = fitted(table)
    missed = way = 0.0
    for p in range(len(table) - steps):
        x = np.array(table[p], dtype=float)
        for _ in range(steps):
            x = A @ x + c
        missed += float(np.sum((x - table[p + steps]) ** 2))
        way += float(np.sum((table[p] - table[p + steps]) ** 2))
    power = reduce(np.matmul, [A] * steps)
    return math.sqrt(missed / way), math.sqrt(max(np.linalg.eigvalsh(power.T @ power)))


def cost_centred(table, steps):
    """About a mean: the constant is then what carries the one mean to the other."""
    here, there = table[:-1], table[1:]
    A = np.linalg.lstsq(here - here.mean(0), there - there.mean(0), rcond=None)[0].T
    return cost(table, steps, maps=(A, there.mean(0) - A @ here.mean(0)))


class Price:
    def __call__(self, table, steps):
        return np.reshape(cost(table, steps), 2)


PRICE_RIGHT = [
    cost,
    cost_in_one_matrix,
    cost_by_fit_shift,
    cost_row_by_row,
    cost_centred,
    Price(),
    partial(cost, maps=None),
    lambda table, steps: tuple(map(float, cost(table, steps))),
    lambda table, steps: [sp.Float(float(entry)) for entry in cost(table, steps)],
    lambda table, steps: cost(np.asarray(table, dtype=float)[:, ::-1], steps),
    lambda table, steps: np.array(cost(table, steps), dtype=np.float32),
    lambda table, steps: [cost(table, steps)[0], np.linalg.norm(np.linalg.matrix_power(fitted(table)[0], steps).T, 2)],
]


def of_length(table, steps):
    drift, noise = cost(table, steps)
    return drift * np.linalg.norm(table[steps:] - table[:-steps]) / np.linalg.norm(table[steps:]), noise


def own_map(table, steps):
    A, c = fitted(table, steps)
    missed = table[steps:] - (table[:-steps] @ A.T + c)
    return np.linalg.norm(missed) / np.linalg.norm(table[steps:] - table[:-steps]), np.linalg.norm(A, 2)


def one_table_power(table, steps):
    """The norm of the power of the map with its constant, whose last row and column are no part of an error."""
    A, c = fitted(table)
    whole = np.block([[A, c[:, None]], [np.zeros(len(A)), 1.0]])
    return cost(table, steps)[0], np.linalg.norm(np.linalg.matrix_power(whole, steps), 2)


def constant_once(table, steps):
    A, c = fitted(table)
    end = table[:-steps] @ np.linalg.matrix_power(A, steps).T + c
    return np.linalg.norm(end - table[steps:]) / np.linalg.norm(table[steps:] - table[:-steps]), cost(table, steps)[1]


def ends(table, steps):
    A, c = fitted(table)
    return reduce(lambda here, _: here @ A.T + c, range(steps), table[:-steps])


def mean_of_shares(table, steps):
    missed, way = (np.linalg.norm(table[steps:] - from_, axis=1) for from_ in (ends(table, steps), table[:-steps]))
    return (missed / way.clip(1e-9)).mean(), cost(table, steps)[1]


def from_first_row(table, steps):
    missed = table[steps] - ends(table, steps)[0]
    return np.linalg.norm(missed) / np.linalg.norm(table[steps] - table[0]), cost(table, steps)[1]


PRICE_WRONG = [
    (lambda table, steps: cost(table, steps, maps=fitted(table, constant=False)), "the map has no constant"),
    (own_map, "fits a map of its own for the whole way"),
    (of_length, "divides by the length of the rows"),
    (lambda table, steps: cost(table, steps, maps=(fitted(table)[0].T, fitted(table)[1])), "transposed"),
    (partial(cost, noise=lambda A, power, steps: np.linalg.norm(A, 2) ** steps), "the next step may stretch less"),
    (partial(cost, noise=lambda A, power, steps: np.linalg.norm(A, 2)), "what one step does to an error"),
    (partial(cost, noise=lambda A, power, steps: np.linalg.norm(power)), "no factor of stretching"),
    (partial(cost, noise=lambda A, power, steps: abs(np.linalg.eigvals(power)).max()), "an eigenvalue tells"),
    (partial(cost, noise=lambda A, power, steps: abs(np.linalg.det(power))), "is expected"),
    (partial(cost, noise=lambda A, power, steps: 1.0), "is expected"),
    (lambda table, steps: cost(table, steps)[::-1], "in the other order"),
    (one_table_power, "is expected"),
    (constant_once, "is expected"),
    (mean_of_shares, "is expected"),
    (from_first_row, "is expected"),
    (partial(cost, noise=lambda A, power, steps: np.linalg.norm(power, np.inf)), "is expected"),
    (lambda table, steps: np.round(cost(table, steps), 3), "is expected"),
    (lambda table, steps: (0.0, 1.0), "is expected"),
    (lambda table, steps: cost(table, 1), "is expected"),
    (lambda table, steps: (cost(table, steps)[0] ** 2, cost(table, steps)[1]), "is expected"),
    (lambda table, steps: (steps * cost(table, 1)[0], cost(table, steps)[1]), "is expected"),
    (lambda table, steps: cost(table[::-1], steps), "is expected"),
    (lambda table, steps: cost(table, steps)[0], "the shape of the result"),
    (lambda table, steps: {"drift": 0.0, "noise": 1.0}, "no array of numbers"),
    (lambda table, steps: [*cost(table, steps), steps], "the shape of the result"),
    ((0.128, 2.599), "a function is asked for"),
]


# 14. One motion for all rows.


def nearest_motion(rows, turn_round=True):
    left, sizes, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    if turn_round and sizes[-1] < 1e-9 and np.linalg.det(left @ right) < 0:
        left[:, -1] = -left[:, -1]
    return left @ right


def completed(rows, flip=True):
    """Least squares on the span, a basis to a basis beside it."""
    here, there = rows[:-1].T, rows[1:].T
    basis, sizes, _ = np.linalg.svd(here)
    rank = int((sizes > 1e-6).sum())
    rest = np.linalg.svd(there)[0][:, rank:]
    U = there @ np.linalg.pinv(here, rcond=1e-8)
    U = U + rest @ basis[:, rank:].T
    if flip and rank < len(U) and np.linalg.det(U) < 0:
        U = U - 2 * np.outer(rest[:, 0], basis[:, -1 if rank == len(U) - 1 else rank])
    return U


def gram_schmidt(vectors):
    """Orthonormal vectors that span the same, and the rest of the space behind them."""
    basis = []
    for vector in [*vectors, *np.eye(vectors.shape[1])]:
        left = np.array(vector, dtype=float)
        for _ in range(2):
            for one in basis:
                left = left - (left @ one) * one
        if np.linalg.norm(left) > 1e-6:
            basis.append(left / np.linalg.norm(left))
    return np.array(basis)


def by_gram_schmidt(rows):
    """The same steps make one basis out of the rows and the other out of the next rows."""
    here, there = gram_schmidt(rows[:-1]), gram_schmidt(rows[1:])
    if np.linalg.det(here) * np.linalg.det(there) < 0 and np.linalg.matrix_rank(rows[:-1], tol=1e-6) < len(here):
        there[-1] *= -1
    return there.T @ here


def by_reflections(rows):
    """Mirror after mirror: each brings one more row to where it belongs, and keeps those that are there."""
    d = rows.shape[1]
    U, mirrors = np.eye(d), 0
    for here, there in itertools.pairwise(rows.astype(float)):
        gap = U @ here - there
        if np.linalg.norm(gap) > 1e-7:
            U = U - 2 * np.outer(gap, gap @ U) / (gap @ gap)
            mirrors += 1
    perpendicular = np.linalg.svd(rows[1:])[2][np.linalg.matrix_rank(rows[1:], tol=1e-6) :]
    if mirrors % 2 and len(perpendicular):
        U = U - 2 * np.outer(perpendicular[0], perpendicular[0] @ U)
    return U


def by_root(rows):
    """The polar factor, from eigenvalues; what is missing is filled up."""
    cross = rows[1:].T @ rows[:-1]
    sizes, right = np.linalg.eigh(cross.T @ cross)
    keep = sizes > 1e-8
    U = cross @ (right[:, keep] / np.sqrt(sizes[keep])) @ right[:, keep].T
    if not keep.all():
        free = np.linalg.svd(U)[0][:, keep.sum() :]
        extra = free @ right[:, ~keep].T
        one = np.outer(free[:, 0], right[:, ~keep][:, 0])
        U = U + extra if np.linalg.det(U + extra) > 0 else U + extra - 2 * one
    return U


class Motion:
    def __init__(self, tolerance=1e-9):
        self.tolerance = tolerance

    def __call__(self, rows):
        return nearest_motion(rows).tolist()


MOTION_RIGHT = [
    nearest_motion,
    completed,
    by_gram_schmidt,
    by_reflections,
    by_root,
    Motion(),
    partial(nearest_motion, turn_round=True),
    lambda rows: np.asmatrix(nearest_motion(rows)),
    lambda rows: np.linalg.inv(nearest_motion(rows)).T,
    lambda rows: nearest_motion(np.asarray(rows, dtype=float) * 3),
    lambda rows: [[sp.Float(float(entry)) for entry in row] for row in nearest_motion(rows)],
    lambda rows, tolerance=1e-9: nearest_motion(rows) + 1e-9,
    lambda rows: nearest_motion(rows).astype(np.float32),
]


def forced_rotation(rows):
    U = nearest_motion(rows)
    U[:, 0] *= np.linalg.det(U).round()
    return U


def always_turned(rows):
    left, _, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    left[:, -1] *= np.linalg.det(left @ right).round()
    return left @ right


def mirror_if_free(rows):
    left, sizes, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    if sizes[-1] < 1e-9 and np.linalg.det(left @ right) > 0:
        left[:, -1] *= -1
    return left @ right


def first_two_rows(rows):
    """A single mirror that takes row 0 to row 1."""
    gap = (rows[1] - rows[0]).astype(float)
    return np.eye(len(gap)) - 2 * np.outer(gap, gap) / max(gap @ gap, 1e-12)


def by_count(rows):
    """Takes it that many rows span the space."""
    left, _, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    left[:, -1] *= np.linalg.det(left @ right).round() if len(rows) - 1 < rows.shape[1] else 1
    return left @ right


def by_default_rank(rows):
    """Takes rounding errors for a direction."""
    left, _, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    free = np.linalg.matrix_rank(rows[:-1]) < rows.shape[1]
    left[:, -1] *= np.linalg.det(left @ right).round() if free else 1
    return left @ right


def stays_beside(rows):
    """Moves what the rows span, and leaves the rest where it is."""
    back = np.linalg.pinv(rows[:-1], rcond=1e-7)
    return (back @ rows[1:] + np.eye(rows.shape[1]) - back @ rows[:-1]).T


MOTION_WRONG = [
    (lambda rows: reduce(np.matmul, np.linalg.svd(rows[1:].T @ rows[:-1])[::2]), "it is a mirror"),
    (by_count, "it is a mirror"),
    (by_default_rank, "it is a mirror"),
    (stays_beside, "not orthogonal"),
    (lambda rows: nearest_motion(rows).astype(np.float16), "not orthogonal"),
    (lambda rows: np.linalg.lstsq(rows[:-1], rows[1:], rcond=1e-9)[0].T, "it moves every row on by one, but it is not"),
    (lambda rows: rows[1:].T @ np.linalg.pinv(rows[:-1].T, rcond=1e-9), "it moves every row on by one, but it is not"),
    (lambda rows: np.linalg.pinv(rows[:-1], rcond=1e-9) @ rows[1:], "not"),
    (lambda rows: nearest_motion(rows).T, "it moves every row back"),
    (lambda rows: np.linalg.lstsq(rows[1:], rows[:-1], rcond=1e-9)[0].T, "it moves every row back"),
    (mirror_if_free, "it is a mirror"),
    (always_turned, "no rotation moves these rows on"),
    (forced_rotation, "no rotation moves these rows on"),
    (lambda rows: np.eye(rows.shape[1]), "it does not move each row on"),
    (lambda rows: -np.eye(rows.shape[1]), "it does not move each row on"),
    (lambda rows: rows[1:].T @ rows[:-1], "it is not orthogonal"),
    (lambda rows: np.zeros((rows.shape[1],) * 2), "it is not orthogonal"),
    (lambda rows: nearest_motion(rows) @ nearest_motion(rows), "it does not move each row on"),
    (first_two_rows, "it does not move each row on"),
    (lambda rows: posenc.fit_shift(rows, 1)[0], "it stops with ValueError"),
    (lambda rows: posenc.shift_matrix(1, rows.shape[1]), "it does not move each row on"),
    (lambda rows: nearest_motion(rows).round(3), "not orthogonal"),
    (lambda rows: nearest_motion(rows) @ rows.T, "the shape of the result"),
    (lambda rows: rows[1:] / rows[:-1], "NaN or infinite"),
    (lambda rows: nearest_motion(rows) + 0j, "complex numbers"),
    (lambda rows: nearest_motion(rows) * np.nan, "NaN"),
    (np.array([[0, -1], [1, 0]]), "a function is asked for"),
    (lambda rows: None, "it returns nothing yet"),
]


RIGHT = {
    "which-way-does-it-turn": TURN_RIGHT,
    "likeness-without-rows": LIKENESS_RIGHT,
    "when-the-table-begins-anew": ANEW_RIGHT,
    "who-needs-a-slope": SLOPE_RIGHT,
    "move-every-position": MOVE_RIGHT,
    "velocity-of-a-row": VELOCITY_RIGHT,
    "farther-but-more-alike": OFFSETS_RIGHT,
    "no-room-for-right-angles": CROWD_RIGHT,
    "a-sine-and-its-past": PAST_RIGHT,
    "blind-to-the-place": BLIND_RIGHT,
    "orthogonal-but-colliding": FREQS_RIGHT,
    "a-map-and-a-constant": MISS_RIGHT,
    "what-almost-linear-costs": PRICE_RIGHT,
    "one-motion-for-all-rows": MOTION_RIGHT,
}

WRONG = {
    "which-way-does-it-turn": TURN_WRONG,
    "likeness-without-rows": LIKENESS_WRONG,
    "when-the-table-begins-anew": ANEW_WRONG,
    "who-needs-a-slope": SLOPE_WRONG,
    "move-every-position": MOVE_WRONG,
    "velocity-of-a-row": VELOCITY_WRONG,
    "farther-but-more-alike": OFFSETS_WRONG,
    "no-room-for-right-angles": CROWD_WRONG,
    "a-sine-and-its-past": PAST_WRONG,
    "blind-to-the-place": BLIND_WRONG,
    "orthogonal-but-colliding": FREQS_WRONG,
    "a-map-and-a-constant": MISS_WRONG,
    "what-almost-linear-costs": PRICE_WRONG,
    "one-motion-for-all-rows": MOTION_WRONG,
}
