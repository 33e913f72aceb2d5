"""The theorems of "Shifts add up, and a machine can find them"."""

import hypothesis.strategies as st
import mpmath
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from test_rotation_theorems import _counted_from_one, _two_frequencies_a_pair, minus_lost, reflection, unequal_sizes
from theorem import block_matrix, frequencies_of_tables, layouts, offsets, positions, theorem

import posenc


def _whole_positions_only(offset, dim, *, freqs, layout):
    """The shift by one who takes an offset for an index, and rounds it."""
    return posenc.shift_matrix(round(offset), dim, freqs=freqs, layout=layout)


@theorem(
    "thm-group",
    of=posenc.shift_matrix,
    mutants={
        "minus sign lost": minus_lost,
        "reflection": reflection,
        "a sine twice as large as its cosine": unequal_sizes,
        "offsets rounded to whole ones": _whole_positions_only,
        "offset counted from 1": _counted_from_one,
        "two frequencies a pair": _two_frequencies_a_pair,
    },
    first=offsets,
    second=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_shifts_add_up_and_undo_each_other(shift_matrix, first, second, freqs, layout):
    def shift(offset):
        return shift_matrix(offset, 2 * len(freqs), freqs=freqs, layout=layout)

    unmoved = np.eye(2 * len(freqs))
    np.testing.assert_allclose(shift(first) @ shift(second), shift(first + second), rtol=0, atol=1e-10)
    np.testing.assert_allclose(shift(0), unmoved, rtol=0, atol=1e-15)
    np.testing.assert_allclose(shift(-first) @ shift(first), unmoved, rtol=0, atol=1e-12)
    np.testing.assert_allclose(shift(-first), shift(first).T, rtol=0, atol=1e-15)


def _wrong_generator(block):
    """A stand-in for `posenc.shift_generator` with another block, a function of the frequency."""

    def generator(dim, *, freqs, layout):
        return block_matrix([block(w) for w in freqs], layout)

    return generator


def _exponential(matrix):
    """The matrix exponential by Taylor's series of a small part, squared back."""
    halvings = 12
    term = total = np.eye(len(matrix))
    for n in range(1, 12):
        term = term @ matrix / 2**halvings / n
        total = total + term
    return np.linalg.matrix_power(total, 2**halvings)


@theorem(
    "thm-generator",
    of=posenc.shift_generator,
    mutants={
        "symmetric": _wrong_generator(lambda w: [[0, w], [w, 0]]),
        "backwards": _wrong_generator(lambda w: [[0, -w], [w, 0]]),
        "turns for radians": _wrong_generator(lambda w: [[0, w / (2 * np.pi)], [-w / (2 * np.pi), 0]]),
        "fading": _wrong_generator(lambda w: [[-w / 100, w], [-w, -w / 100]]),
    },
    position=positions,
    offset=st.floats(-200, 200),
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_a_shift_is_the_exponential_of_its_generator(generator, position, offset, freqs, layout):
    options = {"freqs": freqs, "layout": layout}
    dim = 2 * len(freqs)
    velocity = generator(dim, **options)
    np.testing.assert_array_equal(velocity.T, -velocity)
    shift = posenc.shift_matrix(offset, dim, **options)
    np.testing.assert_allclose(_exponential(offset * velocity), shift, rtol=0, atol=1e-9)

    step = 1e-4
    before, here, after = posenc.sinusoidal([position - step, position, position + step], dim, **options)
    np.testing.assert_allclose(velocity @ here, (after - before) / (2 * step), rtol=0, atol=1e-6)


def _apart(gap, most):
    """Up to `most` frequencies between 0 and pi, at least `gap` from each other and from both ends."""

    def spread(shares):
        free = np.pi - gap * len(shares)
        return np.cumsum(gap + free * np.array(shares[:-1]) / (sum(shares) + 1e-9))

    return st.lists(st.floats(0, 1), min_size=2, max_size=most + 1).map(spread)


@st.composite
def _waves(draw, gap, most=4):
    """Frequencies, sizes that are not 0, and phases, one each for every clock."""
    freqs = draw(_apart(gap, most))
    sizes = [draw(st.floats(0.5, 2)) * draw(st.sampled_from([-1, 1])) for _ in freqs]
    phases = [draw(st.floats(-4, 4)) for _ in freqs]
    return freqs, np.array(sizes), np.array(phases)


def _column(positions, freqs, sizes, phases):
    """One mixture of the columns of a table: a wave of each frequency, of the size and phase given."""
    table = posenc.sinusoidal(positions, 2 * len(freqs), freqs=freqs)
    return table[..., 0::2] @ (sizes * np.cos(phases)) + table[..., 1::2] @ (sizes * np.sin(phases))


def _rule(freqs):
    """The coefficients of the product of z^2 - 2 z cos w + 1, from the constant one up."""
    c = np.ones(1)
    for w in freqs:
        c = np.convolve(c, [1, -2 * np.cos(w), 1])
    return c


def _rule_with(factor):
    def rule(freqs):
        c = np.ones(1)
        for w in freqs:
            c = np.convolve(c, factor(w))
        return c

    return rule


@theorem(
    "thm-prony",
    of=_rule,
    mutants={
        "cos w for 2 cos w": _rule_with(lambda w: [1, -np.cos(w), 1]),
        "sine for cosine": _rule_with(lambda w: [1, -2 * np.sin(w), 1]),
        "the last sign turned, so that it reads differently from the ends": _rule_with(
            lambda w: [1, -2 * np.cos(w), -1]
        ),
        "one root a clock": _rule_with(lambda w: [-np.cos(w), 1]),
        "frequencies in turns": _rule_with(lambda w: [1, -2 * np.cos(2 * np.pi * w), 1]),
    },
    waves=_waves(1e-3, most=6),
    position=st.floats(-1e4, 1e4),
)
def test_one_palindromic_rule_links_the_values_of_a_column(rule, waves, position):
    freqs, sizes, phases = waves
    c = rule(freqs)
    values = _column(position + np.arange(len(c)), freqs, sizes, phases)
    assert abs(c @ values) <= 1e-10 * abs(c).sum()
    np.testing.assert_allclose(c, c[::-1], rtol=0, atol=1e-10 * abs(c).sum())
    assert c[-1] == 1


@theorem(
    "thm-prony",
    of=lambda clocks: 2 * clocks,
    mutants={
        "a value for each clock": lambda clocks: clocks,
        "one value less": lambda clocks: max(1, 2 * clocks - 1),
        "one value more": lambda clocks: 2 * clocks + 1,
    },
    waves=_waves(0.35),
    offset=st.floats(-100, 100),
    place=st.floats(-1000, 1000),
)
def test_two_values_a_clock_are_the_fewest_that_shift(length, waves, offset, place):
    """Rows of that length shift by any real offset from any place; rows of one value less do not shift by 1."""
    n = length(len(waves[0]))
    windows = sliding_window_view(_column(np.arange(200.0), *waves), n)
    assert posenc.fit_shift(windows, 1)[1] < 1e-9
    if n > 1:
        assert posenc.fit_shift(windows[:, :-1], 1)[1] > 1e-6

    def row(p):
        return _column(p + np.arange(n), *waves)

    some = np.arange(60.0)
    moved = np.linalg.lstsq(np.array([row(p) for p in some]), np.array([row(p + offset) for p in some]), rcond=None)[0]
    np.testing.assert_allclose(row(place) @ moved, row(place + offset), rtol=0, atol=1e-6)


def _found(freqs, sizes, phases, start, *, values=4, per_clock=2):
    """The frequencies that so many successive values a clock give, by the equations of the rule."""
    m = len(freqs)
    x = _column(start + np.arange(values * m), freqs, sizes, phases)
    return _solved(x, per_clock * m, m)


def _solved(x, order, m):
    rows = sliding_window_view(x, order + 1)
    c = np.linalg.lstsq(rows[:, :-1], -rows[:, -1], rcond=None)[0]
    angles = abs(np.angle(np.roots(np.append(1, c[::-1]))))
    return np.sort(angles)[::-2][:m][::-1] if order > m else np.sort(angles)


def _one_value_less(freqs, sizes, phases, start):
    m = len(freqs)
    return _solved(_column(start + np.arange(4 * m - 1), freqs, sizes, phases), 2 * m, m)


def _two_equal(freqs, sizes, phases, start):
    return _found(np.append(freqs[:-1], freqs[0]), sizes, phases, start)


def _above_pi(freqs, sizes, phases, start):
    return 2 * np.pi - _found(2 * np.pi - freqs, sizes, phases, start)


def _one_of_size_zero(freqs, sizes, phases, start):
    return _found(freqs, sizes * (np.arange(len(sizes)) > 0), phases, start)


def _every_other_value(freqs, sizes, phases, start):
    x = _column(start + 2 * np.arange(4 * len(freqs)), freqs, sizes, phases)
    return _solved(x, 2 * len(freqs), len(freqs))


@theorem(
    "thm-prony",
    of=_found,
    mutants={
        "three values a clock": lambda *waves: _found(*waves, values=3),
        "one value less than four a clock": _one_value_less,
        "one root a clock": lambda *waves: _found(*waves, per_clock=1),
        "two equal frequencies": _two_equal,
        "frequencies above pi": _above_pi,
        "a clock of size zero": _one_of_size_zero,
        "every other value taken for every value": _every_other_value,
    },
    waves=_waves(0.35),
    start=st.integers(-1000, 1000),
)
def test_four_values_a_clock_give_the_frequencies(found, waves, start):
    """As far apart as float64 can tell; the next test has them closer together."""
    np.testing.assert_allclose(found(*waves, start), waves[0], rtol=0, atol=1e-4)


def _exact_rule(freqs, sizes, phases, values):
    """The rule from so many successive values of a column, in 80 digits."""
    m = len(freqs)
    x = [sum(a * mpmath.sin(w * p + f) for w, a, f in zip(freqs, sizes, phases, strict=True)) for p in range(values)]
    order = 2 * m
    rows = mpmath.matrix([[x[q + t] for t in range(order)] for q in range(values - order)])
    right = mpmath.matrix([-x[q + order] for q in range(values - order)])
    try:
        return [*mpmath.lu_solve(rows, right), 1]
    except (ZeroDivisionError, ValueError) as error:
        raise AssertionError("no single solution") from error


@theorem(
    "thm-prony",
    of=lambda *waves: _exact_rule(*waves, 4 * len(waves[0])),
    mutants={
        "one value less": lambda *waves: _exact_rule(*waves, 4 * len(waves[0]) - 1),
        "two equal frequencies": lambda freqs, *rest: _exact_rule([*freqs[:-1], freqs[0]], *rest, 4 * len(freqs)),
        "a clock of size zero": lambda freqs, sizes, phases: _exact_rule(
            freqs, [0, *sizes[1:]], phases, 4 * len(freqs)
        ),
    },
    waves=_waves(1e-3),
)
def test_the_equations_of_four_values_a_clock_have_one_solution(rule, waves):
    """Frequencies as close as a thousandth, in exact numbers but for the eightieth digit."""
    with mpmath.workdps(80):
        freqs, sizes, phases = ([mpmath.mpf(float(number)) for number in numbers] for numbers in waves)
        wanted = [mpmath.mpf(1)]
        for w in freqs:
            factor = [1, -2 * mpmath.cos(w), 1]
            longer = [mpmath.mpf(0)] * (len(wanted) + 2)
            for i, one in enumerate(wanted):
                for j, other in enumerate(factor):
                    longer[i + j] += one * other
            wanted = longer
        found = rule(freqs, sizes, phases)
        assert all(abs(one - other) < 1e-10 for one, other in zip(found, wanted, strict=True))
