"""The theorems of "Does it work beyond the training length?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, block_matrix, layouts, offsets, other_layout, positions, theorem

import posenc

pairs = st.integers(1, 8)


def _blocks(block):
    """A stand-in for `posenc.shift_matrix` with another block, a function of the angle."""

    def shift_matrix(offset, dim, *, base, layout):
        return block_matrix([block(offset * w) for w in posenc.frequencies(dim, base=base)], layout)

    return shift_matrix


@theorem(
    "thm-relative-score-carries-over",
    of=posenc.shift_matrix,
    mutants={
        "minus sign lost": _blocks(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]]),
        "reflection": _blocks(lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), -np.cos(a)]]),
        "sines only": _blocks(lambda a: [[np.cos(a), 0], [0, 0]]),
        "counter-clockwise": _blocks(lambda a: [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]),
        "layouts exchanged": other_layout(posenc.shift_matrix),
    },
    here=st.tuples(positions, positions),
    moved_by=offsets,
    mixture=st.lists(st.tuples(st.floats(-2, 2), offsets), min_size=1, max_size=4),
    pairs=pairs,
    base=bases,
    layout=layouts,
)
def test_a_score_of_the_offset_is_the_same_everywhere(shift_matrix, here, moved_by, mixture, pairs, base, layout):
    """Any mixture of shifts has the form of the theorem; its score is read off `posenc.similarity`."""
    dim, options = 2 * pairs, {"base": base, "layout": layout}
    p, q = here
    A = sum(share * shift_matrix(k, dim, **options) for share, k in mixture)

    def score(p, q):
        query, key = posenc.sinusoidal([p, q], dim, **options)
        return query @ A @ key

    by_offset = sum(share * posenc.similarity(p - q - k, dim, base=base) for share, k in mixture)
    np.testing.assert_allclose(score(p, q), by_offset, rtol=0, atol=1e-8)
    np.testing.assert_allclose(score(p + moved_by, q + moved_by), score(p, q), rtol=0, atol=1e-8)


def _surprise(table, targets):
    """The loss of the theorem for a table of scores; `targets` says how many positions are in training."""
    n = len(targets)
    seen = table[:n, :n]
    return (targets * (np.log(np.exp(seen).sum(axis=1, keepdims=True)) - seen)).sum()


def _slope(table, targets, *, keys=None):
    """Its derivative by every entry of the table, with the softmax over the first `keys` keys."""
    n = len(targets)
    keys = keys or n
    powers = np.exp(table[:n, :keys])
    slope = np.zeros_like(table)
    slope[:n, :keys] = targets.sum(axis=1, keepdims=True) * powers / powers.sum(axis=1, keepdims=True)
    slope[:n, :n] -= targets
    return slope


def _shared(table, targets):
    """As if the scores were made of sinusoidal rows: a step for one pair moves the others."""
    rows = posenc.sinusoidal(range(len(table)), 4)
    overlap = rows @ rows.T
    return overlap @ _slope(table, targets) @ overlap


@theorem(
    "thm-unseen-rows-stay",
    of=_slope,
    mutants={
        "padding not masked": lambda table, targets: _slope(table, targets, keys=len(table)),
        "rows share parameters": _shared,
        "with a penalty": lambda table, targets: _slope(table, targets) + 1e-3 * table,
        "nothing is learned anywhere": lambda table, targets: np.zeros_like(table),
        "the right key is pushed down": lambda table, targets: -_slope(table, targets),
    },
    seen=st.integers(1, 6),
    unseen=st.integers(1, 6),
    seed=st.integers(0, 10**6),
)
def test_what_never_occurs_has_no_slope(slope, seen, unseen, seed):
    rng = np.random.default_rng(seed)
    table, targets = rng.normal(size=(seen + unseen,) * 2), rng.random((seen, seen))
    found = slope(table, targets)
    assert not found[seen:].any()
    assert not found[:, seen:].any()

    direction = rng.normal(size=table.shape)
    step = 1e-5 * direction
    measured = (_surprise(table + step, targets) - _surprise(table - step, targets)) / 2e-5
    np.testing.assert_allclose((found * direction).sum(), measured, rtol=0, atol=1e-6)
