"""The exercises of the part on practice."""

import math

import numpy as np

import posenc
from posenc.exercises._judge import Mistake, Wrong, call, choice, function, numbers, proof, value, values
from posenc.exercises._verdict import shown

POSENC = tuple(posenc.__all__)
TURN = 2 * math.pi


def _maps(xlabel, ylabel, **options):
    """How to draw tables."""

    def paint(tables):
        from posenc import plotting

        return plotting.heat_maps(tables, xlabel=xlabel, ylabel=ylabel, **options)

    return paint


def _curves(xlabel, ylabel):
    """How to draw curves."""

    def paint(found):
        from posenc import plotting

        return plotting.lines(found, xlabel=xlabel, ylabel=ylabel)

    return paint


# Name the table.


def _two_rows(base, first):
    """Two rows of four columns, rounded to five decimals."""
    return tuple(map(tuple, posenc.sinusoidal([first, first + 1], 4, base=base).round(5).tolist()))


def _name_the_table():
    def made(given):
        """The convention of given rows, found as one finds it on paper: slow hand, then fast hand."""
        slow = [math.atan2(row[2], row[3]) % TURN for row in given.rows]
        w = (slow[1] - slow[0]) % TURN
        rough = slow[0] / w
        fast = math.atan2(given.rows[0][0], given.rows[0][1])
        return w**-2, round(fast + TURN * round((rough - fast) / TURN))

    def slow_angle(given):
        return math.atan2(given.rows[0][2], given.rows[0][3]) % TURN

    mistakes = [
        Mistake(
            lambda given: (made(given)[0] ** 0.5, made(given)[1]),
            "this base is one over the frequency of pair 1; with d = 4 the exponent of pair 1 is 2/4, so its frequency "
            "is one over the square root of the base",
        ),
        Mistake(
            lambda given: (made(given)[0] ** 2, made(given)[1]),
            "this base belongs to the exponent 1/4; that of pair 1 is 2i/d with i = 1 and d = 4",
        ),
        Mistake(
            lambda given: (made(given)[0], made(given)[1] + 1),
            "the base is right, and the position is that of the second row",
        ),
        Mistake(
            lambda given: (made(given)[0], round(math.atan2(*given.rows[0][:2]) % TURN)),
            "the base is right, but the fast hand has been round before: the slow one says how often",
        ),
        Mistake(
            lambda given: (10_000, round(slow_angle(given) / 0.01)),
            "this takes the base 10,000 for granted; from one row to the next the slow hand turns by another angle "
            "than 0.01",
        ),
        Mistake(
            lambda given: (made(given)[0], made(given)[1] - round(TURN)),
            "the base is right, and the fast hand too, but it has been round once more",
        ),
    ]

    def draw(rng):
        while True:
            base, first = int(rng.integers(20, 250)) * 10, int(rng.integers(9, 60))
            w = base**-0.5
            if not 9 < first < 0.9 * TURN / w - 1:
                continue
            found = type(given())(_two_rows(base, first))
            close = abs(made(found)[0] / base - 1) < 0.004 and made(found)[1] == first
            others = [mistake.answer(found) for mistake in mistakes]
            if close and len({round(position) for _, position in others} | {first}) >= 5:
                return (found.rows,)

    given = numbers("rows", (_two_rows(1000, 27),), draw)
    return values(
        made,
        mistakes,
        names="base, first",
        tolerance=(0, 0.1),
        relative=(0.01, 0),
        given=given,
        answer="base_and_first",
        hints=(
            "Read both rows as hands: math.atan2(sine, cosine). From one row to the next each hand turns by its "
            "frequency. Which of the two frequencies do you know already?",
            "The slow hand has not been round yet, so its angle divided by its frequency is the position, but only "
            "roughly, because the numbers are rounded.",
            "The fast hand stands at the position itself, up to whole turns of 2 pi. Take as many turns as bring it "
            "next to the rough one.",
        ),
        points=2,
        minutes=15,
    )


# The first that is missing.


def _digits_needed(n):
    """How many binary digits a whole number needs."""
    return (n // (n & -n)).bit_length() if n else 1


def _first_missing(digits, step):
    m = 1
    while _digits_needed(step * m) <= digits:
        m += 1
    return step * m


def _the_first_that_is_missing():
    def expected(given):
        return _first_missing(*given)

    def next_multiple(given):
        """The first position above 2^t, missing or not."""
        return given.step * (2**given.digits // given.step + 1)

    mistakes = [
        Mistake(
            lambda given: 2**given.digits + 1,
            "this is the first whole number that is missing, but it is none of the positions",
        ),
        Mistake(
            next_multiple,
            "this is the first position above 2 to the number of digits, but the format has it: there every second "
            "whole number is left",
        ),
        Mistake(
            lambda given: _first_missing(given.digits - 1, given.step),
            "this is right for one digit less: the first digit counts, although formats do not store it",
        ),
        Mistake(
            lambda given: _first_missing(given.digits + 1, given.step),
            "the format misses one before this: this is right for one digit more",
        ),
        Mistake(
            lambda given: given.step * (2**given.digits + 1),
            "this counts steps, as if the number of the step were stored; the position is stored",
        ),
        Mistake(
            lambda given: expected(given) // given.step,
            "this is the number of the step; the position itself is asked for",
        ),
    ]

    def draw(rng):
        while True:
            found = int(rng.integers(7, 15)), int(rng.choice([3, 5, 7, 9, 11, 13]))
            drawn = type(given())(*found)
            if len({mistake.answer(drawn) for mistake in mistakes} | {expected(drawn)}) == len(mistakes) + 1:
                return found

    # 2^8 is 256: 258 is held, 261 is the first odd multiple of 3 above it.
    given = numbers("digits step", (8, 3), draw)
    return value(
        expected,
        mistakes,
        whole=True,
        given=given,
        answer="missing",
        hints=(
            "With t digits all whole numbers up to 2^t are there. Which of those just above are there, too?",
            "From 2^t to 2^(t+1) there is every second whole number. So look for the first multiple of the step above "
            "2^t that is odd.",
        ),
        points=1,
        minutes=5,
    )


# The wrong exponent.

_EXPONENTS = "2i/d", "i/d", "2j/d", "2i/(d-2)", "2(i+1)/d"


def _row_of(exponent, base, position):
    """The row of eight columns, interleaved, of one who writes that exponent; rounded to four decimals."""
    d, j = 8, np.arange(8)
    i = j // 2
    power = {"2i/d": 2 * i / d, "i/d": i / d, "2j/d": 2 * j / d, "2i/(d-2)": 2 * i / (d - 2)}
    power["2(i+1)/d"] = 2 * (i + 1) / d
    angles = position * float(base) ** -power[exponent]
    return tuple(np.where(j % 2 == 0, np.sin(angles), np.cos(angles)).round(4).tolist())


def _the_wrong_exponent():
    def expected(given):
        return next(word for word in _EXPONENTS if _row_of(word, given.base, given.position) == given.row)

    def instead(steps):
        return lambda given: _EXPONENTS[(_EXPONENTS.index(expected(given)) + steps) % len(_EXPONENTS)]

    def draw(rng):
        while True:
            base, position = int(rng.choice([100, 400, 1000, 2000, 5000, 10_000])), int(rng.integers(1, 6))
            rows = [_row_of(word, base, position) for word in _EXPONENTS]
            gaps = [np.abs(np.subtract(a, b)).max() for n, a in enumerate(rows) for b in rows[:n]]
            apart = abs(sum(entry**2 for entry in rows[_EXPONENTS.index("2j/d")][:2]) - 1)
            if min(gaps) > 0.01 and apart > 0.01:
                return base, position, rows[rng.integers(len(rows))]

    return choice(
        expected,
        _EXPONENTS,
        [
            Mistake(
                instead(1),
                "another exponent makes this row: begin with the columns 0 and 1. Does pair 0 turn by one radian a "
                "position?",
            ),
            Mistake(
                instead(2),
                "another exponent makes this row: take the squares of the columns 0 and 1. If their sum is not 1, the "
                "two do not share a frequency",
            ),
            Mistake(
                instead(3),
                "another exponent makes this row: which frequency has column 6, and which power of the base is that?",
            ),
            Mistake(
                instead(4),
                "another exponent makes this row: work out the angle of column 2 for each of the five, and compare its "
                "sine",
            ),
        ],
        given=numbers("base position row", (1000, 2, _row_of("i/d", 1000, 2)), draw),
        answer="exponent",
        hints=(
            "Three questions tell the five apart. Does pair 0 turn by one radian a position? Do the two columns of a "
            "pair share a frequency? Which power of the base is the last frequency?",
            "The sum of the squares of columns 0 and 1 is 1 if they share a frequency. The angle of column 6 is its "
            "arc sine, as long as that hand is slow; divide it by the position.",
        ),
        points=1,
        minutes=10,
    )


# The bound of an angle.


def _the_bound_of_an_angle():
    def made(roundings=2, power=lambda i, d: 2 * i / d, digits=lambda t: t, position=lambda p: p):
        def bound(given):
            w = given.base ** -power(given.pair, given.d)
            u = 2.0 ** -digits(given.digits)
            return position(given.position) * w * math.expm1(roundings * math.log1p(u))

        return bound

    mistakes = [
        Mistake(
            made(roundings=1),
            "this is one rounding; the frequency is rounded, and then its product with the position, too",
        ),
        Mistake(
            made(roundings=3),
            "this takes the position for rounded as well, but it is whole and small enough to be held exactly",
        ),
        Mistake(
            made(digits=lambda t: t - 1),
            "this takes the gap between 1 and the next number for the unit roundoff; rounding to nearest moves a "
            "number by half a gap at most",
        ),
        Mistake(
            made(power=lambda i, d: 0),
            "this is the bound for a frequency of 1; the error is relative to the angle, and so to the frequency",
        ),
        Mistake(
            made(position=lambda p: 1),
            "this is the bound at position 1; the error is relative to the angle, and so to the position",
        ),
        Mistake(
            made(power=lambda i, d: i / d),
            "this is the frequency of exponent i/d; with i for the pair the exponent is 2i/d",
        ),
    ]

    def draw(rng):
        while True:
            digits, d = int(rng.choice([11, 24])), int(rng.choice([64, 96, 128]))
            most = {11: 2000, 24: 1_000_000}[digits]
            position, pair = int(rng.integers(most // 20, most)), int(rng.integers(d // 16, d // 4))
            found = digits, position, d, pair, int(rng.choice([1000, 10_000, 50_000]))
            drawn = type(given())(*found)
            bounds = np.sort([made()(drawn), *(mistake.answer(drawn) for mistake in mistakes)])
            if (bounds[1:] / bounds[:-1]).min() > 1.1:
                return found

    given = numbers("digits position d pair base", (24, 131_072, 128, 16, 10_000), draw)

    return value(
        made(),
        mistakes,
        given=given,
        answer="bound",
        relative=0.02,
        hints=(
            "The angle is a product of a position and a frequency. Which of the two is held exactly? How often is "
            "something rounded?",
            "Each rounding changes a number by at most u = 2 ** -digits of its size. Two of them: (1 + u) ** 2 - 1, "
            "which is nearly 2 u, of the angle.",
        ),
        points=1,
        minutes=10,
    )


# Cosines first.


def _order_by(make):
    def order(dim):
        return make(list(range(0, dim, 2)), list(range(1, dim, 2)))

    return order


def _backwards(dim):
    order = _order_by(lambda sines, cosines: cosines + sines)(dim)
    return [order.index(column) for column in range(dim)]


def _even_dims(rng):
    yield (4,)
    yield (2,)
    yield (8,)
    for pairs in rng.integers(3, 60, 3):
        yield (2 * int(pairs),)


def _odd_dims(rng):
    yield (5,)
    yield (1,)
    for pairs in rng.integers(2, 60, 3):
        yield (2 * int(pairs) + 1,)


def _columns_drawn(answer):
    """Which old column each new one is, for ten columns and for seven."""
    tables = {}
    for dim in (10, 7):
        order = np.asarray(call(answer, dim, forbidden=POSENC), dtype=float)
        if order.shape != (dim,):
            raise Wrong(f"an array of {dim} whole numbers is asked for, got {shown(order)}")
        tables[f"d = {dim}"] = (order[:, None] == np.arange(dim)).astype(float)
    return tables


# Round last.


def _float16_table(positions, freqs):
    angles = np.multiply.outer(positions.astype(float), freqs)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).astype(np.float16)


def _angles_in(kind, *, positions=True, freqs=True, product=True):
    """A table by one who has some of the steps in a short type."""

    def table(p, w):
        p = p.astype(kind) if positions else p.astype(float)
        w = w.astype(kind) if freqs else w
        angles = np.multiply.outer(p.astype(float), w.astype(float))
        angles = angles.astype(kind).astype(float) if product else angles
        return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).astype(np.float16)

    return table


def _short_text(rng):
    yield np.arange(5), np.array([1.0, 0.3])
    yield rng.integers(0, 200, 20), rng.uniform(0.1, 1, 5)


def _long_text(rng):
    yield np.arange(2040, 2060), np.array([1.0, 0.7, 0.013])
    yield rng.integers(20_000, 60_000, 40), rng.uniform(0.3, 1, 6)
    yield rng.integers(50_000, 60_000, 40), np.array([0.9, 0.8, 1e-5, 3e-7])


def _a_float16(result, positions, freqs):
    kind = getattr(result, "dtype", None)
    if kind != np.float16:
        raise Wrong(f"the result is to be an array of type float16, got {'type ' + str(kind) if kind else 'none'}")
    return result


def _waves_drawn(answer):
    """One column far out, by the answer and as it should be."""
    places, freqs = np.arange(50_000, 50_060), np.array([0.3])
    found = np.asarray(call(answer, places, freqs, forbidden=POSENC), dtype=float)
    if found.shape != (60, 2):
        raise Wrong(f"a table of shape (60, 2) is asked for, got shape {found.shape}")
    wanted = _float16_table(places, freqs).astype(float)
    return {"wanted": (places, wanted[:, 0]), "yours": (places, found[:, 0])}


# A table in blocks.


def _parts(table):
    return table[..., 0::2], table[..., 1::2]


def _combined(sine, cosine, order=(0, 1)):
    """A table from all pairs of a far and a near row, by formulas for sine and cosine."""

    def blocks(far, near):
        (fs, fc), (ns, nc) = _parts(far[:, None]), _parts(near[None])
        both = np.stack(np.broadcast_arrays(sine(fs, fc, ns, nc), cosine(fs, fc, ns, nc)), axis=-1)
        both = both.transpose(*order, 2, 3)
        return both.reshape(-1, far.shape[1])

    return blocks


def _added_sine(fs, fc, ns, nc):
    return fs * nc + fc * ns


def _added_cosine(fs, fc, ns, nc):
    return fc * nc - fs * ns


_in_blocks = _combined(_added_sine, _added_cosine)


def _halves_read(far, near):
    """The same by one who takes the columns for halves."""
    half = far.shape[1] // 2
    mixed = [np.stack([t[:, :half], t[:, half:]], axis=-1).reshape(len(t), -1) for t in (far, near)]
    table = _in_blocks(*mixed)
    return np.concatenate(_parts(table), axis=-1)


def _far_and_near(start, n_far, n_near, freqs):
    dim = 2 * len(freqs)
    far = posenc.sinusoidal(start + n_near * np.arange(n_far), dim, freqs=freqs)
    return far, posenc.sinusoidal(np.arange(n_near), dim, freqs=freqs)


def _from_zero(rng):
    yield _far_and_near(0, 2, 3, np.array([1.0]))
    yield _far_and_near(0, 5, 4, posenc.frequencies(8))
    for _ in range(2):
        a, b, pairs = rng.integers(2, 9, 3)
        yield _far_and_near(0, int(a), int(b), rng.uniform(0.01, 1, int(pairs)))


def _from_elsewhere(rng):
    yield _far_and_near(100, 3, 5, np.array([0.5, 0.02]))
    for _ in range(2):
        a, b, pairs = rng.integers(2, 9, 3)
        yield _far_and_near(float(rng.uniform(-1e4, 1e4)), int(a), int(b), rng.uniform(-1, 1, int(pairs)))


def _one_row(rng):
    yield _far_and_near(7, 1, 6, np.array([0.3, 0.1]))
    yield _far_and_near(-3, 6, 1, np.array([0.3, 0.1]))


def _blocks_drawn(answer):
    """A table of 48 rows from 6 far and 8 near ones."""
    far, near = _far_and_near(0, 6, 8, posenc.frequencies(16, base=300))
    found = np.asarray(call(answer, far, near, forbidden=POSENC), dtype=float)
    if found.shape != (48, 16):
        raise Wrong(f"a table of shape (48, 16) is asked for, got shape {found.shape}")
    return {"yours": found, "wanted": _in_blocks(far, near)}


EXERCISES = {
    "name-the-table": _name_the_table(),
    "first-that-is-missing": _the_first_that_is_missing(),
    "wrong-exponent": _the_wrong_exponent(),
    "bound-of-an-angle": _the_bound_of_an_angle(),
    "cosines-first": function(
        _order_by(lambda sines, cosines: cosines + sines),
        {"even": _even_dims, "odd": _odd_dims},
        [
            Mistake(
                _order_by(lambda sines, cosines: sines + cosines),
                "this puts the sines first",
            ),
            Mistake(
                _backwards,
                "this is the way back: entry n has to be the old column that becomes new column n",
            ),
            Mistake(
                lambda dim: [*range(dim // 2, dim), *range(dim // 2)],
                "this exchanges the two halves of the row; in the table that is given the waves stand side by side",
            ),
            Mistake(
                lambda dim: [n for i in range(0, dim, 2) for n in (i + 1, i) if n < dim],
                "this exchanges sine and cosine in each pair, which stay side by side; all cosines come first",
            ),
            Mistake(
                _order_by(lambda sines, cosines: cosines[::-1] + sines[::-1]),
                "the waves are right, but the pairs run backwards: pair 0 comes first in both halves",
            ),
            Mistake(
                _order_by(lambda sines, cosines: cosines + sines[: len(cosines)]),
                "the last sine of an odd dimension is lost",
            ),
        ],
        forbidden=POSENC,
        answer="column_order",
        hints=(
            "For d = 4 the given table has the columns sin 0, cos 0, sin 1, cos 1, with the number of the pair. Write "
            "the wanted row below it, and the number of the old column below each entry.",
            "The cosines stand in the odd columns, the sines in the even ones. np.arange(1, dim, 2) is one of the two "
            "lists.",
        ),
        sketch=(_columns_drawn, _maps("old column", "new column", limits=(0, 1), colorbar="")),
        points=1,
        minutes=10,
    ),
    "round-last": function(
        _float16_table,
        {"short text": _short_text, "long text": _long_text},
        [
            Mistake(
                _angles_in(np.float16),
                "the angles are still of type float16: everything up to the sine needs more digits",
            ),
            Mistake(
                _angles_in(np.float16, freqs=False, product=False),
                "the positions still pass through float16, which has no whole numbers of its own above 2048",
            ),
            Mistake(
                _angles_in(np.float16, positions=False, product=False),
                "the frequencies still pass through float16; multiplied by the position their error grows",
            ),
            Mistake(
                _angles_in(np.float16, positions=False, freqs=False),
                "the product still passes through float16: the angle is what must not be rounded",
            ),
            Mistake(
                _angles_in(np.float32),
                "in float32 the angles are off by more than half a unit of float16 at these positions: take float64",
            ),
        ],
        rtol=0,
        atol=2.0**-11,
        nearly="",
        reading=_a_float16,
        forbidden=POSENC,
        kind="implement",
        answer="table",
        hints=(
            "Which numbers may be rounded to eleven binary digits without harm, and which are multiplied by tens of "
            "thousands afterwards?",
            "Take positions and frequencies in float64, multiply, take sine and cosine, and only then astype(float16).",
        ),
        sketch=(_waves_drawn, _curves("position p", "sine of 0.3 p")),
        points=1,
        minutes=10,
    ),
    "table-in-blocks": function(
        _in_blocks,
        {"from 0": _from_zero, "from elsewhere": _from_elsewhere, "one row": _one_row},
        [
            Mistake(
                _combined(lambda fs, fc, ns, nc: fs * nc - fc * ns, lambda fs, fc, ns, nc: fc * nc + fs * ns),
                "this subtracts the near angle from the far one: look at the two signs",
            ),
            Mistake(
                _combined(lambda fs, fc, ns, nc: fs * ns, lambda fs, fc, ns, nc: fc * nc),
                "the sine of a sum is not the product of the sines: each number of a pair needs both of the other row",
            ),
            Mistake(
                _combined(lambda fs, fc, ns, nc: fs + ns, lambda fs, fc, ns, nc: fc + nc),
                "this adds the rows; the angles are to be added",
            ),
            Mistake(
                _combined(_added_sine, _added_cosine, order=(1, 0)),
                "the rows are right, but in another order: all near ones after the first far row come first",
            ),
            Mistake(
                _combined(_added_cosine, _added_sine),
                "sine and cosine are exchanged: the sine comes first, in column 2i",
            ),
            Mistake(
                _halves_read,
                "this reads the columns as halves; here sine and cosine of a pair stand side by side",
            ),
        ],
        forbidden=POSENC,
        answer="from_blocks",
        hints=(
            "What is the sine of a sum of two angles, in the sines and cosines of the two? And the cosine?",
            "Row a of far and row b of near make row a * B + b of the result. far[:, None] and near[None] let NumPy "
            "make all of them at once; a reshape puts them in order.",
        ),
        sketch=(_blocks_drawn, _maps("column j", "position p", limits=(-1, 1))),
        points=2,
        minutes=15,
    ),
    "why-a-recurrence-drifts": proof(
        answer="",
        hints=(
            "Compare z_n with exp(inw), and write the difference of one step as the difference of the step before, "
            "turned, plus the new error. A turn keeps lengths.",
            "When do errors add up to their full length? When all of them point the same way, seen from where the "
            "hand stands.",
            "For the blocks: (a + x)(b + y) - ab = ay + bx + xy.",
        ),
        points=3,
        minutes=30,
    ),
}
