"""The lines of PyTorch on the page about rotary code, taken from the page and run. `make test-torch` installs PyTorch."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from posenc import apply_rotary, rotary_cos_sin, rotary_matrix

torch = pytest.importorskip("torch")
PAGE = Path(__file__).resolve().parents[2] / "book" / "beyond" / "rotary_in_code.ipynb"
LAYOUTS = {True: "interleaved", False: "halves"}
X = np.random.default_rng(0).standard_normal((2, 3, 5, 8))
POSITIONS = np.array([0, 1, 7, 100, 4095])


@pytest.fixture(scope="module")
def rotary():
    """The function of the page's one block of PyTorch."""
    cells = nbformat.read(PAGE, as_version=4).cells
    markdown = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    (snippet,) = re.findall(r"```python\n(.*?)```", markdown, re.S)
    names = {}
    exec(snippet, names)
    return names["rotary"]


def ours(x, layout, dim=8, **options):
    return apply_rotary(x, *rotary_cos_sin(POSITIONS, dim, **options), layout=layout)


@pytest.mark.parametrize("interleaved", LAYOUTS)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
def test_it_turns_as_posenc_does_in_the_type_that_came_in(rotary, interleaved, dtype):
    x = torch.asarray(X, dtype=dtype)
    turned = rotary(x, torch.asarray(POSITIONS), interleaved)
    assert turned.dtype == dtype
    assert turned.shape == x.shape
    exact = ours(x.double().numpy(), LAYOUTS[interleaved])
    # The work is done in float32 whatever the type is.
    digits = max(torch.finfo(dtype).eps, torch.finfo(torch.float32).eps)
    np.testing.assert_allclose(turned.double().numpy(), exact, rtol=0, atol=digits * abs(exact).max())


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_the_other_layout_is_something_else(rotary, interleaved):
    turned = rotary(torch.asarray(X), torch.asarray(POSITIONS), not interleaved).numpy()
    assert abs(turned - ours(X, LAYOUTS[interleaved])).max() > 0.5


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_the_base_is_an_argument(rotary, interleaved):
    turned = rotary(torch.asarray(X), torch.asarray(POSITIONS), interleaved, base=500_000.0)
    np.testing.assert_allclose(turned.numpy(), ours(X, LAYOUTS[interleaved], base=500_000), rtol=0, atol=1e-6)


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_the_gradient_is_turned_back(rotary, interleaved):
    """The gradient of u . (T x) is T^T u, at every position."""
    x = torch.asarray(X[0, 0]).requires_grad_()
    u = torch.asarray(X[1, 0])
    (u * rotary(x, torch.asarray(POSITIONS), interleaved)).sum().backward()
    for gradient, along, p in zip(x.grad, u, POSITIONS, strict=True):
        back = rotary_matrix(-p, 8, layout=LAYOUTS[interleaved]) @ along.numpy()
        np.testing.assert_allclose(gradient.numpy(), back, rtol=0, atol=1e-6)


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_part_of_a_head_as_the_page_says(rotary, interleaved):
    x, r = torch.asarray(X), 4
    turned = torch.cat([rotary(x[..., :r], torch.asarray(POSITIONS), interleaved), x[..., r:]], -1)
    np.testing.assert_allclose(turned.numpy(), ours(X, LAYOUTS[interleaved], dim=r), rtol=0, atol=1e-6)


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_each_text_may_have_positions_of_its_own(rotary, interleaved):
    own = np.stack([POSITIONS, POSITIONS + 3])
    turned = rotary(torch.asarray(X), torch.asarray(own[:, None]), interleaved)
    for text, x, positions in zip(turned.numpy(), X, own, strict=True):
        there = apply_rotary(x, *rotary_cos_sin(positions, 8), layout=LAYOUTS[interleaved])
        np.testing.assert_allclose(text, there, rtol=0, atol=1e-6)


@pytest.mark.parametrize("interleaved", LAYOUTS)
def test_the_device_is_kept(rotary, interleaved):
    """The device without memory stands for any other than the processor."""
    x = torch.empty(2, 3, 5, 8, device="meta")
    assert rotary(x, torch.arange(5, device="meta"), interleaved).device == x.device


def test_the_conversion_of_the_page_is_that_of_the_script():
    """`view`, `transpose` and `reshape` on a tensor, as the page quotes them, against ours."""
    from posenc import convert_rotary_weights

    w, n_heads, dim1, dim2 = torch.asarray(X).reshape(24, 10), 3, 24, 10
    there = w.view(n_heads, dim1 // n_heads // 2, 2, dim2).transpose(1, 2).reshape(dim1, dim2)
    ours = convert_rotary_weights(w.numpy(), n_heads, source="interleaved", target="halves")
    np.testing.assert_array_equal(there.numpy(), ours)
    back = there.view(n_heads, 2, dim1 // n_heads // 2, dim2).transpose(1, 2).reshape(dim1, dim2)
    assert torch.equal(back, w)
