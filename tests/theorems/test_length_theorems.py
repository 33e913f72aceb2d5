"""The theorems of "Does it work beyond the training length?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import (
    bases,
    block_matrix,
    exponent_2j_over_d,
    layouts,
    offsets,
    other_layout,
    positions,
    seeds,
    theorem,
)

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
    here=positions,
    offset=offsets,
    moved_by=offsets,
    mixture=st.lists(st.tuples(st.floats(-2, 2), offsets), min_size=1, max_size=4),
    pairs=pairs,
    base=bases,
    layout=layouts,
)
def test_a_score_of_the_offset_is_the_same_everywhere(
    shift_matrix, here, offset, moved_by, mixture, pairs, base, layout
):
    """Any mixture of shifts has the form of the theorem; its score is read off `posenc.similarity`."""
    dim, options = 2 * pairs, {"base": base, "layout": layout}
    A = sum(share * shift_matrix(m, dim, **options) for share, m in mixture)

    def score(p, k):
        query, key = posenc.sinusoidal([p, p + k], dim, **options)
        return query @ A @ key

    by_offset = sum(share * posenc.similarity(offset + m, dim, base=base) for share, m in mixture)
    np.testing.assert_allclose(score(here, offset), by_offset, rtol=0, atol=1e-8)
    np.testing.assert_allclose(score(here + moved_by, offset), score(here, offset), rtol=0, atol=1e-8)


def _sines_only(places, dim, *, base, layout):
    """A table by one who leaves the cosines out."""
    rows = posenc.sinusoidal(places, dim, base=base, layout=layout)
    rows[..., [posenc.column_of(i, "cos", dim, layout=layout) for i in range(dim // 2)]] = 0
    return rows


@theorem(
    "thm-relative-score-carries-over",
    of=posenc.sinusoidal,
    mutants={
        "every column a frequency of its own": exponent_2j_over_d,
        "sines only": _sines_only,
        "cosine first": lambda places, dim, **options: -posenc.sinusoidal(np.negative(places), dim, **options),
        "layouts exchanged": other_layout(posenc.sinusoidal),
    },
    here=positions,
    offset=offsets,
    entries=st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=8),
    base=bases,
    layout=layouts,
)
def test_any_weight_and_any_turn_of_each_pair_gives_a_score_of_the_offset(
    sinusoidal, here, offset, entries, base, layout
):
    """All a_i and b_i, also those that no mixture of few shifts gives."""
    dim = 2 * len(entries)
    A = block_matrix([[[a, b], [-b, a]] for a, b in entries], layout)
    query, key = sinusoidal([here, here + offset], dim, base=base, layout=layout)
    angles = offset * posenc.frequencies(dim, base=base)
    waves = sum(a * np.cos(w) - b * np.sin(w) for (a, b), w in zip(entries, angles, strict=True))
    np.testing.assert_allclose(query @ A @ key, waves, rtol=0, atol=1e-8)


def _surprise(table, targets):
    """The loss of the chapter for a table of scores; `targets` says how many positions are in training."""
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
    "check-unseen-rows-stay",
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
    seed=seeds,
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


# Convex losses of a table of scores, each with its value, first and second derivative by the scores.


def _softmax_loss(scores, targets):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances, weight = powers / powers.sum(axis=1, keepdims=True), targets.sum(axis=1, keepdims=True)
    value = (targets * (np.log(powers.sum(axis=1, keepdims=True)) + scores.max(axis=1, keepdims=True) - scores)).sum()
    n = len(scores)
    bend = np.zeros((n, n, n, n))
    for row in range(n):
        bend[row, :, row] = weight[row] * (np.diag(chances[row]) - np.outer(chances[row], chances[row]))
    return value, weight * chances - targets, bend.reshape(n * n, -1)


def _squares(scores, targets):
    gap = scores - 3 * targets
    return (gap**2).sum(), 2 * gap, 2 * np.eye(gap.size)


def _logistic(scores, targets):
    chances = 1 / (1 + np.exp(-scores))
    value = (np.logaddexp(0, scores) - targets * scores).sum()
    return value, chances - targets, np.diag((chances * (1 - chances)).ravel())


LOSSES = {"softmax": _softmax_loss, "squares": _squares, "logistic": _logistic}


def _minimum(maps, loss, targets, weights):
    """The least point of mean over `maps` M of loss(M a) + sum of weights a^2, by Newton's method with halved steps."""
    n = targets[0].shape[0]
    a = np.zeros(maps[0].shape[1])

    def at(a):
        parts = [loss((M @ a).reshape(n, n), y) for M, y in zip(maps, targets, strict=True)]
        return sum(value for value, _, _ in parts) / len(maps) + weights @ a**2, parts

    value, parts = at(a)
    for _ in range(100):
        slope = sum(M.T @ g.ravel() for M, (_, g, _) in zip(maps, parts, strict=True)) / len(maps) + 2 * weights * a
        if abs(slope).max() < 1e-11:
            break
        bend = sum(M.T @ H @ M for M, (_, _, H) in zip(maps, parts, strict=True)) / len(maps)
        step, size = np.linalg.solve(bend + 2 * np.diag(weights), slope), 1.0
        while at(a - size * step)[0] > value and size > 1e-6:
            size /= 2
        a = a - size * step
        value, parts = at(a)
    return a


def _train(starts, freqs, loss, targets, penalty, *, keys_move=True, sines=1.0, same_task=True):
    """The matrix with the least mean loss over windows at these starts."""
    n, dim = len(targets), 2 * len(freqs)
    windows = [posenc.sinusoidal(s + np.arange(n), dim, freqs=freqs) for s in starts]
    maps = [np.kron(rows, rows if keys_move else windows[0]) for rows in windows]
    tasks = [targets if same_task or s % 2 else np.roll(targets, 1, axis=0) for s in starts]
    weights = penalty * np.where(np.arange(dim * dim) // dim % 2, 1.0, sines)
    return _minimum(maps, LOSSES[loss], tasks, weights).reshape(dim, dim)


def _mutant(**options):
    return lambda starts, *task: _train(starts, *task, **options)


@st.composite
def cycles(draw):
    """A number of places after which all hands are back, and different frequencies between 0 and pi for it.

    The mean over one cycle is then the mean over all whole starts.
    """
    places = draw(st.integers(3, 13))
    whole = st.lists(st.integers(1, (places - 1) // 2), min_size=1, max_size=3, unique=True)
    return places, 2 * np.pi * np.array(draw(whole)) / places


@theorem(
    "thm-trained-everywhere",
    of=_train,
    mutants={
        "trained in one place": lambda starts, *task: _train(starts[:1], *task),
        "trained in half of the places": lambda starts, *task: _train(starts[: (len(starts) + 1) // 2], *task),
        "only the queries move": _mutant(keys_move=False),
        "the penalty falls on the sines": _mutant(sines=5.0),
        "another task in every other place": _mutant(same_task=False),
    },
    cycle=cycles(),
    length=st.integers(1, 4),
    loss=st.sampled_from(sorted(LOSSES)),
    penalty=st.floats(0.01, 1),
    moved_by=offsets,
    seed=seeds,
)
def test_training_in_all_places_leaves_the_best_score_of_the_offset(
    train, cycle, length, loss, penalty, moved_by, seed
):
    places, freqs = cycle
    dim = 2 * len(freqs)
    targets = np.random.default_rng(seed).random((length, length))
    found = train(list(range(places)), freqs, loss, targets, penalty)
    turn = posenc.shift_matrix(moved_by, dim, freqs=freqs)
    np.testing.assert_allclose(found @ turn, turn @ found, rtol=0, atol=1e-7)

    # The best of all blocks [[a, b], [-b, a]] on the window at 0, as waves of the offset; |A|^2 is 2(a^2 + b^2) a pair.
    offset = np.arange(length) - np.arange(length)[:, None]
    angles = np.multiply.outer(offset, freqs)
    waves = np.concatenate([np.cos(angles), -np.sin(angles)], axis=2).reshape(length**2, dim)
    a, b = np.split(_minimum([waves], LOSSES[loss], [targets], 2 * penalty * np.ones(dim)), 2)
    best = block_matrix([[[x, y], [-y, x]] for x, y in zip(a, b, strict=True)], "interleaved")
    np.testing.assert_allclose(found, best, rtol=0, atol=1e-7)


def _offset_part(matrix):
    """Of each pair's block, the part of the form [[a, b], [-b, a]]."""
    kept = np.zeros_like(matrix)
    for i in range(0, len(matrix), 2):
        (ss, sc), (cs, cc) = matrix[i : i + 2, i : i + 2]
        kept[i : i + 2, i : i + 2] = np.array([[ss + cc, sc - cs], [cs - sc, ss + cc]]) / 2
    return kept


OTHER_PARTS = {
    "the pairs' own blocks": lambda matrix: matrix * np.kron(np.eye(len(matrix) // 2), np.ones((2, 2))),
    "the diagonal": lambda matrix: np.diag(np.diag(matrix)),
    "the symmetric part": lambda matrix: (matrix + matrix.T) / 2,
    "nothing": np.zeros_like,
}


@theorem(
    "thm-trained-everywhere",
    of=_offset_part,
    mutants=OTHER_PARTS,
    steps=st.lists(st.floats(0.05, 1), min_size=1, max_size=3),
    seed=seeds,
)
def test_the_offset_part_is_the_mean_of_all_turned_versions(offset_part, steps, seed):
    """For any frequencies from 0.05 to 3 radians that are at least 0.05 apart; slower ones need more places."""
    freqs = np.cumsum(steps)
    matrix = np.random.default_rng(seed).normal(size=(2 * len(freqs),) * 2)
    # On the complex hands a turn is a factor, so the mean over 10^6 places is a geometric series.
    hands = np.kron(np.eye(len(freqs)), np.array([[1, -1j], [1, 1j]]) / np.sqrt(2))
    speeds = np.stack([freqs, -freqs], axis=1).ravel()
    waves = np.exp(1j * np.subtract.outer(speeds, speeds))
    still = np.eye(len(speeds), dtype=bool)
    factor = np.where(still, 1, (1 - waves**10**6) / (10**6 * np.where(still, 1, 1 - waves)))
    mean = hands.conj().T @ (factor * (hands @ matrix @ hands.conj().T)) @ hands
    np.testing.assert_allclose(mean, offset_part(matrix), rtol=0, atol=1e-3)


@theorem(
    "thm-trained-everywhere",
    of=_offset_part,
    mutants=OTHER_PARTS | {"twice as much": lambda matrix: 2 * _offset_part(matrix)},
    cycle=cycles(),
    length=st.integers(1, 4),
    loss=st.sampled_from(sorted(LOSSES)),
    seed=seeds,
)
def test_the_offset_part_is_never_worse_than_the_mean_over_all_places(offset_part, cycle, length, loss, seed):
    places, freqs = cycle
    rng = np.random.default_rng(seed)
    matrix, targets = rng.normal(size=(2 * len(freqs),) * 2), rng.random((length, length))
    kept = offset_part(matrix)

    def lost(matrix, start):
        rows = posenc.sinusoidal(start + np.arange(length), len(matrix), freqs=freqs)
        return LOSSES[loss](rows @ matrix @ rows.T, targets)[0]

    mean = np.mean([lost(matrix, start) for start in range(places)])
    assert lost(kept, rng.uniform(-100, 100)) <= mean + 1e-9
    np.testing.assert_allclose((matrix**2).sum(), (kept**2).sum() + ((matrix - kept) ** 2).sum(), rtol=1e-9)
