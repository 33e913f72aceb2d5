"""The theorems of "Learn one vector for each position"."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import assume
from theorem import seeds, softmax, theorem

import posenc


def slopes(head, rows):
    """How the loss of a head that looks for the word before depends on its matrix and on the rows of the text."""
    wrong = (softmax(rows[1:] @ head @ rows.T) - np.eye(len(rows) - 1, len(rows))) / (len(rows) - 1)
    by_rows = wrong.T @ rows[1:] @ head
    by_rows[1:] += wrong @ rows @ head.T
    return rows[1:].T @ wrong @ rows, by_rows


class Method:
    """Gradient descent, with momentum, or Adam, for one parameter, with decoupled decay."""

    def __init__(self, name, parameter, decay, *, penalty=0.0, left=0.0):
        self.name, self.decay, self.penalty, self.t = name, decay, penalty, 0
        self.mean, self.square = np.full_like(parameter, left), np.full_like(parameter, left**2)

    def step(self, parameter, gradient, rate):
        gradient, self.t = gradient + self.penalty * parameter, self.t + 1
        if self.name == "momentum":
            self.mean = 0.9 * self.mean + gradient
            gradient = self.mean
        elif self.name == "adam":
            self.mean = 0.9 * self.mean + 0.1 * gradient
            self.square = 0.99 * self.square + 0.01 * gradient**2
            size = np.sqrt(self.square / (1 - 0.99**self.t))
            gradient = self.mean / (1 - 0.9**self.t) / (size + 1e-8)
        return parameter - rate * gradient - rate * self.decay * parameter


def train(head, table, texts, rates, name, decay, *, padded=False, shared=False, **more):
    """Train on texts, each a start and a length; give back head and table."""
    of_head, of_table = Method(name, head, 0.0), Method(name, table, decay, **more)
    for (start, n), rate in zip(texts, rates, strict=True):
        stop = len(table) if padded else start + n
        by_head, by_rows = slopes(head, table[start:stop])
        gradient = np.zeros_like(table)
        gradient[start:stop] = by_rows
        if shared:  # every row learns a little from the row before it
            gradient[1:] += 0.1 * gradient[:-1]
        head = of_head.step(head, by_head, rate)
        table = of_table.step(table, gradient, rate)
    return head, table


def _variant(**options):
    return lambda *args: train(*args, **options)


def _penalty(head, table, texts, rates, name, decay):
    return train(head, table, texts, rates, "adam", 0.0, penalty=decay + 0.1)


def _no_decay_where_nothing_came_up(head, table, texts, rates, name, decay):
    """As lazy or sparse updates do: rows without a gradient are not decayed either."""
    after, rows = train(head, table, texts, rates, name, decay)
    reached = np.zeros(len(table), bool)
    for start, n in texts:
        reached[start : start + n] = True
    return after, np.where(reached[:, None], rows, table)


ROWS = 10
texts = st.lists(st.tuples(st.integers(0, 2), st.integers(2, 5)), min_size=1, max_size=6)


@theorem(
    "thm-unseen-rows",
    of=train,
    mutants={
        "padded to the full length, and not masked": _variant(padded=True),
        "rows that learn from the row before": _variant(shared=True),
        "Adam with a penalty on squares in the loss": _penalty,
        "momentum left over from before": _variant(left=1.0),
        "no decay for rows without a gradient": _no_decay_where_nothing_came_up,
    },
    texts=texts,
    first_rates=st.lists(st.floats(0.01, 1), min_size=6, max_size=6),
    name=st.sampled_from(["descent", "momentum", "adam"]),
    decay=st.floats(0, 0.9),
    seed=seeds,
)
def test_a_row_that_no_text_reached_keeps_its_start(train, texts, first_rates, name, decay, seed):
    rng = np.random.default_rng(seed)
    head, table = rng.normal(size=(4, 4)), rng.normal(size=(ROWS, 4))
    rates = np.array(first_rates[: len(texts)])
    unseen = np.ones(ROWS, bool)
    for start, n in texts:
        unseen[start : start + n] = False
    after, rows = train(head, table, texts, rates, name, decay)
    np.testing.assert_allclose(rows[unseen], np.prod(1 - rates * decay) * table[unseen], rtol=1e-9)
    lengths = np.linalg.norm(rows[unseen], axis=1) / np.linalg.norm(table[unseen], axis=1)
    assert (lengths <= np.exp(-decay * rates.sum()) + 1e-12).all()
    other = table + unseen[:, None] * rng.normal(size=table.shape)
    same, others = train(head, other, texts, rates, name, decay)
    np.testing.assert_array_equal(same, after)
    np.testing.assert_array_equal(others[~unseen], rows[~unseen])


def _with_intercept(table, offset):
    """Least squares with a constant beside the matrix."""
    here, there = table[:-offset], table[offset:]
    here = np.column_stack([here, np.ones(len(here))])
    found = np.linalg.lstsq(here, there, rcond=None)[0]
    return found[:-1].T, np.linalg.norm(there - here @ found) / np.linalg.norm(there)


def _around(table, offset):
    """The last rows move to the first ones."""
    there = np.roll(table, -offset, axis=0)
    found = np.linalg.lstsq(table, there, rcond=None)[0]
    return found.T, np.linalg.norm(there - table @ found) / np.linalg.norm(there)


def _backwards(table, offset):
    return posenc.fit_shift(np.asarray(table)[::-1], offset)


def _first_rows(table, offset):
    """Judged on as many rows as there are columns."""
    return posenc.fit_shift(table[: table.shape[1] + offset], offset)


@theorem(
    "thm-shift-by-counting",
    of=posenc.fit_shift,
    mutants={
        "a constant beside the matrix": _with_intercept,
        "the table closed to a circle": _around,
        "moved back instead of on": _backwards,
        "judged on the first rows only": _first_rows,
    },
    pairs=st.integers(1, 3),
    offset=st.integers(1, 5),
    more=st.integers(1, 12),
    seed=seeds,
)
def test_few_rows_shift_by_counting_and_many_by_structure(fit_shift, pairs, offset, more, seed):
    rng = np.random.default_rng(seed)
    dim = 2 * pairs
    few = rng.normal(size=(dim + offset, dim))
    assume(np.linalg.cond(few[:dim]) < 1e4)
    matrix, missed = fit_shift(few, offset)
    assert missed < 1e-9
    np.testing.assert_allclose(few[:-offset] @ matrix.T, few[offset:], atol=1e-6)
    many = rng.normal(size=(dim + offset + more, dim))
    assert fit_shift(many, offset)[1] > 1e-7
    freqs = np.linspace(0.3, 2.8, pairs) + rng.uniform(-0.1, 0.1, pairs)
    waves = posenc.sinusoidal(range(dim + offset + more), dim, freqs=freqs)
    matrix, missed = fit_shift(waves, offset)
    assert missed < 1e-9
    np.testing.assert_allclose(waves[:-offset] @ matrix.T, waves[offset:], atol=1e-8)
