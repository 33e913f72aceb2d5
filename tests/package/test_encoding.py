import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc

LAYOUTS = ["interleaved", "halves"]


def by_the_formula(positions, dim, base, layout):
    """The definition as a loop, one cell at a time."""
    table = np.full((len(positions), dim), np.nan)
    for row, p in enumerate(positions):
        for i in range((dim + 1) // 2):
            angle = p * base ** (-2 * i / dim)
            table[row, posenc.column_of(i, "sin", dim, layout=layout)] = np.sin(angle)
            if 2 * i + 1 < dim:
                table[row, posenc.column_of(i, "cos", dim, layout=layout)] = np.cos(angle)
    return table


@given(
    positions=st.lists(st.floats(-1e4, 1e4), min_size=0, max_size=5),
    dim=st.integers(1, 33),
    base=st.floats(1.5, 1e6),
    layout=st.sampled_from(LAYOUTS),
)
def test_table_agrees_with_a_loop(positions, dim, base, layout):
    table = posenc.sinusoidal(np.array(positions), dim, base=base, layout=layout)
    np.testing.assert_allclose(table, by_the_formula(positions, dim, base, layout), rtol=0, atol=1e-10)


def test_position_one_of_eight_columns():
    paper = [0.841471, 0.540302, 0.099833, 0.995004, 0.01, 0.99995, 0.001, 1.0]
    np.testing.assert_allclose(posenc.sinusoidal([1], 8)[0], paper, atol=1e-6)
    halves = [0.841471, 0.099833, 0.01, 0.001, 0.540302, 0.995004, 0.99995, 1.0]
    np.testing.assert_allclose(posenc.sinusoidal([1], 8, layout="halves")[0], halves, atol=1e-6)
    t2t = [0.841471, 0.046399, 0.002154, 0.0001, 0.540302, 0.998923, 0.999998, 1.0]
    grid = posenc.frequencies(8, spacing="tensor2tensor")
    np.testing.assert_allclose(posenc.sinusoidal([1], 8, freqs=grid, layout="halves")[0], t2t, atol=1e-6)


@pytest.mark.parametrize(("dtype", "bound"), [(np.float32, 3.1e-8), (np.float64, 1.3e-10)])
def test_against_fifty_digits_up_to_a_million(dtype, bound):
    """Every pair of d = 512, at positions that spread to 10^6 and at those where a float64 angle errs most."""
    rng = np.random.default_rng(0)
    positions = np.unique(np.concatenate([rng.integers(0, 10**6, 40), 10**6 - np.arange(10), [0, 1, 2**19 + 1]]))
    table = posenc.sinusoidal(positions, 512, dtype=dtype)
    with mp.workdps(50):
        freqs = [mp.mpf(10000) ** (-mp.mpf(2 * i) / 512) for i in range(256)]
        worst = max(
            abs(mp.mpf(float(table[row, 2 * i + is_cosine])) - wave(int(p) * w))
            for row, p in enumerate(positions)
            for i, w in enumerate(freqs)
            for is_cosine, wave in enumerate((mp.sin, mp.cos))
        )
    assert worst < bound


def test_positions_are_positions_of_any_shape():
    grid = np.arange(6).reshape(2, 3)
    assert posenc.sinusoidal(grid, 8).shape == (2, 3, 8)
    assert posenc.sinusoidal([], 8).shape == (0, 8)
    for three in (3, 3.0, np.int64(3), np.uint8(3), np.float32(3), np.array(3)):
        row = posenc.sinusoidal(three, 8)
        assert row.shape == (8,)
        np.testing.assert_array_equal(row, posenc.sinusoidal([3], 8)[0])
    np.testing.assert_array_equal(posenc.sinusoidal(grid, 8)[1, 2], posenc.sinusoidal(5, 8))


@given(start=st.integers(-1000, 1000), count=st.integers(0, 20), step=st.sampled_from([-7, -1, 1, 2, 100]))
def test_a_range_is_the_positions_it_lists(start, count, step):
    positions = range(start, start + count * step, step)
    np.testing.assert_array_equal(posenc.sinusoidal(positions, 6), posenc.sinusoidal(list(positions), 6))


@pytest.mark.parametrize("dtype", [np.float16, "float32", float])
def test_dtype_of_the_result(dtype):
    assert posenc.sinusoidal(range(2), 4, dtype=dtype).dtype == np.dtype(dtype)


def test_angles_stay_float64_in_half_precision():
    exact = posenc.sinusoidal([60000], 64)
    assert abs(posenc.sinusoidal([60000], 64, dtype=np.float16) - exact).max() < 5e-4


def test_arguments_are_left_alone():
    positions, freqs = np.arange(3.0), np.array([1.0, 0.5])
    posenc.sinusoidal(positions, 4, freqs=freqs)[:] = 9
    assert positions.tolist() == [0, 1, 2]
    assert freqs.tolist() == [1, 0.5]


@given(offset=st.floats(-20, 20), pairs=st.integers(1, 3), layout=st.sampled_from(LAYOUTS))
def test_the_exponential_of_the_generator_is_the_shift(offset, pairs, layout):
    """The general matrix exponential of mpmath, which knows nothing of rotations."""
    velocity = posenc.shift_generator(2 * pairs, layout=layout)
    with mp.workdps(30):
        exponential = mp.expm(mp.matrix((offset * velocity).tolist()), method="taylor")
    shift = posenc.shift_matrix(offset, 2 * pairs, layout=layout)
    np.testing.assert_allclose(np.array(exponential.tolist(), dtype=float), shift, atol=1e-12)


@given(p=st.floats(-1e3, 1e3), k=st.floats(-1e3, 1e3), pairs=st.integers(1, 20), base=st.floats(1.5, 1e6))
def test_similarity_is_the_dot_product_at_any_position(p, k, pairs, base):
    here, there = posenc.sinusoidal([p, p + k], 2 * pairs, base=base)
    np.testing.assert_allclose(posenc.similarity(k, 2 * pairs, base=base), here @ there, atol=1e-9)


def test_own_frequencies():
    freqs = [3.0, -0.5, 0.0]
    table = posenc.sinusoidal(range(4), 6, freqs=freqs)
    np.testing.assert_allclose(table[:, 2], np.sin(-0.5 * np.arange(4)))
    np.testing.assert_allclose(posenc.shift_matrix(2, 6, freqs=freqs) @ table[1], table[3], atol=1e-15)
    np.testing.assert_allclose(posenc.similarity([2], 6, freqs=freqs), [table[1] @ table[3]])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: posenc.sinusoidal(True, 8), TypeError, "positions must be real numbers, got True of type bool"),
        (lambda: posenc.sinusoidal(np.True_, 8), TypeError, "positions must be real numbers, got True of type bool"),
        (lambda: posenc.sinusoidal(None, 8), TypeError, "positions must be real numbers, got None of type object"),
        (
            lambda: posenc.sinusoidal(range(2**70, 2**70 + 2), 8),
            TypeError,
            "positions must be real numbers, got range(",
        ),
        (
            lambda: posenc.sinusoidal(["position"] * 99, 8),
            TypeError,
            "positions must be real numbers, got ['position', 'position', 'position', 'position', 'positio... of type",
        ),
        (lambda: posenc.sinusoidal([True], 8), TypeError, "positions must be real numbers, got [True] of type bool"),
        (lambda: posenc.sinusoidal([1j], 8), TypeError, "positions must be real numbers, got [1j] of type complex128"),
        (lambda: posenc.sinusoidal(["1"], 8), TypeError, "positions must be real numbers, got ['1']"),
        (lambda: posenc.sinusoidal([[0], [1, 2]], 8), ValueError, "positions must form a regular array"),
        (lambda: posenc.sinusoidal([0, np.nan], 8), ValueError, "positions must be finite, got nan"),
        (lambda: posenc.sinusoidal([0, -np.inf], 8), ValueError, "positions must be finite, got -inf"),
        (lambda: posenc.sinusoidal(range(3), 0), ValueError, "dim must be at least 1, got 0"),
        (lambda: posenc.sinusoidal(range(3), -8), ValueError, "dim must be at least 1, got -8"),
        (lambda: posenc.sinusoidal(range(3), 4.5), TypeError, "dim must be an integer, got 4.5"),
        (lambda: posenc.sinusoidal(range(3), True), TypeError, "dim must be an integer, got True"),
        (lambda: posenc.sinusoidal(range(3), 8, base=0), ValueError, "base must be positive, got 0"),
        (
            lambda: posenc.sinusoidal(3, 4, base=100, freqs=[1, 2]),
            ValueError,
            "base must be left out when freqs is given, got 100",
        ),
        (
            lambda: posenc.similarity(3, 4, base="junk", freqs=[1, 2]),
            ValueError,
            "base must be left out when freqs is given, got 'junk'",
        ),
        (
            lambda: posenc.sinusoidal(3, 4, base=[1, 2]),
            TypeError,
            "base must be one number, got an array of shape (2,)",
        ),
        (lambda: posenc.sinusoidal(3, 8, dtype=complex), TypeError, "dtype must be a NumPy floating-point type"),
        (lambda: posenc.sinusoidal(3, 8, layout=0), ValueError, "layout must be 'interleaved' or 'halves', got 0"),
        (
            lambda: posenc.sinusoidal(range(3), 8, freqs=[1, 2]),
            ValueError,
            "freqs must have shape (4,), one frequency a pair of dim = 8, got shape (2,)",
        ),
        (lambda: posenc.sinusoidal(range(3), 8, freqs=[1, 2, 3, np.inf]), ValueError, "freqs must be finite, got inf"),
        (
            lambda: posenc.sinusoidal(range(3), 8, layout="concat"),
            ValueError,
            "layout must be 'interleaved' or 'halves', got 'concat'",
        ),
        (
            lambda: posenc.sinusoidal(range(3), 8, dtype=int),
            TypeError,
            "dtype must be a NumPy floating-point type, got <class 'int'>",
        ),
        (
            lambda: posenc.sinusoidal(range(3), 8, dtype="float31"),
            TypeError,
            "dtype must be a NumPy floating-point type, got 'float31'",
        ),
        (lambda: posenc.shift_matrix(1, 7), ValueError, "dim must be even for shift_matrix, got 7"),
        (lambda: posenc.shift_matrix([1, 2], 8), TypeError, "offset must be one number, got an array of shape (2,)"),
        (lambda: posenc.shift_matrix(np.inf, 8), ValueError, "offset must be finite, got inf"),
        (lambda: posenc.shift_matrix(1, 8, layout="x"), ValueError, "layout must be"),
        (lambda: posenc.shift_generator(7), ValueError, "dim must be even for shift_generator, got 7"),
        (lambda: posenc.similarity([1], 7), ValueError, "dim must be even for similarity, got 7"),
        (lambda: posenc.similarity([np.nan], 8), ValueError, "offsets must be finite, got nan"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
