import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc
from posenc import sinusoidal_grid

LAYOUTS = ["interleaved", "halves"]
layouts, bases = st.sampled_from(LAYOUTS), st.floats(1.5, 1e6)
reals = st.floats(-1e3, 1e3)


@st.composite
def points(draw, count):
    """Some points with the same number of coordinates, 1 to 4."""
    axes = draw(st.integers(1, 4))
    return np.array([[draw(reals) for _ in range(axes)] for _ in range(count)])


def by_the_formula(point, dim, base, layout):
    """The definition as a loop, one cell at a time."""
    share = dim // len(point)
    row = np.full(dim, np.nan)
    for axis, coordinate in enumerate(point):
        for i in range(share // 2):
            angle = coordinate * base ** (-2 * i / share)
            row[axis * share + posenc.column_of(i, "sin", share, layout=layout)] = np.sin(angle)
            row[axis * share + posenc.column_of(i, "cos", share, layout=layout)] = np.cos(angle)
    return row


@given(coordinates=points(3), pairs=st.integers(1, 4), base=bases, layout=layouts)
def test_points_agree_with_a_loop(coordinates, pairs, base, layout):
    dim = 2 * pairs * coordinates.shape[1]
    table = sinusoidal_grid(coordinates, dim, base=base, layout=layout)
    loop = [by_the_formula(point, dim, base, layout) for point in coordinates]
    np.testing.assert_allclose(table, loop, rtol=0, atol=1e-12)


@given(shape=st.lists(st.integers(0, 4), min_size=1, max_size=4), layout=layouts)
def test_a_shape_is_the_grid_of_its_indices(shape, layout):
    dim = 4 * len(shape)
    table = sinusoidal_grid(tuple(shape), dim, layout=layout)
    assert table.shape == (*shape, dim)
    for index in np.ndindex(*shape):
        np.testing.assert_array_equal(table[index], sinusoidal_grid([index], dim, layout=layout)[0])


def test_a_shape_may_be_any_sequence_of_integers():
    table = sinusoidal_grid((2, 3), 8)
    for shape in ([2, 3], np.array([2, 3]), np.array([2, 3], dtype=np.uint8)):
        np.testing.assert_array_equal(sinusoidal_grid(shape, 8), table)


def test_coordinates_keep_the_axes_before_the_last():
    coordinates = np.arange(24.0).reshape(4, 3, 2)
    table = sinusoidal_grid(coordinates, 8)
    assert table.shape == (4, 3, 8)
    np.testing.assert_array_equal(table[1, 2], sinusoidal_grid([[10, 11]], 8)[0])
    assert sinusoidal_grid(np.empty((0, 2)), 8).shape == (0, 8)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_axis_is_the_encoding_of_a_sequence(layout):
    sequence = posenc.sinusoidal(range(7), 10, base=50, layout=layout)
    np.testing.assert_array_equal(sinusoidal_grid((7,), 10, base=50, layout=layout), sequence)


def test_axis_zero_comes_first():
    """What is swapped in silence elsewhere: moving along axis 0 changes the first half, and only it."""
    table = sinusoidal_grid((4, 6), 8)
    moved = table[3, 5] != table[0, 5], table[3, 5] != table[3, 0]
    assert moved[0].tolist() == [True] * 4 + [False] * 4
    assert moved[1].tolist() == [False] * 4 + [True] * 4


@given(ends=points(2), pairs=st.integers(1, 4), base=bases, layout=layouts)
def test_the_dot_product_is_the_sum_of_the_similarities_along_the_axes(ends, pairs, base, layout):
    axes = ends.shape[1]
    here, there = sinusoidal_grid(ends, 2 * pairs * axes, base=base, layout=layout)
    along = [posenc.similarity(offset, 2 * pairs, base=base) for offset in ends[1] - ends[0]]
    np.testing.assert_allclose(here @ there, sum(along), atol=1e-9)


@given(start=points(1), offset=reals, pairs=st.integers(1, 4), base=bases, layout=layouts, data=st.data())
def test_a_move_along_one_axis_is_one_matrix(start, offset, pairs, base, layout, data):
    """It is a shift matrix in the block of that axis and the identity in the others, wherever the point is."""
    axes, share = start.shape[1], 2 * pairs
    axis = data.draw(st.integers(0, axes - 1))
    block = slice(axis * share, (axis + 1) * share)
    matrix = np.eye(share * axes)
    matrix[block, block] = posenc.shift_matrix(offset, share, base=base, layout=layout)
    end = start + offset * np.eye(axes)[axis]
    here, there = sinusoidal_grid([start[0], end[0]], share * axes, base=base, layout=layout)
    np.testing.assert_allclose(there, matrix @ here, atol=1e-9)


def test_own_frequencies_serve_every_axis():
    table = sinusoidal_grid([[2, 5]], 8, freqs=[3.0, 0.5])
    np.testing.assert_array_equal(table[0, :4], posenc.sinusoidal(2, 4, freqs=[3.0, 0.5]))
    np.testing.assert_array_equal(table[0, 4:], posenc.sinusoidal(5, 4, freqs=[3.0, 0.5]))


class TestWhatOtherProgramsCompute:
    """Eight numbers of the point y = 1, x = 2, to six decimals, as printed by the programs named."""

    def agrees(self, row, recorded):
        np.testing.assert_allclose(row, recorded, rtol=0, atol=6e-7)

    def test_positional_encodings(self):
        """positional-encodings 6.0.3, PositionalEncoding2D(8) and 3D(12), the latter at (1, 2, 3)."""
        two = [0.841471, 0.540302, 0.01, 0.99995, 0.909297, -0.416147, 0.019999, 0.9998]
        self.agrees(sinusoidal_grid((2, 3), 8)[1, 2], two)
        three = [*two, 0.14112, -0.989992, 0.029995, 0.99955]
        self.agrees(sinusoidal_grid((2, 3, 4), 12)[1, 2, 3], three)

    def test_detr(self):
        """DETR, commit 29901c5, PositionEmbeddingSine(4) of an unmasked 2 x 3 image: it counts from 1."""
        counted = np.stack(np.indices((2, 3)), axis=-1) + 1
        plain = [0.909297, -0.416147, 0.019999, 0.9998, 0.14112, -0.989992, 0.029995, 0.99955]
        self.agrees(sinusoidal_grid(counted, 8)[1, 2], plain)
        # normalize=True, as its models have it: the row of (0, 1). It adds 1e-6 to each divisor, seen in the last digit.
        turns = 2 * np.pi * counted / (np.array([2, 3]) + 1e-6)
        scaled = [0.000001, -1.0, 0.031411, 0.999507, -0.866025, -0.500001, 0.041876, 0.999123]
        self.agrees(sinusoidal_grid(turns, 8)[0, 1], scaled)
        np.testing.assert_allclose(sinusoidal_grid(2 * np.pi * counted / (2, 3), 8)[0, 1], scaled, rtol=0, atol=3e-6)

    def test_mae(self):
        """MAE, commit efb2a80, get_2d_sincos_pos_embed(8, 3)[5]: x first, halves within each axis."""
        points = np.stack(np.indices((3, 3)), axis=-1)
        row = [0.909297, 0.019999, -0.416147, 0.9998, 0.841471, 0.01, 0.540302, 0.99995]
        self.agrees(sinusoidal_grid(points[..., ::-1], 8, layout="halves")[1, 2], row)

    def test_diffusers(self):
        """diffusers 0.42.1, get_2d_sincos_pos_embed(8, (2, 3), base_size=2)[5]: as MAE, coordinates scaled."""
        points = np.stack(np.indices((2, 3)), axis=-1) * 2 / np.array([2, 3])
        row = [0.971938, 0.013333, 0.235238, 0.999911, 0.841471, 0.01, 0.540302, 0.99995]
        self.agrees(sinusoidal_grid(points[..., ::-1], 8, layout="halves")[1, 2], row)

    def test_timm(self):
        """timm 1.0.31, build_sincos2d_pos_embed([2, 3], 8)[5]: the sines of both axes before all cosines."""
        table = posenc.convert_layout(sinusoidal_grid((2, 3), 8), source="interleaved", target="halves")
        self.agrees(table[1, 2], [0.841471, 0.01, 0.909297, 0.019999, 0.540302, 0.99995, -0.416147, 0.9998])
        # With interleave_sin_cos=True it is this book's layout "halves".
        blocks = [0.841471, 0.01, 0.540302, 0.99995, 0.909297, 0.019999, -0.416147, 0.9998]
        self.agrees(sinusoidal_grid((2, 3), 8, layout="halves")[1, 2], blocks)


def test_arguments_are_left_alone():
    coordinates = np.ones((2, 2))
    sinusoidal_grid(coordinates, 4)[:] = 9
    assert (coordinates == 1).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: sinusoidal_grid((4, 6), 10),
            ValueError,
            "dim must be a multiple of 2 * axes = 4, so that each has whole pairs, got 10",
        ),
        (
            lambda: sinusoidal_grid((4, 6, 5), 8),
            ValueError,
            "dim must be a multiple of 2 * axes = 6, so that each has whole pairs, got 8",
        ),
        (lambda: sinusoidal_grid((4,), 7), ValueError, "dim must be a multiple of 2 * axes = 2"),
        (lambda: sinusoidal_grid((4, 6), 0), ValueError, "dim must be at least 1, got 0"),
        (lambda: sinusoidal_grid((4, 6), 8.0), TypeError, "dim must be an integer, got 8.0"),
        (lambda: sinusoidal_grid((4, -6), 8), ValueError, "each length of a shape must be at least 0, got -6"),
        (lambda: sinusoidal_grid([4, 0.5], 8), TypeError, "each length of a shape must be an integer, got 0.5"),
        (lambda: sinusoidal_grid((4, True), 8), TypeError, "each length of a shape must be an integer, got True"),
        (lambda: sinusoidal_grid((), 8), ValueError, "shape_or_coordinates must be a shape, as (4, 6) is, or the"),
        (lambda: sinusoidal_grid(4, 8), ValueError, "along a last axis, got an array of shape ()"),
        (lambda: sinusoidal_grid(np.ones((3, 0)), 8), ValueError, "along a last axis, got an array of shape (3, 0)"),
        (
            lambda: sinusoidal_grid([[1, 2], [3]], 8),
            ValueError,
            "shape_or_coordinates must form a regular array, got [[1, 2], [3]]",
        ),
        (lambda: sinusoidal_grid([[1, np.nan]], 8), ValueError, "shape_or_coordinates must be finite, got nan"),
        (lambda: sinusoidal_grid([[1j, 2]], 8), TypeError, "shape_or_coordinates must be real numbers, got [[1j, 2]]"),
        (lambda: sinusoidal_grid((4, 6), 8, freqs=[1, 2, 3, 4]), ValueError, "freqs must have shape (2,)"),
        (lambda: sinusoidal_grid((4, 6), 8, base=2, freqs=[1, 2]), ValueError, "base must be left out"),
        (lambda: sinusoidal_grid((4, 6), 8, layout="split"), ValueError, "layout must be 'interleaved' or 'halves'"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
