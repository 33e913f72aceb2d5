import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc


def test_ladder_of_eight_columns():
    np.testing.assert_allclose(posenc.frequencies(8), [1, 1e-1, 1e-2, 1e-3], rtol=1e-15)
    np.testing.assert_allclose(
        posenc.frequencies(8, spacing="tensor2tensor"), [1, 10 ** (-4 / 3), 10 ** (-8 / 3), 1e-4], rtol=1e-15
    )


@given(dim=st.integers(1, 600), base=st.floats(0.01, 1e7), spacing=st.sampled_from(["paper", "tensor2tensor"]))
def test_array_agrees_with_a_loop(dim, base, spacing):
    pairs = -(-dim // 2)
    steps = dim / 2 if spacing == "paper" else max(pairs - 1, 1)
    by_loop = [base ** (-i / steps) for i in range(pairs)]
    freqs = posenc.frequencies(dim, base=base, spacing=spacing)
    np.testing.assert_allclose(freqs, by_loop, rtol=1e-12)
    assert freqs.dtype == np.float64
    np.testing.assert_allclose(posenc.wavelengths(dim, base=base, spacing=spacing) * freqs, 2 * np.pi)


@pytest.mark.parametrize(("dim", "base"), [(512, 10000.0), (768, 10000.0), (96, 5e5), (7, 0.3)])
@pytest.mark.parametrize("spacing", ["paper", "tensor2tensor"])
def test_every_frequency_is_right_to_a_few_last_bits(dim, base, spacing):
    """A float64 power of a rounded exponent: nothing better is asked of it, and nothing worse allowed."""
    pairs = -(-dim // 2)
    with mp.workdps(50):
        steps = mp.mpf(dim) / 2 if spacing == "paper" else mp.mpf(max(pairs - 1, 1))
        exact = np.array([float(mp.mpf(base) ** (-i / steps)) for i in range(pairs)])
    assert (abs(posenc.frequencies(dim, base=base, spacing=spacing) - exact) <= 8 * np.spacing(exact)).all()


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("spacing", ["paper", "tensor2tensor"])
def test_one_pair_alone_has_frequency_one(dim, spacing):
    assert posenc.frequencies(dim, spacing=spacing).tolist() == [1.0]


def test_true_longest_wavelength_and_the_popular_one():
    assert round(posenc.wavelengths(512)[-1]) == 60611
    assert round(posenc.wavelengths(48)[-1]) == 42807
    np.testing.assert_allclose(posenc.wavelengths(512, spacing="tensor2tensor")[-1], 2 * np.pi * 1e4)


@pytest.mark.parametrize("function", [posenc.frequencies, posenc.wavelengths])
@pytest.mark.parametrize(
    ("dim", "options", "error", "message"),
    [
        (0, {}, ValueError, "dim must be at least 1, got 0"),
        (-2, {}, ValueError, "dim must be at least 1, got -2"),
        (8.0, {}, TypeError, "dim must be an integer, got 8.0"),
        (True, {}, TypeError, "dim must be an integer, got True"),
        (np.True_, {}, TypeError, "dim must be an integer, got True"),
        ("8", {}, TypeError, "dim must be an integer, got '8'"),
        (8, {"base": 0}, ValueError, "base must be positive, got 0"),
        (8, {"base": -1e4}, ValueError, "base must be positive, got -10000.0"),
        (8, {"base": np.inf}, ValueError, "base must be finite, got inf"),
        (8, {"base": np.nan}, ValueError, "base must be finite, got nan"),
        (8, {"base": True}, TypeError, "base must be a real number, got True of type bool"),
        (8, {"base": [1, 2]}, TypeError, "base must be one number, got an array of shape (2,)"),
        (8, {"spacing": "linear"}, ValueError, "spacing must be 'paper' or 'tensor2tensor', got 'linear'"),
        (8, {"spacing": None}, ValueError, "spacing must be 'paper' or 'tensor2tensor', got None"),
    ],
)
def test_bad_input_is_named(function, dim, options, error, message):
    refuses(lambda: function(dim, **options), error, message)
