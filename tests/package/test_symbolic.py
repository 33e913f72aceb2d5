"""The symbolic twins against the numeric functions, through lambdify."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc
from posenc import symbolic

p, k, b = sp.symbols("p k b", positive=True)
LAYOUTS = ["interleaved", "halves"]
reals, bases, dims = st.floats(-1e3, 1e3), st.floats(1.5, 1e6), st.sampled_from([1, 2, 3, 6, 7, 8])


def numbers(expression, **values):
    symbols = sorted(expression.free_symbols, key=str)
    return sp.lambdify(symbols, expression, "numpy")(*(values[str(s)] for s in symbols))


@pytest.mark.parametrize("spacing", ["paper", "tensor2tensor"])
@given(dim=dims, base=bases)
def test_frequencies_and_wavelengths(spacing, dim, base):
    for name in ("frequencies", "wavelengths"):
        symbolic_twin = sp.Matrix(getattr(symbolic, name)(dim, base=b, spacing=spacing))
        numeric = getattr(posenc, name)(dim, base=base, spacing=spacing)
        np.testing.assert_allclose(np.array(numbers(symbolic_twin, b=base), dtype=float)[:, 0], numeric, rtol=1e-12)


@given(i=st.integers(0, 7), base=bases)
def test_frequency_of_a_symbolic_pair(i, base):
    pair, dim = sp.symbols("i d")
    twin = sp.lambdify([pair, dim, b], symbolic.frequency(pair, dim, base=b))
    np.testing.assert_allclose(twin(i, 16, base), posenc.frequencies(16, base=base)[i], rtol=1e-12)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(position=reals, dim=dims, base=bases)
def test_sinusoidal(layout, position, dim, base):
    twin = numbers(symbolic.sinusoidal(p, dim, base=b, layout=layout), p=position, b=base)
    numeric = posenc.sinusoidal([position], dim, base=base, layout=layout)[0]
    np.testing.assert_allclose(twin[:, 0], numeric, atol=1e-10)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(offset=reals, dim=st.sampled_from([2, 6, 8]), base=bases)
def test_shift_matrix_generator_and_similarity(layout, offset, dim, base):
    shift = numbers(symbolic.shift_matrix(k, dim, base=b, layout=layout), k=offset, b=base)
    np.testing.assert_allclose(shift, posenc.shift_matrix(offset, dim, base=base, layout=layout), atol=1e-10)
    velocity = numbers(symbolic.shift_generator(dim, base=b, layout=layout), b=base)
    np.testing.assert_allclose(velocity, posenc.shift_generator(dim, base=base, layout=layout), rtol=1e-12)
    kernel = numbers(symbolic.similarity(k, dim, base=b), k=offset, b=base)
    np.testing.assert_allclose(kernel, posenc.similarity(offset, dim, base=base), atol=1e-9)


def test_own_frequencies_and_pieces():
    w, v = sp.symbols("w v")
    table = symbolic.sinusoidal(p, 4, freqs=[w, v], layout="halves")
    assert table == sp.ImmutableMatrix([sp.sin(p * w), sp.sin(p * v), sp.cos(p * w), sp.cos(p * v)])
    assert symbolic.sinusoidal(p, 2, freqs=[w]) == symbolic.hand(p, w)
    assert symbolic.shift_matrix(k, 2, freqs=[w]) == symbolic.rotation(k * w)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: symbolic.sinusoidal(p, 0), ValueError, "dim must be at least 1, got 0"),
        (
            lambda: symbolic.frequencies(8, spacing="x"),
            ValueError,
            "spacing must be 'paper' or 'tensor2tensor', got 'x'",
        ),
        (lambda: symbolic.sinusoidal(p, 4, freqs=[1]), ValueError, "freqs must have length 2"),
        (lambda: symbolic.rotation(None), TypeError, "angle must be a number or a SymPy expression, got None"),
        (lambda: symbolic.hand("p +", 1), TypeError, "position must be a number or a SymPy expression, got 'p +'"),
        (lambda: symbolic.frequency(None, 8), TypeError, "pair must be a number or a SymPy expression, got None"),
        (lambda: symbolic.frequencies(8, base=0), ValueError, "base must be positive, got 0"),
        (lambda: symbolic.similarity(k, 2, base=b, freqs=[1]), ValueError, "base must be left out when freqs is given"),
        (lambda: symbolic.shift_matrix(k, 3), ValueError, "dim must be even for shift_matrix, got 3"),
        (
            lambda: symbolic.shift_generator(4, layout="x"),
            ValueError,
            "layout must be 'interleaved' or 'halves', got 'x'",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
