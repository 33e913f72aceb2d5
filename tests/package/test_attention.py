"""A head that can be trained: its weights, and gradients held against differences and against SymPy."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from refusal import refuses

from posenc import attention, frequencies, rotary_cos_sin, shift_matrix, sinusoidal

KINDS = ["plain", "masked", "turned", "texts"]


def case(kind, loss, seed=0):
    """Rows, a head, what is wanted and the options: two queries of five are not asked."""
    rng = np.random.default_rng(seed)
    shape = (3, 5) if kind == "texts" else (5,)
    rows, head = rng.normal(size=(*shape, 6)), {name: rng.normal(size=(6, 4)) for name in ("query", "key")}
    given = {"turn": rotary_cos_sin(range(5), 4)} if kind == "turned" else {}
    if kind == "masked":
        given["bias"] = np.where(np.tri(5) > 0, rng.normal(size=(5, 5)), -np.inf)
    if loss is attention.read_loss:
        head["value"] = rng.normal(size=(6, 3))
        wanted = np.eye(3)[rng.integers(3, size=shape)]
        wanted[..., :2, :] = 0
    else:
        wanted = np.broadcast_to(np.eye(5, k=-2), (*shape, 5))
    return rows, head, wanted, given


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", [attention.look_loss, attention.read_loss], ids=["look", "read"])
def test_the_gradient_is_the_slope_of_the_loss(loss, kind):
    rows, head, wanted, options = case(kind, loss)
    _, gradient = loss(rows, head, wanted, **options)
    assert gradient.keys() == (head.keys() if loss is attention.look_loss else head.keys() | {"rows"})

    def slope(name, at, step=1e-5):
        moved = []
        for sign in (1, -1):
            changed = {"rows": rows, **head}
            changed[name] = changed[name].copy()
            changed[name][at] += sign * step
            moved.append(loss(changed.pop("rows"), changed, wanted, **options)[0])
        return (moved[0] - moved[1]) / (2 * step)

    for name, found in gradient.items():
        measured = np.array([slope(name, at) for at in np.ndindex(found.shape)]).reshape(found.shape)
        np.testing.assert_allclose(found, measured, atol=1e-8)
        assert abs(found).max() > 1e-3
        if found.shape[0] == found.shape[-1]:
            assert abs(found.T - measured).max() > 1e-3, "a wrong transpose must be seen"


def symbolic_head(wanted, read):
    """Two places of two columns, queries and keys of one entry, all of them symbols; and the loss."""
    sizes = {"rows": 2, "query": 1, "key": 1} | ({"value": 2} if read else {})
    made = {name: sp.Matrix(2, n, sp.symbols(f"{name[0]}:{2 * n}", real=True)) for name, n in sizes.items()}
    scores = made["rows"] * made["query"] * (made["rows"] * made["key"]).T
    powers = scores.applyfunc(sp.exp)
    weights = sp.Matrix(2, 2, lambda p, q: powers[p, q] / sum(powers.row(p)))
    if read:
        named = (weights * made["rows"] * made["value"]).applyfunc(sp.exp)
        weights = sp.Matrix(2, 2, lambda p, word: named[p, word] / sum(named.row(p)))
    places = range(2)
    return made, -sum(wanted[p][q] * sp.log(weights[p, q]) for p in places for q in places) / 2


@pytest.mark.parametrize("read", [False, True], ids=["look", "read"])
def test_the_gradient_is_that_of_sympy(read):
    wanted = [[0, 1], [1, 0]]
    made, loss = symbolic_head(wanted, read)
    rng = np.random.default_rng(1)
    numbers = {name: rng.normal(size=matrix.shape) for name, matrix in made.items()}
    symbols, put = [s for name in made for s in made[name]], [x for name in made for x in numbers[name].ravel()]
    rows = numbers.pop("rows")
    found, gradient = (attention.read_loss if read else attention.look_loss)(rows, numbers, wanted)
    assert found == pytest.approx(sp.lambdify(symbols, loss)(*put), abs=1e-12)
    for name, slope in gradient.items():
        exact = [sp.lambdify(symbols, loss.diff(symbol))(*put) for symbol in made[name]]
        np.testing.assert_allclose(slope.ravel(), exact, atol=1e-12)


def test_what_is_attended_to_is_the_softmax_of_the_scores():
    rows, head, _, options = case("masked", attention.look_loss)
    weights = attention.attend(rows, head, **options)
    for p in range(5):
        scores = [(head["query"].T @ rows[p]) @ (head["key"].T @ rows[q]) / 2 + options["bias"][p, q] for q in range(5)]
        powers = np.exp(scores)
        np.testing.assert_allclose(weights[p], powers / powers.sum(), atol=1e-12)
    assert (weights[np.triu_indices(5, 1)] == 0).all()


def test_turned_queries_and_keys_meet_by_their_offset():
    rng = np.random.default_rng(0)
    head = {name: rng.normal(size=(3, 8)) for name in ("query", "key")}
    rows = np.tile(rng.normal(size=3), (6, 1))  # one word, six times
    near, far = (
        attention.attend(rows, head, turn=rotary_cos_sin(start + np.arange(6), 8, freqs=frequencies(8)))
        for start in (0, 1000)
    )
    np.testing.assert_allclose(near, far, atol=1e-9)
    assert np.ptp(near) > 0.1


def test_large_scores_do_not_overflow():
    np.testing.assert_array_equal(attention.softmax([1e4, -1e4, 1e4]), [0.5, 0, 0.5])
    np.testing.assert_array_equal(attention.softmax([[-1e4, -np.inf]]), [[1, 0]])


@settings(max_examples=30)
@given(st.integers(1, 4), st.sampled_from(["interleaved", "halves"]), st.integers(0, 2**32 - 1))
def test_the_offset_part_is_the_nearest_matrix_that_commutes(pairs, layout, seed):
    rng = np.random.default_rng(seed)
    matrix, dim = rng.normal(size=(2, 2 * pairs, 2 * pairs)), 2 * pairs
    part = attention.offset_part(matrix, layout=layout)
    shift = shift_matrix(1.0, dim, layout=layout)
    np.testing.assert_allclose(part @ shift, shift @ part, atol=1e-12)
    rest, other = matrix - part, attention.offset_part(rng.normal(size=(dim, dim)), layout=layout)
    np.testing.assert_allclose((rest * other).sum(axis=(1, 2)), 0, atol=1e-12)
    np.testing.assert_allclose(attention.offset_part(part, layout=layout), part)


def test_a_random_matrix_has_an_offset_part_of_one_in_dim():
    matrices = np.random.default_rng(0).normal(size=(4000, 16, 16))
    shares = (attention.offset_part(matrices) ** 2).sum(axis=(1, 2)) / (matrices**2).sum(axis=(1, 2))
    assert shares.mean() == pytest.approx(1 / 16, rel=0.03)


def test_adam_follows_its_paper():
    """Algorithm 1 of the paper, on one number, written out."""
    weights, memory, mean, square, expected = {"w": [3.0]}, None, 0.0, 0.0, 3.0
    for step in range(1, 6):
        slope = 2 * expected
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        expected -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights, memory = attention.adam_step(weights, {"w": 2 * np.asarray(weights["w"])}, memory, rate=0.05)
        np.testing.assert_allclose(weights["w"], [expected], rtol=1e-14)
    assert memory.steps == 5


def test_a_step_leaves_its_arguments_alone():
    head = {"query": np.ones((2, 2)), "fixed": np.ones(3)}
    new, memory = attention.adam_step(head, {"query": np.ones((2, 2)), "rows": np.ones(9)})
    again, _ = attention.adam_step(new, {"query": np.ones((2, 2))}, memory)
    assert (head["query"] == 1).all()
    assert (new["query"] != again["query"]).all()
    assert new.keys() == head.keys()
    assert new["fixed"] is not head["fixed"]
    assert memory.steps == 1


EYES = {"query": np.eye(2), "key": np.eye(2)}
TWO = np.eye(2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: attention.softmax([-np.inf, -np.inf]), ValueError, "scores must have a finite number along the last"),
        (lambda: attention.softmax([np.inf, 0.0]), ValueError, "scores must be finite, got inf"),
        (lambda: attention.softmax([-np.inf, np.nan]), ValueError, "scores must be finite, got nan"),
        (lambda: attention.softmax("ab"), TypeError, "scores must be real numbers, got 'ab' of type <U2"),
        (lambda: attention.attend([1.0, 2.0], EYES), ValueError, "rows must have the shape (..., places, columns)"),
        (lambda: attention.attend(TWO, {"key": TWO}), ValueError, "head must have a matrix 'query', got ['key']"),
        (
            lambda: attention.attend(TWO, EYES | {"key": np.eye(3)}),
            ValueError,
            "head['key'] must have a row for each of 2 columns, got (3, 3)",
        ),
        (
            lambda: attention.attend(TWO, EYES | {"key": np.ones((2, 1))}),
            ValueError,
            "query and key must have one shape, got (2, 2) and (2, 1)",
        ),
        (
            lambda: attention.attend(TWO, EYES, bias=np.zeros((3, 2, 2))),
            ValueError,
            "bias must fit the scores of shape (2, 2), got (3, 2, 2)",
        ),
        (
            lambda: attention.attend(TWO, EYES, bias=np.zeros(3)),
            ValueError,
            "bias must fit the scores of shape (2, 2), got (3,)",
        ),
        (lambda: attention.attend(TWO, EYES, turn=([np.nan], [0.0])), ValueError, "turn must be finite, got nan"),
        (
            lambda: attention.look_loss(TWO, EYES, np.eye(3)),
            ValueError,
            "wanted must fit the shape (2, 2), got (3, 3)",
        ),
        (lambda: attention.look_loss(TWO, EYES, [[0, 2], [1, 0]]), ValueError, "wanted must have rows of numbers"),
        (lambda: attention.look_loss(TWO, EYES, np.zeros((2, 2))), ValueError, "wanted must have rows of numbers"),
        (lambda: attention.look_loss(TWO, EYES, [[2, -1], [1, 0]]), ValueError, "wanted must have rows of numbers"),
        (lambda: attention.read_loss(TWO, EYES, TWO), ValueError, "head must have a matrix 'value'"),
        (lambda: attention.adam_step(EYES, {"key": [1.0]}), ValueError, "gradient['key'] must have the shape (2, 2)"),
        (lambda: attention.adam_step(EYES, {}, rate=0), ValueError, "rate must be positive, got 0"),
        (
            lambda: attention.offset_part(np.eye(3)),
            ValueError,
            "matrix must be square with an even side, got the shape (3, 3)",
        ),
        (lambda: attention.offset_part(np.eye(2), layout="other"), ValueError, "layout must be 'interleaved' or"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    refuses(call, error, message)


def test_a_head_learns_to_look_three_back():
    rng, memory, rows = np.random.default_rng(0), None, sinusoidal(range(32), 16)
    head = {name: rng.normal(size=(16, 16)) / 16 for name in ("query", "key")}
    for _ in range(300):
        _, gradient = attention.look_loss(rows, head, np.eye(32, k=-3))
        head, memory = attention.adam_step(head, gradient, memory)
    assert (attention.attend(rows, head)[3:].argmax(axis=1) == np.arange(29)).all()
