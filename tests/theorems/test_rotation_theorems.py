"""The theorems of "Can one matrix move every position?"."""

import hypothesis.strategies as st
import numpy as np
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


@theorem(
    "thm-group",
    of=posenc.shift_matrix,
    mutants={
        "minus sign lost": minus_lost,
        "reflection": reflection,
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
    position=st.floats(-100, 100),
    offset=st.floats(-20, 20),
    freqs=frequencies_of_tables,
    layout=layouts,
)
def test_a_shift_is_the_exponential_of_its_generator(generator, position, offset, freqs, layout):
    options = {"freqs": freqs, "layout": layout}
    dim = 2 * len(freqs)
    velocity = generator(dim, **options)
    shift = posenc.shift_matrix(offset, dim, **options)
    np.testing.assert_allclose(_exponential(offset * velocity), shift, rtol=0, atol=1e-9)

    step = 1e-4
    before, here, after = posenc.sinusoidal([position - step, position, position + step], dim, **options)
    np.testing.assert_allclose(velocity @ here, (after - before) / (2 * step), rtol=0, atol=1e-6)
