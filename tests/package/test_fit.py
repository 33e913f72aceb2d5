import numpy as np
import pytest
from refusal import refuses

import posenc


def test_the_fit_finds_the_shift_matrix():
    table = posenc.sinusoidal(range(500), 8, base=100)
    matrix, residual = posenc.fit_shift(table, 5)
    np.testing.assert_allclose(matrix, posenc.shift_matrix(5, 8, base=100), atol=1e-9)
    assert residual < 1e-12


def test_residual_agrees_with_the_angle_by_projection():
    """Second route: project the moved rows on the span of the columns, by QR."""
    table = np.random.default_rng(0).normal(size=(60, 5))
    basis = np.linalg.qr(table[:-2])[0]
    missed = table[2:] - basis @ (basis.T @ table[2:])
    _, residual = posenc.fit_shift(table, 2)
    np.testing.assert_allclose(residual, np.linalg.norm(missed) / np.linalg.norm(table[2:]))
    assert 0.5 < residual < 1


def test_one_sine_alone_misses_by_the_sine_of_the_shift():
    sine = posenc.sinusoidal(range(10_000), 1)
    assert abs(posenc.fit_shift(sine, 7)[1] - abs(np.sin(7))) < 0.01


def test_of_equally_good_fits_it_is_the_smallest():
    """Every column twice: the map may read either copy, and the smallest one reads half of each."""
    table = np.repeat(posenc.sinusoidal(range(50), 4), 2, axis=1)
    matrix, residual = posenc.fit_shift(table, 1)
    assert residual < 1e-12
    np.testing.assert_allclose(np.linalg.norm(matrix), 2, rtol=1e-12)
    np.testing.assert_allclose(matrix, np.kron(posenc.shift_matrix(1, 4), np.full((2, 2), 0.5)), atol=1e-12)


def test_dim_and_offset_rows_are_enough():
    rows = np.random.default_rng(0).normal(size=(6, 4))
    assert posenc.fit_shift(rows, 2)[0].shape == (4, 4)


def test_a_table_of_zeros_fits():
    assert posenc.fit_shift(np.zeros((9, 2)), 1)[1] == 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: posenc.fit_shift(np.ones(5), 1),
            ValueError,
            "table must have two axes, (positions, columns), got shape (5,)",
        ),
        (
            lambda: posenc.fit_shift(np.ones((5, 4)), 2),
            ValueError,
            "table must have at least dim + offset = 6 rows, got 5",
        ),
        (lambda: posenc.fit_shift(np.ones((5, 2)), 0), ValueError, "offset must be at least 1, got 0"),
        (lambda: posenc.fit_shift(np.ones((5, 2)), 1.5), TypeError, "offset must be an integer, got 1.5"),
        (lambda: posenc.fit_shift([[np.nan]] * 3, 1), ValueError, "table must be finite, got nan"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
