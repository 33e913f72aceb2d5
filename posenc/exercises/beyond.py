"""The exercises of the part beyond sinusoids."""

import math

import numpy as np
import sympy as sp

import posenc
from posenc.exercises._judge import (
    Mistake,
    Wrong,
    as_numbers,
    call,
    choice,
    expression,
    function,
    named_array,
    numbers,
    proof,
    value,
    witness,
)
from posenc.exercises._verdict import shown

# For exercises that are to be solved with the frequencies alone, or without any function of the package.
POSENC = tuple(posenc.__all__)
ALL_BUT_FREQUENCIES = (*sorted({*POSENC} - {"frequencies", "wavelengths"}), "hand", "rotation")


def _telling(draw, expected, mistakes, gap):
    """Numbers, drawn until the answer and all known mistakes lie further apart than `gap`."""

    def drawn(rng):
        while True:
            found = draw(rng)
            answers = [expected(found), *(mistake.answer(found) for mistake in mistakes)]
            if np.diff(np.sort(np.array(answers, dtype=float))).min() > gap:
                return found

    return drawn


def _two(answer, names):
    """The two parts of an answer that is a pair."""
    try:
        first, second = answer
    except Exception:
        raise Wrong(f"two arrays are asked for, ({names}), got {shown(answer)}") from None
    return first, second


def _lines(xlabel, ylabel, **options):
    """How to draw curves."""

    def paint(curves):
        from posenc import plotting

        return plotting.lines(curves, xlabel=xlabel, ylabel=ylabel, **options)

    return paint


def _maps(xlabel, ylabel, **options):
    """How to draw tables."""

    def paint(tables):
        from posenc import plotting

        return plotting.heat_maps(tables, xlabel=xlabel, ylabel=ylabel, **options)

    return paint


# Turn a pair by hand.


def _turned_score(angle):
    """The score of two pairs, of which one is turned by an angle that depends on both places."""

    def score(given):
        (a, b), p, (c, e), q = given
        return (a * c + b * e) * math.cos(angle(p, q)) + (b * c - a * e) * math.sin(angle(p, q))

    return score


def _turn_a_pair():
    twelfth = math.pi / 6
    expected = _turned_score(lambda p, q: (q - p) * twelfth)
    mistakes = [
        Mistake(
            _turned_score(lambda p, q: (p - q) * twelfth),
            "this turns the other way: seen with the first number to the right, both turn counter-clockwise",
        ),
        Mistake(
            _turned_score(lambda p, q: 0),
            "this is the product before any turn; the two are turned by different angles",
        ),
        Mistake(
            _turned_score(lambda p, q: (p + q) * twelfth),
            "this turns query and key in opposite directions; both turn in the same one",
        ),
        Mistake(
            _turned_score(lambda p, q: q * twelfth),
            "this turns the key alone; the query stands at a position, too",
        ),
        Mistake(
            _turned_score(lambda p, q: -p * twelfth),
            "this turns the query alone; the key stands at a position, too",
        ),
        Mistake(
            _turned_score(lambda p, q: 30 * (q - p)),
            "a twelfth of a turn is 30 degrees, but math.cos and np.cos take radians",
        ),
        Mistake(
            _turned_score(lambda p, q: q - p),
            "this turns by one radian a position; this pair turns by a twelfth of a turn",
        ),
    ]

    def draw(rng):
        a, b, c, e = (int(n) for n in rng.integers(1, 6, 4) * rng.choice([-1, 1], 4))
        p, q = (int(n) for n in rng.choice(12, 2, replace=False))
        return (a, b), p, (c, e), q

    return value(
        expected,
        mistakes,
        given=numbers("query p key q", ((3, 2), 5, (2, 3), 8), _telling(draw, expected, mistakes, 0.05)),
        tolerance=0.01,
        answer="score",
        hints=(
            "Where on the dial of a clock do the two arrows point after their turns, and what is the angle between "
            "them then?",
            "Both turn, but only the difference of the turns changes their product: leave the query as it is, and "
            "turn the key by q - p twelfths.",
        ),
        points=1,
        minutes=5,
    )


# The score of a pair.


def _score_of_a_pair():
    a, b, c, e, p, q, w = sp.symbols("a b c e p q w")
    dot, cross = a * c + b * e, b * c - a * e
    offset, total = w * (q - p), w * (p + q)
    return expression(
        dot * sp.cos(offset) + cross * sp.sin(offset),
        [
            Mistake(
                dot * sp.cos(offset) - cross * sp.sin(offset),
                "this is the score with the two places exchanged: look at the sign of the sine",
            ),
            Mistake(
                dot * sp.cos(total) + cross * sp.sin(total),
                "this depends on the sum of the places: query and key are turned in opposite directions here",
            ),
            Mistake(
                dot * sp.cos(offset),
                "the part with the sine is missing; it is what tells a key before the query from one after it",
            ),
            Mistake(
                (a * c - b * e) * sp.cos(total) - (a * e + b * c) * sp.sin(total),
                "this is the real part of a product of two complex numbers; for a dot product, one of the two is "
                "conjugated first",
            ),
            Mistake(
                dot * sp.sin(offset) - cross * sp.cos(offset),
                "this is the imaginary part of the complex product; the dot product is the real one",
            ),
            Mistake(
                dot * sp.cos(offset) + (b * c + a * e) * sp.sin(offset),
                "one of the two products beside the sine has the wrong sign: put y = x, and move the key both ways",
            ),
            Mistake(
                dot * sp.cos(q - p) + cross * sp.sin(q - p),
                "the frequency is missing: the pair turns by w from one position to the next",
            ),
            Mistake(
                dot * sp.cos(w * q) + cross * sp.sin(w * q),
                "this turns the key alone, as if every query stood at position 0",
            ),
        ],
        answer="rotary_score",
        hints=(
            "Turn both pairs first. The turned query is (a cos wp - b sin wp, a sin wp + b cos wp).",
            "Multiply out, and collect what belongs to ac + be and what belongs to bc - ae. Which cosine, and which "
            "sine, of a difference is it?",
            "Or in one step: the score is x . T(k) y with k = q - p, so only the key has to be turned.",
        ),
        points=1,
        minutes=10,
    )


# A base for longer texts.


def _base_for_longer_texts():
    def times(power):
        """The base times the factor to a power of the number of columns."""
        return lambda given: given[2] * float(given[3]) ** power(given[1])

    expected = times(lambda r: r / (r - 2))
    mistakes = [
        Mistake(
            times(lambda r: 1),
            "this would slow a pair r/2 by the factor, but pairs are counted from 0: which is the last one?",
        ),
        Mistake(
            times(lambda r: (r - 2) / r),
            "the exponent is upside down: with this base the slowest pair is slowed by less than the factor",
        ),
        Mistake(
            lambda given: given[2] * float(given[3]) ** (given[0] / (given[0] - 2)),
            "this takes the ladder of all columns of the head; only those that turn have frequencies",
        ),
        Mistake(
            times(lambda r: r / 2),
            "this slows pair 1 by the factor, and all later ones by more; the slowest pair is the one that counts",
        ),
        Mistake(
            times(lambda r: -r / (r - 2)),
            "with this base the slow pairs turn faster: which way does a frequency go when the base grows?",
        ),
        Mistake(
            lambda given: (given[2] * float(given[3])) ** (given[1] / (given[1] - 2)),
            "the power belongs to the factor alone: with factor 1 the base has to stay as it is",
        ),
        Mistake(
            lambda given: float(given[3]) ** (given[1] / (given[1] - 2)),
            "this is what the old base is to be multiplied by; the new base itself is asked for",
        ),
        Mistake(
            times(lambda r: 2 * r / (r - 2)),
            "this takes i/r for the exponent of pair i; there are half as many pairs as columns, so it is 2i/r",
        ),
    ]

    def draw(rng):
        head = int(rng.choice([64, 80, 96, 128, 160, 192, 256]))
        turned = int(head * rng.choice([0.25, 0.5, 0.75]))
        base = int(rng.choice([10_000, 20_000, 50_000, 100_000, 500_000]))
        return head, turned, base, int(rng.choice([2, 3, 4, 6, 8, 12, 16]))

    return value(
        expected,
        mistakes,
        given=numbers("head turned base factor", (128, 64, 10_000, 8), _telling(draw, expected, mistakes, 4)),
        tolerance=1,
        answer="new_base",
        hints=(
            "Which number has the slowest pair, and which exponent does it have? Only the columns that turn count.",
            "Its frequency is base ** (-(r - 2) / r), with r columns that turn. Write the same with the new base; "
            "the second is to be the first one divided by the factor.",
        ),
        points=1,
        minutes=10,
    )


# The reading of a point.

_WAVES = "interleaved", "halves", "sines first"
_POINTS = tuple(f"{axes} {waves}" for axes in ("yx", "xy") for waves in _WAVES)


def _eight_numbers(convention, y, x):
    """The row of a point, four columns an axis, rounded to three decimals."""
    axes, waves = convention.split(" ", 1)
    place = [y, x] if axes == "yx" else [x, y]
    numbers = posenc.sinusoidal(place, 4).reshape(2, 2, 2)  # axis, pair, wave
    order = {"interleaved": (0, 1, 2), "halves": (0, 2, 1), "sines first": (2, 0, 1)}[waves]
    return tuple(numbers.transpose(order).ravel().round(3).tolist())


def _reading_of_a_point():
    def expected(given):
        return next(word for word in _POINTS if _eight_numbers(word, *given[:2]) == given[2])

    def instead(exchanged, steps):
        """Another convention: with the axes exchanged, or with the waves elsewhere."""

        def convention(given):
            axes, waves = expected(given).split(" ", 1)
            return f"{axes[::-1] if exchanged else axes} {_WAVES[(_WAVES.index(waves) + steps) % 3]}"

        return convention

    def draw(rng):
        while True:
            y, x = (int(n) for n in rng.integers(2, 60, 2))
            if len({_eight_numbers(word, y, x) for word in _POINTS}) == len(_POINTS):
                return y, x, _eight_numbers(str(rng.choice(_POINTS)), y, x)

    return choice(
        expected,
        _POINTS,
        [
            Mistake(
                instead(True, 0),
                "the waves stand where you say, but the axes are the other way round: of which coordinate is the "
                "number in column 0 the sine?",
            ),
            Mistake(
                instead(False, 1),
                "the order of the axes is right, but the waves stand elsewhere: slow pairs have hardly moved, so "
                "their cosines are nearly 1; where are these?",
            ),
            Mistake(
                instead(False, 2),
                "the order of the axes is right, but the waves stand elsewhere: work out sin(0.01 y) and sin(0.01 x); "
                "where are these?",
            ),
            Mistake(
                instead(True, 1),
                "neither the axes nor the waves are so: column 0 is a sine in all conventions, of y or of x",
            ),
            Mistake(
                instead(True, 2),
                "neither the axes nor the waves are so: begin with the fast sines, sin y and sin x, and find them",
            ),
        ],
        given=numbers("y x row", (3, 40, _eight_numbers("xy halves", 3, 40)), draw),
        answer="convention",
        hints=(
            "Column 0 is the fast sine of the first axis, in every row of the list. Is it sin y or sin x?",
            "Column 1 is a fast cosine, a slow sine of the same axis, or a slow sine in front of all cosines. Work out "
            "cos y, sin(0.01 y), cos x and sin(0.01 x); column 2 decides the rest.",
        ),
        points=1,
        minutes=10,
    )


# Rows for other code.


def _moved_rows(move):
    """The order of the rows if `move` reorders what turns of every head, a row a head."""

    def row_order(n_heads, dim, turned):
        rows = np.arange(n_heads * dim).reshape(n_heads, dim)
        return np.concatenate([move(rows[:, :turned]), rows[:, turned:]], axis=1).ravel()

    return row_order


def _evens_and_odds(rows):
    return np.concatenate([rows[:, ::2], rows[:, 1::2]], axis=1)


def _rows_asked_for(n_heads, dim, turned):
    rows = np.arange(n_heads * dim).reshape(n_heads, dim)
    moved = posenc.convert_layout(rows[:, :turned], source="interleaved", target="halves")
    return np.concatenate([moved, rows[:, turned:]], axis=1).ravel()


def _last_rows_turn(n_heads, dim, turned):
    rows = np.arange(n_heads * dim).reshape(n_heads, dim)
    return np.concatenate([rows[:, : dim - turned], _evens_and_odds(rows[:, dim - turned :])], axis=1).ravel()


def _rows_chosen(order, n_heads, dim, turned):
    """The rows as W[order] chooses them, where -1 is the last one."""
    count = n_heads * dim
    chosen = as_numbers(order, (count,), (n_heads, dim, turned))
    return np.where((chosen < 0) & (chosen >= -count), chosen + count, chosen)


def _one_head(rng):
    yield 1, 6, 6
    yield 1, 2, 2
    for dim in 2 * rng.integers(4, 70, 3):
        yield 1, int(dim), int(dim)


def _some_heads(rng):
    yield 2, 6, 6
    yield 3, 4, 4
    for heads, dim in zip(rng.integers(2, 9, 3), 2 * rng.integers(3, 40, 3), strict=True):
        yield int(heads), int(dim), int(dim)


def _a_part_of_each_head(rng):
    yield 1, 10, 6
    yield 2, 8, 2
    for heads, pairs in rng.integers(2, 9, (3, 2)):
        yield int(heads), 2 * int(pairs + rng.integers(2, 9)), 2 * int(pairs + 1)


def _rows_drawn(answer):
    """Which old row each new one is, for two heads of which a part turns."""
    case = 2, 12, 8
    wanted = _rows_asked_for(*case)
    found = _rows_chosen(call(answer, *case, forbidden=POSENC), *case)
    return {
        title: (order[:, None] == np.arange(24)).astype(float)
        for title, order in (("yours", found), ("wanted", wanted))
    }


# Turned too early.


def _turned_too_early(answer):
    W_Q, W_K = (  # noqa: N806 - the names of the book
        named_array(W, (4, 4), name) for W, name in zip(_two(answer, "W_Q, W_K"), ("W_Q", "W_K"), strict=True)
    )
    for W, name in ((W_Q, "W_Q"), (W_K, "W_K")):  # noqa: N806
        if abs(W).min() < 0.01:
            raise Wrong(f"an entry of {name} is {shown(W.ravel()[abs(W).argmin()])}: none may be nearer to 0 than 0.01")
    A = W_Q @ W_K.T  # noqa: N806
    size = abs(A).max()
    if not np.isfinite(size) or abs(A - A.trace() / 4 * np.eye(4)).max() <= 1e-3 * size or size < 1e-6:
        raise Wrong("W_Q W_K^T is a multiple of the identity here, or nearly, which the claim allows")
    seen = _seen_of_places(A / size, "interleaved")
    if seen <= 1e-5:
        return
    told = f"moving both words on changes an entry of the matrix between them by {seen:.2g} of the largest one"
    if seen < 1e-3:
        raise Wrong(f"{told}: nearly right, so do not round")
    if _seen_of_places(A / size, "halves") <= 1e-5:
        raise Wrong(f"{told}; in layout 'halves' it would stay, but here the pairs are columns 0 and 1, and 2 and 3")
    if max(abs(A[:2, 2:]).max(), abs(A[2:, :2]).max()) > 1e-5 * size:
        raise Wrong(f"{told}; W_Q W_K^T lets one pair meet the other, which turns at another speed")
    pair = int(_seen_of_places(np.pad(A[:2, :2], (0, 2)) / size, "interleaved") <= 1e-5)
    raise Wrong(f"{told}; W_Q W_K^T keeps the pairs apart, but its block of pair {pair} is not left alone by turns")


def _seen_of_places(A, layout):  # noqa: N803
    """By how much the matrix between two words changes if both move on."""
    turns = (posenc.rotary_matrix(p, 4, layout=layout) for p in (1, 2, 10, 50 * math.pi))
    return max(float(abs(T.T @ A @ T - A).max()) for T in turns)


def _through(between):
    """Two matrices without a zero whose product is the one given."""
    W = np.array([[2.0, 1, 1, -1], [1, -2, 1, 1], [-1, 1, 2, 1], [1, 1, -1, 3]])  # noqa: N806
    return W, np.linalg.solve(W, np.asarray(between, dtype=float)).T


# The far key wins.


def _far_scores(x, y):
    """The scores of a query of length 1 with a key of length 1, at the distances 0 to 4000 behind it and ahead."""
    hands = [v[::2] + 1j * v[1::2] for v in (x, y)]
    offsets = np.arange(-4000, 4001)
    turns = np.exp(1j * np.outer(offsets, posenc.frequencies(8)))
    scores = (turns @ (hands[0].conj() * hands[1])).real
    return scores[4000::-1], scores[4000:]


def _query_and_key(answer):
    found = [
        named_array(v, (8,), name) for v, name in zip(_two(answer, "x, y"), ("the query x", "the key y"), strict=True)
    ]
    lengths = [float(np.linalg.norm(v)) for v in found]
    if not all(1e-100 < length < 1e100 for length in lengths):
        raise Wrong(f"vectors of a length that can be computed with are asked for, and not of zeros: {shown(lengths)}")
    return [v / length for v, length in zip(found, lengths, strict=True)]


def _far_key_wins(answer):
    x, y = _query_and_key(answer)
    behind, ahead = _far_scores(x, y)
    best = int(behind.argmax())
    if best != 1000:
        sight = f"the score is largest at distance {best}, not at 1000"
        if ahead.argmax() == 1000 and ahead[1000] > behind[best]:
            raise Wrong(f"{sight}; this key wins 1000 places ahead of the query, where the offset is +1000")
        halves = (posenc.convert_layout(v, source="halves", target="interleaved") for v in (x, y))
        if _far_scores(*halves)[0].argmax() == 1000:
            raise Wrong(f"{sight}; with the pairs of layout 'halves' it would be, but here neighbours are pairs")
        if best == 0:
            raise Wrong(f"{sight}: this key is most like the query where neither has turned against the other")
        raise Wrong(sight)
    rival = int(np.where(np.arange(4001) == 1000, -2, behind).argmax())
    lead = behind[1000] - behind[rival]
    if lead < 0.02:
        raise Wrong(
            f"distance 1000 wins, but distance {rival} comes within {lead:.2g} |x||y| of it, and 0.02 |x||y| is "
            "asked for: which pair tells these two distances apart?"
        )
    if behind[0] > -0.02:
        raise Wrong(
            f"distance 1000 wins, but at distance 0 the score is {behind[0]:.2f} |x||y|, and at most -0.02 |x||y| is "
            "asked for: which pairs have turned by more than a quarter there, and which have to be strong then?"
        )


def _far_key_scores(answer):
    return _far_scores(*_query_and_key(answer))[0][:1501]


def _paint_far_key(scores):
    from posenc import plotting

    return plotting.samples(
        [0, 1000],
        scores[[0, 1000]],
        {"score": (np.arange(len(scores)), scores)},
        name="distances 0 and 1000",
        xlabel="distance of the key behind the query",
        ylabel="score / (|x||y|)",
    )


def _matched(x, places=1000, halves=False):
    """A query, and the key that is the query itself where it stands so many places behind."""
    return x, posenc.rotary_matrix(places, 8, layout="halves" if halves else "interleaved") @ x


# The slope of each head.


def _powers_for(n, start=1, step=1):
    """Powers of one half that make 8 in n even steps, from one step on."""
    return 2.0 ** (-8 * np.arange(start, n + start, step) / n)


def _largest_power(n):
    return 2 ** (n.bit_length() - 1)


def _and_between(between):
    """The slopes of the largest power of two below, and others after them, of which there may be too many."""

    def slopes(n):
        power = _largest_power(n)
        return np.concatenate([_powers_for(power), between(power)])[:n]

    return slopes


_slopes = _and_between(lambda power: _powers_for(2 * power, step=2))


def _powers_of_two(rng):
    for n in (1, 2, 4, 8, 16, 128, 2 ** int(rng.integers(5, 9))):
        yield (n,)


def _other_numbers(rng):
    for n in (3, 5, 6, 12, 40, 112, *(2 ** rng.integers(3, 8, 3) + rng.integers(1, 8, 3))):
        yield (int(n),)


def _slopes_drawn(answer):
    found = as_numbers(call(answer, 12, forbidden=("alibi_slopes", "alibi_bias")), (12,), (12,))
    if found.min() <= 0:
        raise Wrong("a slope is not above 0, and has no logarithm")
    return np.log2(found), np.log2(posenc.alibi_slopes(12))


def _paint_slopes(data):
    from posenc import plotting

    heads = np.arange(12)
    found, wanted = data
    parts = {"the first P": heads[:8], "those after them": heads[8:]}
    return plotting.samples(
        heads,
        found,
        {f"wanted: {name}": (part, wanted[part]) for name, part in parts.items()},
        name="yours",
        xlabel="head (n = 12, P = 8)",
        ylabel="slope, as a power of 2",
    )


# Turn neighbours.


def _neighbours(*, exponent=2.0, sense=1, places=lambda positions: positions, own=False):
    """Turned neighbours, with room for what people get wrong."""

    def turned(x, positions):
        dim = x.shape[-1]
        angles = np.multiply.outer(places(positions), 10_000.0 ** (-exponent * np.arange(dim // 2) / dim))
        cosine, sine = np.cos(angles), sense * np.sin(angles)
        result = np.array(x, dtype=float)
        first, second = x[..., ::2], x[..., 1::2]
        result[..., ::2] = first * cosine - second * sine
        result[..., 1::2] = (result[..., ::2] if own else first) * sine + second * cosine
        return result

    return turned


def _tables(x, positions):
    dim = x.shape[-1]
    angles = np.multiply.outer(positions, 10_000.0 ** (-2 * np.arange(dim // 2) / dim))
    return np.cos(angles), np.sin(angles)


def _halves(x, positions):
    cosine, sine = _tables(x, positions)
    first, second = np.split(x, 2, axis=-1)
    return np.concatenate([first * cosine - second * sine, first * sine + second * cosine], axis=-1)


def _tables_of_halves(x, positions):
    """Neighbours that exchange their numbers, with tables made for halves."""
    cosine, sine = (np.concatenate([table, table], axis=-1) for table in _tables(x, positions))
    return x * cosine + np.stack([-x[..., 1::2], x[..., ::2]], axis=-1).reshape(x.shape) * sine


def _partners_of_halves(x, positions):
    """Halves that exchange their numbers, with tables made for neighbours."""
    cosine, sine = (np.repeat(table, 2, axis=-1) for table in _tables(x, positions))
    first, second = np.split(x, 2, axis=-1)
    return x * cosine + np.concatenate([-second, first], axis=-1) * sine


def _frequency_by_column(x, positions):
    dim = x.shape[-1]
    angles = np.multiply.outer(positions, 10_000.0 ** (-np.arange(dim) / dim))
    partner = np.stack([-x[..., 1::2], x[..., ::2]], axis=-1).reshape(x.shape)
    return x * np.cos(angles) + partner * np.sin(angles)


def _mirrored(x, positions):
    cosine, sine = _tables(x, positions)
    first, second = x[..., ::2], x[..., 1::2]
    return np.stack([first * cosine + second * sine, first * sine + second * cosine], axis=-1).reshape(x.shape)


def _turned_as_asked(x, positions):
    dim = x.shape[-1]
    return posenc.apply_rotary(x.astype(float), *posenc.rotary_cos_sin(positions, dim), layout="interleaved")


def _rows_of_one_head(rng):
    yield np.array([[1.0, 0, 0, 2]]), np.array([1.0])
    yield np.array([[1.0, 2], [3, -1], [0, 1]]), np.array([3.0, 4, 5])
    for n, pairs in rng.integers(2, 9, (3, 2)):
        yield rng.normal(size=(n, 2 * pairs)), float(rng.integers(1, 500)) + np.arange(n)
    yield rng.normal(size=(3, 128)), np.array([0.0, 1, 2])


def _many_heads(rng):
    yield rng.normal(size=(3, 3, 8)), np.array([2.0, 3, 4])
    yield rng.normal(size=(2, 4, 4, 6)), np.array([7.0, 8, 9, 10])
    for batch, heads, n in rng.integers(1, 6, (3, 3)):
        yield rng.normal(size=(batch, heads, n, 2 * int(rng.integers(2, 7)))), 5 + np.arange(float(n))


def _any_positions(rng):
    yield np.ones((4, 4)), np.array([-1.0, 0.5, 9, 9])
    yield rng.normal(size=(2, 3, 10)), np.array([100_000.0, -2.25, 0])
    for n in rng.integers(2, 8, 3):
        yield rng.normal(size=(n, 2 * int(rng.integers(2, 9)))), rng.uniform(-300, 300, n).round(2)


def _arrays_of_integers(rng):
    yield np.array([[1, 0, 0, 2], [3, -1, 2, 2]]), np.array([1, 2])
    for n in rng.integers(2, 6, 3):
        yield rng.integers(-9, 10, (2, n, 2 * int(rng.integers(2, 6)))), rng.integers(1, 3000, n)


def _scores_of_two(answer):
    """The scores of one query with one key, each at every place, and those that are wanted."""
    places = np.arange(30.0)
    x, y = np.random.default_rng(4).normal(size=(2, 1, 8)).repeat(30, axis=1)
    found = [as_numbers(call(answer, v, places, forbidden=ALL_BUT_FREQUENCIES), v.shape, (v, places)) for v in (x, y)]
    wanted = [_turned_as_asked(v, places) for v in (x, y)]
    return {"yours": found[0] @ found[1].T, "wanted": wanted[0] @ wanted[1].T}


# How loud must it call?


def _loud(*, rivals=lambda m, t: 1 / (1 - math.exp(-m)) - math.exp(-m * t), odds=lambda s: s / (1 - s), fine=1):
    """The content of a word that gets a share of the attention, with room for what people get wrong."""
    return lambda given: fine * given[0] * given[1] + math.log(odds(given[2]) * rivals(*given[:2]))


def _how_loud():
    expected = _loud()
    mistakes = [
        Mistake(
            _loud(rivals=lambda m, t: 1, odds=lambda s: 1),
            "this pays the fine of the distance alone: the word is as loud then as the one in the query's own place",
        ),
        Mistake(
            _loud(rivals=lambda m, t: 1),
            "this has one rival, the word in the query's own place; all others want their part, too",
        ),
        Mistake(
            _loud(rivals=lambda m, t: 1 / (1 - math.exp(-m))),
            "this counts the word among its own rivals, with content 0, at its own distance",
        ),
        Mistake(
            _loud(rivals=lambda m, t: 1 / (math.exp(m) - 1) - math.exp(-m * t)),
            "this leaves out the word in the query's own place, at distance 0, where nothing is subtracted",
        ),
        Mistake(
            _loud(rivals=lambda m, t: 1 / m - math.exp(-m * t)),
            "this puts an integral in place of the sum over whole distances",
        ),
        Mistake(
            _loud(odds=lambda s: s),
            "this is a share of what the others have; the word itself is a part of the whole",
        ),
        Mistake(
            _loud(odds=lambda s: (1 - s) / s),
            "this leaves the share to all the others together, and the word gets the rest",
        ),
        Mistake(
            _loud(fine=-1),
            "the fine of the distance has the wrong sign: a word that stands further back has to be louder",
        ),
    ]

    def draw(rng):
        return 2.0 ** -int(rng.integers(1, 5)), int(rng.integers(3, 13)), float(rng.choice(shares))

    shares = 0.6, 0.7, 0.75, 0.8, 0.9, 0.95
    return value(
        expected,
        mistakes,
        given=numbers("slope distance share", (2.0**-3, 6, 0.75), _telling(draw, expected, mistakes, 0.022)),
        tolerance=0.01,
        kind="derive",
        answer="content",
        hints=(
            "The weight of the word is its part of a sum of e to the scores. What does the rest of the sum come to, "
            "in a text that is as long as you like?",
            "All distances from 0 on together would have 1 / (1 - exp(-m)), a geometric sum; but one of the terms is "
            "the word's own place.",
            "With W for e to the score of the word and F for the sum of all others, W / (W + F) = share. Solve it for "
            "W, take the logarithm, and add what the distance costs.",
        ),
        points=2,
        minutes=20,
    )


# A slower ladder.


def _clipped(turns, low, high):
    return np.clip((turns - low) / (high - low), 0, 1)


def _slower(*, kept=_clipped, turn=2 * np.pi, blend=None):
    """Blended frequencies, with room for what people get wrong."""

    def slower(freqs, factor, low, high, length):
        share = kept(length * freqs / turn, low, high)
        return blend(freqs, factor, share) if blend else share * freqs + (1 - share) * freqs / factor

    return slower


def _slower_as_asked(freqs, factor, low, high, length):
    options = {"low_freq_factor": low, "high_freq_factor": high, "original_length": length}
    return posenc.scale_llama3(freqs, factor, **options)[0]


def _ladder_of_llama(rng):
    yield posenc.frequencies(128, base=500_000), 8.0, 1.0, 4.0, 8192
    yield posenc.frequencies(64, base=500_000), 32.0, 1.0, 4.0, 8192


def _other_ladders(rng):
    yield posenc.frequencies(64), 4.0, 1.0, 32.0, 4096
    for dim in 2 * rng.integers(16, 65, 4):
        low, length = round(float(rng.uniform(0.5, 3)), 1), int(rng.integers(500, 8000))
        base = float(rng.integers(5_000, 500_000))
        yield posenc.frequencies(int(dim), base=base), float(rng.integers(2, 33)), low, 8 * low, length


def _all_fast_all_slow_any_order(rng):
    yield np.array([1.0, 0.5, 0.25]), 8.0, 1.0, 4.0, 4096
    yield np.array([1e-4, 1e-5]), 8.0, 1.0, 4.0, 4096
    yield np.array([0.002]), 3.0, 0.5, 2.0, 4096
    for pairs in rng.integers(4, 40, 3):
        yield rng.permutation(posenc.frequencies(2 * int(pairs), base=100_000)), 5.0, 1.0, 6.0, 2000


def _share_kept(answer):
    """What every pair of Llama 3.1 is multiplied by."""
    freqs = posenc.frequencies(128, base=500_000)
    case = freqs, 8.0, 1.0, 4.0, 8192
    found = as_numbers(call(answer, *case, forbidden=ALL_BUT_FREQUENCIES), freqs.shape, case)
    pairs = np.arange(64)
    return {"yours": (pairs, found / freqs), "wanted": (pairs, _slower_as_asked(*case) / freqs)}


# The buckets of T5.


def _starts(one_way, max_distance, *, steps=None, beyond=False):
    """The distance with which each bucket begins, in whole numbers.

    `steps` is in how many equal steps of the logarithm the way from E to the largest distance is divided; with
    `beyond` a bucket ends with the distance with which the next one should begin.
    """
    exact = one_way // 2
    wide = one_way - exact if steps is None else steps

    def first(j):
        low, high = exact, max_distance + 1
        while low < high:
            middle = (low + high) // 2
            one, other = middle**wide * exact**j, max_distance**j * exact**wide
            low, high = (low, middle) if (one > other if beyond else one >= other) else (middle + 1, high)
        return low

    found = [*range(exact), *map(first, range(one_way - exact))]
    return [*found[:exact], exact, *found[exact:-1]] if beyond else found


def _exactly(**options):
    def level(n, one_way, max_distance):
        return np.searchsorted(_starts(one_way, max_distance, **options), n, side="right") - 1

    return level


def _by_logarithms(steps_of):
    """In floating point: `steps_of(n / E, D / E, B - E)` says how many steps lie below a distance, with the part."""

    def level(n, one_way, max_distance):
        exact = one_way // 2
        far = np.maximum(n, exact) / exact
        wide = exact + np.trunc(steps_of(far, max_distance / exact, one_way - exact)).astype(int)
        return np.where(n < exact, n, np.minimum(wide, one_way - 1))

    return level


def _bucket(level=None, *, sign=1, from_zero=False, mirrored=False, halved=True):
    """T5's buckets, with room for what people get wrong."""
    level = level or _exactly()

    def bucket(offset, bidirectional, num_buckets, max_distance):
        k = sign * offset
        one_way = num_buckets // 2 if bidirectional and halved else num_buckets
        ahead = (k >= 0 if from_zero else k > 0) & bidirectional
        n = abs(k) if bidirectional or mirrored else np.maximum(-k, 0)
        return level(n, one_way, max_distance) + one_way * ahead

    return bucket


def _bucket_as_asked(offset, bidirectional, num_buckets, max_distance):
    return posenc.relative_position_bucket(
        offset, bidirectional=bidirectional, num_buckets=num_buckets, max_distance=max_distance
    )


_PRIMES = 101, 127, 211, 307, 401, 509, 601, 701, 809, 907


def _some_buckets(rng, bidirectional):
    """With a prime as the largest distance no whole distance is exactly where a bucket begins, but for the first."""
    for _ in range(3):
        offsets = rng.integers(-1200, 1200, (2, 30))
        buckets = 2 * int(rng.integers(2, 33)) if bidirectional else int(rng.integers(3, 65))
        yield offsets, bidirectional, buckets, int(rng.choice(_PRIMES))


def _both_directions(rng):
    yield np.arange(-140, 141), True, 32, 128
    yield np.array([-(10**12), -1, 0, 1, 10**12]), True, 32, 128
    yield np.arange(-30, 31), True, 4, 17
    yield from _some_buckets(rng, True)


def _one_direction(rng):
    yield np.arange(-140, 141), False, 32, 128
    yield np.array([-(10**12), -1, 0, 1, 10**12]), False, 32, 128
    yield np.arange(-30, 31), False, 3, 17
    yield from _some_buckets(rng, False)


def _on_the_edge(rng):
    """Buckets that begin with a whole distance exactly, so that one place less belongs to the bucket before."""
    edges = (np.arange(-1, 2) + 36 * np.array([[1], [-1]])).ravel()
    yield edges, True, 96, 81
    for root in (*range(3990, 3996), int(rng.integers(3000, 3990))):
        largest = 4 * root**5
        edge = 4 * root**4
        offsets = np.array([0, 1 - edge, -edge, -1 - edge, edge - 1, edge])
        bidirectional = bool(root % 2)
        yield offsets, bidirectional, 18 if bidirectional else 9, largest
    for _ in range(3):
        exact, ratio = int(rng.integers(1, 5)), int(rng.integers(3, 50))
        wide = exact + int(rng.integers(0, 2))
        edges = np.array([exact * ratio**j for j in range(wide)])
        offsets = np.concatenate([edges, edges - 1, -edges, 1 - edges])
        yield offsets, False, exact + wide, exact * ratio**wide


def _buckets_drawn(answer):
    """The buckets of T5 itself."""
    offsets = np.arange(-160, 161)
    case = offsets, True, 32, 128
    found = as_numbers(call(answer, *case, forbidden=POSENC), offsets.shape, case)
    return {"yours": (offsets, found), "wanted": (offsets, _bucket_as_asked(*case))}


EXERCISES = {
    "turn-a-pair": _turn_a_pair(),
    "score-of-a-pair": _score_of_a_pair(),
    "base-for-longer-texts": _base_for_longer_texts(),
    "reading-of-a-point": _reading_of_a_point(),
    "rows-for-other-code": function(
        _rows_asked_for,
        {"one head": _one_head, "several heads": _some_heads, "a part of each head turns": _a_part_of_each_head},
        [
            Mistake(
                _moved_rows(lambda rows: rows),
                "nothing has moved: where does the other code look for the second number of pair 0?",
            ),
            Mistake(
                _moved_rows(lambda rows: rows.reshape(len(rows), 2, -1).swapaxes(1, 2).reshape(rows.shape)),
                "this is the way back, from halves to neighbours; from 6 columns on the two ways differ",
            ),
            Mistake(
                _moved_rows(lambda rows: _evens_and_odds(rows.reshape(1, -1)).reshape(rows.shape)),
                "this moves rows from one head to another; each head is turned by itself",
            ),
            Mistake(
                lambda n_heads, dim, turned: _moved_rows(_evens_and_odds)(n_heads, dim, dim),
                "this moves whole heads; rows from number `turned` of a head on do not turn, and stay where they are",
            ),
            Mistake(
                _moved_rows(lambda rows: np.concatenate([rows[:, 1::2], rows[:, ::2]], axis=1)),
                "the second numbers of the pairs come first here, which turns every pair the other way",
            ),
            Mistake(
                _moved_rows(lambda rows: np.roll(rows, rows.shape[1] // 2, axis=1)),
                "this exchanges the two halves; neighbours are still beside each other",
            ),
            Mistake(
                _moved_rows(lambda rows: np.concatenate([rows[:, ::2], rows[:, 1::2][:, ::-1]], axis=1)),
                "the second half runs backwards: its first row has to be the partner of row 0",
            ),
            Mistake(
                _last_rows_turn,
                "this takes the last rows of each head for those that turn; here they are the first",
            ),
            Mistake(
                lambda n_heads, dim, turned: _moved_rows(_evens_and_odds)(n_heads, dim, min(2 * turned, dim)),
                "this takes `turned` for a number of pairs; it counts rows",
            ),
        ],
        reading=_rows_chosen,
        forbidden=POSENC,
        nearly="",
        answer="row_order",
        hints=(
            "Take one head of six rows. Its pairs are (0, 1), (2, 3) and (4, 5). In which order do the other code's "
            "two halves want these six?",
            "For one head the even rows come first, then the odd ones. Write the numbers of all rows as a table with "
            "a row for each head, and do it there.",
            "rows = np.arange(n_heads * dim).reshape(n_heads, dim); of rows[:, :turned] take [:, 0::2] and [:, 1::2].",
        ),
        sketch=(_rows_drawn, _maps("old row", "new row", limits=(0, 1), colorbar="1 if it is this one")),
        points=2,
        minutes=15,
    ),
    "turned-too-early": witness(
        _turned_too_early,
        [
            Mistake((_through(np.eye(4))[0], _through(3 * np.eye(4))[1]), "a multiple of the identity"),
            Mistake((posenc.rotary_matrix(3, 4, layout="interleaved"), np.ones((4, 4))), "an entry of W_Q is 0"),
            Mistake(_through(np.eye(4)[[2, 3, 0, 1]]), "lets one pair meet the other"),
            Mistake(_through(np.diag([1, 2, 3, 3])), "its block of pair 0 is not left alone by turns"),
            Mistake(_through([[2, 1, 0, 0], [-1, 2, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]]), "its block of pair 1 is not"),
            Mistake(_through(np.diag([1, 2, 1, 2])), "in layout 'halves' it would stay"),
            Mistake(tuple(W[:, :2] for W in _through(np.eye(4))), "the shape of W_Q is (4, 2), and should be (4, 4)"),
        ],
        answer="projections",
        hints=(
            "Only the product W_Q W_K^T stands between the two turned words. What does T(p)^T A T(q) have to be, so "
            "that it contains the difference of p and q alone?",
            "A has to commute with turning. Which 2 x 2 matrices commute with a turn, other than turns and multiples "
            "of the identity? And may the two pairs have different ones?",
            "Choose such a matrix A and any invertible W_Q without zeros. Then W_K follows from W_Q W_K^T = A.",
        ),
        points=2,
        minutes=15,
    ),
    "far-key-wins": witness(
        _far_key_wins,
        [
            Mistake((np.ones(8), np.ones(8)), "most like the query where neither has turned"),
            Mistake(_matched(np.ones(8), -1000), "wins 1000 places ahead of the query"),
            Mistake(_matched(np.array([2.0, 1, 1, 3, 3, 1, 1, 1]), halves=True), "here neighbours are pairs"),
            Mistake(_matched(np.ones(8)), "but at distance 0 the score is"),
            Mistake(_matched(np.eye(8)[4]), "which pair tells these two distances apart"),
            Mistake((np.ones(8), np.zeros(8)), "and not of zeros"),
            Mistake((np.ones(4), np.ones(4)), "the shape of the query x is (4,), and should be (8,)"),
        ],
        answer="query_and_key",
        hints=(
            "The score at the offset k is x . T(k) y. For which y is T(-1000) y as like x as can be?",
            "y = T(1000) x, whatever x is: T(-1000) takes it back to x. Try it with x = np.ones(8), and look at the "
            "score at distance 0.",
            "At distance 0 each pair of x adds its squared length times cos(1000 w). Which pairs have a negative "
            "cosine there? Make them longer in x, but leave something to all.",
        ),
        sketch=(_far_key_scores, _paint_far_key),
        points=2,
        minutes=15,
    ),
    "slope-of-each-head": function(
        lambda n_heads: posenc.alibi_slopes(n_heads),
        {"powers of two": _powers_of_two, "other numbers": _other_numbers},
        [
            Mistake(
                _powers_for,
                "this is the paper's formula for every number of heads; if it is no power of two, the code does "
                "something else",
            ),
            Mistake(
                lambda n_heads: np.sort(_slopes(n_heads))[::-1],
                "these are the right slopes, but sorted: the heads from P on come after the first P",
            ),
            Mistake(
                _and_between(lambda power: _powers_for(2 * power)),
                "the second part has to leave out every second slope of 2 P heads: the first P are those already",
            ),
            Mistake(
                _and_between(lambda power: _powers_for(2 * power)[1::2]),
                "the heads from P on have the slopes of the first ones once more; theirs lie between, so begin with "
                "the first of the slopes of 2 P heads",
            ),
            Mistake(
                lambda n_heads: _powers_for(2 * _largest_power(n_heads))[:n_heads],
                "these are the first slopes of 2 P heads; the slopes of P heads come first",
            ),
            Mistake(
                lambda n_heads: _slopes(n_heads) * 2 ** (8 / _largest_power(n_heads)),
                "the first slope is too large: heads are counted from 0, but the exponents begin one step below 0",
            ),
            Mistake(
                lambda n_heads: -_slopes(n_heads),
                "the slopes are positive; the minus sign stands in the bias",
            ),
            Mistake(
                lambda n_heads: 2.0 ** -np.arange(1, n_heads + 1),
                "these are the slopes of 8 heads, and on in the same steps; with P heads, P steps lead to 1/256",
            ),
        ],
        forbidden=("alibi_slopes", "alibi_bias"),
        answer="slopes",
        hints=(
            "Write the slopes for a power of two first. For 8 heads the exponents of 1/2 are 1, 2, ..., 8; for 16 "
            "heads they are 0.5, 1, ..., 8.",
            "The largest power of two that is not above n is 2 ** (n.bit_length() - 1).",
            "For 12 heads: the slopes of 8, and then the first four of every second slope of 16, [0::2].",
        ),
        sketch=(_slopes_drawn, _paint_slopes),
        points=2,
        minutes=15,
    ),
    "turn-neighbours": function(
        _turned_as_asked,
        {
            "one head": _rows_of_one_head,
            "many heads": _many_heads,
            "any positions": _any_positions,
            "arrays of integers": _arrays_of_integers,
        },
        [
            Mistake(_halves, "this turns columns i and i + d/2, layout 'halves'; here a pair is two neighbours"),
            Mistake(
                _neighbours(sense=-1),
                "this turns clockwise, as the shift matrix turns (sine, cosine); rotary reads a pair as (across, up)",
            ),
            Mistake(
                _neighbours(own=True),
                "the second number of a pair is made from the first one as it is after the turn: keep the old one",
            ),
            Mistake(
                _tables_of_halves,
                "neighbours exchange their numbers, but the tables are those of 'halves': both columns of a pair need "
                "the same angle",
            ),
            Mistake(
                _partners_of_halves,
                "the tables repeat each angle for two neighbours, but the partner is taken from the other half",
            ),
            Mistake(
                _frequency_by_column,
                "the two columns of a pair have frequencies of their own here, and no pair is turned",
            ),
            Mistake(
                _neighbours(exponent=1),
                "this is the exponent i/d with i a pair: the ladder of base 100",
            ),
            Mistake(
                _neighbours(places=lambda positions: np.arange(len(positions))),
                "this counts the rows from 0; the positions are the numbers in the array, whatever they are",
            ),
            Mistake(
                _neighbours(places=lambda positions: positions + 1),
                "this turns one step too far: position 0 is not turned at all",
            ),
            Mistake(
                _mirrored,
                "both sines have a plus sign, and that is no turn: does it keep lengths?",
            ),
            Mistake(
                lambda x, positions: _neighbours()(x, positions).astype(x.dtype),
                "the result has taken over the type of x: an array of integers cuts off all fractions",
            ),
        ],
        forbidden=ALL_BUT_FREQUENCIES,
        answer="turned",
        hints=(
            "positions[:, None] * posenc.frequencies(d) is a table of angles: a row a position, a column a pair.",
            "x[..., 0::2] are the first numbers of all pairs, x[..., 1::2] the second ones. Both have one column a "
            "pair, so they meet the table of angles without more ado, however many axes stand before.",
            "(a, b) becomes (a cos - b sin, a sin + b cos). Begin with result = np.empty(x.shape), which is an array "
            "of floats, and fill its even and its odd columns.",
        ),
        sketch=(_scores_of_two, _maps("key position q", "query position p", limits=(-6, 6), colorbar="score")),
        points=2,
        minutes=20,
    ),
    "how-loud": _how_loud(),
    "slower-ladder": function(
        _slower_as_asked,
        {
            "the numbers of Llama 3.1": _ladder_of_llama,
            "other ladders": _other_ladders,
            "all fast, all slow, in any order": _all_fast_all_slow_any_order,
        },
        [
            Mistake(
                _slower(kept=lambda turns, low, high: 1 - _clipped(turns, low, high)),
                "this keeps the slow pairs and divides the fast ones: which of them turned often enough in training?",
            ),
            Mistake(
                _slower(turn=1),
                "these turns are radians: a whole turn has 2 pi of them",
            ),
            Mistake(
                _slower(kept=lambda turns, low, high: _clipped(-1 / turns, -1 / low, -1 / high)),
                "the straight line runs over the wavelength here; over the number of turns it is another line",
            ),
            Mistake(
                _slower(kept=lambda turns, low, high: _clipped(np.log(turns), np.log(low), np.log(high))),
                "the straight line runs over the logarithm of the turns here, as it does over the pairs in YaRN's code",
            ),
            Mistake(
                _slower(blend=lambda freqs, factor, share: freqs / (share + (1 - share) * factor)),
                "this blends wavelengths; the blend of two frequencies is asked for",
            ),
            Mistake(
                _slower(blend=lambda freqs, factor, share: freqs * factor ** (share - 1)),
                "this blends the logarithms; the blend of two frequencies is asked for",
            ),
            Mistake(
                _slower(kept=lambda turns, low, high: (turns - low) / (high - low)),
                "the line is not cut off: beyond its ends the share would be below 0 or above 1",
            ),
            Mistake(
                _slower(kept=lambda turns, low, high: turns >= high),
                "between the two numbers of turns there is a step here; a straight line is asked for",
            ),
            Mistake(
                _slower(kept=lambda turns, low, high: 0 * turns),
                "this divides every pair, the fast ones as well: it is position interpolation",
            ),
            Mistake(
                lambda *given: 2 * np.pi / _slower()(*given),
                "these are wavelengths; frequencies are asked for",
            ),
        ],
        rtol=1e-6,
        atol=0,
        nearly="",
        forbidden=ALL_BUT_FREQUENCIES,
        answer="slower",
        hints=(
            "How many turns does a pair of frequency w make in `length` positions? Call it t, one number a pair.",
            "The share that is kept is (t - low) / (high - low) between the two, and np.clip cuts it off at 0 and 1.",
            "A share s of the old frequency and a share 1 - s of the divided one: s * w + (1 - s) * w / factor.",
        ),
        sketch=(_share_kept, _lines("pair i", "new frequency / old one", marker=".")),
        points=3,
        minutes=30,
    ),
    "what-fades-is-zero": proof(
        answer="",
        hints=(
            "For 1: the product T(p)^T T(q) may be read off any two places with the same offset. Try p = 0, and p = q.",
            "For 2: infinitely many matrices with entries between -1 and 1 cannot all keep their distance. If T(m) and "
            "T(n) are near to each other, what is T(n - m)?",
            "For 3: compare s(k) with s(k - r), where r is one of the numbers of part 2. What happens to the second "
            "one as r grows?",
        ),
        points=3,
        minutes=30,
    ),
    "buckets-without-rounding": function(
        _bucket_as_asked,
        {"both directions": _both_directions, "one direction": _one_direction, "on the edge of a bucket": _on_the_edge},
        [
            Mistake(
                _bucket(_by_logarithms(lambda far, most, wide: np.log(far) / np.log(most) * wide)),
                "this is the rule in floating point: a logarithm with sixteen digits puts a distance on the edge of "
                "a bucket, or one place before it, on the wrong side",
            ),
            Mistake(
                _bucket(sign=-1),
                "the offset is key minus query: a key ahead of the query has a positive one",
            ),
            Mistake(
                _bucket(from_zero=True),
                "the offset 0 is not ahead: it has the distance 0 and bucket 0",
            ),
            Mistake(
                _bucket(mirrored=True),
                "in one direction keys ahead of the query all have bucket 0, as if they stood at the query",
            ),
            Mistake(
                _bucket(halved=False),
                "in both directions the buckets are shared: each direction has half of them",
            ),
            Mistake(
                lambda offset, bidirectional, num_buckets, max_distance: _bucket(
                    lambda n, one_way, most: _exactly(steps=max(one_way - one_way // 2 - 1, 1))(n, one_way, most)
                )(offset, bidirectional, num_buckets, max_distance),
                "the last bucket begins at the largest distance here; it begins one step of the logarithm earlier",
            ),
            Mistake(
                _bucket(_exactly(beyond=True)),
                "the steps are rounded up: the number of whole steps below a distance is what counts",
            ),
            Mistake(
                _bucket(_by_logarithms(lambda far, most, wide: far * 0)),
                "all distances from E on have one bucket here; they go on in wider and wider ones",
            ),
        ],
        nearly="",
        forbidden=POSENC,
        answer="bucket",
        hints=(
            "Do it with logarithms first, and see two of the three cases come out right. The third needs a comparison "
            "in which nothing is rounded.",
            "j steps fit if (B - E) log(n / E) >= j log(D / E). Raise e to both sides, and multiply by what stands "
            "below the lines: only whole numbers are left. Python's own integers are exact however long they are; "
            "those of NumPy are not.",
            "The comparison of whole numbers is n ** (B - E) * E ** j >= D ** j * E ** (B - E). Count for how many j "
            "from 1 to B - E - 1 it holds.",
        ),
        sketch=(_buckets_drawn, _lines("offset k", "bucket")),
        points=6,
        minutes=60,
    ),
}
