"""The page that names a pasted table says what `posenc.identify` says, word for word."""

import json

import numpy as np
import pytest
from conventions import CONVENTIONS, ROUNDINGS, paper, table
from test_explorers import in_node

import posenc

DIMS, STARTS, BASES = (8, 16, 32, 64), (0, 1, 37, 5000, -4), (1e4, 500.0, 12345.0, 1e6)


def sentences(tables):
    """What the script says of each, in Node."""
    rows = [np.asarray(rows, float).tolist() for rows in tables]
    return in_node(f"{json.dumps(rows)}.map((rows) => numbers.identify(rows))", "identify")


def conventions():
    rng = np.random.default_rng(0)
    for make, *_ in CONVENTIONS.values():
        for rounding in ROUNDINGS.values():
            start, d, base = rng.choice(STARTS), int(rng.choice(DIMS)), float(rng.choice(BASES))
            yield rounding(make(start + np.arange(8), d, base))


def others():
    rng = np.random.default_rng(0)
    yield from (table([p], paper(64)) for p in (0, 1, 4321))
    yield from (table(7 + step * np.arange(12), paper(16)) for step in (0.5, -1, 0.25, 3))
    yield from (table(range(8), paper(64, base)) for base in (100, 1e8, 1e-4))
    yield from (table(range(8), paper(d)) for d in (2, 4, 6))
    yield table(range(300), paper(16))
    yield table(range(8), np.exp(-2 * np.arange(32)))
    yield from ([[0.6, 0.8]], np.zeros((3, 4)), np.ones((3, 4)), [[1.0]])
    right = table(range(9), paper(16))
    yield rng.normal(size=(8, 16))
    yield right[:, rng.permutation(16)]
    yield np.where(np.arange(16) == 6, -right, right)
    yield np.hstack([right, table(range(9), paper(16, 1000))])
    yield table(range(9), rng.uniform(0, 2, 8))
    yield right + rng.normal(size=right.shape) / 50
    yield posenc.sinusoidal_grid((3, 4), 16).reshape(12, 16)
    freqs, _ = posenc.scale_yarn(posenc.frequencies(64), 16, original_length=4096)
    yield posenc.sinusoidal(range(12), 64, freqs=freqs)


@pytest.mark.parametrize("kind", [conventions, others])
def test_it_says_what_the_package_says(kind):
    tables = list(kind())
    expected = [str(posenc.identify(np.asarray(rows, float))) for rows in tables]
    assert sentences(tables) == expected
    assert len(set(expected)) > 15


def pasted(text):
    return in_node(
        f"(() => {{ try {{ return numbers.pasted({json.dumps(text)}); }} catch (e) {{ return e; }} }})()", "identify"
    )


def test_it_reads_what_programs_print():
    rows = posenc.sinusoidal(range(4), 24)
    assert np.array_equal(np.array(pasted("\n".join(" ".join(map(str, row)) for row in rows))), rows)
    np.testing.assert_allclose(pasted(repr(rows)), rows, atol=1e-8)  # wrapped lines, brackets, array(...)
    np.testing.assert_allclose(pasted(str(rows.tolist())), rows)
    torch = "tensor([[ 0.0000e+00,  1.0000e+00],\n        [ 8.4147e-01,  5.4030e-01]], device='cuda:0', dtype=torch.float64)"
    assert pasted(torch) == [[0, 1], [0.84147, 0.5403]]
    assert pasted("a, b".replace("a, b", "1;2;3\n4;5;6\n")) == [[1, 2, 3], [4, 5, 6]]
    assert pasted("\u22121 2") == [[-1, 2]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "paste rows of numbers, one row a position"),
        ("[[0., 1., ..., 1.]]", "the print leaves numbers out (...): print the whole table"),
        ("0 1 one", "one is no number"),
        ("0 nan", "nan is no number"),
        ("0 1\n2", "row 1 has 1 numbers, and row 0 has 2"),
        ("0 1\n" * 20001, "that is more than 40,000 numbers: paste fewer rows; eight are enough"),
    ],
)
def test_it_says_what_it_cannot_read(text, said):
    assert pasted(text) == said
