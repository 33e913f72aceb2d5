from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

from posenc import alibi_bias, alibi_slopes


def exponents(n_heads):
    """The rule of the authors' code as it recurses: -log2 of each slope, as a fraction."""
    if n_heads & (n_heads - 1) == 0:
        return [Fraction(8 * (head + 1), n_heads) for head in range(n_heads)]
    power = 1
    while 2 * power < n_heads:
        power *= 2
    return exponents(power) + exponents(2 * power)[0::2][: n_heads - power]


@pytest.mark.parametrize("n_heads", range(1, 65))
def test_slopes_follow_the_published_rule(n_heads):
    with mp.workdps(40):
        exact = [mp.mpf(2) ** (-mp.mpf(e.numerator) / e.denominator) for e in exponents(n_heads)]
        slopes = alibi_slopes(n_heads)
        assert slopes.shape == (n_heads,)
        assert slopes.dtype == np.float64
        assert max(abs(mp.mpf(float(m)) / m_exact - 1) for m, m_exact in zip(slopes, exact, strict=True)) < 1e-15


#: Slopes as transformers 5.24.0 has them for BLOOM, `_get_alibi_slopes`, torch 2.13.0, float32.
RECORDED = {
    1: [0.00390625],
    3: [0.0625, 0.00390625, 0.25],
    6: [0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125],
    12: [
        *(0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625),
        *(0.7071067690849304, 0.3535533845424652, 0.1767766773700714, 0.0883883386850357),
    ],
}


@pytest.mark.parametrize("n_heads", RECORDED)
def test_slopes_are_those_of_transformers(n_heads):
    np.testing.assert_allclose(alibi_slopes(n_heads), RECORDED[n_heads], rtol=2e-7)  # powers of a float32


def test_slopes_of_the_paper():
    np.testing.assert_array_equal(alibi_slopes(8), 1 / 2.0 ** np.arange(1, 9))
    np.testing.assert_allclose(alibi_slopes(16), 0.5 ** (np.arange(1, 17) / 2), rtol=1e-15)


def test_the_papers_formula_holds_for_powers_of_two_alone():
    """It is printed for any n; of the first 64 only the powers of two agree with the authors' code."""
    agree = [n for n in range(1, 65) if np.allclose(alibi_slopes(n), 2.0 ** (-8 * np.arange(1, n + 1) / n), rtol=1e-12)]
    assert agree == [1, 2, 4, 8, 16, 32, 64]


@given(
    queries=st.lists(st.floats(-1e3, 1e3), max_size=4),
    keys=st.lists(st.floats(-1e3, 1e3), max_size=4),
    n_heads=st.integers(1, 9),
)
def test_bias_agrees_with_a_loop(queries, keys, n_heads):
    bias = alibi_bias(queries, keys, n_heads)
    assert bias.shape == (n_heads, len(queries), len(keys))
    slopes = alibi_slopes(n_heads)
    for head in range(n_heads):
        for row, query in enumerate(queries):
            for column, key in enumerate(keys):
                assert bias[head, row, column] == -slopes[head] * abs(key - query)


def test_bias_of_any_shape():
    grid = np.arange(6).reshape(2, 3)
    bias = alibi_bias(grid, [0, 5, 9, 1], 2)
    assert bias.shape == (2, 2, 3, 4)
    np.testing.assert_array_equal(bias[:, 1, 2], alibi_bias(5, [0, 5, 9, 1], 2))
    np.testing.assert_array_equal(alibi_bias(7, 5, 3), -2 * alibi_slopes(3))
    unsigned = np.arange(4, dtype=np.uint8)  # 0 - 3 would be 253
    np.testing.assert_array_equal(alibi_bias(unsigned, unsigned, 3), alibi_bias(range(4), range(4), 3))


def test_no_minus_zero_on_the_diagonal():
    assert not np.signbit(alibi_bias(range(3), range(3), 2)[:, range(3), range(3)]).any()


def test_a_key_ahead_has_the_bias_of_one_as_far_behind():
    bias = alibi_bias(range(5), range(5), 4)
    np.testing.assert_array_equal(bias, bias.swapaxes(1, 2))


def weights(scores):
    """Softmax over the keys."""
    unscaled = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return unscaled / unscaled.sum(axis=-1, keepdims=True)


#: What BLOOM and MPT add in transformers 5.24.0 for 3 heads and 4 keys, in every row: a slope times the index of the
#: key, counted from the first (`build_alibi_tensor`) or back from the last (`build_mpt_alibi_tensor`).
BLOOM = [[0.0, 0.0625, 0.125, 0.1875], [0.0, 0.00390625, 0.0078125, 0.01171875], [0.0, 0.25, 0.5, 0.75]]
MPT = [[-0.1875, -0.125, -0.0625, 0.0], [-0.01171875, -0.0078125, -0.00390625, 0.0], [-0.75, -0.5, -0.25, 0.0]]


@pytest.mark.parametrize("key_index_form", [BLOOM, MPT])
def test_under_a_causal_mask_the_key_index_form_gives_the_same_weights(key_index_form):
    scores = np.random.default_rng(0).normal(size=(3, 4, 4))
    by_index = scores + np.array(key_index_form)[:, np.newaxis]
    by_distance = scores + alibi_bias(range(4), range(4), 3)
    ahead = np.triu(np.full((4, 4), -np.inf), k=1)
    np.testing.assert_allclose(weights(by_distance + ahead), weights(by_index + ahead), rtol=1e-14)
    assert abs(weights(by_distance) - weights(by_index)).max() > 0.01


@given(n_heads=st.integers(1, 20), start=st.floats(-1e3, 1e3))
def test_the_two_forms_differ_by_a_constant_a_row(n_heads, start):
    """Up to the query: slope * key = bias + slope * query."""
    positions = start + np.arange(6)
    rows, keys = np.tril_indices(6)
    slopes = alibi_slopes(n_heads)[:, np.newaxis]
    bias = alibi_bias(positions, positions, n_heads)[:, rows, keys]
    np.testing.assert_allclose(slopes * positions[keys], bias + slopes * positions[rows], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: alibi_slopes(0), ValueError, "n_heads must be at least 1, got 0"),
        (lambda: alibi_slopes(8.0), TypeError, "n_heads must be an integer, got 8.0"),
        (lambda: alibi_slopes(True), TypeError, "n_heads must be an integer, got True"),
        (lambda: alibi_bias([0], [0], -2), ValueError, "n_heads must be at least 1, got -2"),
        (lambda: alibi_bias([True], [0], 2), TypeError, "query_positions must be real numbers, got [True]"),
        (lambda: alibi_bias([0], ["1"], 2), TypeError, "key_positions must be real numbers, got ['1']"),
        (lambda: alibi_bias([0, np.nan], [0], 2), ValueError, "query_positions must be finite, got nan"),
        (lambda: alibi_bias([0], [-np.inf], 2), ValueError, "key_positions must be finite, got -inf"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
