"""The theorems of "What if likeness must depend on the offset alone?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import exponent_2j_over_d, seeds, theorem

import posenc

mixtures = st.lists(st.tuples(st.floats(0.2, 2), st.floats(0.05, np.pi - 0.05)), max_size=3)
perhaps = st.one_of(st.just(0.0), st.floats(0.3, 2))
lengths = st.integers(2, 12)


def _kernel(offsets, mixture, constant, sign):
    turning = sum((r**2 * np.cos(w * offsets) for r, w in mixture), np.zeros(offsets.shape))
    return turning + constant**2 + sign**2 * (-1.0) ** offsets


def _vectors(n, mixture, constant, sign, rng):
    """Vectors with the products of a kernel, by factoring their matrix; nothing is turned here."""
    places = np.arange(n)
    products = _kernel(places - places[:, None], mixture, constant, sign)
    sizes, directions = np.linalg.eigh(products)
    rows = (directions * np.sqrt(np.maximum(sizes, 0)))[:, sizes > 1e-12]
    rows = np.pad(rows, [(0, 0), (0, max(rng.integers(0, 3), 1 - rows.shape[1]))])
    return rows @ np.linalg.qr(rng.normal(size=(rows.shape[1], rows.shape[1])))[0]


def _copies(n, rng):
    """One vector, moved on by a place for each position: only the offset counts, and no wave was put in."""
    vector = np.pad(np.r_[1.0, rng.normal(size=3)], (0, n - 1))
    rows = np.array([np.roll(vector, p) for p in range(n)])
    return rows @ np.linalg.qr(rng.normal(size=(n + 3, n + 3)))[0]


def _rigid_step(table):
    left, _, right = np.linalg.svd(table[1:].T @ table[:-1])
    return left @ right


def _rotation_only(table):
    """As programs that align molecules do: the determinant is forced to be 1."""
    left, _, right = np.linalg.svd(table[1:].T @ table[:-1])
    left[:, -1] *= np.linalg.det(left @ right)
    return left @ right


def _walk(step, table):
    places = [table[0]]
    for _ in table[1:]:
        places.append(step @ places[-1])
    return np.array(places)


@theorem(
    "thm-distance-only",
    of=_rigid_step,
    mutants={
        "backwards": lambda table: _rigid_step(table).T,
        "two steps at once": lambda table: _rigid_step(table) @ _rigid_step(table),
        "a rotation, never a flip": _rotation_only,
        "it stands still": lambda table: np.eye(table.shape[1]),
    },
    n=lengths,
    mixture=mixtures,
    constant=perhaps,
    sign=perhaps,
    copies=st.booleans(),
    seed=seeds,
)
def test_one_orthogonal_matrix_makes_every_step(rigid_step, n, mixture, constant, sign, copies, seed):
    rng = np.random.default_rng(seed)
    table = _copies(n, rng) if copies else _vectors(n, mixture, constant, sign, rng)
    step = rigid_step(table)
    np.testing.assert_allclose(step.T @ step, np.eye(len(step)), rtol=0, atol=1e-9)
    np.testing.assert_allclose(_walk(step, table), table, rtol=0, atol=1e-5)


def _waves(table):
    """Frequencies and their weights, from the planes and directions that the rigid step leaves alone."""
    step = _rigid_step(table)
    cosines, directions = np.linalg.eigh((step + step.T) / 2)
    return np.arccos(np.clip(cosines, -1, 1)), (directions.T @ table[0]) ** 2


def _changed(change):
    return lambda table: change(*_waves(table))


@theorem(
    "thm-distance-only",
    of=_waves,
    mutants={
        "the sign taken for a constant": _changed(lambda w, weights: (np.where(w > 3.1, 0, w), weights)),
        "no constant": _changed(lambda w, weights: (w, np.where(w < 1e-3, 0, weights))),
        "no frequencies above a quarter turn": _changed(lambda w, weights: (np.minimum(w, np.pi / 2), weights)),
        "radii not squared": _changed(lambda w, weights: (w, np.sqrt(weights))),
        "one wave only": _changed(lambda w, weights: (w, np.where(weights == weights.max(), weights.sum(), 0))),
    },
    n=lengths,
    mixture=mixtures,
    constant=perhaps,
    sign=perhaps,
    copies=st.booleans(),
    seed=seeds,
)
def test_the_products_are_a_sum_of_cosines_a_constant_and_a_sign(waves, n, mixture, constant, sign, copies, seed):
    rng = np.random.default_rng(seed)
    table = _copies(n, rng) if copies else _vectors(n, mixture, constant, sign, rng)
    frequencies, weights = waves(table)
    by_offset = np.cos(np.outer(np.arange(n), frequencies)) @ weights
    places = np.arange(n)
    np.testing.assert_allclose(table @ table.T, by_offset[abs(places - places[:, None])], rtol=0, atol=1e-5)


def _scaled(rows):
    return rows * np.arange(1, len(rows) + 1)[:, None]


def _random(n, mixture, constant, sign, rng):
    return rng.normal(size=(n, 8))


def _neighbours_only(n, mixture, constant, sign, rng):
    """Equal lengths and equal products of neighbours, by a random walk on a sphere of three dimensions."""
    rows = [np.array([0.0, 0.0, 1.0])]
    for _ in range(n - 1):
        across = np.cross(rows[-1], rng.normal(size=3))
        rows.append(np.cos(1.0) * rows[-1] + np.sin(1.0) * across / np.linalg.norm(across))
    return np.array(rows)


@theorem(
    "thm-distance-only",
    of=_vectors,
    mutants={
        "exponent 2j/d": lambda n, *given: exponent_2j_over_d(np.arange(n), 8, base=100.0),
        "random": _random,
        "only neighbours are equally alike": _neighbours_only,
        "rows that grow": lambda *given: _scaled(_vectors(*given)),
    },
    n=st.integers(4, 12),
    mixture=mixtures,
    constant=st.floats(0.3, 2),
    sign=perhaps,
    seed=seeds,
)
def test_only_tables_with_such_products_are_moved_rigidly(vectors, n, mixture, constant, sign, seed):
    table = vectors(n, mixture, constant, sign, np.random.default_rng(seed))
    np.testing.assert_allclose(_walk(_rigid_step(table), table), table, rtol=0, atol=1e-5)


def _likeness(offset, weights, freqs):
    """The dot product of two encodings whose pairs have the given squares of radii."""
    radii = np.repeat(np.sqrt(weights), 2)
    here, there = (posenc.sinusoidal(p, 2 * len(freqs), freqs=freqs) * radii for p in (0, offset))
    return there @ here


# One hand that needs n + 1 steps for a turn comes no nearer than the bound allows, so the bound is tried where it is tight.
tight = st.integers(2, 60).map(lambda n: (n, [(1.0, 2 * np.pi / (n + 1))]))
any_hands = st.tuples(st.integers(2, 9), st.lists(st.tuples(st.floats(0, 5), st.floats(0, 7)), min_size=1, max_size=3))


@theorem(
    "thm-closeness-returns",
    of=_likeness,
    mutants={
        "it falls like rho^k": lambda k, weights, freqs: weights.sum() * 0.7**k,
        "it falls along a line": lambda k, weights, freqs: weights.sum() * (1 - k / 3),
        "both columns fade": lambda k, weights, freqs: _likeness(k, weights, freqs) * np.exp(-k / 2),
        "a negative weight": lambda k, weights, freqs: (
            _likeness(k, weights, freqs) - 2 * weights[0] * np.cos(freqs[0] * k)
        ),
    },
    n_and_hands=st.one_of(tight, any_hands),
)
def test_some_offset_is_nearly_as_alike_as_a_position_is_to_itself(likeness, n_and_hands):
    n, hands = n_and_hands
    weights, freqs = np.array(hands).T
    largest = max(likeness(k, weights, freqs) for k in range(1, n ** len(hands) + 1))
    assert largest >= weights.sum() * (1 - 2 * np.pi**2 / n**2) - 1e-12


@theorem(
    "thm-falling-costs-columns",
    of=lambda rho, offset: rho**offset,
    mutants={
        "it falls as a cosine does": lambda rho, offset: np.cos((1 - rho) * offset),
        "two cosines": lambda rho, offset: (np.cos((1 - rho) * offset) + np.cos(2 * rho * offset)) / 2,
        "it does not fall": lambda rho, offset: 1.0 + 0 * offset,
    },
    rho=st.floats(0.05, 0.9),
    n=st.integers(1, 12),
)
def test_a_likeness_that_falls_by_one_factor_needs_as_many_columns_as_positions(likeness, rho, n):
    places = np.arange(n)
    products = likeness(rho, abs(places - places[:, None]).astype(float))
    assert np.linalg.matrix_rank(products, tol=1e-9) == n
    np.testing.assert_allclose(np.linalg.slogdet(products)[1], (n - 1) * np.log(1 - rho**2), rtol=1e-8)
