"""The theorems of "Can one matrix move every position?"."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import assume
from theorem import block_matrix, frequencies_of_tables, layouts, offsets, other_layout, positions, theorem

import posenc


def _wrong_shift(block):
    """A stand-in for `posenc.shift_matrix` with another block, a function of the angle."""

    def shift_matrix(offset, dim, *, freqs, layout):
        return block_matrix([block(offset * w) for w in freqs], layout)

    return shift_matrix


counter_clockwise = _wrong_shift(lambda a: [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
minus_lost = _wrong_shift(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])
reflection = _wrong_shift(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), -np.cos(a)]])
unequal_sizes = _wrong_shift(lambda a: [[np.cos(a), 2 * np.sin(a)], [-np.sin(a) / 2, np.cos(a)]])
projection = _wrong_shift(lambda a: np.outer([np.sin(a), np.cos(a)], [np.sin(a), np.cos(a)]))


def _counted_from_one(offset, dim, *, freqs, layout):
    return posenc.shift_matrix(offset + 1, dim, freqs=freqs, layout=layout)


def _two_frequencies_a_pair(offset, dim, *, freqs, layout):
    def block(w):
        a, b = offset * w, offset * (w + 1)
        return [[np.cos(a), np.sin(b)], [-np.sin(b), np.cos(a)]]

    return block_matrix([block(w) for w in freqs], layout)


@theorem(
    "thm-shift-is-rotation",
    of=posenc.shift_matrix,
    mutants={
        "counter-clockwise": counter_clockwise,
        "minus sign lost": minus_lost,
        "two frequencies a pair": _two_frequencies_a_pair,
        "layouts exchanged": other_layout(posenc.shift_matrix),
        "offset counted from 1": _counted_from_one,
    },
    position=positions,
    offset=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_one_matrix_moves_every_position(shift_matrix, position, offset, freqs, layout):
    dim = 2 * len(freqs)
    here, there = posenc.sinusoidal([position, position + offset], dim, freqs=freqs, layout=layout)
    moved = shift_matrix(offset, dim, freqs=freqs, layout=layout) @ here
    np.testing.assert_allclose(moved, there, rtol=0, atol=1e-9)


@theorem(
    "thm-orthogonal",
    of=posenc.shift_matrix,
    mutants={
        "projection": projection,
        "reflection": reflection,
        "a sine twice as large as its cosine": unequal_sizes,
        "minus sign lost": minus_lost,
        "two frequencies a pair": _two_frequencies_a_pair,
    },
    offset=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_a_shift_loses_nothing(shift_matrix, offset, freqs, layout):
    matrix = shift_matrix(offset, 2 * len(freqs), freqs=freqs, layout=layout)
    np.testing.assert_allclose(matrix.T @ matrix, np.eye(len(matrix)), rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.linalg.det(matrix), 1, rtol=0, atol=1e-10)


def _by_differences(one, other, dim, *, freqs, layout):
    """Similarity by one who subtracts rows, and takes the first entries of the difference for relative."""
    rows = posenc.sinusoidal([one, other], dim, freqs=freqs, layout=layout)
    return (rows[1] - rows[0]).sum()


def _product(one, other, dim, *, freqs, layout):
    rows = posenc.sinusoidal([one, other], dim, freqs=freqs, layout=layout)
    return rows[0] @ rows[1]


def _sines_only(one, other, dim, *, freqs, layout):
    sines = np.sin(np.multiply.outer([one, other], freqs))
    return sines[0] @ sines[1]


def _two_frequencies(one, other, dim, *, freqs, layout):
    angles = np.multiply.outer([one, other], freqs)
    rows = np.hstack([np.sin(angles), np.cos(2 * angles)])
    return rows[0] @ rows[1]


@theorem(
    "check-move-both",
    of=_product,
    mutants={
        "the difference of rows": _by_differences,
        "sines only": _sines_only,
        "two frequencies a pair": _two_frequencies,
    },
    one=positions,
    other=positions,
    both=offsets,
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_rows_moved_alike_keep_their_product(product, one, other, both, freqs, layout):
    options = {"freqs": freqs, "layout": layout}
    dim = 2 * len(freqs)
    moved = product(one + both, other + both, dim, **options)
    np.testing.assert_allclose(moved, product(one, other, dim, **options), rtol=0, atol=1e-9)


def _alone(p, w, phase, waves, k):
    """The columns of a table in which a wave has no partner of its frequency, and the offset."""
    others = [a * np.sin(v * p + psi) for v, psi, a in waves]
    return np.column_stack([np.sin(w * p + phase), *others]), k


def _with_partner(partner):
    """The same table with one more column, a function of positions, frequency and phase."""

    def columns(p, w, phase, waves, k):
        table, k = _alone(p, w, phase, waves, k)
        return np.column_stack([table, partner(p, w, phase)]), k

    return columns


def _half_a_turn(p, w, phase, waves, k):
    return _alone(p, w, phase, waves, np.pi / w * max(1, round(k)))


waves = st.lists(st.tuples(st.floats(0, np.pi), st.floats(-4, 4), st.floats(-3, 3)), max_size=5)


@theorem(
    "thm-sine-needs-partner",
    of=_alone,
    mutants={
        "its cosine, for a sine, beside it": _with_partner(lambda p, w, phase: np.cos(w * p + phase)),
        "an earlier value of the same sine": _with_partner(lambda p, w, phase: np.sin(w * (p - 1) + phase)),
        "a frequency above pi, which is the same in disguise": _with_partner(
            lambda p, w, phase: np.cos((2 * np.pi - w) * p - phase)
        ),
        "an offset of half turns": _half_a_turn,
    },
    w=st.floats(0.05, np.pi - 0.05),
    phase=st.floats(-4, 4),
    waves=waves,
    start=st.integers(-1000, 1000),
    k=offsets,
)
def test_no_matrix_shifts_a_sine_without_a_partner(columns, w, phase, waves, start, k):
    """Every matrix misses the wave by at least what the proof leaves over, on 2d successive positions."""
    apart = [abs(2 * np.cos(w) - 2 * np.cos(v)) for v, _, _ in waves]
    grown = [2 + 2 * abs(np.cos(v)) for v, _, _ in waves]
    missed_by_proof = np.prod(apart) / np.prod(grown) * abs(np.sin(w * k)) * np.sin(w) / 2
    assume(missed_by_proof > 1e-8)

    p = start + np.arange(2 * (len(waves) + 2))
    table, offset = columns(p, w, phase, waves, k)
    p, table = (rows[: 2 * table.shape[1]] for rows in (p, table))
    target = np.sin(w * (p + offset) + phase)
    best = np.linalg.lstsq(table, target, rcond=None)[0]
    assert abs(target - table @ best).max() >= missed_by_proof
