"""The exercises of the part on theorems."""

from itertools import islice

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import (
    Mistake,
    Wrong,
    as_numbers,
    call,
    expression,
    function,
    letters,
    number,
    numbers,
    proof,
    value,
    witness,
)
from posenc.exercises._verdict import shown

# What makes the rows of a table, and what is made of rows: for tasks that do without them.
ROWS_AND_MATRICES = (*sorted({*posenc.__all__} - {"frequencies", "wavelengths"}), "hand", "rotation")

# Which way does it turn?


def _a_block_of_a_shift(rng):
    while True:
        dim, pair = 2 * int(rng.integers(4, 13)), int(rng.integers(1, 4))
        base = int(rng.choice([500, 1000, 5000, 10_000, 50_000]))
        offset = int(rng.choice([-1, 1]) * rng.integers(2, 13))
        angle = offset * float(base) ** (-2 * pair / dim)
        found = dim, base, pair, _rounded_block(angle)
        near_by = range(-abs(offset) - 2, abs(offset) + 3)
        fitting = [k for k in near_by if _rounded_block(k * angle / offset) == found[-1]]
        told = [_offset_read(found), *(mistake.answer(found) for mistake in OFFSETS_MISREAD)]
        # One offset fits, well inside half a turn, and known mistakes differ from it and from each other.
        if 0.3 < abs(angle) < 2.6 and fitting == [offset] == told[:1] and len(set(told)) == len(told):
            return found


def _rounded_block(angle):
    sine, cosine = round(float(np.sin(angle)), 2), round(float(np.cos(angle)), 2)
    return (cosine, sine), (-sine, cosine)


def _offset_read(given, *, pair=0, exponent=2, sign=1, turn=0):
    """The offset whose block is the given one, with room for what people get wrong."""
    dim, base, known_pair, block = given
    angle = sign * _angle_of(block)
    angle -= turn * np.sign(angle) * 2 * np.pi
    return round(float(angle * float(base) ** (exponent * (known_pair + pair) / dim)))


def _angle_of(block):
    cosine, sine = block[0]
    return np.arctan2(sine, cosine)


OFFSETS_MISREAD = [
    Mistake(
        lambda given: _offset_read(given, sign=-1),
        "this reads the matrix as made for (cosine, sine); here a pair begins with its sine",
    ),
    Mistake(
        lambda given: round(float(np.degrees(_angle_of(given[-1])))),
        "this is an angle in degrees; an offset counts positions, and frequencies are in radians per position",
    ),
    Mistake(
        lambda given: _offset_read(given, pair=1),
        "this takes the frequency of the next pair: pairs are counted from 0",
    ),
    Mistake(
        lambda given: _offset_read(given, pair=-1),
        "this takes the frequency of the pair before: pairs are counted from 0, so pair 1 is the second",
    ),
    Mistake(
        lambda given: _offset_read(given, exponent=1),
        "this takes the exponent i/d, the ladder of a smaller base; which exponent belongs to a pair?",
    ),
    Mistake(
        lambda given: _offset_read(given, turn=1),
        "this goes the long way round: there is an offset nearer to zero",
    ),
]

# Matrices that move rows.


def _blocks(own, other, *, corner=(1, -1), layout="interleaved"):
    """A block [[own, corner[0] other], [corner[1] other, own]] for each pair."""
    dim = 2 * len(own)
    sines, cosines = np.arange(dim).reshape(-1, 2).T if layout == "interleaved" else np.arange(dim).reshape(2, -1)
    matrix = np.zeros((dim, dim))
    matrix[sines, sines] = matrix[cosines, cosines] = own
    matrix[sines, cosines], matrix[cosines, sines] = corner[0] * other, corner[1] * other
    return matrix


def _turns(angles, **options):
    return _blocks(np.cos(angles), np.sin(angles), **options)


def _speeds(dim, **options):
    freqs = posenc.frequencies(dim)
    return _blocks(0 * freqs, freqs, **options)


def _likeness(offset, dim):
    return np.cos(offset * posenc.frequencies(dim)).sum()


def _even(rng, pairs, times=1):
    return [2 * int(half) for half in rng.integers(1, pairs + 1, times)]


def _steps_on(rng):
    yield 2, 4
    yield 1, 2
    yield 0, 2
    yield 7, 256
    for dim in _even(rng, 16, 3):
        yield int(rng.integers(1, 100)), dim


def _back_and_fractions(rng):
    yield -3, 6
    yield 0.5, 4
    yield 3, 2  # the likeness is negative here
    for dim in _even(rng, 16, 4):
        yield round(float(rng.normal(scale=20)), 2), dim


def _far(rng):
    yield 10_000.0, 2
    yield -100_000.0, 8
    for dim in _even(rng, 40, 3):
        yield round(float(rng.uniform(-1e5, 1e5)), 1), dim


_MOVES = {"steps forward": _steps_on, "steps back and fractions": _back_and_fractions, "long ways": _far}


def _rows_moved(answer):
    matrix = as_numbers(call(answer, 7, 16, forbidden=("shift_matrix", "fit_shift")), (16, 16), (7, 16))
    rows = posenc.sinusoidal(range(47), 16)
    return {"your matrix times rows 0 to 39": rows[:40] @ matrix.T, "wanted: rows 7 to 46": rows[7:]}


def _tables_side_by_side(tables):
    from posenc import plotting

    return plotting.heat_maps(tables, ylabel="row")


def _likeness_drawn(answer):
    offsets = np.linspace(0, 40, 161)
    found = [as_numbers(call(answer, float(k), 32, forbidden=ROWS_AND_MATRICES), (), (float(k), 32)) for k in offsets]
    rows = posenc.sinusoidal(range(41), 32)
    return offsets, np.array(found), rows @ rows[0]


def _curve_through_products(data):
    from posenc import plotting

    offsets, found, products = data
    return plotting.samples(
        range(len(products)),
        products,
        {"your function": (offsets, found)},
        name="dot products of rows",
        xlabel="offset k (positions)",
        ylabel="likeness (d = 32)",
    )


# A table that begins anew.


def _a_ladder_of_whole_ratios(rng):
    ratio, pairs = int(rng.integers(2, 13)), int(rng.integers(3, 6))
    return 2 * pairs, ratio**pairs


def _waves_of(given):
    return posenc.wavelengths(given.dim, base=given.base)


# A sine and its past.


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
        Mistake(two.T, "rows and columns are swapped: the matrix stands to the left of the two values"),
    ]
    return expression(
        two,
        mistakes,
        at=lambda rng: {"a": float(rng.choice([-1, 1]) * rng.uniform(0.2, 2.9))},
        answer="M",
        hints=(
            "Add up sin(t + a) and sin(t - a). The sum is a multiple of sin t, and the factor contains a only.",
            "So sin(t + a) is made of sin t and sin(t - a). Write this as the first line of a matrix that moves "
            "both values on by a; the second line is easy.",
            "That matrix makes one step of a. The left-hand side is two such steps on.",
        ),
        points=2,
        minutes=20,
    )


# Positions at right angles.


def _crowd():
    n, d = sp.symbols("n d", positive=True)
    least = (n - d) / (d * (n - 1))

    def a_crowd(rng):
        dim = int(rng.integers(1, 200))
        return {"n": dim + int(rng.integers(1, 400)), "d": dim}

    return expression(
        least,
        [
            Mistake(1 / d, "this is the mean with each row beside itself included; those n pairs are left out here"),
            Mistake(
                (n - d) / (d * n),
                "the pairs of a row with itself are taken out of the sum, but still counted when it is divided",
            ),
            Mistake(
                (n**2 / d - 1) / (n * (n - 1)),
                "one pair is taken out; how many rows are there that stand beside themselves?",
            ),
            Mistake(sp.sqrt(least), "this is the root of it, a cosine; the mean of the squares is asked for"),
            Mistake(
                1 / n, "this would be the mean over all pairs if the n rows were orthogonal, and n > d rows are not"
            ),
            Mistake(
                0 * n, "this says that all rows may be orthogonal; in d columns there is room for d such rows only"
            ),
            Mistake(
                2 * least, "each two rows are in this sum twice, in both orders, but count once where it is divided"
            ),
        ],
        at=a_crowd,
        answer="least",
        hints=(
            "How large is the sum of the squared cosines over all n * n ordered pairs, each row beside itself "
            "included, at least? And how much of it is due to the rows beside themselves?",
            "The sum is at least n * n / d, and n of it belongs to rows beside themselves, whose cosine is 1. "
            "How many ordered pairs of different rows are left to share the rest?",
        ),
        points=2,
        minutes=15,
    )


# Fits to a table.


def _fit(here, there, constant=True):
    """The best A and c with there = A here + c, for rows."""
    known = np.column_stack([here, np.ones(len(here))]) if constant else here
    best = np.linalg.lstsq(known, there, rcond=None)[0]
    columns = here.shape[1]
    return best[:columns].T, best[columns] if constant else np.zeros(there.shape[1])


def _missed(table, offset, *, constant=True, back=False):
    """What the best map misses, and what it should have reached."""
    here, there = table[:-offset], table[offset:]
    if back:
        here, there = there, here
    matrix, shift = _fit(here, there, constant)
    return there - (here @ matrix.T + shift), there


def _share(table, offset, *, axis: int | None = 0, **options):
    missed, there = _missed(table, offset, **options)
    return np.linalg.norm(missed) / np.linalg.norm(there - there.mean(axis=axis))


def _share_of_length(table, offset):
    missed, there = _missed(table, offset)
    return np.linalg.norm(missed) / np.linalg.norm(there)


def _share_of_way(table, offset):
    missed, there = _missed(table, offset)
    return np.linalg.norm(missed) / np.linalg.norm(there - table[:-offset])


def _single_columns(rng):
    yield np.arange(5)[:, None] ** 2, 1
    yield 0.1 * np.arange(10.0)[:, None], 2
    yield 5 + np.sin(np.arange(40.0))[:, None], 7
    yield rng.integers(-9, 10, (15, 1)), int(rng.integers(1, 5))


def _several_columns(rng):
    yield 1 + posenc.sinusoidal(range(60), 4, base=100), 3
    yield 2 + rng.normal(size=(12, 2)), 1
    yield rng.integers(-5, 6, (25, 3)), 2
    for offset in rng.integers(1, 9, 2):
        yield rng.uniform(-1, 3, size=(30, 3)), int(offset)


def _dependent_columns(rng):
    yield posenc.sinusoidal(range(60), 8), 1  # the slow columns nearly depend on each other
    few = rng.normal(size=(20, 2))
    yield np.column_stack([few, few[:, 0] - 2 * few[:, 1]]), 2
    yield np.column_stack([np.ones(15), rng.normal(size=15)]), 1


def _columns_of_different_size(rng):
    """One large column that is told beforehand by a tiny one."""
    for size in (1e-3, 1e-6):
        column, offset = rng.normal(size=40), int(rng.integers(1, 4))
        yield np.column_stack([column, size * np.roll(column, -offset)]), offset
        yield rng.normal(size=(25, 3)) * [1, size, 1], 1


def _price(table, steps, *, constant=True, whole=False, transposed=False, noise=None, of_length=False):
    """What a repeated step misses, and how much it stretches an error, with room for what people get wrong."""
    once = steps if whole else 1
    matrix, shift = _fit(table[:-once], table[once:], constant)
    here, there = table[:-steps], table[steps:]
    for _ in range(steps // once):
        here = here @ (matrix if transposed else matrix.T) + shift
    way = there if of_length else there - table[:-steps]
    stretched = np.linalg.norm(np.linalg.matrix_power(matrix, steps // once), 2) if noise is None else noise(matrix)
    return np.linalg.norm(there - here) / np.linalg.norm(way), stretched


def _largest_rate(matrix):
    return abs(np.linalg.eigvals(matrix)).max()


def _turning_pairs(rng, pairs, n):
    freqs = 0.3 + 0.6 * np.arange(pairs) + rng.uniform(-0.1, 0.1, pairs)
    return posenc.sinusoidal(range(n), 2 * pairs, freqs=freqs)


def _rules_that_shift(rng):
    yield np.arange(20)[:, None], 5
    yield posenc.sinusoidal(range(80), 4, base=100), 30
    for steps in (1, int(rng.integers(2, 40))):
        mixing = np.linalg.qr(rng.normal(size=(4, 4)))[0] * rng.uniform(0.5, 2, 4)
        yield _turning_pairs(rng, 2, 60) @ mixing + rng.normal(size=4), steps


def _rules_with_corners(rng):
    yield np.arange(5)[:, None] ** 2, 2
    for steps in (3, int(rng.integers(10, 60))):
        phases = np.arange(120)[:, None] * rng.uniform(0.1, 0.9, 2) + rng.uniform(0, 6, 2)
        angles = np.column_stack([phases, phases + np.pi / 2])
        yield np.arcsin(np.sin(angles)), steps
    yield rng.normal(size=(25, 2)), 2


def _rules_of_bumps(rng):
    places = np.arange(100)[:, None]
    for steps in (1, 7, int(rng.integers(10, 50))):
        centres = np.linspace(0, 99, int(rng.integers(4, 7))) + rng.uniform(-3, 3)
        yield np.exp(-(((places - centres) / 20) ** 2)), steps


THREE_RULES = "sinusoids", "Gaussian bumps", "triangle waves"
STEPS_DRAWN = 1, 3, 10, 30, 100, 300


def _three_tables():
    places = np.arange(512)[:, None]
    angles = places * posenc.frequencies(8, base=100)
    both = np.hstack([angles, angles + np.pi / 2])
    bumps = np.exp(-((places / 64 - np.arange(8)) ** 2) / 2)
    return dict(zip(THREE_RULES, (np.sin(both), bumps, np.arcsin(np.sin(both)) * 2 / np.pi), strict=True))


def _prices_drawn(answer):
    return {
        name: np.array([as_numbers(call(answer, table, steps), (2,), (table, steps)) for steps in STEPS_DRAWN])
        for name, table in _three_tables().items()
    }


def _price_curves(prices):
    from posenc import plotting

    titles = "drift (share of the way)", "noise (factor)"
    return plotting.panels(
        {
            title: {name: (STEPS_DRAWN, found[:, entry]) for name, found in prices.items()}
            for entry, title in enumerate(titles)
        },
        xlabel="steps",
        ylabel="share or factor",
        height=2.9,
    )


# Examples that refute.


def _listed(answer, what, most=20):
    """The entries of an answer as finite numbers."""
    if answer is None or answer is ...:
        raise Wrong("there is no answer here yet")
    try:
        if isinstance(answer, (str, bytes, dict, set)):
            raise TypeError
        entries = list(islice(iter(answer), most + 1))
        if any(entry is None or entry is ... for entry in entries):
            raise TypeError
    except Exception:
        raise Wrong(f"{what}, got {shown(answer)}") from None
    try:
        return [number(entry) for entry in entries]
    except Wrong:
        raise Wrong(f"{what}, got {shown(answer)}") from None


def _two_offsets(answer):
    what = "two offsets are asked for, (near, far)"
    offsets = _listed(answer, what)
    if len(offsets) != 2:
        raise Wrong(f"{what}, got {len(offsets)} of them")
    if any(offset != int(offset) for offset in offsets):
        raise Wrong("the offsets of words are whole numbers")
    if min(offsets) < 1 or max(offsets) > 1000:
        same = "; nothing is more alike than a row and itself" if 0 in offsets else ""
        raise Wrong(f"the offsets have to lie between 1 and 1000{same}")
    return offsets


def _farther_but_more_alike(answer):
    near, far = _two_offsets(answer)
    if near > far:
        raise Wrong("the first offset is the nearer one, so it has to be the smaller")
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


def _offsets_drawn(answer):
    offsets = np.array(_two_offsets(answer))
    far = np.arange(1, max(400, int(1.2 * offsets.max())) + 1)
    return offsets, posenc.similarity(offsets, 128), far, posenc.similarity(far, 128)


def _offsets_on_the_curve(data):
    from posenc import plotting

    offsets, alike, far, curve = data
    return plotting.samples(
        offsets,
        alike,
        {"similarity, d = 128": (far, curve)},
        name="your two offsets",
        xlabel="offset k (positions)",
        ylabel="similarity",
    )


def _frequencies_given(answer):
    freqs = _listed(answer, "a list of frequencies is asked for")
    if not 2 <= len(freqs) <= 8:
        raise Wrong(f"two to eight frequencies are asked for, got {len(freqs)}")
    table = posenc.sinusoidal(range(18), 2 * len(freqs), freqs=freqs)
    if np.linalg.norm(table, axis=0).min() < 1e-6:
        raise Wrong("a column is zero at every whole position; it is orthogonal to all others, but it is no column")
    return table


def _cosines(vectors):
    """Of the angles between the columns of a matrix."""
    unit = vectors / np.linalg.norm(vectors, axis=0)
    return unit.T @ unit


def _orthogonal_but_colliding(answer):
    table = _frequencies_given(answer)
    cosines = np.triu(abs(_cosines(table)), 1)
    if cosines.max() > 1 - 1e-9:
        raise Wrong("two columns are parallel, as if one clock were there twice (perhaps turning the other way)")
    if cosines.max() > 1e-9:
        raise Wrong(
            f"two columns are not orthogonal, the cosine between them is {cosines.max():.2g}; "
            "which frequencies make whole turns within 18 positions?"
        )
    gaps = np.linalg.norm(table[:, None] - table, axis=2)[np.triu_indices(18, 1)]
    if gaps.min() > 1e-9:
        raise Wrong(
            f"the columns are orthogonal, but no two positions collide, the nearest are {gaps.min():.2g} apart; "
            "when are all clocks back at the same time?"
        )


def _angles_drawn(answer):
    table = _frequencies_given(answer)
    return {"columns": _cosines(table), "positions": _cosines(table.T)}


def _angle_maps(cosines):
    from posenc import plotting

    both = "column, or position"
    return plotting.heat_maps(cosines, colorbar="cosine of the angle", xlabel=both, ylabel=both)


# Scores of a head.


def _spreads(scores, offsets=None, measure=np.ptp):
    n = len(scores)
    return [measure(np.diagonal(scores, offset)) for offset in (range(1 - n, n) if offsets is None else offsets)]


def _small_windows(rng):
    yield (np.array([[0, 1, 5], [2, 0, 1], [9, 4, 3]]),)
    yield (np.array([[2.0]]),)
    yield (np.array([[0.0, 1, 0], [0, 0, 4], [0, 0, 0]]),)
    yield (np.array([[0.0, 0, 0], [-1, 0, 0], [0, 4, 0]]),)
    for n in rng.integers(3, 7, 2):
        yield (rng.integers(-9, 10, (n, n)),)


def _scores_of_one_sign(rng):
    """Where 0 is no score, whoever starts with it finds too large a spread."""
    yield (-np.ones((3, 3)),)
    yield (np.full((2, 2), 4),)
    for sign in (-1, 1):
        yield (sign * rng.uniform(5, 7, size=(5, 5)),)


def _scores_of_heads(rng):
    rows = posenc.sinusoidal(range(12), 8)
    yield (rows @ posenc.shift_matrix(3, 8) @ rows.T,)
    yield (rows @ np.diag([1.0, 0] * 4) @ rows.T,)
    for far in (28, -28):
        yield (np.diag([2.0, 5.0], far),)
    for _ in range(2):
        rows = posenc.sinusoidal(int(rng.integers(0, 500)) + np.arange(30), 6)
        yield (rows @ rng.normal(size=(6, 6)) @ rows.T,)


# One motion for all rows.


def _constellation(rng, n, pairs, *, constant=False, blink=False, spare=0, noise=0.0):
    """Rows whose dot products depend on the offset alone: pairs that turn, perhaps more, all of it mixed."""
    freqs = 0.3 + 2.5 * (np.arange(pairs) + rng.uniform(0.25, 0.75, pairs)) / pairs
    parts = [posenc.sinusoidal(range(n), 2 * pairs, freqs=freqs) * np.repeat(rng.uniform(0.6, 2, pairs), 2)]
    parts += [np.ones((n, 1))] if constant else []
    parts += [1.5 * (-1.0) ** np.arange(n)[:, None]] if blink else []
    rows = np.hstack([*parts, np.zeros((n, spare))])
    mixing = np.linalg.qr(rng.normal(size=(rows.shape[1], rows.shape[1])))[0]
    return rows @ mixing + noise * rng.normal(size=rows.shape)


def _rows_that_span(rng):
    yield (np.array([[3, 0], [0, 3], [-3, 0]]),)
    yield (np.array([[2], [-2], [2]]),)
    yield (np.array([[1.5]] * 3),)
    yield (_constellation(rng, 12, 2, constant=True, blink=True),)
    yield (_constellation(rng, 9, 1, blink=True),)
    yield (_constellation(rng, 30, int(rng.integers(3, 6))),)


def _rows_that_do_not_span(rng):
    yield (np.eye(5, dtype=int),)
    yield (np.array([[1.0, 2, 2]] * 4),)
    yield (np.eye(9)[2:5],)
    # Whether a motion that looks at no determinant is a mirror is left to chance, so one table is not enough.
    for blink in (False, True) * 3:
        yield (_constellation(rng, 14, 2, blink=blink, spare=1),)
    for _ in range(3):
        yield (_constellation(rng, 3, 1, constant=True, blink=True, spare=int(rng.integers(2, 5))),)


def _rows_with_errors(rng):
    yield (_constellation(rng, 16, 2, blink=True, noise=1e-12),)
    for blink, spare in ((False, 1), (True, 2), (True, 3)) * 3:
        yield (_constellation(rng, 16, 2, constant=True, blink=blink, spare=spare, noise=1e-12),)


def _free(rows):
    """Whether the rows leave a direction free, so that more than one motion moves them on."""
    return np.linalg.matrix_rank(rows[:-1], tol=1e-6) < rows.shape[1]


def _motion(rows, *, mirror=False, force=False):
    """The orthogonal matrix that moves each row on by one; where there are more, a rotation."""
    left, _, right = np.linalg.svd(rows[1:].T @ rows[:-1])
    rotates = np.linalg.det(left @ right) > 0
    if force or _free(rows):
        left[:, -1] *= 1 if rotates == (not mirror) else -1
    return left @ right


def _found_of_motion(matrix, rows):
    """0 if a matrix is what is asked for; otherwise a sentence on what it does instead."""
    matrix = as_numbers(matrix, (rows.shape[1],) * 2, (rows,))
    here, there = rows[:-1], rows[1:]
    slack = 1e-6 * max(1.0, abs(rows).max())
    gaps, back = (abs(start @ matrix.T - end).max(axis=1) for start, end in ((here, there), (there, here)))
    moves = gaps.max() < slack
    stretch = abs(matrix.T @ matrix - np.eye(len(matrix))).max()
    rotates = np.linalg.det(matrix) > 0

    def wrong(message):
        return Wrong(message, (rows,), None, matrix)

    if not moves and back.max() < slack:
        raise wrong("it moves every row back by one, where U @ rows[p] should be rows[p + 1]")
    if stretch > 1e-6:
        start = "it moves every row on by one, but it is" if moves else "it is"
        raise wrong(f"{start} not orthogonal: an entry of U.T @ U differs by {stretch:.2g} from the identity's")
    if not moves and rotates and not _free(rows) and np.linalg.det(_motion(rows)) < 0:
        raise wrong("it is a rotation, and no rotation moves these rows on: they need a mirror")
    if not moves:
        p = int(gaps.argmax())
        raise wrong(
            f"it is orthogonal, but it does not move each row on: where it takes row {p}, an entry is off by "
            f"{gaps[p]:.2g} from row {p + 1}"
        )
    if not rotates and _free(rows):
        raise wrong(
            "it is orthogonal and moves the rows on, but it is a mirror, determinant -1, where a rotation would do"
        )
    return 0.0


def _motion_drawn(answer):
    rows = _constellation(np.random.default_rng(3), 24, 2, blink=True)
    matrix = as_numbers(call(answer, rows), (5, 5), (rows,))
    path = [rows[0]]
    for _ in rows[1:]:
        path.append(matrix @ path[-1])
    return rows, as_numbers(path, rows.shape, (rows,))


def _motion_curves(data):
    from posenc import plotting

    rows, path = data
    places = np.arange(len(rows))
    return plotting.panels(
        {
            f"column {j}": {"rows": (places, rows[:, j]), "your U, applied p times to row 0": (places, path[:, j])}
            for j in range(3)
        },
        xlabel="position p",
        ylabel="value",
        across=3,
        height=2.6,
    )


EXERCISES = {
    "which-way-does-it-turn": value(
        _offset_read,
        OFFSETS_MISREAD,
        whole=True,
        given=numbers("dim base pair block", (8, 10_000, 1, ((0.92, -0.39), (0.39, 0.92))), _a_block_of_a_shift),
        kind="diagnose",
        answer="offset",
        hints=(
            "A block of R(k) is [[cos kw, sin kw], [-sin kw, cos kw]]. So where does the sine of the angle stand?",
            "Find the angle kw from its sine and its cosine, with np.arctan2, and the frequency w of the pair.",
            "Divide the angle by w. The entries are rounded, so the quotient is not quite whole; round it.",
        ),
        points=1,
        minutes=10,
    ),
    "likeness-without-rows": function(
        _likeness,
        _MOVES,
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
                lambda offset, dim: 2 * _likeness(offset, dim),
                "this counts a pair twice: its two products add up to one cosine",
            ),
            Mistake(
                lambda offset, dim: np.sqrt(np.maximum(dim - 2 * _likeness(offset, dim), 0)),
                "this is the distance of the rows; their dot product is asked for",
            ),
            Mistake(
                lambda offset, dim: np.cos(offset * posenc.frequencies(dim).sum()),
                "this adds up the angles first; every pair has a cosine of its own",
            ),
            Mistake(
                lambda offset, dim: abs(_likeness(offset, dim)),
                "this has lost its sign: two rows may well be more than a right angle apart",
            ),
        ],
        forbidden=ROWS_AND_MATRICES,
        answer="likeness",
        hints=(
            "One pair first: write out the product of (sin wp, cos wp) and (sin w(p + k), cos w(p + k)). "
            "Which rule for the cosine does it remind you of?",
            "A pair gives the cosine of the angle that its hand turns over the offset. The pairs add up.",
        ),
        sketch=(_likeness_drawn, _curve_through_products),
        points=1,
        minutes=10,
    ),
    "when-the-table-begins-anew": value(
        lambda given: _waves_of(given)[-1],
        [
            Mistake(
                lambda given: 2 * np.pi * given.base,
                "that is 2 pi times the base; the rows are back by then, but not for the first time",
            ),
            Mistake(lambda given: 2 * np.pi, "by then the fastest pair is back, and the others are not"),
            Mistake(lambda given: _waves_of(given)[-2], "by then all pairs are back but the slowest"),
            Mistake(
                lambda given: _waves_of(given)[-1] / (2 * np.pi),
                "a whole turn is 2 pi radians; there is no pi in this number",
            ),
            Mistake(
                lambda given: _waves_of(given)[-1] / np.pi,
                "there is a 2 for the whole turn in this number, but no pi; a whole turn is 2 pi radians",
            ),
            Mistake(
                lambda given: _waves_of(given).sum(),
                "the wavelengths are added; pairs turn at the same time, not one after another",
            ),
        ],
        tolerance=0.006,
        given=numbers("dim base", (6, 1000), _a_ladder_of_whole_ratios),
        answer="T",
        hints=(
            "Write down the frequencies of all pairs. By which factor does each differ from the next?",
            "The factor is whole. So how many turns has each of the other pairs made when the slowest has made one?",
        ),
        points=1,
        minutes=10,
    ),
    "who-needs-a-slope": letters(
        set("DEGH"),
        "ABCDEFGH",
        [
            Mistake("ABCDEFGH", "not all: where the position is given, training treats it as a constant"),
            Mistake("DGH", "one is missing: the chain rule goes through a position on its way to what lies behind it"),
            Mistake("DE", "a position may be changed without being computed by a network, too"),
            Mistake(
                "CDEGH", "an entry of a table depends on itself, with derivative 1; nobody asks for its neighbours"
            ),
            Mistake(
                "DEFGH", "a factor in front of e(p) does not change the place at which the rule is read, only the size"
            ),
            Mistake("ABC", "these are the gradients of ordinary training, and none of them moves a position"),
        ],
        answer="sloped",
        hints=(
            "Write x + e(p) with the learned quantity in its place, and apply the chain rule. Is e differentiated?",
            "e is differentiated where what stands in its brackets depends on the quantity in question.",
        ),
        points=2,
        minutes=15,
    ),
    "move-every-position": function(
        lambda offset, dim: _turns(offset * posenc.frequencies(dim)),
        _MOVES,
        [
            Mistake(
                lambda offset, dim: _turns(offset * posenc.frequencies(dim), corner=(-1, 1)),
                "this moves rows back: it is the textbook's matrix, for pairs that begin with the cosine, "
                "or one that is transposed",
            ),
            Mistake(
                lambda offset, dim: _turns(offset * posenc.frequencies(dim), corner=(1, 1)),
                "a minus sign is lost: this matrix is symmetric, and a rotation that turns anything is not",
            ),
            Mistake(
                lambda offset, dim: _turns(offset * posenc.frequencies(dim), layout="halves"),
                "this is the matrix of layout 'halves'; here sine and cosine of a pair stand side by side",
            ),
            Mistake(
                lambda offset, dim: _turns(offset * np.ones(dim // 2)),
                "all pairs turn by the same angle; each has a frequency of its own",
            ),
            Mistake(
                lambda offset, dim: _turns(offset * 10000.0 ** (-np.arange(dim // 2) / dim)),
                "the exponent is i/d: that is the ladder of the base 100",
            ),
            Mistake(
                lambda offset, dim: np.diag(np.cos(offset * np.repeat(posenc.frequencies(dim), 2))),
                "these are the cosines alone; a later sine is made of the earlier sine and of the earlier cosine",
            ),
        ],
        forbidden=("shift_matrix", "fit_shift"),
        answer="move_by",
        hints=(
            "One pair first: write sin(wp + wk) and cos(wp + wk) as multiples of sin wp and cos wp.",
            "The four coefficients are a block of two rows and two columns. It does not contain p.",
            "Put one block for each pair on the diagonal, in the columns 2i and 2i + 1, and zeros elsewhere.",
        ),
        sketch=(_rows_moved, _tables_side_by_side),
        points=2,
        minutes=15,
    ),
    "velocity-of-a-row": function(
        _speeds,
        {
            "a few pairs": lambda rng: [(4,), (2,), (6,), *((dim,) for dim in _even(rng, 8, 2))],
            "many pairs": lambda rng: [(128,), *((dim + 20,) for dim in _even(rng, 60, 2))],
        },
        [
            Mistake(
                lambda dim: _speeds(dim).T,
                "the sign is turned: this row moves backwards; differentiate the sine first",
            ),
            Mistake(
                lambda dim: abs(_speeds(dim)),
                "a minus is missing: the derivative of a cosine is not a sine",
            ),
            Mistake(
                lambda dim: np.sign(_speeds(dim)),
                "all pairs move alike here; by the chain rule a slow pair moves slowly",
            ),
            Mistake(
                lambda dim: _turns(posenc.frequencies(dim)) - np.eye(dim),
                "this is the way of one whole step; a velocity is the way of a tiny step, divided by the step",
            ),
            Mistake(
                lambda dim: _speeds(dim, layout="halves"),
                "this is for all sines first, then all cosines; here they take turns",
            ),
        ],
        # The slowest pair moves by 0.0001 radians a position, so the entries are compared by their ratios. A
        # difference quotient with a step that is not tiny leaves something on the diagonal.
        rtol=2e-7,
        atol=1e-11,
        nearly="this is right to about six digits only: a step divided by its size is not yet a derivative, "
        "and float32 or a rounded constant is not exact enough for the slow pairs",
        forbidden=("shift_generator", "shift_matrix", "fit_shift"),
        answer="velocity_matrix",
        hints=(
            "Differentiate sin wp and cos wp in p. Which of the two values, times what, do you find?",
            "The two derivatives are multiples of the other value of the pair: a block with zeros on its diagonal.",
        ),
        points=2,
        minutes=15,
    ),
    "farther-but-more-alike": witness(
        _farther_but_more_alike,
        [
            Mistake((11, 12), "a ripple between neighbours is a small fault, a larger one is asked for"),
            Mistake((10, 30), "look for a dip of the curve as the near one, and for a late ripple that rises above it"),
            Mistake((893, 148), "the first offset is the nearer one, so it has to be the smaller"),
            Mistake((0, 3), "nothing is more alike than a row and itself"),
            Mistake((3.5, 12.5), "the offsets of words are whole numbers"),
            Mistake((1, 2, 3), "two offsets are asked for, (near, far), got 3 of them"),
        ],
        answer="offsets",
        hints=(
            "Draw posenc.similarity(np.arange(1, 1001), 128). Does it fall all the way?",
            "For each near offset, look at the largest similarity among the offsets from 3 * near on.",
        ),
        sketch=(_offsets_drawn, _offsets_on_the_curve),
        points=2,
        minutes=15,
    ),
    "no-room-for-right-angles": _crowd(),
    "a-sine-and-its-past": _two_steps(),
    "blind-to-the-place": function(
        lambda scores: max(_spreads(scores)),
        {
            "small windows": _small_windows,
            "scores of one sign": _scores_of_one_sign,
            "scores of heads": _scores_of_heads,
        },
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
            Mistake(
                lambda scores: max(max(0, d.max()) - min(0, d.min()) for d in _spreads(scores, measure=np.asarray)),
                "this starts at 0, which is none of the scores: begin with a score",
            ),
        ],
        nearly="",
        answer="seen_of_place",
        hints=(
            "The scores of one offset stand on one diagonal. np.diagonal(scores, offset) takes it out.",
            "A window of n positions has the offsets from 1 - n to n - 1. Compare the spreads of all of them.",
        ),
        points=2,
        minutes=20,
    ),
    "orthogonal-but-colliding": witness(
        _orthogonal_but_colliding,
        [
            Mistake([2 * np.pi / 18, 4 * np.pi / 18], "when are all clocks back at the same time?"),
            Mistake([2 * np.pi / 18] * 3, "two columns are parallel"),
            Mistake([1.0, 0.1, 0.01], "which frequencies make whole turns within 18 positions?"),
            Mistake([np.pi, 2 * np.pi / 3], "it is orthogonal to all others, but it is no column"),
            Mistake([2 * np.pi / 3], "two to eight frequencies are asked for, got 1"),
            Mistake("Fourier", "a list of frequencies is asked for"),
        ],
        answer="freqs",
        hints=(
            "Waves that make a whole number of turns in 18 positions, from 1 to 8, are orthogonal there if the numbers "
            "differ. What is the frequency of a wave that makes m turns in 18 positions?",
            "If the numbers of turns and 18 have a common divisor above 1, all clocks are back before the 18 positions "
            "are over.",
        ),
        sketch=(_angles_drawn, _angle_maps),
        points=3,
        minutes=30,
    ),
    "a-map-and-a-constant": function(
        _share,
        {
            "one column": _single_columns,
            "several columns": _several_columns,
            "columns that depend on each other": _dependent_columns,
            "columns of very different size": _columns_of_different_size,
        },
        [
            Mistake(
                lambda table, offset: _share(table, offset, constant=False),
                "the map has no constant: it has to send zero to zero, and so misses a table that merely drifts",
            ),
            Mistake(_share_of_length, "this divides by the length of the rows; a large mean then hides every miss"),
            Mistake(
                _share_of_way,
                "this divides by the way from row to row; it is the best constant that the fit is compared with here",
            ),
            Mistake(
                lambda table, offset: _share(table, offset, axis=None),
                "this takes one mean of all numbers; a constant is a vector, with an entry for each column",
            ),
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
            Mistake(
                lambda table, offset: _share(table - table.mean(axis=0), offset, constant=False),
                "this takes the mean of all rows away first; the best constant depends on the rows that are fitted",
            ),
        ],
        nearly="",
        forbidden=("fit_shift",),
        answer="miss",
        hints=(
            "A constant is a column that never changes. Put a column of ones beside the rows that are known.",
            "np.linalg.lstsq(known, wanted, rcond=None)[0] is the best map, even where columns depend on each other.",
            "The best constant alone is the mean of the rows that are wanted. Divide the two norms.",
        ),
        points=3,
        minutes=30,
    ),
    "what-almost-linear-costs": function(
        _price,
        {
            "rules that shift": _rules_that_shift,
            "rules with corners": _rules_with_corners,
            "bumps": _rules_of_bumps,
        },
        [
            Mistake(
                lambda table, steps: _price(table, steps, constant=False),
                "the map has no constant: it has to send zero to zero",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, whole=True),
                "this fits a map of its own for the whole way; one step is to be fitted, and then repeated",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, transposed=True),
                "the matrix is transposed: rows stand to its left in your code, and to its right in the statement",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, of_length=True),
                "this divides by the length of the rows, not by the way that they have to go",
            ),
            Mistake(
                lambda table, steps: _price(table, steps)[::-1],
                "the two numbers are in the other order: (drift, noise) is asked for",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, noise=lambda one: np.linalg.norm(one, 2) ** steps),
                "the drift is right; but an error that is stretched most by one step turns into another direction, "
                "which the next step may stretch less",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, noise=lambda one: _largest_rate(one) ** steps),
                "the drift is right; but an eigenvalue tells what becomes of some errors only, and others may be "
                "stretched more",
            ),
            Mistake(
                lambda table, steps: _price(table, steps, noise=lambda one: np.linalg.norm(one, 2)),
                "the drift is right; but this is what one step does to an error, and there are more",
            ),
            Mistake(
                lambda table, steps: _price(
                    table, steps, noise=lambda one: np.linalg.norm(np.linalg.matrix_power(one, steps))
                ),
                "the drift is right; but the norm of a matrix as a list of numbers is no factor of stretching",
            ),
        ],
        nearly="",
        answer="price",
        hints=(
            "Fit A and c for one step as in the exercise before, on the rows that have a next one.",
            "Apply the map to table[:-steps] in a loop, each time to what came out, and compare with table[steps:].",
            "An error of the first row is multiplied by A at each step; the constant leaves it alone. By which factor "
            "a matrix stretches at most is its largest singular value, np.linalg.norm(matrix, 2).",
        ),
        sketch=(_prices_drawn, _price_curves),
        points=3,
        minutes=30,
    ),
    "one-motion-for-all-rows": function(
        _motion,
        {
            "rows that span the space": _rows_that_span,
            "rows that do not span it": _rows_that_do_not_span,
            "rows with rounding errors": _rows_with_errors,
        },
        [
            Mistake(
                lambda rows: np.linalg.lstsq(rows[:-1], rows[1:], rcond=1e-9)[0].T,
                "it moves every row on by one, but it is not orthogonal",
            ),
            Mistake(lambda rows: _motion(rows).T, "it moves every row back by one"),
            Mistake(
                lambda rows: _motion(rows, mirror=True),
                "it is orthogonal and moves the rows on, but it is a mirror, determinant -1, where a rotation would do",
            ),
            Mistake(
                lambda rows: _motion(rows, force=True),
                "it is a rotation, and no rotation moves these rows on: they need a mirror",
            ),
            Mistake(lambda rows: np.eye(rows.shape[1]), "it is orthogonal, but it does not move each row on"),
            Mistake(
                lambda rows: np.diag(1 + np.arange(rows.shape[1])), "it is not orthogonal: an entry of U.T @ U differs"
            ),
        ],
        reading=_found_of_motion,
        answer="motion",
        hints=(
            "What rows[:-1] spans has to go to what rows[1:] spans, and this part of U is forced. Least squares, "
            "or a singular value decomposition, finds it. What is left free is what is perpendicular to rows[:-1].",
            "U takes the vectors perpendicular to rows[:-1] to the vectors perpendicular to rows[1:]. "
            "Take an orthonormal basis of each, and let the one go to the other.",
            "If the determinant is then -1 and something is left free, turn one vector of one of these bases round.",
        ),
        sketch=(_motion_drawn, _motion_curves),
        points=6,
        minutes=60,
    ),
    "from-one-motion-to-the-offset": proof(answer="", points=3, minutes=30),
}
