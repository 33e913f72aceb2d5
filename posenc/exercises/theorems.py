"""The exercises of the part on theorems."""

from itertools import islice

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import Mistake, Wrong, expression, function, shown, value, witness


def _blocks(angles, *, corner=(1, -1), layout="interleaved"):
    """A block [[cos, corner[0] sin], [corner[1] sin, cos]] for each angle."""
    dim = 2 * len(angles)
    sines, cosines = np.arange(dim).reshape(-1, 2).T if layout == "interleaved" else np.arange(dim).reshape(2, -1)
    matrix = np.zeros((dim, dim))
    matrix[sines, sines] = matrix[cosines, cosines] = np.cos(angles)
    matrix[sines, cosines], matrix[cosines, sines] = corner[0] * np.sin(angles), corner[1] * np.sin(angles)
    return matrix


def _moves(rng):
    yield 0, 2
    yield 1, 2
    yield 0.5, 4
    yield -3, 6
    yield 1000, 8
    for dim in 2 * rng.integers(1, 17, 4):
        yield round(float(rng.normal(scale=20)), 2), int(dim)


def _two_steps():
    a = sp.Symbol("a", real=True)
    one = sp.Matrix([[2 * sp.cos(a), -1], [1, 0]])
    two = one * one
    turn = sp.Matrix([[sp.cos(2 * a), sp.sin(2 * a)], [-sp.sin(2 * a), sp.cos(2 * a)]])
    mistakes = [
        Mistake(one, "this moves both values on by a; the left-hand side is further on than that"),
        Mistake(turn, "this turns a (sine, cosine) pair; here the second value is an earlier sine, and no cosine"),
        Mistake(2 * one, "this doubles a map; to do a thing twice is not to do it twice as strongly"),
        Mistake(one.applyfunc(lambda x: x**2), "this squares entry by entry; matrices multiply rows with columns"),
        Mistake(sp.Matrix([two[1, :], two[0, :]]), "the two lines are swapped: the first makes the later of the sines"),
        Mistake(two.inv(), "this moves back: it makes the right-hand side out of the left-hand side"),
    ]
    return expression(two, mistakes, points=2, minutes=20)


def _missed(table, offset, *, constant=True, back=False):
    """What the best map misses, and what it should have reached."""
    here, there = table[:-offset], table[offset:]
    if back:
        here, there = there, here
    known = np.column_stack([here, np.ones(len(here))]) if constant else here
    return there - known @ np.linalg.lstsq(known, there, rcond=None)[0], there


def _share(table, offset, **options):
    missed, there = _missed(table, offset, **options)
    return np.linalg.norm(missed) / np.linalg.norm(there - there.mean(axis=0))


def _share_of_length(table, offset):
    missed, there = _missed(table, offset)
    return np.linalg.norm(missed) / np.linalg.norm(there)


def _tables(rng):
    yield 0.1 * np.arange(10.0)[:, None], 2
    yield 5 + np.sin(np.arange(40.0))[:, None], 7
    yield 1 + posenc.sinusoidal(range(60), 4, base=100), 3
    yield 2 + rng.normal(size=(12, 2)), 1
    for offset in rng.integers(1, 9, 3):
        yield rng.uniform(-1, 3, size=(30, 3)), int(offset)


def _listed(answer, what, most=20):
    """The entries of an answer as finite numbers."""
    try:
        if isinstance(answer, (str, bytes, dict, set)):
            raise TypeError
        entries = list(islice(iter(answer), most + 1))
        if any(isinstance(entry, (str, bytes)) for entry in entries):
            raise TypeError
        found = [float(entry) for entry in entries]
    except Exception:
        raise Wrong(f"{what}, got {shown(answer)}") from None
    if not np.isfinite(found).all():
        raise Wrong(f"{what}, and all of them finite")
    return found


def _farther_but_more_alike(answer):
    offsets = _listed(answer, "two offsets are asked for, (near, far)")
    if len(offsets) != 2:
        raise Wrong(f"two offsets are asked for, (near, far), got {len(offsets)} of them")
    if any(offset != int(offset) for offset in offsets):
        raise Wrong("the offsets of words are whole numbers")
    near, far = offsets
    if near > far:
        raise Wrong("the first offset is the nearer one, so it has to be the smaller")
    if near < 1 or far > 1000:
        raise Wrong("the offsets have to lie between 1 and 1000; nothing is more alike than a row and itself")
    near_by, far_off = posenc.similarity([near, far], 128)
    if far_off <= near_by:
        raise Wrong(
            f"the farther row is not more similar here: {far_off:.2f} against {near_by:.2f}; "
            "look for a dip of the curve as the near one, and for a late ripple that rises above it"
        )
    if far < 3 * near:
        raise Wrong(
            f"the farther row is more similar, but only {far / near:.2f} times as far; a ripple between neighbours "
            "is a small fault, a larger one is asked for"
        )


def _orthogonal_but_colliding(answer):
    freqs = _listed(answer, "a list of frequencies is asked for")
    if not 2 <= len(freqs) <= 8:
        raise Wrong(f"two to eight frequencies are asked for, got {len(freqs)}: one clock is no set of clocks")
    if max(np.abs(freqs)) > 100:
        raise Wrong("a frequency beyond 100 radians per position is of no use here")
    table = posenc.sinusoidal(range(18), 2 * len(freqs), freqs=freqs)
    sizes = np.linalg.norm(table, axis=0)
    if sizes.min() < 1e-6:
        raise Wrong("a column is zero at every whole position; it is orthogonal to all others, but it is no column")
    cosines = np.triu(abs((table / sizes).T @ (table / sizes)), 1)
    if cosines.max() > 1 - 1e-9:
        raise Wrong("two columns are parallel, as if one clock were there twice (perhaps turning the other way)")
    if cosines.max() > 1e-9:
        raise Wrong(
            f"two columns are not orthogonal, the cosine between them is {cosines.max():.2g}; "
            "which frequencies make whole turns within 18 positions?"
        )
    gaps = np.linalg.norm(table[:, None] - table, axis=2)[np.triu_indices(18, 1)]
    if gaps.min() > 1e-6:
        raise Wrong(
            f"the columns are orthogonal, but no two positions collide, the nearest are {gaps.min():.2f} apart; "
            "when are all clocks back at the same time?"
        )


def _spreads(scores, offsets=None, measure=np.ptp):
    n = len(scores)
    return [measure(np.diagonal(scores, offset)) for offset in (range(1 - n, n) if offsets is None else offsets)]


def _scores(rng):
    yield (np.array([[2.0]]),)
    yield (np.array([[0.0, 1.0], [2.0, 0.0]]),)
    yield (np.array([[0.0, 1, 0], [0, 0, 4], [0, 0, 0]]),)
    yield (np.array([[0.0, 0, 0], [-1, 0, 0], [0, 4, 0]]),)
    rows = posenc.sinusoidal(range(12), 8)
    yield (rows @ posenc.shift_matrix(3, 8) @ rows.T,)
    yield (rows @ np.diag([1.0, 0] * 4) @ rows.T,)
    for n in rng.integers(4, 9, 3):
        yield (rng.normal(size=(n, n)),)


EXERCISES = {
    "which-way-does-it-turn": value(
        -4,
        [
            Mistake(4, "this reads the matrix as made for (cosine, sine); here a pair begins with its sine"),
            Mistake(-0.4, "this is an angle in radians; an offset counts positions"),
            Mistake(-23, "this is an angle in degrees; the book's frequencies are in radians per position"),
            Mistake(-40, "the frequency of this pair is not 0.01: the ladder with d = 8 falls by tenths"),
        ],
        points=1,
        minutes=5,
        tolerance=0.05,
        kind="diagnose",
    ),
    "move-every-position": function(
        lambda offset, dim: _blocks(offset * posenc.frequencies(dim)),
        _moves,
        [
            Mistake(
                lambda offset, dim: _blocks(offset * posenc.frequencies(dim), corner=(-1, 1)),
                "this moves rows back: it is the textbook's matrix, for pairs that begin with the cosine, "
                "or one that is transposed",
            ),
            Mistake(
                lambda offset, dim: _blocks(offset * posenc.frequencies(dim), corner=(1, 1)),
                "a minus sign is lost: this matrix is symmetric, and a rotation that turns anything is not",
            ),
            Mistake(
                lambda offset, dim: _blocks(offset * posenc.frequencies(dim), layout="halves"),
                "this is the matrix of layout 'halves'; here sine and cosine of a pair stand side by side",
            ),
            Mistake(
                lambda offset, dim: _blocks(offset * np.ones(dim // 2)),
                "all pairs turn by the same angle; each has a frequency of its own",
            ),
            Mistake(
                lambda offset, dim: _blocks(offset * 10000.0 ** (-np.arange(dim // 2) / dim)),
                "the exponent is i/d: that is the ladder of the base 100",
            ),
        ],
        points=2,
        minutes=15,
    ),
    "a-sine-and-its-past": _two_steps(),
    "a-map-and-a-constant": function(
        _share,
        _tables,
        [
            Mistake(
                lambda table, offset: _share(table, offset, constant=False),
                "the map has no constant: it has to send zero to zero, and so misses a table that merely drifts",
            ),
            Mistake(_share_of_length, "this divides by the length of the rows; a large mean then hides every miss"),
            Mistake(
                lambda table, offset: np.linalg.norm(_missed(table, offset)[0]),
                "this is not relative: a table in other units would get another number",
            ),
            Mistake(
                lambda table, offset: _share(table, offset) ** 2,
                "this is a share of squares; the root is missing",
            ),
            Mistake(
                lambda table, offset: abs(_missed(table, offset)[0]).max(),
                "this is the largest single miss; all of them are to be counted",
            ),
            Mistake(
                lambda table, offset: _share(table, offset, back=True),
                "the fit goes the wrong way: it finds earlier rows from later ones",
            ),
        ],
        points=3,
        minutes=40,
    ),
    "farther-but-more-alike": witness(
        _farther_but_more_alike,
        [
            Mistake((11, 12), "a ripple between neighbours is a small fault, a larger one is asked for"),
            Mistake((10, 30), "look for a dip of the curve as the near one, and for a late ripple that rises above it"),
            Mistake((893, 148), "the first offset is the nearer one, so it has to be the smaller"),
            Mistake((0, 3), "nothing is more alike than a row and itself"),
            Mistake((3.5, 12.5), "the offsets of words are whole numbers"),
        ],
        points=2,
        minutes=15,
    ),
    "when-the-table-begins-anew": value(
        200 * np.pi,
        [
            Mistake(2000 * np.pi, "that is 2 pi times the base; the rows are back by then, but not for the first time"),
            Mistake(2 * np.pi, "by then the fastest pair is back, and the others are not"),
            Mistake(20 * np.pi, "by then two of the three pairs are back, and the slowest is not"),
            Mistake(200, "a whole turn is 2 pi radians; there is no pi in this number"),
            Mistake(222 * np.pi, "the wavelengths are added; pairs turn at the same time, not one after another"),
        ],
        points=1,
        minutes=10,
        tolerance=0.05,
    ),
    "orthogonal-but-colliding": witness(
        _orthogonal_but_colliding,
        [
            Mistake([2 * np.pi / 18, 4 * np.pi / 18], "when are all clocks back at the same time?"),
            Mistake([2 * np.pi / 18] * 3, "two columns are parallel"),
            Mistake([1.0, 0.1, 0.01], "which frequencies make whole turns within 18 positions?"),
            Mistake([np.pi, 2 * np.pi / 3], "it is orthogonal to all others, but it is no column"),
            Mistake([2 * np.pi / 3], "one clock is no set of clocks"),
        ],
        points=3,
        minutes=30,
    ),
    "blind-to-the-place": function(
        lambda scores: max(_spreads(scores)),
        _scores,
        [
            Mistake(
                lambda scores: max(_spreads(scores, range(len(scores)))),
                "only half of the offsets are looked at: a score need not be symmetric",
            ),
            Mistake(
                lambda scores: np.ptp(np.diagonal(scores)),
                "only the main diagonal is looked at, which is offset 0",
            ),
            Mistake(np.ptp, "this is the spread of all scores; those of different offsets may differ"),
            Mistake(
                lambda scores: max(_spreads(np.fliplr(scores))),
                "these diagonals run the other way: along them the sum of the positions is the same",
            ),
            Mistake(
                lambda scores: max([0.0, *abs(scores[1:, 1:] - scores[:-1, :-1]).ravel()]),
                "this compares neighbours on a diagonal only; small steps may add up",
            ),
            Mistake(
                lambda scores: np.mean(_spreads(scores)),
                "this is the mean over the diagonals; one bad offset among many then looks harmless",
            ),
        ],
        points=2,
        minutes=20,
    ),
    "velocity-of-a-row": function(
        lambda dim: posenc.shift_generator(dim),
        lambda rng: [(2,), (4,), (6,), *((int(dim),) for dim in 2 * rng.integers(1, 17, 4))],
        [
            Mistake(
                lambda dim: posenc.shift_generator(dim).T,
                "the sign is turned: this row moves backwards; differentiate the sine first",
            ),
            Mistake(
                lambda dim: abs(posenc.shift_generator(dim)),
                "a minus is missing: the derivative of a cosine is not a sine",
            ),
            Mistake(
                lambda dim: np.sign(posenc.shift_generator(dim)),
                "all pairs move alike here; by the chain rule a slow pair moves slowly",
            ),
            Mistake(
                lambda dim: posenc.shift_matrix(1, dim) - np.eye(dim),
                "this is the way of one whole step; a velocity is the way of a tiny step, divided by the step",
            ),
            Mistake(
                lambda dim: posenc.shift_generator(dim, layout="halves"),
                "this is for all sines first, then all cosines; here they take turns",
            ),
        ],
        points=2,
        minutes=15,
    ),
    "likeness-without-rows": function(
        lambda offset, dim: posenc.similarity(offset, dim),
        _moves,
        [
            Mistake(
                lambda offset, dim: np.sin(offset * posenc.frequencies(dim)).sum(),
                "these are sines: they would make a row unlike itself, at offset 0",
            ),
            Mistake(
                lambda offset, dim: np.cos(offset * posenc.frequencies(dim)).mean(),
                "this is the mean over the pairs; a dot product is a sum",
            ),
            Mistake(
                lambda offset, dim: 2 * posenc.similarity(offset, dim),
                "this counts a pair twice: its two products add up to one cosine",
            ),
            Mistake(
                lambda offset, dim: np.sqrt(np.maximum(dim - 2 * posenc.similarity(offset, dim), 0)),
                "this is the distance of the rows; their dot product is asked for",
            ),
            Mistake(
                lambda offset, dim: np.cos(offset * posenc.frequencies(dim).sum()),
                "this adds up the angles first; every pair has a cosine of its own",
            ),
        ],
        points=1,
        minutes=10,
    ),
}
