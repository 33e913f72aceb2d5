"""The exercises of the part on the formula."""

from typing import Any

import numpy as np
import sympy as sp

import posenc
from posenc import symbolic
from posenc.exercises._judge import (
    Mistake,
    Wrong,
    as_numbers,
    call,
    choice,
    expression,
    function,
    number,
    numbers,
    proof,
    value,
    witness,
)
from posenc.exercises._verdict import shown

# For exercises that are to be solved without the package.
SYMBOLIC = {name for name, made in vars(symbolic).items() if getattr(made, "__module__", "") == symbolic.__name__}
POSENC = tuple({*posenc.__all__, *SYMBOLIC})


def _telling(given, expected, mistakes):
    """The numbers of an exercise, drawn until the answer and all known mistakes differ."""

    def drawn(rng=None):
        while True:
            found = given(rng)
            answers = {expected(found), *(mistake.answer(found) for mistake in mistakes)}
            if len(answers) == 1 + len(mistakes):
                return found

    return drawn


# A column, its pair and its exponent.


def _even_columns(rng):
    yield 0, 2
    yield 5, 8
    yield 7, 8
    yield from _some_columns(rng, 2 * rng.integers(1, 300, 6))


def _odd_columns(rng):
    yield 6, 7
    yield 1, 3
    yield 0, 1
    yield from _some_columns(rng, 2 * rng.integers(1, 300, 6) + 1)


def _some_columns(rng, dims):
    for dim in dims:
        yield int(rng.integers(0, dim)), int(dim)
        yield int(dim) - 1, int(dim)


def _columns_of(layout):
    def columns(rng):
        for columns in (_even_columns, _odd_columns):
            for column, dim in columns(rng):
                yield column, dim, layout

    return columns


def _exponent(column, dim, layout, sines=lambda dim: (dim + 1) // 2):
    """The exponent without `posenc`, since known mistakes are handed in like answers."""
    return 2 * (column // 2 if layout == "interleaved" else column % sines(dim)) / dim


# A loop in twos.


def _a_base(rng):
    return (100 * int(rng.integers(10, 301)),)


def _loop_in_twos():
    def expected(given):
        return given.base**2

    mistakes = [
        Mistake(
            lambda given: given.base,
            "this takes i for a pair; list the values that i runs through, and look at column 2",
        ),
        Mistake(
            lambda given: given.base**0.5,
            "this is the base of the exponent i/d with i a pair; what does i count in this loop?",
        ),
        Mistake(
            lambda given: 2 * given.base,
            "twice the exponent is not twice the base; go back to the rule for a power of a power",
        ),
        Mistake(
            lambda given: given.base / 2,
            "half the base is not twice the exponent; go back to the rule for a power of a power",
        ),
        Mistake(
            lambda given: given.base**4,
            "this counts the same factor twice: write the exponent once, with the pair in place of i",
        ),
    ]
    return value(
        expected,
        mistakes,
        given=_telling(numbers("base", (10_000,), _a_base), expected, mistakes),
        answer="base",
        hints=(
            "Which values does i run through? Is it a pair, a column, or an even column?",
            "Write down the angle of column 2 as the loop makes it, and as the paper makes it for another base B.",
            "Both have the form p / base ** (2 * pair / d), once i is written with the pair. "
            "Now use (b ** x) ** y = b ** (x * y).",
        ),
        points=1,
        minutes=10,
        kind="diagnose",
    )


# The length of an odd row.


def _length_of_an_odd_row():
    p, d, b = sp.symbols("p d b", positive=True)
    w = b ** ((1 - d) / d)
    return expression(
        (d - 1) / 2 + sp.sin(p * w) ** 2,
        [
            Mistake(d / 2, "this is the squared length for even d, where every column has its partner"),
            Mistake((d - 1) / 2, "these are the whole pairs; the lone sine is a number, too"),
            Mistake((d + 1) / 2, "this takes the lone sine for a whole pair; is the square of a sine always 1?"),
            Mistake((d - 1) / 2 + sp.cos(p * w) ** 2, "the column that is left over is a sine, not a cosine"),
            Mistake((d - 1) / 2 + sp.sin(p * w), "the lone sine is added as it is; a squared length adds squares"),
            Mistake(
                sp.sqrt((d - 1) / 2 + sp.sin(p * w) ** 2),
                "this is the length; its square is asked for",
            ),
            Mistake(
                (d - 1) / 2 + sp.sin(p * b ** ((2 - d) / d)) ** 2,
                "the frequency is that of the last pair for even d; which pair is the last one here?",
            ),
            Mistake(
                (d - 1) / 2 + sp.sin(p * b ** ((d - 1) / d)) ** 2,
                "this multiplies by the power; the formula divides the position by it",
            ),
        ],
        at=lambda rng: {
            "p": float(rng.uniform(-2000, 2000)),
            "d": int(2 * rng.integers(0, 40) + 1),
            "b": int(rng.integers(2, 20_000)),
        },
        answer="squared_length",
        hints=(
            "Square every entry and add them up, pair by pair. What does a whole pair give?",
            "There are (d - 1)/2 whole pairs, and one sine is left. Which number i has its pair, counted from 0?",
            "The last pair is i = (d - 1)/2, so its exponent 2i/d is (d - 1)/d. Square its sine and add it.",
        ),
        points=1,
        minutes=10,
    )


# Who made this row?

_LADDERS = {
    "paper": lambda j, dim: 2 * (j // 2) / dim,
    "i over d": lambda j, dim: (j // 2) / dim,
    "j over d": lambda j, dim: j / dim,
    "2j over d": lambda j, dim: 2 * j / dim,
    "tensor2tensor": lambda j, dim: (j // 2) / (dim // 2 - 1),
}


def _first_four(made_by, dim, base):
    """Columns 0 to 3 of row 1."""
    j = np.arange(4)
    angles = float(base) ** -_LADDERS[made_by](j, dim)
    return tuple(np.where(j % 2, np.cos(angles), np.sin(angles)).round(4).tolist())


def _a_row(rng):
    dim, base = 2 * int(rng.integers(4, 9)), 1000 * int(rng.integers(1, 51))
    return dim, base, _first_four(str(rng.choice(["tensor2tensor", "i over d"])), dim, base)


def _made_by(given):
    """The convention that makes the row that was given."""
    return next(name for name in _LADDERS if _first_four(name, given.dim, given.base) == given.row)


def _reading_of_a_row():
    return choice(
        _made_by,
        tuple(_LADDERS),
        [
            Mistake(
                "paper",
                "the paper's pair 1 has the frequency base ** (-2 / dim): work it out. What does column 2 say?",
            ),
            Mistake(
                "2j over d",
                "with 2j/d column 1 is the cosine of base ** (-2 / dim), and pair 0 leaves the circle; square and add",
            ),
            Mistake(
                "j over d",
                "with j/d column 1 is the cosine of base ** (-1 / dim), and pair 0 leaves the circle; square and add",
            ),
            Mistake(
                lambda given: "i over d" if _made_by(given) == "tensor2tensor" else "tensor2tensor",
                "this keeps the pairs on the circle, as the row does, but its ladder is another one: divide the "
                "logarithm of the frequency of pair 1 by that of the base, and compare the steps",
            ),
        ],
        given=numbers("dim base row", (8, 10_000, _first_four("tensor2tensor", 8, 10_000)), _a_row),
        answer="made_by",
        hints=(
            "Square columns 0 and 1 and add: does the pair lie on the circle? That leaves the conventions in which "
            "both columns of a pair share a frequency.",
            "At position 1 the angle is the frequency. Column 2 is the sine of pair 1: which angle has it?",
            "Work out -log(frequency) / log(base), the exponent of pair 1. Compare it with 2/d, 1/d and 1/(d/2 - 1).",
        ),
        points=2,
        minutes=15,
        kind="diagnose",
    )


# Sines to the front.


def _even_tables(rng):
    yield (np.arange(12.0).reshape(3, 4),)
    yield (np.array([10, 11, 12, 13, 14, 15]),)
    yield (rng.normal(size=(2, 3, 8)),)
    yield (rng.normal(size=(2, 1, 3, 4)).astype(np.float32),)
    for rows, pairs in rng.integers(2, 12, (3, 2)):
        yield (rng.normal(size=(rows, 2 * pairs)),)
    yield (rng.normal(size=(2, 2 * int(rng.integers(100, 200)))),)


def _odd_tables(rng):
    yield (np.array([10, 11, 12, 13, 14]),)
    yield (np.arange(10.0).reshape(2, 5),)
    yield (np.arange(3.0).reshape(3, 1),)
    yield (rng.normal(size=(2, 3, 7)),)
    yield (rng.normal(size=(2, 1, 3, 5)).astype(np.float32),)
    for rows, pairs in rng.integers(2, 12, (3, 2)):
        yield (rng.normal(size=(rows, 2 * pairs + 1)),)
    yield (rng.normal(size=2 * int(rng.integers(100, 200)) + 1),)


def _in_halves(table):
    return np.concatenate((table[..., ::2], table[..., 1::2]), axis=-1)


def _moved_columns(answer):
    table = posenc.sinusoidal(range(40), 13)
    return {"before": table, "yours": as_numbers(call(answer, table, forbidden=POSENC), table.shape, (table,))}


def _heat_maps(tables):
    from posenc import plotting

    return plotting.heat_maps(tables)


# The whole table.


def _rows_of_even_dim(rng):
    yield np.array([1.0]), 2
    yield np.arange(3.0), 4
    for dim in 2 * rng.integers(3, 40, 3):
        yield rng.integers(1, 400, 5).astype(float), int(dim)
    yield np.array([0.0, 7.0]), 2 * int(rng.integers(100, 200))


def _rows_of_odd_dim(rng):
    yield np.array([1.0]), 1
    yield np.array([-0.5, 3.0]), 5
    yield np.array([5.0, -3.0]), 7
    for dim in 2 * rng.integers(3, 40, 3) + 1:
        yield rng.integers(1, 400, 5).astype(float), int(dim)
    yield np.array([0.0, 7.0]), 2 * int(rng.integers(100, 200)) + 1


def _rows_anywhere(rng):
    yield np.array([-0.5, 2.25, 7.0]), 6
    yield np.array([-3.0, 3.0]), 8
    for dim in 2 * rng.integers(2, 40, 4):
        yield rng.uniform(-50, 50, 5).round(2), int(dim)


def _rows_of_whole_positions(rng):
    yield np.arange(5), 4
    yield np.array([10_000, 1]), 8
    for dim in 2 * rng.integers(2, 40, 3):
        yield rng.integers(10_000, 100_000, 4), int(dim)


def _table(exponent, *, swap=0, unit=1.0, power=-1):
    """A table column by column, with room for what people get wrong."""

    def table(positions, dim):
        columns = np.arange(dim)
        angles = np.multiply.outer(positions * unit, 10000.0 ** (power * exponent(columns, dim)))
        return np.where((columns + swap) % 2, np.cos(angles), np.sin(angles))

    return table


def _other_ladder(columns, dim):
    return (columns // 2) / max((dim + 1) // 2 - 1, 1)


def _yours_and_posenc(answer):
    positions, dim = np.arange(60.0), 32
    right = posenc.sinusoidal(positions, dim)
    yours = as_numbers(call(answer, positions, dim, forbidden=POSENC), right.shape, (positions, dim))
    return {"yours": yours, "posenc": right}


# The longest wavelength of an odd table.


def _longest_wavelength():
    b, d = sp.symbols("b d", positive=True)
    return expression(
        2 * sp.pi * b ** ((d - 1) / d),
        [
            Mistake(
                2 * sp.pi * b ** ((d - 2) / d),
                "this is the longest wavelength for even d; an odd d has another last pair",
            ),
            Mistake(
                2 * sp.pi * b,
                "here the paper says that its wavelengths end; no pair of its formula gets there, so find the last one",
            ),
            Mistake(b ** ((d - 1) / d), "these are positions per radian; a turn has more radians than one"),
            Mistake(
                2 * sp.pi * b ** ((1 - d) / d),
                "this gets shorter as the base grows: a wavelength divides by the frequency",
            ),
            Mistake(
                2 * sp.pi * b ** ((d + 1) / d),
                "this is longer than 2 pi b: the pairs are counted from 0, not from 1",
            ),
            Mistake(2 * sp.pi * b ** (d / (d - 1)), "this is longer than 2 pi b: the exponent is upside down"),
            Mistake(
                2 * sp.pi * b ** ((d - 3) / d),
                "this is the last pair that has a cosine; the pair of the lone sine turns more slowly",
            ),
        ],
        at=lambda rng: {"b": int(rng.integers(2, 20_000)), "d": int(2 * rng.integers(1, 40) + 1)},
        answer="longest",
        hints=(
            "How many pairs does a table with d = 5 have, the lone sine counted? And with d = 7? What number has the "
            "last of them?",
            "There are (d + 1)/2 pairs, counted from 0. Put the last one into the frequency b ** (-2i/d).",
            "A turn is 2 pi radians, and the frequency says how many radians a position takes.",
        ),
        points=1,
        minutes=10,
    )


# Pairs that turn.


def _a_head_and_a_text(rng):
    return 2 * int(rng.integers(30, 100)), int(rng.choice([5_000, 10_000, 20_000])), int(rng.integers(500, 3000))


def _turning(dim, base, length, *, radians=2 * np.pi, exponent=2):
    frequencies = float(base) ** (-exponent * np.arange(dim // 2) / dim)
    return int(np.count_nonzero(radians / frequencies <= length))


def _pairs_that_turn():
    def expected(given):
        return _turning(*given)

    mistakes = [
        Mistake(
            lambda given: _turning(*given, radians=1),
            "this compares the text with 1/w, positions per radian; a turn is 2 pi radians",
        ),
        Mistake(
            lambda given: _turning(*given) - 1,
            "this is the number of the last pair that turns, not how many turn",
        ),
        Mistake(
            lambda given: given.dim // 2,
            "not all: the slowest pair needs far more positions for a turn than the text has",
        ),
        Mistake(lambda given: 2 * _turning(*given), "these are columns; a pair has two of them"),
        Mistake(
            lambda given: _turning(*given, exponent=4),
            "this ladder falls twice as fast: there are half as many pairs as columns, and i counts pairs",
        ),
        Mistake(
            lambda given: given.dim // 2 - _turning(*given),
            "these are the pairs that do not complete a turn; the others are asked for",
        ),
    ]
    return value(
        expected,
        mistakes,
        whole=True,
        given=_telling(numbers("dim base length", (128, 10_000, 2048), _a_head_and_a_text), expected, mistakes),
        answer="turning",
        hints=(
            "Pair i has the wavelength 2 pi base ** (2i/dim). Set it equal to the length of the text and solve for i.",
            "That i is dim/2 times log(length / (2 pi)) / log(base). It lies between two pairs, and all up to it turn.",
            "The pairs begin with pair 0. Or count: np.count_nonzero(wavelengths <= length).",
        ),
        points=2,
        minutes=15,
    )


# Weights of a shuffled sentence.

DOGS_CHASE_CATS = np.array([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0.4, 0.2, 0.4]])


def _swaps(rng):
    yield DOGS_CHASE_CATS, np.array([2, 1, 0])
    yield _weights(rng, 2), np.array([1, 0])
    yield _weights(rng, 1), np.array([0])
    for n in rng.integers(4, 12, 3):
        one, other = rng.choice(n, 2, replace=False)
        order = np.arange(n)
        order[[one, other]] = other, one
        yield _weights(rng, n), order


def _orders(rng):
    yield DOGS_CHASE_CATS, np.array([2, 0, 1])
    yield _weights(rng, 4).astype(np.float32), np.array([1, 2, 3, 0])
    for n in rng.integers(4, 12, 4):
        yield _weights(rng, n), rng.permutation(n)
    yield _weights(rng, 40), rng.permutation(40)


def _weights(rng, n):
    pull = rng.uniform(0.1, 1, (n, n))
    return pull / pull.sum(axis=1, keepdims=True)


def _moved_back(answer):
    """The weights of the statement's two sentences, both with rows and columns in the order of the first."""
    order = np.array([2, 0, 1])
    yours = as_numbers(call(answer, DOGS_CHASE_CATS, order), (3, 3), (DOGS_CHASE_CATS, order))
    back = np.argsort(order)
    return {"dogs chase cats": DOGS_CHASE_CATS, "cats dogs chase": yours[np.ix_(back, back)]}


def _word_maps(weights):
    from posenc import plotting

    return plotting.word_maps(weights, ["dogs", "chase", "cats"])


# Rows that were learned.


def _with_a_row(rng):
    yield np.array([[5, 1], [2, 7]]), np.array([1, 0])
    yield np.array([[3.0, 4.0, 5.0]]), np.array([0.0, 0.0])
    yield rng.normal(size=(4, 3)).astype(np.float32), np.array([3, 0, 3, 2, 2])
    for n, dim in rng.integers(5, 40, (3, 2)):
        yield rng.normal(size=(n, dim)), rng.integers(0, n, 6).astype(float)
    yield rng.normal(size=(600, 5)), np.array([599, 0, 300])


def _without_a_row(rng):
    yield np.array([[5, 1], [2, 7]]), np.array([1, 0, 2, 0.5, -1])
    yield rng.normal(size=(4, 3)), np.array([4, 3, 0, -1, -4])
    yield rng.normal(size=(6, 4)), np.array([2.5, 2.0, -0.5, 5.5, 5.0, 1.999, 3.001])
    for n, dim in rng.integers(5, 40, (3, 2)):
        yield rng.normal(size=(n, dim)), np.append(rng.integers(-n, 2 * n, 8), [n - 1, n, 100_000, -1])
        yield rng.normal(size=(n, dim)), np.append(rng.uniform(-2, n + 2, 8).round(2), [0.0, n - 1, n - 0.25])


def _own_row(positions, n):
    """The row of each position, NaN where there is none."""
    return np.where((positions % 1 == 0) & (positions >= 0) & (positions < n), positions, np.nan)


def _looked_up(row_of, otherwise=lambda positions, dim: 0.0):
    """A look-up, with room for what people get wrong."""

    def looked_up(rows, positions):
        places = row_of(np.asarray(positions, dtype=float), len(rows))
        there = np.isfinite(places)
        found = np.zeros((len(places), rows.shape[1])) + otherwise(positions, rows.shape[1])
        found[there] = rows[places[there].astype(int)]
        return found

    return looked_up


def _mixed(rows, positions):
    inside = (positions >= 0) & (positions <= len(rows) - 1)
    mixed = [np.interp(positions, np.arange(len(rows)), column) for column in rows.T]
    return np.stack(mixed, axis=1) * inside[:, None]


def _those_that_are_there(rows, positions):
    return rows[[int(p) for p in positions if p % 1 == 0 and 0 <= p < len(rows)]]


def _learned_and_computed(answer):
    rng, positions = np.random.default_rng(0), np.arange(40)
    rows = rng.uniform(-1, 1, (24, 16))
    yours = as_numbers(call(answer, rows, positions), (40, 16), (rows, positions))
    return {"yours, from 24 learned rows": yours, "computed": posenc.sinusoidal(positions, 16)}


# The same row twice.


def _wavelengths_and_positions(answer):
    """The three parts of a counterexample, as numbers."""
    if answer is None or answer is ...:
        raise Wrong("there is no answer here yet")
    asked = "(wavelengths, p, q) is asked for, a list of numbers and two integers"
    try:
        lengths, *positions = answer
        lengths = list(lengths)
        _, _ = positions
    except Exception:
        raise Wrong(f"{asked}, got {shown(answer)}") from None
    lengths = np.array([number(length, "every wavelength must be a number") for length in lengths])
    places = [number(position, f"{asked}; the two positions must be integers") for position in positions]
    if any(place != round(place) for place in places):
        raise Wrong(f"the two positions must be integers, got {shown(tuple(places))}")
    return lengths, *(int(place) for place in places)


def _same_row_twice(answer):
    lengths, p, q = _wavelengths_and_positions(answer)
    if not 3 <= lengths.size <= 100:
        raise Wrong(f"give a list of at least three wavelengths, and at most a hundred; these are {lengths.size}")
    if p == q:
        raise Wrong("these are not two positions: p and q are the same")
    if max(abs(p), abs(q)) > 1000:
        raise Wrong("take positions from -1000 to 1000; far away, a near miss looks like a hit")
    if lengths.min() <= 2:
        raise Wrong(
            f"the wavelength {lengths.min():g} is too short: a clock that moves half a turn a step or more "
            "looks like a slower one"
        )
    whole = np.flatnonzero(abs(lengths - lengths.round()) < 1e-6)
    if whole.size:
        raise Wrong(
            f"the wavelength {lengths[whole[0]]:g} is a whole number, as those of the counter are; "
            "the claim leaves such wavelengths out"
        )
    if np.diff(np.sort(lengths)).min() < 1e-6:
        raise Wrong("two of the wavelengths are the same, and the claim speaks of different ones")
    turns = abs(q - p) / lengths
    off = abs(turns - np.maximum(turns.round(), 1))  # a clock that hardly moves makes no whole turn
    if off.max() > 1e-10:
        worst = off.argmax()
        raise Wrong(
            f"the two rows differ: from position {p} to {q} the clock of wavelength {lengths[worst]:.6g} "
            f"does not make a whole number of turns, but {turns[worst]:.12g}"
        )


def _two_rows_of_clocks(answer):
    lengths, p, q = _wavelengths_and_positions(answer)
    if not 1 <= lengths.size <= 8 or lengths.min() <= 0:
        raise Wrong("the picture has room for one to eight clocks, with wavelengths above 0")
    return [p, q], 2 * np.pi / lengths


def _clocks(rows):
    from posenc import plotting

    return plotting.clocks(*rows)


# The position of a row.

#: How far the position of a row may be, in turns of its slowest hand.
FARTHEST = 0.9


def _rounded_row(position, dim):
    return (posenc.sinusoidal(position, dim).round(3),)


def _farthest(dim):
    return FARTHEST * posenc.wavelengths(dim)[-1]


# At the positions 628, 106 and 6.28 a hand is about to complete a turn, or just has: there a count of turns that
# is taken from a blurred guess alone is wrong by one.


def _rows_of_few_hands(rng):
    yield _rounded_row(0, 8)
    yield _rounded_row(4321, 8)
    yield _rounded_row(628, 8)
    for dim in (4, 6, 8, 8, 10):
        yield _rounded_row(int(rng.integers(_farthest(dim) / 2, _farthest(dim))), dim)


def _rows_of_many_hands(rng):
    yield _rounded_row(50_000, 512)
    yield _rounded_row(106, 512)
    for dim in (16, 64, 128, *2 * rng.integers(20, 200, 4)):
        yield _rounded_row(int(rng.integers(10_000, _farthest(dim))), dim)


def _rows_between(rng):
    yield _rounded_row(2.5, 2)
    yield _rounded_row(0.25, 16)
    yield _rounded_row(6.28, 4)
    for dim in (2, 4, 6, 8, *2 * rng.integers(6, 60, 3)):
        yield _rounded_row(round(rng.uniform(_farthest(dim) / 2, _farthest(dim)), 2), dim)
    for dim in (4, 6, 8):
        turns = rng.integers(1, _farthest(dim) / (2 * np.pi))
        yield _rounded_row(round(2 * np.pi * turns, 2), dim)


def _hands(row, *, swap=False, halves=False):
    """The angle of every hand, from 0 to a turn, and its speed."""
    sines, cosines = row.reshape(2, -1) if halves else row.reshape(-1, 2).T
    angles = np.arctan2(cosines, sines) if swap else np.arctan2(sines, cosines)
    return angles % (2 * np.pi), posenc.frequencies(row.size)


def _sharpened(angles, w, count=np.round):
    """Read the slowest hand, then let each faster one say more exactly where that is."""
    position = angles[-1] / w[-1]
    for angle, speed in zip(angles[::-1], w[::-1], strict=True):
        turns = count((position * speed - angle) / (2 * np.pi))
        position = (angle + 2 * np.pi * turns) / speed
    return position


def _position_of(row, *, count=np.round, swap=False, halves=False):
    angles, w = _hands(row, swap=swap, halves=halves)
    return _sharpened(angles, w, count)


def _without_quadrants(row):
    sines, cosines = row.reshape(-1, 2).T
    return _sharpened(np.arctan(sines / np.where(cosines, cosines, 1e-9)) % (2 * np.pi), posenc.frequencies(row.size))


def _half_a_turn_at_most(row):
    angles, w = _hands(row)
    return _sharpened(np.where(angles > np.pi, angles - 2 * np.pi, angles), w)


def _turns_of_the_guess(row):
    angles, w = _hands(row)
    position = angles[-1] / w[-1]
    for angle, speed in zip(angles[-2::-1], w[-2::-1], strict=True):
        position = (angle + 2 * np.pi * np.floor(position * speed / (2 * np.pi))) / speed
    return position


def _straight_to_the_fastest(row):
    angles, w = _hands(row)
    return _sharpened(angles[[0, -1]], w[[0, -1]])


def _true_and_missed(answer):
    true = np.arange(0.0, _farthest(8), 36.3)
    rows = [_rounded_row(position, 8) for position in true]
    return true, np.array([as_numbers(call(answer, *row), (), row) for row in rows]) - true


def _errors(both):
    from posenc import plotting

    true, error = both
    allowed = {f"allowed: {bound:+g}": (true, np.full(true.shape, bound)) for bound in (0.01, -0.01)}
    curves = {"rows with d = 8": {"yours": (true, error), **allowed}}
    axes = {"xlabel": "true position", "ylabel": "position read, minus the true one"}
    return plotting.panels(curves, height=3.4, across=1, **axes)


# The conventions of a table.


def _a_table(rng, dim, layout):
    """A table rounded to three decimals, by a ladder and a base that nobody tells."""
    spacing = ("paper", "tensor2tensor")[rng.integers(2)]
    return _table_of(dim, layout, 10 ** rng.uniform(3, 5), spacing, int(rng.integers(64, 200)))


def _table_of(dim, layout, base, spacing: Any = "paper", n=100):
    freqs = posenc.frequencies(dim, base=base, spacing=spacing)
    return (posenc.sinusoidal(range(n), dim, freqs=freqs, layout=layout).round(3),)


def _tables_interleaved(rng):
    yield _table_of(32, "interleaved", 10_000)
    for dim in 2 * rng.integers(6, 33, 4):
        yield _a_table(rng, int(dim), "interleaved")


def _tables_in_halves(rng):
    yield _table_of(16, "halves", 10_000)
    for dim in 2 * rng.integers(6, 33, 4):
        yield _a_table(rng, int(dim), "halves")


def _tables_narrow_and_wide(rng):
    yield _table_of(8, "interleaved", 100_000, "tensor2tensor", 64)
    yield _table_of(8, "halves", 1000, n=400)
    yield _table_of(256, "halves", 1000, "tensor2tensor", 64)
    for dim in (8, 8, 10, 128, 256):
        yield _a_table(rng, dim, ("interleaved", "halves")[rng.integers(2)])


def _angles(table, layout):
    """The angle of every pair (column) at every position (row), whole turns counted."""
    if layout == 0:
        sines, cosines = table[:, 0::2], table[:, 1::2]
    else:
        sines, cosines = np.split(table, 2, axis=1)
    return np.unwrap(np.arctan2(sines, cosines), axis=0)


def _layout(table):
    return int(table[0, 1] < 0.5)


def _speed(angles):
    """The slope of angles over the positions, by least squares."""
    positions = np.arange(len(angles))
    return positions @ angles / (positions @ positions)


def _bases(speed, pairs, pair=1):
    """The two bases with which a pair has this speed; what a mistake measures stays finite, too."""
    step = min(-np.log(max(abs(speed), 1e-9)) / pair, 5.0)
    return np.exp(pairs * step), np.exp((pairs - 1) * step)


def _conventions(table, *, layout=_layout, pair=1, speed=_speed):
    angles = _angles(table, layout(table))
    pairs = angles.shape[1]
    return layout(table), *_bases(speed(angles[:, pair]), pairs, pair % pairs)


def _late_angle(angles):
    return angles[-1] % (2 * np.pi) / (len(angles) - 1)


def _three(result, table):
    """What is compared: the layout, and the two bases."""
    try:
        layout, *bases = result
        _, _ = bases
    except Exception:
        raise Wrong(f"three numbers are asked for, (layout, b, B), got {shown(result)}", (table,)) from None
    if isinstance(layout, (bool, np.bool_)):
        layout = int(layout)
    if number(layout, "the layout is 0 or 1") not in (0, 1):
        raise Wrong(f"the layout is 0 or 1, got {shown(layout)}", (table,))
    return [float(layout), *(number(base, "each base is a number") for base in bases)]


def _table_and_remade(answer):
    (table,) = _table_of(24, "halves", 3000)
    layout, base, _ = _three(call(answer, table), table)
    if not 0 < base < 1e12:
        raise Wrong(f"with the base {base:g} no table can be made")
    remade = posenc.sinusoidal(range(len(table)), 24, base=base, layout=("interleaved", "halves")[int(layout)])
    return {"the table": table, "made anew from your answer": remade}


EXERCISES = {
    "pair-of-a-column": function(
        lambda column, dim: posenc.pair_of(column, dim),
        {"even dim": _even_columns, "odd dim": _odd_columns},
        [
            Mistake(
                lambda column, dim: column,
                "this returns the column itself; the letter i counts pairs, and a pair has two columns",
            ),
            Mistake(
                lambda column, dim: (column + 1) // 2,
                "this rounds up: column 1 would start a new pair, but it is the cosine of pair 0",
            ),
            Mistake(
                lambda column, dim: column / 2,
                "this leaves halves: a pair is a whole number, and its two columns have the same one",
            ),
            Mistake(
                lambda column, dim: column % ((dim + 1) // 2),
                "this is the pair in layout 'halves'; here sines and cosines take turns",
            ),
            Mistake(
                lambda column, dim: column // 2 + 1,
                "this counts the pairs from 1; the first one is pair 0",
            ),
            Mistake(
                lambda column, dim: column - column % 2,
                "this is the even column of the pair; a pair is half of that",
            ),
        ],
        forbidden=POSENC,
        answer="pair_of_column",
        hints=(
            "Write down the columns 0, 1, 2, 3, 4 and below each the number of its pair. What changes, and when?",
            "Two neighbours share a pair, so a pair is half the column, rounded down.",
        ),
        points=1,
        minutes=5,
    ),
    "loop-in-twos": _loop_in_twos(),
    "length-of-an-odd-row": _length_of_an_odd_row(),
    "exponent-of-a-column": function(
        lambda column, dim, layout: 2 * posenc.pair_of(column, dim, layout=layout) / dim,
        {"interleaved": _columns_of("interleaved"), "halves": _columns_of("halves")},
        [
            Mistake(
                lambda column, dim, layout: 2 * column / dim,
                "this is the 2j/d exponent: sine and cosine of a pair no longer share a frequency",
            ),
            Mistake(
                lambda column, dim, layout: _exponent(column, dim, layout) / 2,
                "this is i/d with i a pair: with base 10000 it makes the table of base 100",
            ),
            Mistake(
                lambda column, dim, layout: (column - column % 2) / dim,
                "this is the same in both layouts: in 'halves' the neighbour of a column belongs to another pair",
            ),
            Mistake(
                lambda column, dim, layout: _exponent(column, dim, "halves"),
                "this is the same in both layouts: in 'interleaved' a sine and the cosine beside it are one pair",
            ),
            Mistake(
                lambda column, dim, layout: column / dim,
                "this is j/d: right for the sines of layout 'interleaved' only",
            ),
            Mistake(
                lambda column, dim, layout: _exponent(column, dim, layout, sines=lambda dim: max(dim // 2, 1)),
                "this is right for even d; with an odd d there is one sine more than cosines",
            ),
            Mistake(
                lambda column, dim, layout: _exponent(column, dim, layout, sines=lambda dim: dim),
                "in 'halves' the pairs are counted on into the cosines; the cosines begin again with pair 0",
            ),
            Mistake(
                lambda column, dim, layout: -_exponent(column, dim, layout),
                "the sign is turned: the task divides by the power",
            ),
        ],
        forbidden=POSENC,
        answer="exponent",
        hints=(
            "Find the pair i of the column first; the exponent is then 2i/dim in both layouts.",
            "In 'halves' write down the pairs of the columns for dim = 6, and for dim = 7. How many sines are there?",
            "In 'halves' there are (dim + 1) // 2 sines, numbered from 0. The cosines begin again at 0: a remainder.",
        ),
        points=2,
        minutes=15,
    ),
    "reading-of-a-row": _reading_of_a_row(),
    "sines-to-the-front": function(
        lambda table: posenc.convert_layout(table, source="interleaved", target="halves"),
        {"even number of columns": _even_tables, "odd number of columns": _odd_tables},
        [
            Mistake(
                lambda table: np.array(table),
                "nothing has moved; if you reshaped the array: that alone leaves the order of the numbers as it is",
            ),
            Mistake(
                lambda table: np.concatenate((table[..., 1::2], table[..., ::2]), axis=-1),
                "the cosines come first here; the sines stand in the even columns",
            ),
            Mistake(
                lambda table: table[..., np.argsort(_in_halves(np.arange(table.shape[-1])))],
                "this is the way back, from halves to interleaved",
            ),
            Mistake(
                lambda table: np.concatenate((table[::2], table[1::2])),
                "this reorders along the first axis, the positions; the columns are the last axis",
            ),
            Mistake(lambda table: table[..., ::2], "only the sines are left; the cosines follow after them"),
            Mistake(
                lambda table: np.concatenate((table[..., ::2], table[..., 1::2][..., ::-1]), axis=-1),
                "the cosines stand in reverse; both halves run from pair 0 up",
            ),
        ],
        forbidden=POSENC,
        answer="sines_first",
        hints=(
            "Which columns hold the sines, and which the cosines? A slice with a step picks every second one.",
            "Three dots stand for all axes before the last: table[..., 0::2] are the sines, for any number of axes.",
            "np.concatenate puts arrays one after the other; tell it by which axis.",
        ),
        sketch=(_moved_columns, _heat_maps),
        points=2,
        minutes=15,
    ),
    "longest-wavelength-odd": _longest_wavelength(),
    "pairs-that-turn": _pairs_that_turn(),
    "shuffled-weights": function(
        lambda weights, order: weights[np.ix_(order, order)],
        {"two words change places": _swaps, "any order": _orders},
        [
            Mistake(
                lambda weights, order: weights[order],
                "only the rows have moved; the words that are looked at stand elsewhere, too",
            ),
            Mistake(
                lambda weights, order: weights[:, order],
                "only the columns have moved; the words that look stand elsewhere, too",
            ),
            Mistake(
                lambda weights, order: weights[np.ix_(np.argsort(order), np.argsort(order))],
                "this shuffles the other way round: order[k] is the old place of the word that is now at place k",
            ),
            Mistake(
                lambda weights, order: weights,
                "nothing has moved; the weights go with their words, and the words have moved",
            ),
            Mistake(
                lambda weights, order: weights[np.ix_(order, order)].T,
                "rows and columns are swapped: row k says where the word at place k looks",
            ),
            Mistake(
                lambda weights, order: weights[order, order],
                "these are the weights of every word for itself; the whole table is asked for",
            ),
        ],
        answer="shuffled_weights",
        hints=(
            "Where in the old table stands what the new word at place k takes from the new word at place l?",
            "It is weights[order[k], order[l]]. Two loops will do.",
            "Without loops: move the rows, then the columns, both by order.",
        ),
        sketch=(_moved_back, _word_maps),
        points=2,
        minutes=15,
    ),
    "rows-that-were-learned": function(
        _looked_up(_own_row),
        {"positions with a row": _with_a_row, "positions without a row": _without_a_row},
        [
            Mistake(
                _looked_up(lambda positions, n: _own_row(np.where(positions < 0, positions + n, positions), n)),
                "negative positions count from the end: Python reads rows[-1] so, but no position -1 was learned",
            ),
            Mistake(
                _looked_up(lambda positions, n: _own_row(np.trunc(positions), n)),
                "fractions are cut off: nobody learned a row for 2.5, and that of 2 is another position's",
            ),
            Mistake(
                _looked_up(lambda positions, n: _own_row(np.round(positions), n)),
                "fractions are rounded: nobody learned a row for 2.4, and that of 2 is another position's",
            ),
            Mistake(_mixed, "between two positions this mixes their rows; that is an answer that nobody learned"),
            Mistake(
                _looked_up(lambda positions, n: _own_row(np.clip(positions, 0, n - 1), n)),
                "beyond the ends this repeats the outermost row; those positions have none of their own",
            ),
            Mistake(
                _looked_up(lambda positions, n: _own_row(positions % n, n)),
                "beyond the end the table begins anew here; those positions have no row of their own",
            ),
            Mistake(
                _looked_up(_own_row, posenc.sinusoidal),
                "where no row was learned, this computes one; it has nothing to do with the rows that were learned",
            ),
            Mistake(_those_that_are_there, "positions without a row are left out; each of them gets a row of zeros"),
            Mistake(
                _looked_up(lambda positions, n: _own_row(positions - 1, n)),
                "this counts the rows from 1; row 0 is that of position 0",
            ),
        ],
        answer="looked_up",
        hints=(
            "Begin with zeros for every position, and fill in the rows that there are.",
            "A position p has a row if it is whole and 0 <= p < n. Beware of rows[-1], which is the last row, and of "
            "int(2.5), which is 2.",
            "Make an array of True and False that says which positions have a row. It picks rows of the result; "
            "the positions themselves, as integers, pick rows of the table.",
        ),
        sketch=(_learned_and_computed, _heat_maps),
        points=2,
        minutes=15,
    ),
    "same-row-twice": witness(
        _same_row_twice,
        [
            Mistake(([4, 8, 16], 0, 16), "as those of the counter are; the claim leaves such wavelengths out"),
            Mistake(
                ([2 * np.pi, 20 * np.pi, 200 * np.pi], 0, 628),
                "the two rows differ: from position 0 to 628 the clock of wavelength",
            ),
            Mistake(([2.5, 2.5, 3.5], 0, 35), "two of the wavelengths are the same"),
            Mistake(([0.5, 1.5, 2.5], 0, 15), "a clock that moves half a turn a step or more looks like a slower one"),
            Mistake(([2.5, 3.5, 4.5], 3, 3), "these are not two positions: p and q are the same"),
            Mistake(([2.5, 3.5], 0, 35), "give a list of at least three wavelengths"),
            Mistake(([2.5, 3.5, 4.5], 0, 3150), "far away, a near miss looks like a hit"),
        ],
        answer="counterexample",
        hints=(
            "Two rows are equal if each clock makes a whole number of turns between them. Does a "
            "clock of wavelength 2.5 do so in 10 positions?",
            "Choose the distance q - p first. Which wavelengths turn a whole number of times in it?",
            "The distance divided by 2, by 3, by 4 and so on makes whole turns. Choose a distance for which three of "
            "these are not whole numbers, and longer than 2.",
        ),
        sketch=(_two_rows_of_clocks, _clocks),
        points=2,
        minutes=20,
    ),
    "whole-table": function(
        lambda positions, dim: posenc.sinusoidal(positions, dim),
        {
            "even dim": _rows_of_even_dim,
            "odd dim": _rows_of_odd_dim,
            "negative and fractional positions": _rows_anywhere,
            "arrays of integers, large ones": _rows_of_whole_positions,
        },
        [
            Mistake(
                _table(lambda columns, dim: 2 * columns / dim),
                "this is the 2j/d exponent: sine and cosine of a pair no longer share a frequency",
            ),
            Mistake(
                _table(lambda columns, dim: (columns // 2) / dim),
                "this is the exponent i/d with i a pair: the table of base 100, its waves stay short too long",
            ),
            Mistake(
                _table(lambda columns, dim: 4 * (columns // 2) / dim),
                "this ladder falls twice as fast: i is a pair in 2i/d, and not the even column 0, 2, 4, ...",
            ),
            Mistake(
                lambda positions, dim: _table(_LADDERS["paper"])(np.arange(len(positions)), dim),
                "this counts the rows from 0; the positions are the numbers in the array, whatever they are",
            ),
            Mistake(
                lambda positions, dim: _table(_LADDERS["paper"])(np.trunc(positions), dim),
                "the positions lose their fractions; a position may lie between two whole ones",
            ),
            Mistake(
                lambda positions, dim: _table(_LADDERS["paper"])(positions, dim).astype(positions.dtype),
                "the table has taken over the type of the positions: an array of integers cuts off all fractions",
            ),
            Mistake(
                lambda positions, dim: _in_halves(_table(_LADDERS["paper"])(positions, dim)),
                "these are all sines, then all cosines: layout 'halves'; here they take turns",
            ),
            Mistake(_table(_LADDERS["paper"], swap=1), "sine and cosine are swapped: a pair starts with its sine"),
            Mistake(
                _table(_LADDERS["paper"], power=1),
                "this multiplies by the power: the waves get shorter to the right instead of longer",
            ),
            Mistake(
                _table(_LADDERS["paper"], unit=np.pi / 180),
                "the angles are turned from degrees to radians; the formula's angles are radians already",
            ),
            Mistake(
                _table(_other_ladder),
                "this is the ladder of tensor2tensor, which ends on 1/10000; the paper's stops one step before",
            ),
            Mistake(
                lambda positions, dim: _table(_LADDERS["paper"])(positions, dim + dim % 2)[:, :dim],
                "an odd d is rounded up, and the last column cut off; the formula's exponent has d itself",
            ),
            Mistake(
                lambda positions, dim: np.pad(
                    _table(_LADDERS["paper"])(positions, dim - dim % 2), ((0, 0), (0, dim % 2))
                ),
                "with an odd d the last column is all zeros; it is a sine, and the formula's exponent has d itself",
            ),
            Mistake(
                lambda positions, dim: _table(_LADDERS["paper"])(positions, dim)[:, : max(dim // 2 * 2, 2)],
                "an odd d is rounded to an even one; d columns are asked for, and the last sine stands alone",
            ),
        ],
        forbidden=POSENC,
        answer="table_of",
        hints=(
            "Begin with the frequencies alone: one number for each pair, so (dim + 1) // 2 of them.",
            "positions[:, None] * frequencies is a table of angles: a row a position, a column a pair.",
            "The even columns, table[:, 0::2], are the sines of all angles; for the odd ones, which are one fewer "
            "if dim is odd, cut the angles first.",
        ),
        sketch=(_yours_and_posenc, _heat_maps),
        points=3,
        minutes=30,
    ),
    "position-of-a-row": function(
        _position_of,
        {"few hands": _rows_of_few_hands, "many hands": _rows_of_many_hands, "between whole positions": _rows_between},
        [
            Mistake(
                lambda row: np.divide(*(part[-1] for part in _hands(row))),
                "this reads the slowest hand alone: it knows the place roughly, and the faster ones make it exact",
            ),
            Mistake(
                lambda row: _hands(row)[0][0],
                "this reads the fastest hand alone; it does not count its turns, so the place is known within one turn",
            ),
            Mistake(
                lambda row: np.mean(np.divide(*_hands(row))),
                "this averages the hands; a fast one is off by whole turns, and a mean does not take them away",
            ),
            Mistake(
                _without_quadrants,
                "the arctangent of sine over cosine takes opposite points of the dial for one; np.arctan2 does not",
            ),
            Mistake(
                _half_a_turn_at_most,
                "angles beyond half a turn are read as negative ones, and the slowest hand then shows a place before 0",
            ),
            Mistake(
                lambda row: _position_of(row, swap=True),
                "sine and cosine are swapped: np.arctan2 takes the height first, and the reach to the right second",
            ),
            Mistake(
                lambda row: _position_of(row, count=np.floor),
                "the turns are rounded down: a hand that is a little behind then loses a whole turn",
            ),
            Mistake(
                _turns_of_the_guess,
                "this adds the whole turns of the guess; where a hand is about to complete a turn, or just has, the "
                "guess may be on the other side: which number of turns brings the hand nearest to it?",
            ),
            Mistake(
                lambda row: np.round(_position_of(row)),
                "the position is rounded to a whole one; it may lie between two of them",
            ),
            Mistake(
                _straight_to_the_fastest,
                "this goes from the slowest hand straight to the fastest; on a long ladder the slow one is blurred by "
                "more than a turn of the fast one, so go hand by hand",
            ),
            Mistake(
                lambda row: _position_of(row, halves=True),
                "this looks for all sines in the first half; here sines and cosines take turns",
            ),
        ],
        rtol=0,
        # The reading that it is compared with is itself off by up to 0.001.
        atol=0.011,
        nearly="",
        answer="position_of",
        hints=(
            "np.arctan2(sine, cosine) % (2 * np.pi) is the angle of a hand, from 0 to a turn. Of which hand do you "
            "know that it has not gone round yet?",
            "The slowest hand gives a first guess, angle / w. The next faster hand stands at its own angle plus whole "
            "turns: how many turns bring it nearest to the guess?",
            "That number is the nearest whole one to (guess * w - angle) / (2 pi). It gives a sharper guess, "
            "with which you go on to the next faster hand, up to pair 0.",
        ),
        sketch=(_true_and_missed, _errors),
        points=3,
        minutes=30,
    ),
    "one-ladder-two-bases": proof(
        answer="",
        hints=(
            "Put B into the exponent of pair i of the second ladder and simplify: what is (1 - 2/d) / (d/2 - 1)?",
            "For the second part look at the sine of pair 1 at position 1. Between which numbers do the two "
            "frequencies lie, and can a sine take one value twice there?",
        ),
        points=3,
        minutes=30,
    ),
    "conventions-of-a-table": function(
        _conventions,
        {
            "interleaved": _tables_interleaved,
            "halves": _tables_in_halves,
            "few columns, and many": _tables_narrow_and_wide,
        },
        [
            Mistake(
                lambda table: _conventions(table, layout=lambda table: 0),
                "this reads every table as 'interleaved'; row 0 of the table tells the layout",
            ),
            Mistake(
                lambda table: (1 - _layout(table), *_conventions(table)[1:]),
                "the layouts are swapped: 0 stands for 'interleaved', 1 for 'halves'",
            ),
            Mistake(
                lambda table: (_layout(table), *_conventions(table)[:0:-1]),
                "the two bases are swapped: the paper's comes first",
            ),
            Mistake(
                lambda table: (_layout(table), *2 * _conventions(table)[1:2]),
                "the second base is that of the first ladder; to make the same table, the other ladder needs its own",
            ),
            Mistake(
                lambda table: (_layout(table), _conventions(table)[1] ** 2, _conventions(table)[2]),
                "the first base is that of the exponent i/d; the paper's is 2i/d",
            ),
            Mistake(
                lambda table: _conventions(table, speed=lambda angles: angles[1]),
                "this reads the frequency off row 1, where three decimals are too few; later rows show it more exactly",
            ),
            Mistake(
                lambda table: _conventions(table, pair=-1),
                "this measures the slowest hand, which three decimals hardly see move; a faster one says more",
            ),
            Mistake(
                lambda table: _conventions(table, speed=_late_angle),
                "this divides the angle of a late row by its position; the angle has lost its whole turns",
            ),
        ],
        rtol=0.011,
        atol=0,
        nearly="",
        reading=_three,
        answer="conventions_of",
        hints=(
            "Row 0 holds sines of 0 and cosines of 0. Where do the ones stand in either layout?",
            "Every ladder in question is known by one number, the ratio of neighbouring frequencies. Pair 0 has the "
            "frequency 1, so the frequency of pair 1 is enough. Write both bases with it.",
            "Three decimals give an angle to within 0.0007. At position n - 1 that is an error of 0.0007 / (n - 1) in "
            "the frequency; np.unwrap counts the turns that a hand has made until then.",
        ),
        sketch=(_table_and_remade, _heat_maps),
        points=6,
        minutes=60,
    ),
}
