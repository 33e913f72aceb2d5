"""What the project says of PyTorch, run with PyTorch. `make test-torch` installs it; `make test` leaves these out."""

import math
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import posenc

torch = pytest.importorskip("torch")
PAGE = Path(__file__).resolve().parents[2] / "book" / "ten_minutes.ipynb"


def test_the_six_lines_that_everybody_copies_make_our_table():
    cells = nbformat.read(PAGE, as_version=4).cells
    (snippet,) = re.findall(r"```python\n(.*?)```", "\n".join(cell.source for cell in cells), re.S)
    names = {"torch": torch, "math": math, "d": 8}
    exec(snippet, names)
    np.testing.assert_allclose(names["pe"].numpy(), posenc.sinusoidal(range(50), 8), atol=1e-5)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_convert_layout_keeps_a_tensor_a_tensor_and_its_gradient(axis):
    x = torch.arange(48.0).reshape(6, 8).requires_grad_()
    there = posenc.convert_layout(x, source="interleaved", target="halves", axis=axis)
    assert isinstance(there, torch.Tensor)
    expected = posenc.convert_layout(x.detach().numpy(), source="interleaved", target="halves", axis=axis)
    np.testing.assert_array_equal(there.detach().numpy(), expected)
    there.sum().backward()
    assert (x.grad == 1).all()
