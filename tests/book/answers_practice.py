"""Answers to the exercises on practice: right ones in unusual forms, wrong ones in plausible forms."""

# Answers copy what people write: lambdas, short names, wide lines.
# ruff: noqa: E731

import cmath
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import sympy as sp
from answers import Of

import posenc

# 1. Name the table


def hands(given):
    """The angles of the slow hand at both rows, and of the fast one at the first."""
    (s0, c0, s1, c1), (_, _, s2, c2) = given.rows
    turn = 2 * math.pi
    return math.atan2(s0, c0) % turn, math.atan2(s1, c1) % turn, math.atan2(s2, c2) % turn


def found(given):
    fast, slow, later = hands(given)
    w = (later - slow) % (2 * math.pi)
    turns = round((slow / w - fast) / (2 * math.pi))
    return w**-2, round(fast + 2 * math.pi * turns)


def by_search(given):
    """All positions and many bases, and which row fits best."""
    bases, places = np.arange(100, 3000, 2.0), np.arange(90.0)
    w = bases[:, None] ** -0.5
    gap = 0.0
    for shift, row in enumerate(given.rows):
        p = places[None] + shift
        waves = (np.sin(p), np.cos(p), np.sin(w * p), np.cos(w * p))
        gap = gap + sum((wave - entry) ** 2 for wave, entry in zip(waves, row, strict=True))
    base, place = np.unravel_index(np.argmin(gap), gap.shape)
    return bases[base], places[place]


def by_complex(given):
    """The turn from row to row as a quotient of complex numbers."""
    first, second = (complex(row[3], row[2]) for row in given.rows)
    w = cmath.phase(second / first)
    base = w ** (-4 / 2)
    places = [p for p in range(100) if np.allclose(posenc.sinusoidal(p, 2), given.rows[0][:2], atol=1e-4)]
    return base, min(places, key=lambda p: abs(w * p - cmath.phase(first) % (2 * math.pi)))


NAME_RIGHT = [
    Of(found),
    Of(by_search),
    Of(by_complex),
    Of(lambda given: list(found(given))),
    Of(lambda given: np.array(found(given))),
    Of(lambda given: (round(found(given)[0], -1), found(given)[1])),
    Of(lambda given: (1.008 * found(given)[0], found(given)[1])),
    Of(lambda given: (0.993 * found(given)[0], float(found(given)[1]))),
    Of(lambda given: (Decimal(found(given)[0]), Fraction(found(given)[1]))),
    Of(lambda given: sp.Matrix(found(given))),
    Of(lambda given: (np.float32(found(given)[0]), np.int64(found(given)[1]))),
    Of(lambda given: (found(given)[0], found(given)[1] + 0.03)),
]

NAME_WRONG = [
    (Of(lambda given: (found(given)[0] ** 0.5, found(given)[1])), "one over the square root of the base"),
    (Of(lambda given: (found(given)[0] ** 2, found(given)[1])), "belongs to the exponent 1/4"),
    (Of(lambda given: (found(given)[0], found(given)[1] + 1)), "that of the second row"),
    (Of(lambda given: (found(given)[0], round(hands(given)[0]))), "the fast hand has been round before"),
    (Of(lambda given: (10_000, round(hands(given)[1] * 100))), "takes the base 10,000 for granted"),
    (Of(lambda given: (found(given)[0], found(given)[1] - 6)), "round once more"),
    (Of(lambda given: (10_000, found(given)[1])), "is not right"),
    (Of(lambda given: (found(given)[0], found(given)[1] - 1)), "is not right"),
    (Of(lambda given: (1.02 * found(given)[0], found(given)[1])), "is not right"),
    (Of(lambda given: (-found(given)[0], found(given)[1])), "is not right"),
    (Of(lambda given: found(given)[::-1]), "is not right"),
    (Of(lambda given: found(given)[0]), "2 numbers are asked for, (base, first)"),
    (Of(lambda given: found(given)[1]), "2 numbers are asked for"),
    (Of(lambda given: (*found(given), 4)), "2 numbers are asked for"),
    (Of(lambda given: str(found(given))), "2 numbers are asked for"),
    (Of(lambda given: (str(found(given)[0]), found(given)[1])), "2 numbers are asked for"),
    (Of(lambda given: dict(zip(("base", "first"), found(given), strict=True))), "2 numbers are asked for"),
    (Of(lambda given: lambda: found(given)), "2 numbers are asked for"),
    (Of(lambda given: (float("nan"), found(given)[1])), "a finite one"),
    (Of(lambda given: (found(given)[0], None)), "there is no answer here yet"),
    (None, "there is no answer here yet"),
]

# 2. The first position that is missing


def rounded(x, digits):
    size, power = np.frexp(np.asarray(x, dtype=float))
    return np.ldexp(np.rint(np.ldexp(size, digits)), power - digits)


def first_gone(given):
    """The first multiple that does not come back from the format."""
    places = given.step * np.arange(1, 2 ** (given.digits + 1))
    return int(places[rounded(places, given.digits) != places][0])


def first_odd(given):
    above = 2**given.digits + 1
    return next(n for n in range(above, 3 * above, 2) if n % given.step == 0)


MISSING_RIGHT = [
    Of(first_gone),
    Of(first_odd),
    Of(lambda given: float(first_gone(given))),
    Of(lambda given: np.int64(first_gone(given))),
    Of(lambda given: np.float32(first_gone(given))),
    Of(lambda given: sp.Integer(first_gone(given))),
    Of(lambda given: Fraction(first_gone(given))),
    Of(lambda given: Decimal(first_gone(given))),
    Of(lambda given: np.array(first_gone(given))),
    Of(lambda given: first_gone(given) + 1e-9),
]

MISSING_WRONG = [
    (Of(lambda given: 2**given.digits + 1), "it is none of the positions"),
    (Of(lambda given: given.step * (2**given.digits // given.step + 1)), "the format has it"),
    (Of(lambda given: first_gone(given._replace(digits=given.digits - 1))), "one digit less"),
    (Of(lambda given: first_gone(given._replace(digits=given.digits + 1))), "one digit more"),
    (Of(lambda given: given.step * (2**given.digits + 1)), "this counts steps"),
    (Of(lambda given: first_gone(given) // given.step), "the number of the step"),
    (Of(lambda given: 2**given.digits), "is not right"),
    (Of(lambda given: first_gone(given) - given.step), ""),
    (Of(lambda given: first_gone(given) + 2 * given.step), "is not right"),
    (Of(lambda given: first_gone(given) + 0.5), "a whole number is asked for"),
    (Of(lambda given: [first_gone(given)]), "a number is asked for"),
    (Of(lambda given: str(first_gone(given))), "a number is asked for"),
    (Of(lambda given: (first_gone(given), given.step)), "a number is asked for"),
    (Of(lambda given: lambda: first_gone(given)), "a number is asked for"),
    (0, "is not right"),
    (True, "a number is asked for"),
    (float("inf"), "a finite one"),
    (None, "there is no answer here yet"),
]

# 3. The wrong exponent

PROGRAMS = {
    "2i/d": lambda j: 2 * (j // 2) / 8,
    "i/d": lambda j: (j // 2) / 8,
    "2j/d": lambda j: 2 * j / 8,
    "2i/(d-2)": lambda j: 2 * (j // 2) / 6,
    "2(i+1)/d": lambda j: 2 * (j // 2 + 1) / 8,
}


def gap(given, name):
    j = np.arange(8)
    angles = given.position * float(given.base) ** -PROGRAMS[name](j)
    return np.abs(np.where(j % 2, np.cos(angles), np.sin(angles)) - given.row).max()


def nearest(given):
    return min(PROGRAMS, key=lambda name: gap(given, name))


def by_questions(given):
    """The three questions of the hints."""
    row = np.array(given.row)
    fast = math.atan2(row[0], row[1]) % (2 * math.pi)
    if abs(row[0] ** 2 + row[1] ** 2 - 1) > 0.002:
        return "2j/d"
    if abs(math.cos(fast - given.position) - 1) > 1e-3:
        return "2(i+1)/d"
    slow = math.atan2(row[6], row[7]) / given.position
    power = -math.log(slow) / math.log(given.base)
    return min({"2i/d": 6 / 8, "i/d": 3 / 8, "2i/(d-2)": 1}.items(), key=lambda pair: abs(pair[1] - power))[0]


def other(steps):
    names = list(PROGRAMS)
    return lambda given: names[(names.index(nearest(given)) + steps) % 5]


EXPONENT_RIGHT = [
    Of(nearest),
    Of(by_questions),
    Of(lambda given: nearest(given).upper()),
    Of(lambda given: f"  {nearest(given)} "),
    Of(lambda given: nearest(given).replace("/", " / ")),
    Of(lambda given: np.str_(nearest(given))),
]

EXPONENT_WRONG = [
    *((Of(other(steps)), "another exponent makes this row") for steps in range(1, 5)),
    (Of(other(1)), "Does pair 0 turn by one radian"),
    (Of(other(2)), "the squares of the columns 0 and 1"),
    (Of(other(3)), "which frequency has column 6"),
    (Of(other(4)), "the angle of column 2"),
    (Of(lambda given: list(PROGRAMS).index(nearest(given))), "one of the words"),
    (Of(lambda given: [nearest(given)]), "one of the words"),
    (Of(lambda given: PROGRAMS[nearest(given)]), "one of the words"),
    (Of(lambda given: gap(given, nearest(given))), "one of the words"),
    ("paper", "one of the words"),
    ("j/d", "one of the words"),
    ("2*i/d", "one of the words"),
    (None, "there is no answer here yet"),
]

# 4. The bound of an angle


def angle(given):
    return given.position * given.base ** (-2 * given.pair / given.d)


def bounded(given, roundings=2):
    u = 2.0**-given.digits
    return ((1 + u) ** roundings - 1) * angle(given)


BOUND_RIGHT = [
    Of(bounded),
    Of(lambda given: 2 * 2.0**-given.digits * angle(given)),
    Of(
        lambda given: (
            2.0 ** (1 - given.digits) * given.position * posenc.frequencies(given.d, base=given.base)[given.pair]
        )
    ),
    Of(lambda given: np.float32(bounded(given))),
    Of(lambda given: np.array(bounded(given))),
    Of(lambda given: Decimal(bounded(given))),
    Of(lambda given: Fraction(bounded(given))),
    Of(lambda given: sp.Float(bounded(given))),
    Of(lambda given: 1.015 * bounded(given)),
    Of(lambda given: 0.985 * bounded(given)),
    Of(lambda given: float(f"{bounded(given):.3g}")),
]

BOUND_WRONG = [
    (Of(lambda given: bounded(given, 1)), "this is one rounding"),
    (Of(lambda given: bounded(given, 3)), "takes the position for rounded as well"),
    (Of(lambda given: 2 * bounded(given)), "the gap between 1 and the next number"),
    (Of(lambda given: 2 * 2.0**-given.digits * given.position), "for a frequency of 1"),
    (Of(lambda given: bounded(given) / given.position), "at position 1"),
    (Of(lambda given: bounded(given._replace(pair=given.pair / 2))), "the frequency of exponent i/d"),
    (Of(angle), "is not right"),
    (Of(lambda given: 1.03 * bounded(given)), "is not right"),
    (Of(lambda given: 0.97 * bounded(given)), "is not right"),
    (Of(lambda given: -bounded(given)), "is not right"),
    (Of(lambda given: math.degrees(bounded(given))), "is not right"),
    (Of(lambda given: 2.0**-given.digits), "is not right"),
    (0.0, "is not right"),
    (Of(lambda given: (-bounded(given), bounded(given))), "a number is asked for"),
    (Of(lambda given: f"{bounded(given)} rad"), "a number is asked for"),
    (Of(lambda given: lambda: bounded(given)), "a number is asked for"),
    (Of(lambda given: [bounded(given)]), "a number is asked for"),
    (float("nan"), "a finite one"),
    (None, "there is no answer here yet"),
]

# 5. Cosines first

COLUMNS_RIGHT = [
    lambda dim: np.r_[1:dim:2, 0:dim:2],
    lambda dim: [*range(1, dim, 2), *range(0, dim, 2)],
    lambda dim: tuple(sorted(range(dim), key=lambda j: (j % 2 == 0, j))),
    lambda dim: np.argsort((np.arange(dim) + 1) % 2, kind="stable"),
    lambda dim: np.concatenate([np.arange(dim)[1::2], np.arange(dim)[::2]]).astype(np.int32),
    lambda dim: np.concatenate([np.arange(dim)[1::2], np.arange(dim)[::2]]).astype(float),
    lambda dim: [2 * i + 1 for i in range(dim // 2)] + [2 * i for i in range((dim + 1) // 2)],
    lambda dim: sp.Matrix([*range(1, dim, 2), *range(0, dim, 2)]).T.tolist()[0],
    lambda dim: np.hstack([np.flatnonzero(np.arange(dim) % 2), np.flatnonzero(np.arange(dim) % 2 == 0)]),
    lambda dim: np.array([Fraction(j) for j in [*range(1, dim, 2), *range(0, dim, 2)]]),
]


def by_package(dim):
    order = posenc.convert_layout(np.arange(dim), source="interleaved", target="halves")
    return np.roll(order, dim // 2)


COLUMNS_WRONG = [
    (lambda dim: np.r_[0:dim:2, 1:dim:2], "this puts the sines first"),
    (lambda dim: np.argsort(np.r_[1:dim:2, 0:dim:2]), "this is the way back"),
    (lambda dim: np.roll(np.arange(dim), dim - dim // 2), "exchanges the two halves of the row"),
    (
        lambda dim: [n for i in range(0, dim, 2) for n in (i + 1, i) if n < dim],
        "exchanges sine and cosine in each pair",
    ),
    (lambda dim: [*range(1, dim, 2)][::-1] + [*range(0, dim, 2)][::-1], "the pairs run backwards"),
    (lambda dim: [*range(1, dim, 2), *range(0, dim - dim % 2, 2)], "the last sine of an odd dimension is lost"),
    (lambda dim: np.arange(dim), ""),
    (lambda dim: np.arange(dim)[::-1], ""),
    (lambda dim: np.arange(1, dim, 2), "the shape of the result"),
    (lambda dim: np.r_[2 : dim + 1 : 2, 1 : dim + 1 : 2], ""),
    (lambda dim: np.eye(dim)[np.r_[1:dim:2, 0:dim:2]], "the shape of the result"),
    (lambda dim: np.r_[1:dim:2, 0:dim:2][:, None], "the shape of the result"),
    (lambda dim: np.arange(dim).reshape(dim // 2, 2)[:, ::-1].T.ravel(), "it stops with ValueError"),
    (by_package, "is not to be used here"),
    (lambda dim: None, "it returns nothing yet"),
    (lambda dim: str([*range(dim)]), "no array of numbers"),
    (lambda table, dim: table, "it stops with TypeError"),
    (np.arange(4), "a function is asked for"),
]

# 6. Round last


def waves(angles, kind=np.float16):
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).astype(kind)


def by_rows(positions, freqs):
    rows = [[math.sin(p * w) for w in freqs] + [math.cos(p * w) for w in freqs] for p in positions.tolist()]
    return np.array(rows, dtype=np.float16)


def by_turns(positions, freqs):
    """Whole turns taken off in float64, then float32."""
    return waves(np.float32(np.multiply.outer(positions, freqs) % (2 * np.pi)))


def by_exponentials(positions, freqs):
    hands = np.exp(1j * positions[:, None] * freqs)
    return np.float16(np.hstack([hands.imag, hands.real]))


def by_blocks(positions, freqs):
    """Each position as a multiple of 256 and a rest."""
    far, near = (np.exp(1j * part[:, None] * freqs) for part in (positions // 256 * 256, positions % 256))
    return np.concatenate([(far * near).imag, (far * near).real], axis=1, dtype=np.float64).astype(np.float16)


def shorter(positions, freqs, p=np.float16, w=np.float16, product=np.float16):
    angles = positions.astype(p).astype(float)[:, None] * freqs.astype(w).astype(float)
    return waves(angles.astype(product).astype(float))


ROUND_RIGHT = [
    lambda p, w: waves(np.multiply.outer(p, w)),
    lambda p, w: waves(p[:, None].astype(np.longdouble) * w),
    lambda p, w: waves(np.einsum("i,j->ij", p.astype(float), w)),
    lambda p, w: waves(np.float32(0) + p.astype(float)[:, None] @ w[None]),
    by_rows,
    by_turns,
    by_exponentials,
    by_blocks,
    lambda p, w: waves(np.multiply.outer(p, w), np.float32).astype("float16"),
    lambda p, w: np.float16([[f(x * v) for f in (np.sin, np.cos) for v in w] for x in p]),
]

ROUND_WRONG = [
    (lambda p, w: shorter(p, w), "the angles are still of type float16"),
    (lambda p, w: shorter(p, w, w=float, product=float), "the positions still pass through float16"),
    (lambda p, w: shorter(p, w, p=float, product=float), "the frequencies still pass through float16"),
    (lambda p, w: shorter(p, w, p=float, w=float), "the product still passes through float16"),
    (lambda p, w: waves(p.astype(np.float32)[:, None] * w.astype(np.float32)), "take float64"),
    (
        lambda p, w: waves(
            (p.astype(np.float16).astype(float)[:, None] * w.astype(np.float16).astype(float))
            .astype(np.float16)
            .astype(float)
            % (2 * np.pi)
        ),
        "the angles are still of type float16",
    ),
    (lambda p, w: waves(np.multiply.outer(p, w), np.float32), "of type float16, got type float32"),
    (lambda p, w: waves(np.multiply.outer(p, w), float), "of type float16, got type float64"),
    (lambda p, w: waves(np.multiply.outer(p, w)).tolist(), "of type float16, got none"),
    (lambda p, w: waves(np.multiply.outer(p, w)).T, "the shape of the result"),
    (lambda p, w: waves(np.multiply.outer(p, w)).round(2), ""),
    (lambda p, w: np.roll(waves(np.multiply.outer(p, w)), len(w), axis=1), ""),
    (lambda p, w: waves(np.multiply.outer(p, w) % 6.2832), ""),
    (lambda p, w: waves(np.radians(np.multiply.outer(p, w))), ""),
    (lambda p, w: waves(np.multiply.outer(np.arange(len(p)), w)), ""),
    (lambda p, w: waves(shorter(p, w, p=np.float32, w=np.float16, product=float)), "the shape of the result"),
    (lambda p, w: posenc.sinusoidal(p, 2 * len(w), freqs=w, layout="halves", dtype=np.float16), "is not to be used"),
    (lambda p: p, "it stops with TypeError"),
    (lambda p, w: None, "it returns nothing yet"),
    (np.zeros((5, 4), dtype=np.float16), "a function is asked for"),
]

# 7. A table in blocks


def by_loops(far, near):
    rows = []
    for f in far:
        for n in near:
            row = []
            for i in range(0, len(f), 2):
                row += [f[i] * n[i + 1] + f[i + 1] * n[i], f[i + 1] * n[i + 1] - f[i] * n[i]]
            rows.append(row)
    return rows


def as_hands(table):
    return table[:, 1::2] + 1j * table[:, 0::2]


def by_hands(far, near):
    z = (as_hands(far)[:, None] * as_hands(near)).reshape(len(far) * len(near), -1)
    return np.stack([z.imag, z.real], axis=-1).reshape(len(z), -1)


def by_angles(far, near):
    """The angles read off and added."""
    angles = (np.angle(as_hands(far))[:, None] + np.angle(as_hands(near))).reshape(len(far) * len(near), -1)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(len(angles), -1)


def by_matrices(far, near):
    """Each far row as a matrix that moves every near row."""
    tables = []
    for row in far:
        M = np.zeros((len(row), len(row)))
        for i in range(0, len(row), 2):
            s, c = row[i : i + 2]
            M[i : i + 2, i : i + 2] = [[c, s], [-s, c]]
        tables.append(near @ M.T)
    return np.concatenate(tables)


def by_repeats(far, near, order="far first"):
    f, n = np.repeat(far, len(near), axis=0), np.tile(near, (len(far), 1))
    if order != "far first":
        f, n = np.tile(far, (len(near), 1)), np.repeat(near, len(far), axis=0)
    z = as_hands(f) * as_hands(n)
    return np.stack([z.imag, z.real], axis=-1).reshape(len(z), -1)


def in_formulas(sine, cosine):
    def blocks(far, near):
        fs, fc = far[:, None, ::2], far[:, None, 1::2]
        ns, nc = near[None, :, ::2], near[None, :, 1::2]
        both = np.stack([sine(fs, fc, ns, nc), cosine(fs, fc, ns, nc)], axis=-1)
        return both.reshape(len(far) * len(near), far.shape[1])

    return blocks


def halves_taken(far, near):
    half = far.shape[1] // 2
    z = [t[:, half:] + 1j * t[:, :half] for t in (far, near)]
    z = (z[0][:, None] * z[1]).reshape(len(far) * len(near), -1)
    return np.concatenate([z.imag, z.real], axis=1)


added_sine = lambda fs, fc, ns, nc: fs * nc + fc * ns
added_cosine = lambda fs, fc, ns, nc: fc * nc - fs * ns

BLOCKS_RIGHT = [
    by_loops,
    by_hands,
    by_angles,
    by_matrices,
    by_repeats,
    in_formulas(added_sine, added_cosine),
    in_formulas(lambda fs, fc, ns, nc: ns * fc + nc * fs, lambda fs, fc, ns, nc: -ns * fs + nc * fc),
    lambda far, near: np.array(by_hands(far, near), order="F"),
    lambda far, near: [list(row) for row in by_hands(far, near)],
]

BLOCKS_WRONG = [
    (
        in_formulas(lambda fs, fc, ns, nc: fs * nc - fc * ns, lambda fs, fc, ns, nc: fc * nc + fs * ns),
        "subtracts the near angle",
    ),
    (
        in_formulas(lambda fs, fc, ns, nc: fs * ns, lambda fs, fc, ns, nc: fc * nc),
        "is not the product of the sines",
    ),
    (lambda far, near: (far[:, None] * near).reshape(-1, far.shape[1]), "is not the product of the sines"),
    (lambda far, near: (far[:, None] + near).reshape(-1, far.shape[1]), "the angles are to be added"),
    (lambda far, near: by_repeats(far, near, "near first"), "in another order"),
    (in_formulas(added_cosine, added_sine), "sine and cosine are exchanged"),
    (halves_taken, "reads the columns as halves"),
    (in_formulas(added_sine, lambda fs, fc, ns, nc: fc * nc + fs * ns), ""),
    (in_formulas(lambda fs, fc, ns, nc: fs * nc - fc * ns, added_cosine), ""),
    (lambda far, near: np.repeat(far, len(near), axis=0), ""),
    (lambda far, near: np.concatenate([far, near]), "the shape of the result"),
    (lambda far, near: by_hands(far, near).reshape(len(far), len(near), -1), "the shape of the result"),
    (lambda far, near: by_hands(far, near).T, "the shape of the result"),
    (lambda far, near: by_hands(far, near)[:-1], "the shape of the result"),
    (lambda far, near: by_hands(far, near).astype(np.float16), ""),
    (lambda far, near: posenc.sinusoidal(range(len(far) * len(near)), far.shape[1]), "is not to be used here"),
    (lambda far, near: far @ near, ""),
    (lambda far: far, "it stops with TypeError"),
    (lambda far, near: None, "it returns nothing yet"),
    (np.zeros((6, 2)), "a function is asked for"),
]

RIGHT = {
    "name-the-table": NAME_RIGHT,
    "first-that-is-missing": MISSING_RIGHT,
    "wrong-exponent": EXPONENT_RIGHT,
    "bound-of-an-angle": BOUND_RIGHT,
    "cosines-first": COLUMNS_RIGHT,
    "round-last": ROUND_RIGHT,
    "table-in-blocks": BLOCKS_RIGHT,
}

WRONG = {
    "name-the-table": NAME_WRONG,
    "first-that-is-missing": MISSING_WRONG,
    "wrong-exponent": EXPONENT_WRONG,
    "bound-of-an-angle": BOUND_WRONG,
    "cosines-first": COLUMNS_WRONG,
    "round-last": ROUND_WRONG,
    "table-in-blocks": BLOCKS_WRONG,
}
