"""Rotary encoding in NumPy, and its symbolic twins. Other libraries: tests/torch and tests/arrays."""

import subprocess
import sys

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

from posenc import (
    _rotary,
    apply_rotary,
    column_of,
    convert_layout,
    convert_rotary_weights,
    frequencies,
    pair_of,
    rotary_cos_sin,
    rotary_matrix,
    shift_matrix,
    sinusoidal,
    symbolic,
)

LAYOUTS = ["interleaved", "halves"]
places, bases, sizes = st.floats(-1e3, 1e3), st.floats(1.5, 1e6), st.integers(1, 12)


def by_the_formula(x, positions, base, layout):
    """The definition as a loop, one pair at a time: the frequencies of all d columns, index from 0."""
    turned, dim = np.full(x.shape, np.nan), x.shape[-1]
    for row, p in enumerate(positions):
        for i in range(dim // 2):
            first, second = (2 * i, 2 * i + 1) if layout == "interleaved" else (i, i + dim // 2)
            a, b, angle = x[row, first], x[row, second], p * base ** (-2 * i / dim)
            turned[row, first] = a * np.cos(angle) - b * np.sin(angle)
            turned[row, second] = a * np.sin(angle) + b * np.cos(angle)
    return turned


def vectors(*shape, dtype=np.float64):
    return np.random.default_rng(0).standard_normal(shape).astype(dtype)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(positions=st.lists(places, max_size=5), pairs=sizes, base=bases)
def test_rotation_agrees_with_a_loop(layout, positions, pairs, base):
    x = vectors(len(positions), 2 * pairs)
    turned = apply_rotary(x, *rotary_cos_sin(positions, 2 * pairs, base=base), layout=layout)
    np.testing.assert_allclose(turned, by_the_formula(x, positions, base, layout), rtol=0, atol=1e-11)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(m=places, n=places, pairs=sizes, base=bases)
def test_norm_and_relative_position(layout, m, n, pairs, base):
    """Neither the length of a vector nor a score tells where the two stand, only how far apart."""
    q, k = vectors(2, 2 * pairs)
    cos, sin = rotary_cos_sin([m, n], 2 * pairs, base=base)
    query, key = (apply_rotary(x, cos[i], sin[i], layout=layout) for i, x in enumerate((q, k)))
    np.testing.assert_allclose(np.linalg.norm(query), np.linalg.norm(q), rtol=1e-12)
    of_the_offset = q @ rotary_matrix(n - m, 2 * pairs, base=base, layout=layout) @ k
    np.testing.assert_allclose(query @ key, of_the_offset, atol=1e-9)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(m=places, n=places, pairs=sizes, base=bases)
def test_matrix_is_the_rotation_and_a_group(layout, m, n, pairs, base):
    def at(position):
        return rotary_matrix(position, 2 * pairs, base=base, layout=layout)

    x = vectors(2 * pairs)
    turned = apply_rotary(x, *rotary_cos_sin(m, 2 * pairs, base=base), layout=layout)
    np.testing.assert_allclose(at(m) @ x, turned, atol=1e-12)
    np.testing.assert_allclose(at(m).T @ at(n), at(n - m), atol=1e-9)
    np.testing.assert_allclose(np.linalg.det(at(m)), 1, rtol=1e-12)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(p=places, q=places, pairs=sizes)
def test_sense_against_the_shift(layout, p, q, pairs):
    """Rotary turns (x, y) as the shift turns (cosine, sine); the encoding writes the sine first, so it runs back."""
    dim = 2 * pairs
    matrix = rotary_matrix(p, dim, layout=layout)
    np.testing.assert_allclose(matrix, shift_matrix(p, dim, layout=layout).T, atol=1e-13)
    encodings = sinusoidal([q, q - p], dim, layout=layout)
    np.testing.assert_allclose(matrix @ encodings[0], encodings[1], atol=1e-9)
    to_the_right = np.zeros(dim)
    to_the_right[[column_of(i, "sin", dim, layout=layout) for i in range(pairs)]] = 1
    swapped = [
        column_of(pair_of(j, dim, layout=layout), "cos" if to_the_right[j] else "sin", dim, layout=layout)
        for j in range(dim)
    ]
    np.testing.assert_allclose(matrix @ to_the_right, sinusoidal(p, dim, layout=layout)[swapped], atol=1e-12)


def test_a_table_recorded_from_the_formula_of_the_paper():
    """Position 1, head of 4: 1 = (1, 1) turned by 1 and by 0.01 radians, counter-clockwise."""
    cos, sin = rotary_cos_sin(1, 4)
    recorded = np.array([-0.301169, 1.381773, 0.98995, 1.00995])
    np.testing.assert_allclose(apply_rotary(np.ones(4), cos, sin, layout="interleaved"), recorded, atol=1e-6)
    np.testing.assert_allclose(apply_rotary(np.ones(4), cos, sin, layout="halves"), recorded[[0, 2, 1, 3]], atol=1e-6)


def test_tables_have_one_column_a_pair_and_the_shape_of_the_positions():
    for positions in (3, [1, 2.5], np.arange(-3, 3).reshape(2, 3), range(4), []):
        cos, sin = rotary_cos_sin(positions, 8)
        assert cos.shape == sin.shape == (*np.shape(positions), 4)
        encodings = sinusoidal(positions, 8)
        np.testing.assert_array_equal(sin, encodings[..., 0::2])
        np.testing.assert_array_equal(cos, encodings[..., 1::2])
    np.testing.assert_allclose(rotary_cos_sin(2, 4, freqs=[3, -0.5])[1], np.sin([6, -1]))
    np.testing.assert_array_equal(rotary_cos_sin(2, 8)[1], rotary_cos_sin(2, 8, freqs=frequencies(8))[1])


@pytest.mark.parametrize("dtype", [np.float16, "float32", float])
def test_tables_are_rounded_once(dtype):
    for table, exact in zip(rotary_cos_sin([60000], 64, dtype=dtype), rotary_cos_sin([60000], 64), strict=True):
        assert table.dtype == np.dtype(dtype)
        np.testing.assert_array_equal(table, exact.astype(dtype))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f2", ">f4", ">f8", np.longdouble])
@pytest.mark.parametrize("table", [np.float16, np.float32, np.float64])
def test_type_of_x_is_kept_and_the_result_rounded_once(layout, dtype, table):
    x = vectors(3, 5, 8).astype(dtype)
    cos, sin = rotary_cos_sin(range(5), 8, dtype=table)
    turned = apply_rotary(x, cos, sin, layout=layout)
    assert turned.dtype == x.dtype
    native = x.astype(np.longdouble)
    exact = apply_rotary(native, cos, sin, layout=layout)
    roundoff = np.finfo(x.dtype).eps * 2
    # half an ulp of the largest entry, and for wide types the rounding of the three operations
    np.testing.assert_allclose(turned.astype(np.longdouble), exact, rtol=0, atol=roundoff * abs(exact).max())
    if x.dtype.itemsize == 2:
        np.testing.assert_array_equal(turned, apply_rotary(native.astype("f4"), cos, sin, layout=layout).astype(dtype))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_partial_rotation_leaves_the_rest(layout, dtype):
    """The first r columns turn with the frequencies of a head of r; the rest passes to the bit, NaN included."""
    x = vectors(2, 5, 10).astype(dtype)
    x[..., 7] = np.nan
    cos, sin = rotary_cos_sin(range(5), 6)
    turned = apply_rotary(x, cos, sin, layout=layout)
    np.testing.assert_array_equal(turned[..., 6:], x[..., 6:])
    np.testing.assert_array_equal(turned[..., :6], apply_rotary(x[..., :6], cos, sin, layout=layout))
    assert not np.shares_memory(turned, x)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_leading_axes_are_matched_from_the_right(layout):
    """(batch, heads, positions, d), (batch, positions, heads, d), and positions of each text's own."""
    x = vectors(2, 3, 5, 8)
    cos, sin = rotary_cos_sin(range(5), 8)
    turned = apply_rotary(x, cos, sin, layout=layout)
    for batch in range(2):
        for head in range(3):
            np.testing.assert_array_equal(turned[batch, head], apply_rotary(x[batch, head], cos, sin, layout=layout))
    other = apply_rotary(x.swapaxes(1, 2), cos[:, None], sin[:, None], layout=layout)
    np.testing.assert_array_equal(other.swapaxes(1, 2), turned)
    cos, sin = rotary_cos_sin([[0, 1, 2, 3, 4], [7, 7, -1, 0.5, 2]], 8)
    packed = apply_rotary(x, cos[:, None], sin[:, None], layout=layout)
    np.testing.assert_array_equal(packed[0], turned[0])
    np.testing.assert_array_equal(packed[1, 2], apply_rotary(x[1, 2], cos[1], sin[1], layout=layout))
    other = apply_rotary(x.swapaxes(1, 2), cos[:, :, None], sin[:, :, None], layout=layout)
    np.testing.assert_array_equal(other.swapaxes(1, 2), packed)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(0, 8), (3, 0, 8), (1, 1, 8), (8,), (2, 1, 1, 8)])
def test_small_and_empty_arrays(layout, shape):
    x = vectors(*shape)
    turned = apply_rotary(x, *rotary_cos_sin(2, 8), layout=layout)
    np.testing.assert_allclose(turned, x @ rotary_matrix(2, 8, layout=layout).T, atol=1e-14)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_way_to_lie_in_memory(layout):
    x = vectors(4, 6, 8)
    cos, sin = rotary_cos_sin(range(6), 8)
    turned = apply_rotary(x, cos, sin, layout=layout)
    wide = np.zeros((4, 6, 16))
    wide[..., ::2] = x
    frozen = x.copy()
    frozen.flags.writeable = False
    for same in (np.asfortranarray(x), wide[..., ::2], x[..., ::-1].copy()[..., ::-1], frozen, x.tolist()):
        np.testing.assert_array_equal(apply_rotary(same, cos, sin, layout=layout), turned)
    row = np.broadcast_to(x[0, 0], (6, 8))
    np.testing.assert_array_equal(
        apply_rotary(row, cos, sin, layout=layout), apply_rotary(row.copy(), cos, sin, layout=layout)
    )


@given(shape=st.lists(st.integers(0, 5), max_size=4), piece=st.integers(1, 400))
def test_pieces_change_nothing(shape, piece):
    x = vectors(*shape, 6)
    cos, sin = rotary_cos_sin(np.arange(np.prod(shape, dtype=int)).reshape(shape), 6)
    whole = apply_rotary(x, cos, sin, layout="halves")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rotary, "PIECE", piece)
        np.testing.assert_array_equal(apply_rotary(x, cos, sin, layout="halves"), whole)


def test_arguments_are_left_alone():
    for layout in LAYOUTS:
        x, (cos, sin) = vectors(3, 4), rotary_cos_sin(range(3), 4)
        kept = x.copy(), cos.copy(), sin.copy()
        apply_rotary(x, cos, sin, layout=layout)[:] = 9
        for now, before in zip((x, cos, sin), kept, strict=True):
            np.testing.assert_array_equal(now, before)


@pytest.mark.parametrize("bias", [False, True])
@given(pairs=sizes, n_heads=st.integers(1, 4), source=st.sampled_from(LAYOUTS), target=st.sampled_from(LAYOUTS))
def test_converted_weights_give_the_same_scores(bias, pairs, n_heads, source, target):
    dim, words = 2 * pairs, vectors(5, 3)
    cos, sin = rotary_cos_sin(range(5), dim)
    weights = vectors(2, n_heads * dim, 3)
    biases = weights[..., 0] * bias

    def heads(weights, bias, layout):
        projected = (words @ weights.T + bias).reshape(5, n_heads, dim).swapaxes(0, 1)
        return apply_rotary(projected, cos, sin, layout=layout)

    q, k = (heads(w, b, source) for w, b in zip(weights, biases, strict=True))
    new_weights, new_biases = (
        [convert_rotary_weights(w, n_heads, source=source, target=target) for w in old] for old in (weights, biases)
    )
    new_q, new_k = (heads(w, b, target) for w, b in zip(new_weights, new_biases, strict=True))
    np.testing.assert_allclose(new_q @ new_k.swapaxes(1, 2), q @ k.swapaxes(1, 2), atol=1e-12)
    there = convert_rotary_weights(new_weights[0], n_heads, source=target, target=source)
    np.testing.assert_array_equal(there, weights[0])
    assert not np.shares_memory(new_weights[0], weights)


def test_order_of_rows_is_that_of_the_conversion_script():
    """For each head w.view(n_heads, d / 2, 2, -1).transpose(1, 2), as the conversion script of Transformers does, convert_llama_weights_to_hf."""
    w = np.arange(16 * 3).reshape(16, 3)
    as_there = w.reshape(2, 4, 2, 3).swapaxes(1, 2).reshape(16, 3)
    np.testing.assert_array_equal(convert_rotary_weights(w, 2, source="interleaved", target="halves"), as_there)
    rows = convert_rotary_weights(list(range(8)), 1, source="interleaved", target="halves")
    assert rows.tolist() == [0, 2, 4, 6, 1, 3, 5, 7]


def test_weights_of_partial_heads_as_the_docstring_says():
    n_heads, dim, part = 2, 10, 6
    w, words = vectors(n_heads * dim, 3), vectors(5, 3)
    cos, sin = rotary_cos_sin(range(5), part)
    heads = w.reshape(n_heads, dim, -1).copy()
    heads[:, :part] = convert_layout(heads[:, :part], source="halves", target="interleaved", axis=1)
    before = apply_rotary(words @ w.reshape(n_heads, dim, -1).swapaxes(1, 2), cos, sin, layout="halves")
    after = apply_rotary(words @ heads.swapaxes(1, 2), cos, sin, layout="interleaved")
    np.testing.assert_allclose(after @ after.swapaxes(1, 2), before @ before.swapaxes(1, 2), atol=1e-12)


MUTANTS = {
    "the other layout": lambda x, p, layout: apply_rotary(
        x, *rotary_cos_sin(p, 8), layout=LAYOUTS[layout == "interleaved"]
    ),
    "the wrong sense": lambda x, p, layout: apply_rotary(x, *rotary_cos_sin(-p, 8), layout=layout),
    "sine and cosine exchanged": lambda x, p, layout: apply_rotary(x, *rotary_cos_sin(p, 8)[::-1], layout=layout),
    "frequencies from index 1": lambda x, p, layout: apply_rotary(
        x, *rotary_cos_sin(p, 8, freqs=10000.0 ** (-2 * np.arange(1, 5) / 8)), layout=layout
    ),
    "positions from 1": lambda x, p, layout: apply_rotary(x, *rotary_cos_sin(p + 1, 8), layout=layout),
    "the grid that ends on the base": lambda x, p, layout: apply_rotary(
        x, *rotary_cos_sin(p, 8, freqs=frequencies(8, spacing="tensor2tensor")), layout=layout
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", MUTANTS)
def test_the_loop_rejects_every_known_mistake(name, layout):
    x, p = vectors(6, 8), np.arange(6)
    wrong = MUTANTS[name](x, p, layout)
    assert abs(wrong - by_the_formula(x, p, 10000, layout)).max() > 0.1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_each_mistake_keeps_and_loses(layout):
    """Scores: one layout for queries and another for keys breaks them; one wrong layout for both does not show there."""
    q, k = vectors(2, 8)
    other = LAYOUTS[layout == "interleaved"]

    def score(m, n, layouts):
        return np.dot(
            *(
                apply_rotary(x, *rotary_cos_sin(p, 8), layout=at)
                for x, p, at in zip((q, k), (m, n), layouts, strict=True)
            )
        )

    assert abs(score(3, 5, (layout, other)) - score(4, 6, (layout, other))) > 0.05
    assert abs(score(3, 5, (other, other)) - score(4, 6, (other, other))) < 1e-12
    assert abs(score(3, 5, (other, other)) - score(3, 5, (layout, layout))) > 0.05


def test_turned_values_tell_the_absolute_position():
    """Values are left alone: turned, the same words further on give another sum, unless it is turned back."""
    values, weights = vectors(3, 8), np.array([0.2, 0.3, 0.5])

    def out(start):
        return weights @ apply_rotary(values, *rotary_cos_sin(start + np.arange(3), 8), layout="halves")

    assert abs(out(0) - out(5)).max() > 0.1
    back = [rotary_matrix(-start, 8, layout="halves") @ out(start) for start in (0, 5)]
    np.testing.assert_allclose(*back, atol=1e-14)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(position=places, pairs=st.integers(1, 3), base=bases)
def test_symbolic_twins(layout, position, pairs, base):
    p, b = sp.symbols("p b", positive=True)
    dim = 2 * pairs
    twin = sp.lambdify([p, b], symbolic.rotary_matrix(p, dim, base=b, layout=layout), "numpy")(position, base)
    np.testing.assert_allclose(twin, rotary_matrix(position, dim, base=base, layout=layout), atol=1e-10)
    tables = sp.lambdify([p, b], symbolic.rotary_cos_sin(p, dim, base=b), "numpy")(position, base)
    np.testing.assert_allclose(tables, rotary_cos_sin(position, dim, base=base), atol=1e-10)


def test_symbolic_twins_with_own_frequencies():
    p, w, v = sp.symbols("p w v")
    matrix = symbolic.rotary_matrix(p, 4, freqs=[w, v], layout="halves")
    assert matrix == symbolic.shift_matrix(p, 4, freqs=[w, v], layout="halves").T
    assert symbolic.rotary_cos_sin(p, 4, freqs=[w, v]) == (
        (sp.cos(p * w), sp.cos(p * v)),
        (sp.sin(p * w), sp.sin(p * v)),
    )


X, (COS, SIN) = np.zeros((2, 5, 8)), rotary_cos_sin(range(5), 8)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rotary_cos_sin(3, 7), ValueError, "dim must be even for rotary_cos_sin, got 7"),
        (lambda: rotary_cos_sin(True, 8), TypeError, "positions must be real numbers, got True of type bool"),
        (lambda: rotary_cos_sin([np.nan], 8), ValueError, "positions must be finite, got nan"),
        (lambda: rotary_cos_sin(3, 8, dtype=int), TypeError, "dtype must be a NumPy floating-point type"),
        (lambda: rotary_cos_sin(3, 8, freqs=[1, 2]), ValueError, "freqs must have shape (4,), one frequency a pair"),
        (lambda: rotary_cos_sin(3, 4, base=9, freqs=[1, 2]), ValueError, "base must be left out when freqs is given"),
        (lambda: rotary_matrix(3, 7, layout="halves"), ValueError, "dim must be even for rotary_matrix, got 7"),
        (lambda: rotary_matrix([3], 8, layout="halves"), TypeError, "position must be one number, got an array"),
        (lambda: rotary_matrix(3j, 8, layout="halves"), TypeError, "position must be a real number, got 3j"),
        (lambda: rotary_matrix(3, 8), TypeError, "missing 1 required keyword-only argument: 'layout'"),
        (
            lambda: rotary_matrix(3, 8, layout="neox"),
            ValueError,
            "layout must be 'interleaved' or 'halves', got 'neox'",
        ),
        (lambda: apply_rotary(X, COS, SIN), TypeError, "missing 1 required keyword-only argument: 'layout'"),
        (
            lambda: apply_rotary(X, COS, SIN, layout=None),
            ValueError,
            "layout must be 'interleaved' or 'halves', got None",
        ),
        (
            lambda: apply_rotary(3.0, COS, SIN, layout="halves"),
            ValueError,
            "x must have an axis that holds the entries",
        ),
        (lambda: apply_rotary(np.float32(3), COS, SIN, layout="halves"), ValueError, "x must have an axis that holds"),
        (
            lambda: apply_rotary(X[..., :7], COS[..., :3], SIN[..., :3], layout="halves"),
            ValueError,
            "the length of the last axis of x must be even, got 7",
        ),
        (
            lambda: apply_rotary(X, np.tile(COS, 2), np.tile(SIN, 2), layout="halves"),
            ValueError,
            "cos must have 1 to 4 columns, one a pair of the last axis of x, got shape (5, 8)",
        ),
        (
            lambda: apply_rotary(X, COS[:, :0], SIN[:, :0], layout="halves"),
            ValueError,
            "cos must have 1 to 4 columns, one a pair of the last axis of x, got shape (5, 0)",
        ),
        (
            lambda: apply_rotary(X, 1.0, 0.0, layout="halves"),
            ValueError,
            "cos must have 1 to 4 columns, one a pair of the last axis of x, got shape ()",
        ),
        (
            lambda: apply_rotary(X, COS[:4], SIN[:4], layout="halves"),
            ValueError,
            "the leading axes of cos must fit those of x, (2, 5), from the right, got (4,)",
        ),
        (
            lambda: apply_rotary(X[0, :1], COS, SIN, layout="halves"),
            ValueError,
            "the leading axes of cos must fit those of x, (1,), from the right, got (5,)",
        ),
        (
            lambda: apply_rotary(X[0, 0], COS, SIN, layout="interleaved"),
            ValueError,
            "the leading axes of cos must fit those of x, (), from the right, got (5,)",
        ),
        (
            lambda: apply_rotary(X, COS, SIN[0], layout="halves"),
            ValueError,
            "sin must have the shape of cos, (5, 4), got shape (4,)",
        ),
        (
            lambda: apply_rotary(X.astype(np.int64), COS, SIN, layout="halves"),
            TypeError,
            "x must hold floating-point numbers, got type int64",
        ),
        (
            lambda: apply_rotary(X + 0j, COS, SIN, layout="halves"),
            TypeError,
            "x must hold floating-point numbers, got type complex128",
        ),
        (
            lambda: apply_rotary(X, COS + 1j * SIN, SIN, layout="interleaved"),
            TypeError,
            "cos must hold real numbers, got type complex128",
        ),
        (
            lambda: apply_rotary(X, COS, SIN > 0, layout="interleaved"),
            TypeError,
            "sin must hold real numbers, got type bool",
        ),
        (
            lambda: convert_rotary_weights(np.zeros((16, 3)), 3, source="halves", target="interleaved"),
            ValueError,
            "n_heads must divide the 16 rows of weights, got 3",
        ),
        (
            lambda: convert_rotary_weights(np.zeros(9), 3, source="halves", target="interleaved"),
            ValueError,
            "weights must have an even number of rows for each head, got 3",
        ),
        (
            lambda: convert_rotary_weights(np.zeros((0, 3)), 1, source="halves", target="interleaved"),
            ValueError,
            "the number of rows of weights must be at least 1, got 0",
        ),
        (
            lambda: convert_rotary_weights(3.0, 1, source="halves", target="interleaved"),
            ValueError,
            "weights must have an axis of rows, got a single number",
        ),
        (
            lambda: convert_rotary_weights(np.zeros(8), 0, source="halves", target="interleaved"),
            ValueError,
            "n_heads must be at least 1, got 0",
        ),
        (
            lambda: convert_rotary_weights(np.zeros(8), 2.0, source="halves", target="interleaved"),
            TypeError,
            "n_heads must be an integer, got 2.0",
        ),
        (
            lambda: convert_rotary_weights(np.zeros(8), 2, source="halves", target="meta"),
            ValueError,
            "target must be 'interleaved' or 'halves', got 'meta'",
        ),
        (lambda: symbolic.rotary_cos_sin(3, 7), ValueError, "dim must be even for rotary_cos_sin, got 7"),
        (
            lambda: symbolic.rotary_matrix(3, 7, layout="halves"),
            ValueError,
            "dim must be even for rotary_matrix, got 7",
        ),
        (lambda: symbolic.rotary_matrix(3, 8), TypeError, "missing 1 required keyword-only argument: 'layout'"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    refuses(call, error, message)


def test_a_missing_library_is_named_with_its_extra():
    """NumPy arrays need nothing else, in a Python that has nothing else."""
    code = """
import sys
sys.modules["array_api_compat"] = None
import numpy as np
from posenc import apply_rotary, rotary_cos_sin
class Tensor:
    shape, dtype = (4,), "float32"
    __getitem__ = None
cos, sin = rotary_cos_sin(1, 4)
print(apply_rotary(np.ones(4), cos, sin, layout="halves").shape)
apply_rotary(Tensor(), cos, sin, layout="halves")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "(4,)\n"
    said = "apply_rotary needs array-api-compat for an x of type __main__.Tensor: pip install 'posenc[arrays]'"
    assert result.stderr.strip().splitlines()[-1] == f"ModuleNotFoundError: {said}"
