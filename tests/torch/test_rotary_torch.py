"""Rotary encoding of PyTorch tensors. `make test-torch` installs what it needs."""

import numpy as np
import pytest

import torch
from posenc import apply_rotary, convert_rotary_weights, rotary_cos_sin, rotary_matrix

LAYOUTS = ["interleaved", "halves"]
X = np.random.default_rng(0).standard_normal((2, 3, 5, 10))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("pairs", [3, 5])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
def test_a_tensor_stays_a_tensor_of_its_type(layout, pairs, dtype):
    """The NumPy result in float64 of the same numbers, rounded once in half precision."""
    x = torch.asarray(X, dtype=dtype)
    cos, sin = rotary_cos_sin(range(5), 2 * pairs)
    turned = apply_rotary(x, cos, sin, layout=layout)
    assert isinstance(turned, torch.Tensor)
    assert turned.dtype == dtype
    assert turned.device == x.device
    assert turned.is_contiguous()
    exact = torch.asarray(apply_rotary(x.double().numpy(), cos, sin, layout=layout))
    assert (turned.double() - exact).abs().max() <= torch.finfo(dtype).eps * exact.abs().max()
    assert torch.equal(turned[..., 2 * pairs :], x[..., 2 * pairs :])
    as_tensors = apply_rotary(x, torch.asarray(cos), torch.asarray(sin), layout=layout)
    assert torch.equal(as_tensors, turned)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gradient_is_turned_back(layout):
    """The gradient of u . (R x) is R^T u, and that of the angles' cosines and sines flows too."""
    x = torch.asarray(X[0, 0, 0, :8]).requires_grad_()
    u = torch.asarray(X[1, 0, 0, :8])
    cos, sin = (torch.asarray(table).requires_grad_() for table in rotary_cos_sin(3, 8))
    (u @ apply_rotary(x, cos, sin, layout=layout)).backward()
    back = rotary_matrix(-3, 8, layout=layout) @ u.numpy()
    np.testing.assert_allclose(x.grad.numpy(), back, atol=1e-15)
    assert cos.grad.abs().min() > 0
    assert sin.grad.abs().min() > 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gradient_in_half_precision_with_a_part_that_rests(layout):
    x = torch.asarray(X, dtype=torch.bfloat16).requires_grad_()
    apply_rotary(x, *rotary_cos_sin(range(5), 6), layout=layout).sum().backward()
    assert x.grad.dtype == torch.bfloat16
    assert (x.grad[..., 6:] == 1).all()
    back = rotary_matrix(-4, 6, layout=layout).sum(axis=1)
    np.testing.assert_allclose(x.grad[0, 0, 4, :6].double(), back, rtol=0, atol=torch.finfo(torch.bfloat16).eps)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_device_is_kept(layout):
    """The device without memory stands for any other than the processor."""
    x = torch.empty(2, 3, 5, 10, device="meta")
    turned = apply_rotary(x, *rotary_cos_sin(range(5), 6), layout=layout)
    assert turned.device == x.device
    assert turned.shape == x.shape


def test_against_the_complex_product_of_llama():
    """The route of Meta's llama/model.py: pairs as complex numbers, times one of modulus 1."""
    x = torch.asarray(X[..., :8])
    angles = torch.outer(torch.arange(5.0, dtype=torch.float64), 10000.0 ** (-torch.arange(0, 8, 2) / 8).double())
    pairs = torch.view_as_complex(x.unflatten(-1, (4, 2))) * torch.polar(torch.ones_like(angles), angles)
    turned = apply_rotary(x, *rotary_cos_sin(range(5), 8), layout="interleaved")
    torch.testing.assert_close(turned, torch.view_as_real(pairs).flatten(-2), rtol=0, atol=1e-6)


def test_against_the_rotated_half_of_neox():
    """The route of GPT-NeoX and Transformers: both tables doubled, the halves exchanged and the first negated."""
    x = torch.asarray(X[..., :8])
    cos, sin = (torch.asarray(table).repeat(1, 2) for table in rotary_cos_sin(range(5), 8))
    a, b = x.chunk(2, dim=-1)
    turned = apply_rotary(x, *rotary_cos_sin(range(5), 8), layout="halves")
    torch.testing.assert_close(turned, x * cos + torch.cat([-b, a], dim=-1) * sin, rtol=0, atol=1e-15)


def test_a_linear_layer_is_converted():
    layer = torch.nn.Linear(6, 16)
    for weights in (layer.weight, layer.bias):
        there = convert_rotary_weights(weights, 2, source="interleaved", target="halves")
        assert isinstance(there, torch.Tensor)
        expected = convert_rotary_weights(weights.detach().numpy(), 2, source="interleaved", target="halves")
        np.testing.assert_array_equal(there.detach().numpy(), expected)
        assert torch.equal(convert_rotary_weights(there, 2, source="halves", target="interleaved"), weights)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"x": torch.ones(5, 8, dtype=torch.int64)},
            TypeError,
            "x must hold floating-point numbers, got type torch.int64",
        ),
        ({"cos": torch.ones(5, 4, dtype=torch.bool)}, TypeError, "cos must hold real numbers, got type torch.bool"),
        ({"x": torch.ones(5, 7)}, ValueError, "the length of the last axis of x must be even, got 7"),
        ({"x": torch.ones(6, 8)}, ValueError, r"must fit those of x, \(6,\), from the right, got \(5,\)"),
        ({"sin": np.ones((5, 3))}, ValueError, r"sin must have the shape of cos, \(5, 4\), got shape \(5, 3\)"),
        ({"layout": "neox"}, ValueError, "layout must be 'interleaved' or 'halves', got 'neox'"),
    ],
)
def test_bad_arguments_are_named(change, error, message):
    cos, sin = rotary_cos_sin(range(5), 8)
    arguments = {"x": torch.ones(5, 8), "cos": cos, "sin": sin, "layout": "halves"} | change
    with pytest.raises(error, match=message):
        apply_rotary(arguments["x"], arguments["cos"], arguments["sin"], layout=arguments["layout"])
