"""The exercises of the part on the formula."""

import operator

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import Mistake, Wrong, expression, function, shown, value, witness


def _columns(rng):
    yield 0, 2
    yield 5, 8
    yield 6, 7
    for dim in rng.integers(2, 64, 8):
        yield int(rng.integers(0, dim)), int(dim)


def _columns_and_layouts(rng):
    yield 0, 2, "interleaved"
    yield 1, 2, "halves"
    yield 5, 8, "interleaved"
    yield 5, 8, "halves"
    yield 4, 7, "halves"
    yield 6, 7, "interleaved"
    yield 0, 1, "halves"
    for dim in rng.integers(2, 64, 6):
        column = int(rng.integers(0, dim))
        yield column, int(dim), "interleaved"
        yield column, int(dim), "halves"


def _exponent(column, dim, layout):
    return 2 * posenc.pair_of(column, dim, layout=layout) / dim


def _tables(rng):
    yield (np.arange(2.0).reshape(1, 2),)
    yield (np.arange(12.0).reshape(3, 4),)
    yield (np.arange(6.0),)
    yield (np.arange(10.0).reshape(2, 5),)
    yield (rng.normal(size=(2, 3, 8)),)
    for rows, dim in rng.integers(2, 12, (4, 2)):
        yield (rng.normal(size=(rows, dim)),)


def _back_to_interleaved(table):
    return posenc.convert_layout(table, source="halves", target="interleaved")


def _positions(rng):
    yield np.array([0.0]), 2
    yield np.array([1.0]), 2
    yield np.arange(3.0), 4
    yield np.array([-0.5, 2.25, 7.0]), 6
    yield np.array([5.0, -3.0]), 7
    yield np.array([1.5]), 1
    for dim in rng.integers(2, 40, 4):
        yield rng.uniform(-50, 500, 5).round(2), int(dim)


def _table(exponent, *, swap=0, unit=1.0, power=-1):
    """A table column by column, with room for what people get wrong."""

    def table(positions, dim):
        columns = np.arange(dim)
        angles = np.multiply.outer(positions * unit, 10000.0 ** (power * exponent(columns, dim)))
        return np.where((columns + swap) % 2, np.cos(angles), np.sin(angles))

    return table


def _paper(columns, dim):
    return 2 * (columns // 2) / dim


def _other_ladder(columns, dim):
    return (columns // 2) / max((dim + 1) // 2 - 1, 1)


def _weights_and_orders(rng):
    for order in ([0], [0, 1], [1, 2, 0], [2, 1, 0]):
        yield _weights(rng, len(order)), np.array(order)
    for n in rng.integers(4, 9, 5):
        yield _weights(rng, n), rng.permutation(n)


def _weights(rng, n):
    pull = rng.uniform(0.1, 1, (n, n))
    return pull / pull.sum(axis=1, keepdims=True)


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
                "this is where the paper's sentence ends; no pair of its formula gets there, so find the last one",
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
        ],
        points=2,
        minutes=15,
    )


def _same_row_twice(answer):
    try:
        lengths, p, q = answer
        lengths = np.asarray(lengths, dtype=float)
    except Exception:
        raise Wrong(f"a list of wavelengths and two positions are asked for, got {shown(answer)}") from None
    try:
        p, q = operator.index(p), operator.index(q)
    except Exception:
        raise Wrong(f"the two positions must be integers, got {shown((p, q))}") from None
    if lengths.ndim != 1 or not 3 <= lengths.size <= 100 or not np.isfinite(lengths).all():
        raise Wrong("give a list of at least three wavelengths, and at most a hundred, all of them finite numbers")
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
            f"the wavelength {lengths[whole[0]]:g} is a whole number; that is the counter of the chapter, "
            "and the claim leaves it out"
        )
    if np.diff(np.sort(lengths)).min() < 1e-6:
        raise Wrong("two of the wavelengths are the same, and the claim speaks of different ones")
    rows = posenc.sinusoidal([p, q], 2 * lengths.size, freqs=2 * np.pi / lengths)
    gaps = np.hypot(*(rows[1] - rows[0]).reshape(-1, 2).T)
    if gaps.max() > 1e-9:
        length = lengths[gaps.argmax()]
        raise Wrong(
            f"the two rows differ: from position {p} to {q} the clock of wavelength {length:.6g} "
            f"does not make a whole number of turns, but {abs(q - p) / length:.6f}"
        )


EXERCISES = {
    "pair-of-a-column": function(
        lambda column, dim: posenc.pair_of(column, dim),
        _columns,
        [
            Mistake(
                lambda column, dim: column,
                "this returns the column itself; the letter i counts pairs, and a pair has two columns",
            ),
            Mistake(
                lambda column, dim: (column + 1) // 2,
                "this rounds up: column 1 would start a new pair, but it is the cosine of pair 0",
            ),
            Mistake(lambda column, dim: column / 2, "this leaves halves: a pair is a whole number, so divide with //"),
            Mistake(
                lambda column, dim: column % ((dim + 1) // 2),
                "this is the pair in layout 'halves'; here sines and cosines take turns",
            ),
        ],
        points=1,
        minutes=5,
    ),
    "exponent-of-a-column": function(
        _exponent,
        _columns_and_layouts,
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
                lambda column, dim, layout: column / dim,
                "this is j/d: right for the sines of layout 'interleaved' only",
            ),
            Mistake(
                lambda column, dim, layout: (
                    2 * (column // 2 if layout == "interleaved" else column % max(dim // 2, 1)) / dim
                ),
                "this is right for even d; with an odd d there is one sine more than cosines",
            ),
            Mistake(
                lambda column, dim, layout: -_exponent(column, dim, layout),
                "the sign is turned: the task divides by the power",
            ),
        ],
        points=2,
        minutes=15,
    ),
    "loop-in-twos": value(
        1e8,
        [
            Mistake(10_000, "this takes i for a pair; list the values that i runs through, and compare column 2"),
            Mistake(100, "this is the base of the exponent i/d with i a pair; what does i count in this loop?"),
            Mistake(20_000, "twice the exponent is not twice the base; go back to the rule for a power of a power"),
            Mistake(5_000, "half the base does not change an exponent; go back to the rule for a power of a power"),
        ],
        points=1,
        minutes=10,
        kind="diagnose",
    ),
    "reading-of-a-row": value(
        "tensor2tensor",
        [
            Mistake(
                "paper",
                "the paper's pair 1 has frequency 10000 ** (-2 / 12) = 0.2154 for d = 12; what does column 2 say?",
            ),
            Mistake(
                "i over d",
                "with i/d the frequency of pair 1 is 10000 ** (-1 / 12) = 0.4642; what does column 2 say?",
            ),
            Mistake(
                "2j over d",
                "with 2j/d column 1 is the cosine of 0.2154, and pair 0 leaves the circle; square and add",
            ),
        ],
        points=2,
        minutes=15,
        kind="diagnose",
    ),
    "sines-to-the-front": function(
        lambda table: posenc.convert_layout(table, source="interleaved", target="halves"),
        _tables,
        [
            Mistake(
                lambda table: np.array(table),
                "nothing has moved: to reshape and to reshape back leaves the order of the numbers alone",
            ),
            Mistake(
                lambda table: np.concatenate((table[..., 1::2], table[..., ::2]), axis=-1),
                "the cosines come first here; the sines stand in the even columns",
            ),
            Mistake(_back_to_interleaved, "this is the way back, from halves to interleaved"),
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
        points=2,
        minutes=15,
    ),
    "whole-table": function(
        lambda positions, dim: posenc.sinusoidal(positions, dim),
        _positions,
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
                lambda positions, dim: _table(_paper)(np.arange(len(positions)), dim),
                "this counts the rows from 0; the positions are the numbers in the array, whatever they are",
            ),
            Mistake(
                lambda positions, dim: posenc.sinusoidal(positions, dim, layout="halves"),
                "these are all sines, then all cosines: layout 'halves'; here they take turns",
            ),
            Mistake(_table(_paper, swap=1), "sine and cosine are swapped: a pair starts with its sine"),
            Mistake(
                _table(_paper, power=1),
                "this multiplies by the power: the waves get shorter to the right instead of longer",
            ),
            Mistake(
                _table(_paper, unit=np.pi / 180),
                "the angles are turned from degrees to radians; the formula's angles are radians already",
            ),
            Mistake(
                _table(_other_ladder),
                "this is the ladder of tensor2tensor, which ends on 1/10000; the paper's stops one step before",
            ),
            Mistake(
                lambda positions, dim: _table(_paper)(positions, dim)[:, : max(dim // 2 * 2, 2)],
                "an odd d is rounded to an even one; d columns are asked for, and the last sine stands alone",
            ),
        ],
        points=3,
        minutes=40,
    ),
    "longest-wavelength-odd": _longest_wavelength(),
    "same-row-twice": witness(
        _same_row_twice,
        [
            Mistake(([4, 8, 16], 0, 16), "that is the counter of the chapter, and the claim leaves it out"),
            Mistake(
                ([2 * np.pi, 20 * np.pi, 200 * np.pi], 0, 628),
                "the two rows differ: from position 0 to 628 the clock of wavelength",
            ),
            Mistake(([2.5, 2.5, 3.5], 0, 35), "two of the wavelengths are the same"),
            Mistake(([0.5, 1.5, 2.5], 0, 15), "a clock that moves half a turn a step or more looks like a slower one"),
            Mistake(([2.5, 3.5, 4.5], 3, 3), "these are not two positions: p and q are the same"),
            Mistake(([2.5, 3.5], 0, 35), "give a list of at least three wavelengths"),
        ],
        points=3,
        minutes=30,
    ),
    "pairs-that-turn": value(
        41,
        [
            Mistake(53, "this compares the text with 1/w, positions per radian; a turn is 2 pi radians"),
            Mistake(40, "off by one: the pairs are counted from 0"),
            Mistake(64, "not all: the slowest pair needs far more than 2048 positions for a turn"),
            Mistake(82, "these are columns; a pair has two of them"),
            Mistake(21, "this ladder falls twice as fast: a head of d = 128 has 64 pairs, and i counts pairs"),
            Mistake(23, "these are the pairs that do not complete a turn; the others are asked for"),
        ],
        points=2,
        minutes=15,
    ),
    "shuffled-weights": function(
        lambda weights, order: weights[np.ix_(order, order)],
        _weights_and_orders,
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
        ],
        points=2,
        minutes=15,
    ),
}
