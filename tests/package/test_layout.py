import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc

LAYOUTS = ["interleaved", "halves"]


def test_the_viewers_question_about_column_two():
    assert posenc.pair_of(2, 8) == 1


@pytest.mark.parametrize(
    ("layout", "pairs"), [("interleaved", [0, 0, 1, 1, 2, 2, 3, 3]), ("halves", [0, 1, 2, 3, 0, 1, 2, 3])]
)
def test_pair_of_each_column(layout, pairs):
    assert [posenc.pair_of(j, 8, layout=layout) for j in range(8)] == pairs


@pytest.mark.parametrize(
    ("layout", "pairs"), [("interleaved", [0, 0, 1, 1, 2, 2, 3]), ("halves", [0, 1, 2, 3, 0, 1, 2])]
)
def test_odd_dim_has_a_last_pair_without_cosine(layout, pairs):
    assert [posenc.pair_of(j, 7, layout=layout) for j in range(7)] == pairs
    with pytest.raises(ValueError, match="wave must be 'sin' for the last pair of an odd dim, got 'cos'"):
        posenc.column_of(3, "cos", 7, layout=layout)


@given(dim=st.integers(1, 40), layout=st.sampled_from(LAYOUTS))
def test_column_of_goes_back(dim, layout):
    found = []
    for i in range((dim + 1) // 2):
        for wave in ("sin", "cos") if i < dim // 2 else ("sin",):
            column = posenc.column_of(i, wave, dim, layout=layout)
            assert posenc.pair_of(column, dim, layout=layout) == i
            found.append(column)
    assert sorted(found) == list(range(dim))


@given(
    dim=st.integers(1, 30),
    axis=st.sampled_from([0, 1, -1, -2]),
    source=st.sampled_from(LAYOUTS),
    target=st.sampled_from(LAYOUTS),
)
def test_convert_layout_moves_every_column_and_comes_back(dim, axis, source, target):
    x = np.arange(3 * dim).reshape(3, dim)
    x = x if axis in (1, -1) else x.T
    there = posenc.convert_layout(x, source=source, target=target, axis=axis)
    columns = np.moveaxis(there, axis, -1)[0]
    for i in range((dim + 1) // 2):
        for wave in ("sin", "cos") if i < dim // 2 else ("sin",):
            assert columns[posenc.column_of(i, wave, dim, layout=target)] == posenc.column_of(
                i, wave, dim, layout=source
            )
    back = posenc.convert_layout(there, source=target, target=source, axis=axis)
    np.testing.assert_array_equal(back, x)
    assert not np.shares_memory(there, x)


class Tensor:
    """An array of another library: a shape, an index, and nothing of NumPy's."""

    def __init__(self, array):
        self.array = array

    @property
    def shape(self):
        return self.array.shape

    def __getitem__(self, index):
        return Tensor(self.array[index])

    def __array__(self, *args, **kwargs):
        raise AssertionError("a tensor must not be turned into a NumPy array")


def test_convert_layout_gives_back_the_library_it_was_given():
    there = posenc.convert_layout(Tensor(np.arange(8)), source="interleaved", target="halves")
    assert isinstance(there, Tensor)
    assert there.array.tolist() == [0, 2, 4, 6, 1, 3, 5, 7]


def test_convert_layout_agrees_with_sinusoidal():
    interleaved, halves = (posenc.sinusoidal(range(20), 9, layout=layout) for layout in LAYOUTS)
    np.testing.assert_array_equal(posenc.convert_layout(interleaved, source="interleaved", target="halves"), halves)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: posenc.pair_of(8, 8), ValueError, "column must be below dim = 8, got 8"),
        (lambda: posenc.pair_of(-1, 8), ValueError, "column must be at least 0, got -1"),
        (lambda: posenc.pair_of(1.0, 8), TypeError, "column must be an integer, got 1.0"),
        (lambda: posenc.pair_of(True, 8), TypeError, "column must be an integer, got True"),
        (
            lambda: posenc.pair_of(0, 8, layout="split"),
            ValueError,
            "layout must be 'interleaved' or 'halves', got 'split'",
        ),
        (lambda: posenc.column_of(4, "sin", 8), ValueError, "pair must be below ceil(dim / 2) = 4, got 4"),
        (lambda: posenc.column_of(0, "tan", 8), ValueError, "wave must be 'sin' or 'cos', got 'tan'"),
        (lambda: posenc.column_of(0, 1, 8), ValueError, "wave must be 'sin' or 'cos', got 1"),
        (lambda: posenc.convert_layout([1, 2], source="halfs", target="halves"), ValueError, "source must be"),
        (lambda: posenc.convert_layout([1, 2], source="halves", target=None), ValueError, "target must be"),
        (
            lambda: posenc.convert_layout([1, 2], source="halves", target="halves", axis=1),
            ValueError,
            "axis must be below 1",
        ),
        (
            lambda: posenc.convert_layout([1, 2], source="halves", target="halves", axis=-2),
            ValueError,
            "axis must be at least -1, got -2",
        ),
        (
            lambda: posenc.convert_layout(np.float64(3), source="halves", target="halves"),
            ValueError,
            "x must have an axis that holds the columns, got a single number",
        ),
        (
            lambda: posenc.convert_layout([], source="halves", target="halves"),
            ValueError,
            "the length of axis must be at least 1",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
