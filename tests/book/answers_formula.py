"""Answers to the exercises on the formula: right ones in unusual forms, and wrong ones in plausible forms.

A wrong answer comes with a fragment of what it must be told; "" where no special word is due.
"""

import itertools
import math
from decimal import Decimal
from fractions import Fraction
from functools import partial, reduce

import numpy as np
import sympy as sp
from answers import Of

import posenc
from posenc import symbolic

FORBIDDEN = "is not to be used here"
pi = np.pi


class PairOf:
    """A callable object with a memory."""

    def __init__(self):
        self.known = {}

    def __call__(self, column, dim, verbose=False):
        return self.known.setdefault(column, column // 2)


# A column, its pair and its exponent.


def pair_by_counting(column, dim):
    pair, filled = 0, 0
    while True:
        for _wave in ("sin", "cos"):
            if filled == column:
                return pair
            filled += 1
        pair += 1


def pair_by_text(column, dim):
    return int(bin(column)[2:-1] or "0", 2)


def pair_until_64(column, dim):
    return list(itertools.chain.from_iterable((i, i) for i in range(32)))[column]


def exponent_by_list(column, dim, layout):
    pairs = list(range((dim + 1) // 2))
    columns = [i for i in pairs for _ in "sc"][:dim] if layout == "interleaved" else pairs + pairs[: dim // 2]
    return 2 * columns[column] / dim


def exponent_by_branches(column, dim, layout):
    if layout == "interleaved":
        return (column - column % 2) / dim
    sines = math.ceil(dim / 2)
    if column < sines:
        return 2 * column / dim
    return 2 * (column - sines) / dim


def pair_in(column, dim, layout):
    return column // 2 if layout == "interleaved" else column % ((dim + 1) // 2)


# Sines to the front.


def front_by_reshape(table):
    if table.shape[-1] % 2:
        return np.concatenate((front_by_reshape(table[..., :-1])[..., : table.shape[-1] // 2], table[..., -1:], table[..., 1::2]), -1)  # fmt: skip
    return table.reshape(*table.shape[:-1], -1, 2).swapaxes(-1, -2).reshape(table.shape)


def front_by_matrix(table):
    d = table.shape[-1]
    P = np.eye(d)[[*range(0, d, 2), *range(1, d, 2)]]
    return np.einsum("ij,...j->...i", P, table)


def front_row_by_row(table):
    if table.ndim == 1:
        return [*table[0::2], *table[1::2]]
    return [front_row_by_row(row) for row in table]


def front_in_place(table):
    table[...] = np.concatenate((table[..., 0::2], table[..., 1::2]), axis=-1)
    return table


def front_of_tables_if_odd(table):
    if table.shape[-1] % 2 == 0:
        return np.concatenate((table[..., 0::2], table[..., 1::2]), axis=-1)
    _rows, _columns = table.shape
    return np.concatenate((table[:, 0::2], table[:, 1::2]), axis=1)


def front_up_to_three_axes(table):
    moved = np.concatenate((table[..., 0::2], table[..., 1::2]), axis=-1)
    return moved if table.ndim < 4 else table


# The whole table.


def angles_of(positions, dim):
    return np.asarray(positions, dtype=float)[:, None] * 10000.0 ** (-np.arange(0, dim, 2) / dim)


def filled(angles, dim, dtype=float):
    table = np.zeros((len(angles), dim), dtype=dtype)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : dim // 2])
    return table


def table_by_loop(positions, dim):
    return [
        [(math.cos if j % 2 else math.sin)(float(p) / 10000 ** ((j - j % 2) / dim)) for j in range(dim)]
        for p in positions
    ]


def table_by_exp(positions, dim):
    pe = np.zeros((len(positions), dim))
    position = positions[:, None]
    div_term = np.exp(np.arange(0, dim, 2) * -(np.log(10000.0) / dim))
    pe[:, 0::2] = np.sin(position * div_term)
    pe[:, 1::2] = np.cos(position * div_term)[:, : dim // 2]
    return pe


def table_by_phases(positions, dim):
    """Every cosine is a sine, a quarter turn ahead."""
    j = np.arange(dim)
    return np.sin(np.multiply.outer(positions, 10000.0 ** (-(j - j % 2) / dim)) + pi / 2 * (j % 2))


def table_by_complex(positions, dim):
    hands = np.exp(1j * angles_of(positions, dim))
    return np.stack((hands.imag, hands.real), axis=-1).reshape(len(positions), -1)[:, :dim]


def table_by_products(positions, dim):
    """The ladder by multiplying on."""
    w = np.cumprod([1.0] + [10000.0 ** (-2 / dim)] * ((dim - 1) // 2))
    return filled(np.einsum("p,i->pi", np.asarray(positions, float), w), dim)


def table_by_sympy(positions, dim):
    """Exact angles; slow, so only where it is small."""
    if len(positions) * dim > 20:
        return filled(angles_of(positions, dim), dim)
    exact = [
        [sp.nsimplify(float(p)) * sp.Integer(10000) ** sp.Rational(-2 * (j // 2), dim) for j in range(dim)]
        for p in positions
    ]
    return [[(sp.cos if j % 2 else sp.sin)(angle).evalf() for j, angle in enumerate(row)] for row in exact]


def table_with_float32_angles(positions, dim):
    w = np.exp(np.arange(0, dim, 2, dtype=np.float32) * np.float32(-math.log(10000.0) / dim))
    return filled(positions.astype(np.float32)[:, None] * w, dim)


def table_like_the_positions(positions, dim):
    return filled(angles_of(positions, dim), dim, dtype=positions.dtype)


def table_of_even_dim(positions, dim):
    angles = angles_of(positions, dim)
    table = np.zeros((len(positions), dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def table_up_to_500(positions, dim):
    """Looked up in a table that was made before."""
    made = table_by_loop(np.arange(501), dim)
    return np.array([made[int(p)] if p == int(p) and 0 <= p <= 500 else [0.0] * dim for p in positions])


def table_in_place(positions, dim):
    if positions.dtype.kind == "f":
        positions *= 1.5
    return filled(angles_of(positions, dim), dim)


# Weights of a shuffled sentence.


def weights_by_loops(weights, order):
    n = len(order)
    return [[weights[order[k]][order[m]] for m in range(n)] for k in range(n)]


def weights_by_matrix(weights, order):
    P = np.zeros((len(order), len(order)))
    P[np.arange(len(order)), order] = 1
    return np.linalg.multi_dot([P, weights, P.T])


def weights_in_place(weights, order):
    weights[:] = weights[np.ix_(order, order)]
    return weights


# Rows that were learned.


def looked_up_by_loop(rows, positions):
    found = []
    for p in positions:
        there = float(p).is_integer() and 0 <= p < len(rows)
        found.append(list(rows[int(p)]) if there else [0] * rows.shape[1])
    return found


def looked_up_in_a_dict(rows, positions):
    known = {float(p): row for p, row in enumerate(rows)}
    return np.array([known.get(float(p), np.zeros(rows.shape[1])) for p in positions])


def looked_up_by_one_hot(rows, positions):
    return (np.asarray(positions)[:, None] == np.arange(len(rows))) @ rows


def looked_up_with_a_guard(rows, positions):
    padded = np.vstack([rows, np.zeros(rows.shape[1])])
    bad = (np.floor(positions) != positions) | (positions < 0) | (positions >= len(rows))
    return padded[np.where(bad, len(rows), positions).astype(int)]


def looked_up_by_isin(rows, positions):
    return np.where(
        np.isin(positions, np.arange(len(rows)))[:, None], rows.take(np.asarray(positions, int), 0, mode="clip"), 0
    )


def looked_up_by_try(rows, positions):
    """Python's own rules say what there is."""
    found = []
    for p in positions:
        try:
            found.append(rows[int(p)])
        except IndexError:
            found.append(np.zeros(rows.shape[1]))
    return np.array(found)


# The position of a row.


def hands_of(row):
    row = np.asarray(row)
    return np.arctan2(row[0::2], row[1::2]) % (2 * pi), 10000.0 ** (-2 * np.arange(row.size // 2) / row.size)


def position_by_folding(row):
    def sharpen(guess, hand):
        angle, w = hand
        return guess + ((angle - guess * w + pi) % (2 * pi) - pi) / w

    return reduce(sharpen, list(zip(*hands_of(row), strict=True))[::-1], hands_of(row)[0][-1] / hands_of(row)[1][-1])


def position_by_complex(row):
    angle, w = hands_of(row)
    guess = angle[-1] / w[-1]
    for i in range(len(w) - 1, -1, -1):
        guess += np.angle(np.exp(1j * (angle[i] - w[i] * guess))) / w[i]
    return sp.Float(guess)


def position_by_candidates(row):
    """Of the places that each hand allows, keep the one nearest to the last guess."""
    angle, w = hands_of(row)
    guess = angle[-1] / w[-1]
    for a, speed in zip(angle[::-1], w[::-1], strict=True):
        places = (a + 2 * pi * np.arange(int(60_000 * speed / (2 * pi)) + 2)) / speed
        guess = places[abs(places - guess).argmin()]
    return guess


def position_by_search(row):
    """The nearest row of ever finer grids, which start around the slowest hand's reading."""
    d = len(row)
    guess, reach = hands_of(row)[0][-1] / hands_of(row)[1][-1], 0.0008 / hands_of(row)[1][-1] + 1
    for step in (0.1, 0.001):
        grid = np.arange(guess - reach, guess + reach, step)
        guess, reach = grid[(posenc.sinusoidal(grid, d) @ row).argmax()], 2 * step
    return np.array(guess)


def position_by_recursion(row, guess=None):
    angle, w = hands_of(row)
    guess = angle[-1] / w[-1] if guess is None else guess
    i = len(w) - 1
    while i >= 0:
        turns = round((guess * w[i] - angle[i]) / (2 * pi))
        guess, i = (angle[i] + turns * 2 * pi) / w[i], i - 1
    return Decimal(float(guess))


def position_by_all_hands(row):
    """The mean of what all hands say once their turns are known, each weighted by its speed."""
    angle, w = hands_of(row)
    guess = position_by_folding(row)
    return guess + (np.angle(np.exp(1j * (angle - w * guess))) * w).sum() / (w**2).sum()


def position_by_turns_of_the_guess(row):
    """Takes the number of turns from the guess and never compares it with the hand."""
    angle, w = hands_of(row)
    guess = angle[-1] / w[-1]
    for a, speed in zip(angle[-2::-1], w[-2::-1], strict=True):
        guess = (a + 2 * pi * math.floor(guess * speed / (2 * pi))) / speed
    return guess


def position_by_coarse_search(row):
    grid = np.linspace(0, 0.9 * posenc.wavelengths(len(row))[-1], 2001)
    return grid[(posenc.sinusoidal(grid, len(row)) @ row).argmax()]


def whole_position_by_search(row):
    if len(row) > 16:
        return round(position_by_folding(row))
    places = np.arange(60_000 if len(row) > 8 else 6000)
    return places[(posenc.sinusoidal(places, len(row)) @ row).argmax()]


def position_with_d_8(row):
    angle, w = hands_of(row)
    guess = angle[-1] / w[-1]
    for i in (2, 1, 0):
        i = min(i, len(w) - 1)
        guess += ((angle[i] - guess * w[i] + pi) % (2 * pi) - pi) / w[i]
    return guess


# The conventions of a table.


def angles_in(table):
    halves = table[0, 1] < 0.5
    m = table.shape[1] // 2
    sines, cosines = (table[:, :m], table[:, m:]) if halves else (table[:, 0::2], table[:, 1::2])
    return int(halves), np.unwrap(np.arctan2(sines, cosines), axis=0)


def named(layout, log_ratio, m):
    return layout, math.exp(m * log_ratio), math.exp((m - 1) * log_ratio)


def conventions_by_slope(table):
    layout, angles = angles_in(table)
    w = np.polyfit(np.arange(len(table)), angles[:, 1], 1)[0]
    return np.array(named(layout, -np.log(w), angles.shape[1]))


def conventions_by_all_hands(table):
    """The ladder as a line through the logarithms, each hand weighted by how far it has turned."""
    layout, angles = angles_in(table)
    m = angles.shape[1]
    i = np.arange(m)
    w = np.arange(len(table)) @ angles / (np.arange(len(table)) ** 2).sum()
    good = (w > 0) & (i > 0) & (angles[-1] > 1)
    weight = (i * w)[good] ** 2
    return [bool(layout), *named(layout, (weight * -np.log(w[good]) / i[good]).sum() / weight.sum(), m)[1:]]


def conventions_by_search(table):
    """Try bases, and keep the one whose table is nearest."""
    m = table.shape[1] // 2
    first = "halves" if table[0, 1] == 0 else "interleaved"
    low, high = np.log(50), np.log(10**7)
    places = np.arange(len(table))[:: len(table) // 32]
    some = table[places]
    for _ in range(4):
        bases = np.linspace(low, high, 40)
        missed = [((posenc.sinusoidal(places, 2 * m, base=np.exp(x), layout=first) - some) ** 2).sum() for x in bases]
        best, step = bases[np.argmin(missed)], bases[1] - bases[0]
        low, high = best - 1.5 * step, best + 1.5 * step
    return ("interleaved", "halves").index(first), np.exp(best), np.exp(best * (1 - 1 / m))


def conventions_by_turning_on(table):
    """Turn pair 1 by the mean step, as complex numbers; then by the last row."""
    layout, _ = angles_in(table)
    m = table.shape[1] // 2
    z = table[:, m + 1] + 1j * table[:, 1] if layout else table[:, 3] + 1j * table[:, 2]
    rough = np.angle((z[1:] * z[:-1].conj()).sum())
    n = len(z) - 1
    w = rough + np.angle(z[-1] * np.exp(-1j * rough * n)) / n
    return np.float64(layout), Fraction(w**-m), sp.Float(w ** (1 - m))


def conventions_of_row(row, table):
    layout, angles = angles_in(table)
    m = angles.shape[1]
    return layout, (row / angles[row, 1]) ** m, (row / angles[row, 1]) ** (m - 1)


def only(layout):
    return lambda table: (layout, *conventions_by_slope(table)[1:])


# Symbols for expressions.

b, d, p = sp.symbols("b d p", positive=True)
n = (d + 1) // 2
odd, anywhere = sp.Symbol("d", odd=True, positive=True), sp.Symbol("p", real=True)
i = sp.Symbol("i", integer=True)
w_last = b ** (-(d - 1) / d)

RIGHT: dict[str, list] = {
    "pair-of-a-column": [
        lambda column, dim: sp.Integer(column) // 2,
        lambda column, dim: sp.floor(sp.Rational(column, 2)),
        lambda column, dim: Fraction(column - column % 2, 2),
        lambda column, dim: column >> 1,
        lambda column, dim, *, layout="interleaved": math.floor(column / 2),
        lambda *given: np.int8(0) + np.floor_divide(given[0], 2),
        lambda column, dim: divmod(column, 2)[0],
        lambda column, dim: (2 * column + 1) // 4,
        partial(lambda two, column, dim: column // two, 2),
        PairOf(),
        pair_by_counting,
        pair_by_text,
        lambda column, dim: np.repeat(np.arange(dim), 2)[column],
        lambda column, dim: Decimal(column) // 2,
    ],
    "loop-in-twos": [
        Of(lambda given: given.base**2),
        Of(lambda given: np.exp(2 * np.log(given.base))),
        Of(lambda given: (given.base ** (1 / 32)) ** 64),
        Of(lambda given: float(given.base) ** 2.0),
        Of(lambda given: sp.Integer(given.base) ** 2),
        Of(lambda given: Decimal(given.base) ** 2),
        Of(lambda given: Fraction(given.base, 1) ** 2),
        Of(lambda given: np.float64(given.base) * given.base),
        Of(lambda given: np.array(given.base**2)),
        Of(lambda given: sp.exp(2 * sp.log(given.base))),
    ],
    "length-of-an-odd-row": [
        (d - 1) / 2 + sp.sin(p * w_last) ** 2,
        d / 2 - sp.cos(2 * p * w_last) / 2,
        (d + 1) / 2 - sp.cos(w_last * p) ** 2,
        (odd - 1) / 2 + sp.sin(anywhere * sp.Symbol("b") ** ((1 - odd) / odd)) ** 2,
        "(d - 1)/2 + sin(p*b**(1/d - 1))**2",
        sp.floor(d / 2) + sp.sin(p / b ** (2 * sp.floor(d / 2) / d)) ** 2,
        (d - 1) / 2 - (sp.exp(sp.I * p * w_last) - sp.exp(-sp.I * p * w_last)) ** 2 / 4,
        sp.Piecewise((d / 2, sp.Eq(sp.Mod(d, 2), 0)), ((d - 1) / 2 + sp.sin(p * w_last) ** 2, True)),
        sp.expand((d - 1) / 2 + sp.sin(p * b * b ** (-(2 * d - 1) / d)) ** 2),
        (d - 2) / 2 + (1 + 2 * sp.sin(w_last * p) ** 2) / 2,
        sp.Add(d / 2 - sp.Rational(1, 2), sp.Pow(sp.sin(p * sp.exp(-sp.log(b) * (d - 1) / d)), 2), evaluate=False),
        sp.Sum(1, (i, 1, (d - 1) / 2)) + sp.sin(p * w_last) ** 2,
        d / 2 - sp.re(sp.exp(2 * sp.I * p * w_last)) / 2,
    ],
    "exponent-of-a-column": [
        lambda column, dim, layout: Fraction(2 * pair_in(column, dim, layout), dim),
        lambda column, dim, layout: sp.Rational(2 * pair_in(column, dim, layout), dim),
        lambda column, dim, layout: np.float32(2) * np.float64(pair_in(column, dim, layout)) / dim,
        lambda column, dim, layout="interleaved": Decimal(2 * pair_in(column, dim, layout)) / Decimal(dim),
        lambda column, dim, layout: 1 - (dim - 2 * pair_in(column, dim, layout)) / dim,
        lambda column, dim, layout: math.log(10000 ** (2 * pair_in(column, dim, layout) / dim), 10000),
        lambda column, dim, layout: np.float32(2 * pair_in(column, dim, layout) / dim),
        lambda column, dim, layout: (
            {"interleaved": column - column % 2, "halves": 2 * (column % -(-dim // 2))}[layout] / dim
        ),
        exponent_by_list,
        exponent_by_branches,
        lambda column, dim, layout: (
            (np.r_[0:dim:2, 0 : dim - 1 : 2] if layout == "halves" else np.arange(dim) // 2 * 2)[column] / dim
        ),
        np.vectorize(exponent_by_branches),
    ],
    "reading-of-a-row": [
        Of(lambda given: made_by(given)),
        Of(lambda given: made_by(given).upper()),
        Of(lambda given: f"  {made_by(given)} "),
        Of(lambda given: made_by(given).replace(" ", "")),
        Of(lambda given: np.str_(made_by(given))),
        Of(lambda given: made_by(given).title()),
    ],
    "sines-to-the-front": [
        lambda table: np.concatenate([table[..., 0::2], table[..., 1::2]], axis=-1),
        lambda table: table[..., np.r_[0 : table.shape[-1] : 2, 1 : table.shape[-1] : 2]],
        lambda table: table[..., sorted(range(table.shape[-1]), key=lambda j: j % 2)],
        lambda table: np.take(table, np.argsort(np.arange(table.shape[-1]) % 2, kind="stable"), axis=-1),
        lambda table: np.append(table[..., ::2], table[..., 1::2], -1).astype(np.float32),
        lambda table: np.concatenate((table.T[::2], table.T[1::2])).T,
        lambda table, axis=-1: np.moveaxis(
            np.concatenate([np.moveaxis(table, axis, 0)[k::2] for k in (0, 1)]), 0, axis
        ),
        np.vectorize(lambda row: np.concatenate((row[::2], row[1::2])), signature="(n)->(n)"),
        front_by_reshape,
        front_by_matrix,
        front_row_by_row,
        lambda table: np.apply_along_axis(lambda row: np.hstack((row[::2], row[1::2])), -1, table),
        lambda table: np.ma.array(table[..., sorted(range(table.shape[-1]), key=lambda j: j % 2)]),
    ],
    "longest-wavelength-odd": [
        2 * sp.pi * b ** ((d - 1) / d),
        2 * sp.pi * b ** (2 * (n - 1) / d),
        2 * sp.pi * b ** (2 * sp.floor((d - 1) / 2) / d),
        2 * sp.pi * b ** (2 * (sp.ceiling(d / 2) - 1) / d),
        2 * sp.pi * b ** (1 - 1 / odd),
        sp.Max(2 * sp.pi * b ** ((d - 1) / d), 2 * sp.pi),
        sp.Piecewise((2 * sp.pi * b ** ((d - 2) / d), sp.Eq(d % 2, 0)), (2 * sp.pi * b ** ((d - 1) / d), True)),
        2 * sp.pi / sp.exp(-sp.log(b) * (d - 1) / d),
        "2*pi*b**((d-1)/d)",
        2 * sp.pi * sp.Symbol("b", integer=True) / sp.Symbol("b", integer=True) ** (1 / sp.Symbol("d", integer=True)),
        2 * sp.pi / (b ** (-2 * i / d)).subs(i, (d + 1) / 2 - 1),
        sp.Integral(b ** ((d - 1) / d), (p, 0, 2 * sp.pi)),
        2 * math.pi * b ** ((d - 1) / d),
    ],
    "pairs-that-turn": [
        Of(lambda given: counted(given)),
        Of(lambda given: float(counted(given))),
        Of(lambda given: np.int64(counted(given))),
        Of(lambda given: sp.Integer(counted(given))),
        Of(lambda given: Fraction(counted(given))),
        Of(lambda given: sum(length <= given.length for length in posenc.wavelengths(given.dim, base=given.base))),
        Of(lambda given: math.floor(given.dim / 2 * math.log(given.length / (2 * pi), given.base)) + 1),
        Of(lambda given: np.searchsorted(posenc.wavelengths(given.dim, base=given.base), given.length, side="right")),
        Of(lambda given: np.ceil(given.dim / 2 * np.log(given.length / (2 * pi)) / np.log(given.base))),
        Of(lambda given: Decimal(counted(given))),
    ],
    "shuffled-weights": [
        lambda weights, order: weights[order][:, order],
        lambda weights, order: weights.take(order, 0).take(order, 1),
        lambda weights, order: weights[order[:, None], order],
        lambda weights, order: np.matrix(np.eye(len(order))[order]) * weights * np.matrix(np.eye(len(order))[order]).T,
        lambda weights, order: np.einsum(
            "ki,ij,lj->kl", *(np.eye(len(order))[order], weights, np.eye(len(order))[order])
        ),
        lambda weights, order: sp.Matrix(weights).extract(order.tolist(), order.tolist()),
        lambda weights, order: np.array([row[order] for row in weights[order]]).astype(np.float32),
        lambda weights, order: [weights[k, order] for k in order],
        weights_by_loops,
        weights_by_matrix,
        lambda weights, order: weights[tuple(np.meshgrid(order, order, indexing="ij"))],
    ],
    "rows-that-were-learned": [
        lambda rows, positions: np.array([rows[int(p)] if p in range(len(rows)) else 0 * rows[0] for p in positions]),
        lambda rows, positions: [
            (rows[int(p)] if 0 <= p < len(rows) and p == int(p) else np.zeros_like(rows[0])) for p in positions
        ],
        lambda rows, positions: np.where(
            ((positions % 1 == 0) & (positions >= 0) & (positions < len(rows)))[:, None],
            rows[np.clip(positions, 0, len(rows) - 1).astype(int)],
            0,
        ),
        lambda rows, positions: (np.subtract.outer(positions, np.arange(len(rows))) == 0).astype(float) @ rows,
        looked_up_by_loop,
        looked_up_in_a_dict,
        looked_up_by_one_hot,
        looked_up_with_a_guard,
        looked_up_by_isin,
        lambda rows, positions: np.select([positions[:, None] == k for k in range(len(rows))], list(rows), 0),
        lambda rows, positions: np.matrix(looked_up_by_one_hot(rows, positions)),
        lambda rows, positions: [list(map(Fraction, row)) for row in looked_up_by_one_hot(rows, positions).tolist()],
    ],
    "same-row-twice": [
        ([7.5, 3.75, 15 / 7], 0, 15),
        ((2.5, 3.5, 4.5), 0, 315),
        [np.array([2.5, 3.5, 4.5]), -157, 158],
        ([7.5, 3.75, 15 / 7], 0.0, 15.0),
        ([Fraction(10, 3), Fraction(5, 2), Fraction(20, 3)], np.int64(20), 0),
        ([sp.Rational(15, 2), sp.Rational(15, 4), sp.Rational(15, 7)], sp.Integer(-15), sp.Integer(15)),
        ([150 / k for k in range(61, 74) if 150 % k], -75, 75),
        ([Decimal("7.5"), Decimal("3.75"), Decimal("37.5")], Fraction(75), 0),
        (np.array([1000 / 3, 1000 / 7, 1000 / 9], dtype=float), -1000, 1000),
        ({2.5, 3.5, 4.5}, 0, 315),
        (np.array([[7.5], [3.75], [37.5]])[:, 0], 0, 75),
        (sp.Matrix([sp.Rational(15, 2), sp.Rational(15, 4), sp.Rational(5, 2)]), 0, 15),
        ({7.5, 3.75, 2.5}, 15, 0),
        ([Decimal("7.5"), Decimal("3.75"), Decimal("2.5")], -1000, 500),
        ([1999 / k for k in range(2, 102)], -1000, 999),
    ],
    "whole-table": [
        lambda positions, dim: filled(angles_of(positions, dim), dim),
        lambda positions, dim: filled(angles_of(positions, dim), dim, dtype=np.float32),
        lambda positions, dim: np.matrix(filled(angles_of(positions, dim), dim)),
        lambda positions, dim, base=1e4: filled(positions[:, None] / np.power(base, np.arange(0, dim, 2) / dim), dim),
        lambda positions, dim: filled(np.outer(positions, np.exp(-np.log(1e4) * np.arange(0, dim, 2) / dim)), dim),
        lambda positions, dim: filled(angles_of(positions, dim).astype(np.longdouble), dim),
        table_by_loop,
        table_by_exp,
        table_by_phases,
        table_by_complex,
        table_by_products,
        table_by_sympy,
        lambda positions, dim: np.array([table_by_loop([p], dim)[0] for p in positions.tolist()]),
        lambda positions, dim: np.insert(
            np.sin(angles_of(positions, dim)),
            range(1, dim // 2 + 1),
            np.cos(angles_of(positions, dim))[:, : dim // 2],
            axis=1,
        ),
        lambda positions, dim: filled(angles_of(positions.astype(np.longdouble), dim), dim),
    ],
    "position-of-a-row": [
        position_by_folding,
        position_by_complex,
        position_by_candidates,
        position_by_search,
        position_by_recursion,
        lambda row: round(float(position_by_folding(row)), 2),
        lambda row: np.float32(position_by_folding(row)),
        lambda row, start=0: position_by_folding(row.copy()) + start,
        lambda row: position_by_folding(row.tolist()),
        position_by_all_hands,
        lambda row: Fraction(float(position_by_folding(row))),
        lambda row: position_by_folding(row) + 0.004,
    ],
    "conventions-of-a-table": [
        conventions_by_slope,
        conventions_by_all_hands,
        conventions_by_search,
        conventions_by_turning_on,
        lambda table: [round(float(x)) if k else x for k, x in enumerate(conventions_by_slope(table))],
        lambda table: tuple(float(f"{x:.3g}") for x in conventions_by_slope(table)),
        lambda table: (np.bool_(angles_in(table)[0]), *conventions_by_slope(table)[1:]),
        lambda table: conventions_of_row(len(table) - 1, table),
        lambda table: np.float32(conventions_by_slope(table)),
        lambda table: iter(conventions_by_slope(table)),
        lambda table: conventions_by_slope(table) * [1, 1.004, 0.996],
        lambda table: tuple(map(Fraction, conventions_by_slope(table).tolist())),
    ],
}


def made_by(given):
    """By the exponent of pair 1; the pairs of both rows in question lie on the circle."""
    step = -np.log(np.arcsin(given.row[2])) / np.log(given.base)
    steps = {"tensor2tensor": 1 / (given.dim / 2 - 1), "i over d": 1 / given.dim, "paper": 2 / given.dim}
    return min(steps, key=lambda name: abs(steps[name] - step))


def other(given):
    return {"tensor2tensor": "i over d", "i over d": "tensor2tensor"}[made_by(given)]


def counted(given):
    return next(k for k in range(1000) if 2 * pi * given.base ** (2 * k / given.dim) > given.length)


WRONG: dict[str, list[tuple]] = {
    "pair-of-a-column": [
        (posenc.pair_of, FORBIDDEN),
        (lambda column, dim: posenc.pair_of(column, dim), FORBIDDEN),
        (
            lambda column, dim: next(
                i for i in range(dim) if column in (posenc.column_of(i, "sin", dim), posenc.column_of(i, "cos", dim))
            ),
            FORBIDDEN,
        ),
        (lambda column, dim: column, "counts pairs"),
        (lambda column, dim: column / 2, "a whole number"),
        (lambda column, dim: round(column / 2), ""),
        (lambda column, dim: math.ceil(column / 2), "rounds up"),
        (lambda column, dim: column // 2 + 1, "the first one is pair 0"),
        (lambda column, dim: column % ((dim + 1) // 2), "layout 'halves'"),
        (lambda column, dim: column % (dim // 2) if dim > 1 else 0, ""),
        (lambda column, dim: column - column % 2, "even column"),
        (lambda column, dim: str(column // 2), "no array of numbers"),
        (lambda column, dim: [column // 2], "shape"),
        (lambda column: column // 2, "TypeError"),
        (lambda column, dim: None, "returns nothing"),
        (2, "a function is asked for"),
        (None, "nothing is written"),
        (pair_until_64, ""),
    ],
    "loop-in-twos": [
        (Of(lambda given: given.base), "takes i for a pair"),
        (Of(lambda given: math.sqrt(given.base)), "exponent i/d"),
        (Of(lambda given: 2 * given.base), "not twice the base"),
        (Of(lambda given: given.base / 2), "half the base"),
        (Of(lambda given: given.base**4), "counts the same factor twice"),
        (Of(lambda given: given.base**2 + 1), ""),
        (Of(lambda given: given.base**2 * (1 + 1e-6)), ""),
        (Of(lambda given: str(given.base**2)), "a number is asked for"),
        (Of(lambda given: [given.base**2]), "a number is asked for"),
        (Of(lambda given: -(given.base**2)), ""),
        (lambda n, d: None, "a number is asked for"),
        (np.inf, "a finite one"),
        (..., "no answer here yet"),
    ],
    "length-of-an-odd-row": [
        (d / 2, "even d"),
        ((d - 1) / 2, "a number, too"),
        ((d + 1) / 2, "whole pair"),
        ((d - 1) / 2 + sp.cos(p * w_last) ** 2, "not a cosine"),
        ((d - 1) / 2 + sp.sin(p * w_last), "adds squares"),
        (sp.sqrt((d - 1) / 2 + sp.sin(p * w_last) ** 2), "its square is asked for"),
        ((d - 1) / 2 + sp.sin(p * b ** (-(d - 2) / d)) ** 2, "for even d"),
        ((d - 1) / 2 + sp.sin(p * b ** ((d - 1) / d)) ** 2, "divides the position"),
        ((d - 1) / 2 + sp.sin(p * b ** (-(d + 1) / d)) ** 2, "compare the two"),
        ((d - 1) / 2 + sp.sin(p) ** 2, "compare the two"),
        ((d - 1) / 2 + sp.sin(p * w_last / 10000) ** 2, ""),
        ((d - 1) / 2 + sp.sin(p * sp.Symbol("w")) ** 2, "the symbol 'w' does not belong"),
        ((d - 1) / 2 + sp.sin(p / 10000 ** ((d - 1) / d)) ** 2, ""),
        (lambda p, d, b: d / 2, "not a function"),
        ([d / 2], "an expression is asked for"),
        (None, "no expression here yet"),
    ],
    "exponent-of-a-column": [
        (lambda column, dim, layout: 2 * posenc.pair_of(column, dim, layout=layout) / dim, FORBIDDEN),
        (
            lambda column, dim, layout: -np.log(posenc.frequencies(dim)[pair_in(column, dim, layout)]) / np.log(1e4),
            FORBIDDEN,
        ),
        (lambda column, dim, layout: 2 * column / dim, "2j/d"),
        (lambda column, dim, layout: column / dim, "j/d"),
        (lambda column, dim, layout: pair_in(column, dim, layout) / dim, "base 100"),
        (lambda column, dim, layout: (column - column % 2) / dim, "the same in both layouts"),
        (lambda column, dim, layout: -2 * pair_in(column, dim, layout) / dim, "sign"),
        (
            lambda column, dim, layout: (
                2 * (column // 2 if layout == "interleaved" else column % max(dim // 2, 1)) / dim
            ),
            "even d",
        ),
        (
            lambda column, dim, layout: 2 * (column // 2 if layout == "interleaved" else column) / dim,
            "begin again with pair 0",
        ),
        (lambda column, dim, layout: 2 * pair_in(column, dim, layout) // dim, ""),
        (lambda column, dim, layout: f"{2 * pair_in(column, dim, layout)}/{dim}", "no array of numbers"),
        (lambda column, dim, layout: (2 * pair_in(column, dim, layout), dim), "shape"),
        (lambda column, dim, layout: 10000 ** (2 * pair_in(column, dim, layout) / dim), ""),
        (lambda column, dim, layout: 2 * pair_in(column, dim, layout) / (2 * (dim // 2) or 1), ""),
        (lambda column, dim: 2 * (column // 2) / dim, "TypeError"),
        (0.5, "a function is asked for"),
        (
            lambda column, dim, layout: float(
                -sp.log(symbolic.frequency(pair_in(column, dim, layout), dim)).evalf() / sp.log(10000).evalf()
            ),
            FORBIDDEN,
        ),
        (lambda column, dim, layout: 2 * pair_in(column, dim, "halves") / dim, "the cosine beside it are one pair"),
        (lambda column, dim, layout: round(2 * pair_in(column, dim, layout) / dim, 3), ""),
    ],
    "reading-of-a-row": [
        ("paper", "pair 1 has the frequency"),
        ("2j over d", "leaves the circle"),
        ("J over D", "leaves the circle"),
        (Of(other), "divide the logarithm"),
        ("Vaswani", "one of the words"),
        ("", "one of the words"),
        (Of(lambda given: [made_by(given)]), "one of the words"),
        (4, "one of the words"),
        (None, "no answer here yet"),
    ],
    "sines-to-the-front": [
        (lambda table: posenc.convert_layout(table, source="interleaved", target="halves"), FORBIDDEN),
        (
            lambda table: table[
                ...,
                [
                    posenc.column_of(i, w, table.shape[-1])
                    for w, k in (("sin", 1), ("cos", 0))
                    for i in range((table.shape[-1] + k) // 2)
                ],
            ],
            FORBIDDEN,
        ),
        (front_of_tables_if_odd, "ValueError"),
        (front_up_to_three_axes, ""),
        (front_in_place, "changes the array"),
        (lambda table: np.concatenate((table[:, 0::2], table[:, 1::2]), axis=1), "IndexError"),
        (lambda table: table, "nothing has moved"),
        (lambda table: np.concatenate((table[..., 1::2], table[..., 0::2]), axis=-1), "cosines come first"),
        (lambda table: np.concatenate((table[0::2], table[1::2])), "the columns are the last axis"),
        (lambda table: table[..., 0::2], "only the sines"),
        (
            lambda table: table[..., np.argsort([*range(0, table.shape[-1], 2), *range(1, table.shape[-1], 2)])],
            "the way back",
        ),
        (lambda table: np.concatenate((table[..., 0::2], table[..., 1::2][..., ::-1]), axis=-1), "in reverse"),
        (lambda table: table.reshape(*table.shape[:-1], 2, -1).swapaxes(-1, -2).reshape(table.shape), ""),
        (lambda table: np.sort(table, axis=-1), ""),
        (lambda table: (table[..., 0::2], table[..., 1::2]), ""),
        (
            lambda table: np.concatenate((table[..., 0::2], table[..., 1::2]), axis=-1)[
                ..., : table.shape[-1] // 2 * 2
            ],
            "",
        ),
    ],
    "longest-wavelength-odd": [
        (2 * sp.pi * b ** ((d - 2) / d), "even d"),
        (2 * sp.pi * b, "the paper says that its wavelengths end"),
        (b ** ((d - 1) / d), "positions per radian"),
        (2 * sp.pi * b ** ((1 - d) / d), "divides by the frequency"),
        (2 * sp.pi * b ** ((d + 1) / d), "counted from 0"),
        (2 * sp.pi * b ** (d / (d - 1)), "upside down"),
        (2 * sp.pi * b ** ((d - 3) / d), "the pair of the lone sine"),
        (2 * sp.pi * b ** ((d - 1) / (2 * d)), "compare the two"),
        (2 * sp.pi * 10000 ** ((d - 1) / d), "compare the two"),
        (360 * b ** ((d - 1) / d), "compare the two"),
        (2 * sp.pi * b ** (2 * sp.ceiling(d / 2) / d), "counted from 0"),
        (628.3, ""),
        (2 * sp.Symbol("π") * b ** ((d - 1) / d), "does not belong"),
        (lambda b, d: 2 * pi * b ** ((d - 1) / d), "not a function"),
        ("2 pi b^(", "an expression is asked for"),
        (None, "no expression here yet"),
    ],
    "pairs-that-turn": [
        (Of(lambda given: counted(given) - 1), "the last pair that turns"),
        (Of(lambda given: counted(given) + 1), ""),
        (Of(lambda given: 2 * counted(given)), "columns"),
        (Of(lambda given: given.dim // 2), "not all"),
        (Of(lambda given: given.dim // 2 - counted(given)), "do not complete a turn"),
        (
            Of(lambda given: int((given.base ** (2 * np.arange(given.dim // 2) / given.dim) <= given.length).sum())),
            "2 pi radians",
        ),
        (
            Of(
                lambda given: int(
                    (2 * pi * given.base ** (4 * np.arange(given.dim // 2) / given.dim) <= given.length).sum()
                )
            ),
            "twice as fast",
        ),
        (
            Of(lambda given: given.dim / 2 * math.log(given.length / (2 * pi)) / math.log(given.base)),
            "a whole number is asked for",
        ),
        (Of(lambda given: counted(given) + 0.001), "a whole number is asked for"),
        (Of(lambda given: range(counted(given))), "a number is asked for"),
        (Of(lambda given: f"{counted(given)} pairs"), "a number is asked for"),
        (True, "a number is asked for"),
    ],
    "shuffled-weights": [
        (lambda weights, order: weights[order], "only the rows"),
        (lambda weights, order: weights[:, order], "only the columns"),
        (lambda weights, order: weights[order, order], "of every word for itself"),
        (lambda weights, order: weights[np.argsort(order)][:, np.argsort(order)], "the other way round"),
        (lambda weights, order: weights, "nothing has moved"),
        (lambda weights, order: weights[np.ix_(order, order)].T, "rows and columns are swapped"),
        (lambda weights, order: weights[order][:, np.argsort(order)], ""),
        (lambda weights, order: np.eye(len(order))[order] @ weights, "only the rows"),
        (lambda weights, order: np.eye(len(order))[order] @ weights @ np.eye(len(order))[order], ""),
        (lambda weights, order: weights[::-1, ::-1], ""),
        (lambda weights, order: weights[np.ix_(order, order)] / 2, ""),
        (lambda weights, order: weights_by_loops(weights[:8, :8], order[:8]), ""),
        (weights_in_place, "changes the array"),
    ],
    "rows-that-were-learned": [
        (lambda rows, positions: rows[positions], "IndexError"),
        (lambda rows, positions: rows[positions.astype(int)], "IndexError"),
        (looked_up_by_try, ""),
        (
            lambda rows, positions: looked_up_by_one_hot(
                rows, np.where(positions < 0, positions + len(rows), positions)
            ),
            "count from the end",
        ),
        (lambda rows, positions: looked_up_by_one_hot(rows, positions.astype(int)), "cut off"),
        (lambda rows, positions: looked_up_by_one_hot(rows, np.round(positions)), "rounded"),
        (lambda rows, positions: looked_up_by_one_hot(rows, positions % len(rows)), "begins anew"),
        (
            lambda rows, positions: looked_up_by_one_hot(rows, np.clip(positions, 0, len(rows) - 1)),
            "repeats the outermost",
        ),
        (lambda rows, positions: looked_up_by_one_hot(rows, positions - 1), "counts the rows from 1"),
        (
            lambda rows, positions: (
                np.maximum(0, 1 - abs(positions[:, None] - np.arange(len(rows))))
                * (positions[:, None] >= 0)
                * (positions[:, None] <= len(rows) - 1)
                @ rows
            ),
            "mixes their rows",
        ),
        (
            lambda rows, positions: np.where(
                looked_up_by_one_hot(np.ones_like(rows), positions) > 0,
                looked_up_by_one_hot(rows, positions),
                posenc.sinusoidal(positions, rows.shape[1]),
            ),
            "computes one",
        ),
        (lambda rows, positions: np.array([rows[int(p)] for p in positions if p in range(len(rows))]), "left out"),
        (
            lambda rows, positions: np.where(
                looked_up_by_one_hot(np.ones_like(rows), positions) > 0, looked_up_by_one_hot(rows, positions), np.nan
            ),
            "NaN",
        ),
        (lambda rows, positions: looked_up_by_one_hot(rows, positions).T, ""),
        (lambda rows, positions: posenc.sinusoidal(positions, rows.shape[1]), ""),
        (lambda rows, positions: looked_up_by_one_hot(rows[:64], positions), ""),
        (
            lambda rows, positions: looked_up_by_one_hot(
                rows, np.where(abs(positions - np.round(positions)) < 0.01, np.round(positions), positions)
            ),
            "",
        ),
        (lambda rows, positions: looked_up_by_one_hot(rows, abs(positions)), ""),
    ],
    "same-row-twice": [
        (([1e12 + 0.5, 1e12 + 1.5, 1e12 + 2.5], 0, 1), "does not make a whole number of turns"),
        (([2001.5, 2002.5, 2003.5], -1000, 1000), "does not make a whole number of turns"),
        (([4, 8, 16], 0, 16), "as those of the counter are"),
        (([4.0000000001, 8.0000000002, 16.0000000004], 0, 16), "as those of the counter are"),
        (([2 * pi, 20 * pi, 200 * pi], 0, 628), "the two rows differ"),
        (([2 * pi, 20 * pi, 200 * pi], 0, 710), "the two rows differ"),
        (([7.5, 3.75, 2.142857], 0, 15), "the two rows differ"),
        (([2.5, 3.5, 4.5], 0, 35), "the two rows differ"),
        (([2.5, 2.5, 3.5], 0, 35), "the same"),
        (([2.5, 2.5 + 1e-9, 3.5], 0, 35), "the same"),
        (([2.5, 3.5], 0, 35), "at least three"),
        (([0.5, 1.5, 2.5], 0, 15), "looks like a slower one"),
        (([-2.5, -3.5, -4.5], 0, 315), "looks like a slower one"),
        (([2.5, 3.5, 4.5], 0, 3150), "from -1000 to 1000"),
        (([2.5, 3.5, 4.5], 7, 7), "not two positions"),
        (([2.5, 3.5, 4.5], 0.5, 315.5), "must be integers"),
        (([2.5, 3.5, 4.5], "0", "315"), "must be integers"),
        (([2.5, 3.5, np.inf], 0, 35), "a finite one"),
        ((["2.5", "3.5", "4.5"], 0, 315), "must be a number"),
        ([2.5, 3.5, 4.5], "is asked for"),
        ((0, 315), "is asked for"),
        (lambda: ([2.5, 3.5, 4.5], 0, 315), "is asked for"),
        (None, "no answer here yet"),
        (([5.0, 7.5, 2.5], 0, 15), "as those of the counter are"),
        (([7.4999999, 3.75, 2.5], 0, 15), "the two rows differ"),
        (([2 * pi / 7.5, 2 * pi / 3.75, 2 * pi / 2.5], 0, 15), "looks like a slower one"),
        (([15 / k for k in range(2, 110)], 0, 15), "at most a hundred"),
        (([7.5, 3.75, 2.5], True, 16), "must be integers"),
    ],
    "whole-table": [
        (posenc.sinusoidal, FORBIDDEN),
        (lambda positions, dim: filled(np.multiply.outer(positions, posenc.frequencies(dim)), dim), FORBIDDEN),
        (lambda positions, dim: filled(2 * pi * np.divide.outer(positions, posenc.wavelengths(dim)), dim), FORBIDDEN),
        (table_like_the_positions, "type of the positions"),
        (table_with_float32_angles, "float32"),
        (table_of_even_dim, "ValueError"),
        (table_up_to_500, ""),
        (
            lambda positions, dim: filled(positions[:, None] / 10000 ** (2 * np.arange(0, dim, 2) / dim), dim),
            "twice as fast",
        ),
        (lambda positions, dim: filled(positions[:, None] / 10000 ** (np.arange((dim + 1) // 2) / dim), dim), "i/d"),
        (
            lambda positions, dim: np.where(
                np.arange(dim) % 2,
                np.cos(positions[:, None] / 10000 ** (2 * np.arange(dim) / dim)),
                np.sin(positions[:, None] / 10000 ** (2 * np.arange(dim) / dim)),
            ),
            "2j/d",
        ),
        (lambda positions, dim: filled(angles_of(np.arange(len(positions)), dim), dim), "counts the rows"),
        (lambda positions, dim: filled(angles_of(positions.astype(int), dim), dim), "lose their fractions"),
        (lambda positions, dim: filled(angles_of(abs(positions), dim), dim), ""),
        (
            lambda positions, dim: np.concatenate(
                (np.sin(angles_of(positions, dim)), np.cos(angles_of(positions, dim))), 1
            )[:, :dim],
            "",
        ),
        (lambda positions, dim: filled(angles_of(positions, dim) + pi / 2, dim), ""),
        (lambda positions, dim: filled(np.radians(angles_of(positions, dim)), dim), "degrees"),
        (
            lambda positions, dim: filled(positions[:, None] * 10000 ** (np.arange(0, dim, 2) / dim), dim),
            "multiplies by the power",
        ),
        (
            lambda positions, dim: filled(
                positions[:, None] * 10000.0 ** (-np.arange((dim + 1) // 2) / max((dim - 1) // 2, 1)), dim
            ),
            "tensor2tensor",
        ),
        (lambda positions, dim: filled(positions[:, None] / 9999.9 ** (np.arange(0, dim, 2) / dim), dim), ""),
        (lambda positions, dim: filled(positions[:, None] * np.exp(-9.21034 * np.arange(0, dim, 2) / dim), dim), ""),
        (lambda positions, dim: filled(angles_of(positions, dim), dim).T, ""),
        (lambda positions, dim: filled(angles_of(positions, dim), dim)[None], "shape"),
        (lambda positions, dim: np.exp(1j * angles_of(positions, dim)), "complex"),
        (lambda positions, dim: filled(angles_of(positions, dim), dim) * (dim <= 64), ""),
        (lambda positions, dim: filled(angles_of(positions, dim), dim).round(4), ""),
        (table_in_place, "changes the array"),
        (
            lambda positions, dim: [
                [float(cell.subs("p", sp.Float(position))) for cell in symbolic.sinusoidal(sp.Symbol("p"), dim)]
                for position in positions
            ],
            FORBIDDEN,
        ),
        (lambda positions, dim: filled(angles_of(positions, dim + dim % 2), dim + dim % 2)[:, :dim], "cut off"),
        (
            lambda positions, dim: np.pad(
                filled(
                    positions[:, None] * 10000.0 ** (-np.arange(0, dim - 1, 2) / max(dim // 2 * 2, 1)), dim // 2 * 2
                ),
                ((0, 0), (0, dim % 2)),
            ),
            "all zeros",
        ),
        (lambda positions, dim: filled(angles_of(positions % 6283.185307, dim), dim), ""),
    ],
    "position-of-a-row": [
        (lambda row: hands_of(row)[0][-1] / hands_of(row)[1][-1], "slowest hand alone"),
        (lambda row: hands_of(row)[0][0], "fastest hand alone"),
        (lambda row: np.arcsin(row[0]), ""),
        (lambda row: np.mean(hands_of(row)[0] / hands_of(row)[1]), "averages the hands"),
        (lambda row: round(position_by_folding(row)), "between two of them"),
        (lambda row: int(position_by_folding(row)), ""),
        (whole_position_by_search, ""),
        (lambda row: position_by_folding(np.stack((row[1::2], row[0::2]), axis=1).ravel()), "swapped"),
        (lambda row: position_by_folding(row.reshape(2, -1).T.ravel()), "first half"),
        (lambda row: position_by_folding(row) % 6283.19, ""),
        (lambda row: position_by_folding(row) + 0.05, ""),
        (lambda row: position_by_folding(row) % 1000, ""),
        (position_with_d_8, ""),
        (lambda row: -position_by_folding(row), ""),
        (lambda row: [position_by_folding(row)], "shape"),
        (lambda row: hands_of(row)[0] / hands_of(row)[1], ""),
        (lambda row: np.nan, "NaN"),
        (50.25, "a function is asked for"),
        (position_by_turns_of_the_guess, "the whole turns of the guess"),
        (lambda row: (position_by_folding if len(row) <= 64 else position_by_turns_of_the_guess)(row), ""),
        (position_by_coarse_search, ""),
        (lambda row: position_by_folding(row) * 1.0001, ""),
        (lambda row: round(4 * position_by_folding(row)) / 4, ""),
    ],
    "conventions-of-a-table": [
        (lambda table: conventions_of_row(1, table), "row 1"),
        (only(0), ""),
        (only(1), ""),
        (
            lambda table: (1 - conventions_by_slope(table)[0], *conventions_by_slope(table)[1:]),
            "the layouts are swapped",
        ),
        (lambda table: conventions_by_slope(table)[[0, 2, 1]], "the two bases are swapped"),
        (lambda table: conventions_by_slope(table)[[0, 1, 1]], "the other ladder needs its own"),
        (lambda table: conventions_by_slope(table)[[0, 2, 2]], ""),
        (lambda table: conventions_by_slope(table) * [1, 1.03, 1.03], ""),
        (lambda table: (lambda layout, b, other: (layout, b**2, other))(*conventions_by_slope(table)), "i/d"),
        (lambda table: (conventions_by_slope(table)[0], 10_000, 10_000 ** (1 - 2 / table.shape[1])), ""),
        (
            lambda table: ("halves" if table[0, 1] < 0.5 else "interleaved", *conventions_by_slope(table)[1:]),
            "the layout is 0 or 1",
        ),
        (
            lambda table: (conventions_by_slope(table)[0] + 0.001, *conventions_by_slope(table)[1:]),
            "the layout is 0 or 1",
        ),
        (lambda table: conventions_by_slope(table)[:2], "three numbers are asked for"),
        (lambda table: conventions_by_slope(table)[1], "three numbers are asked for"),
        (
            lambda table: (
                conventions_by_slope(table)[0],
                np.log(conventions_by_slope(table)[1]),
                np.log(conventions_by_slope(table)[2]),
            ),
            "",
        ),
        (lambda table: conventions_by_slope(table) if table.shape[1] < 100 else (0, 1, 1), ""),
        (lambda table: conventions_by_slope(table[:3]), ""),
        (lambda table: (conventions_by_slope(table)[0], "10000", "3162"), "each base is a number"),
        (lambda table: (conventions_by_slope(table)[0], np.nan, np.nan), "each base is a number"),
        (lambda table: (conventions_by_slope(table)[0], *conventions_by_slope(table)[1:].round(-3)), ""),
        (lambda table: np.minimum(conventions_by_slope(table), 1e5), ""),
    ],
}
