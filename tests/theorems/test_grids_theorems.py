"""The theorems of "Encode a place in an image"."""

import hypothesis.strategies as st
import numpy as np
from theorem import apart, layouts, seeds, softmax, theorem

import posenc


def _ladder(pairs):
    return (
        st.lists(st.floats(0.3, 3), min_size=pairs, max_size=pairs)
        .filter(lambda freqs: apart(freqs, 0.3))
        .map(np.array)
    )


different = st.integers(1, 3).flatmap(_ladder)
two_ladders = st.integers(1, 3).flatmap(lambda pairs: st.tuples(_ladder(pairs), _ladder(pairs)))
coordinates = st.tuples(st.floats(-100, 100), st.floats(-100, 100)).map(np.array)
moves = st.tuples(st.floats(-10, 10), st.floats(-10, 10)).map(np.array)


def _added(points, dim, *, freqs, layout):
    """Both axes in one set of columns, and zeros for the rest."""
    points = np.asarray(points, dtype=float)
    summed = sum(posenc.sinusoidal(points[..., a], dim // 2, freqs=freqs, layout=layout) for a in (0, 1))
    return np.concatenate([summed, np.zeros_like(summed)], axis=-1)


def _patch_by_patch(points, dim, *, freqs, layout):
    """One number a patch, row after row of 14."""
    points = np.asarray(points, dtype=float)
    numbers = 14 * points[..., 0] + points[..., 1]
    return np.tile(posenc.sinusoidal(numbers, dim // 2, freqs=freqs, layout=layout), 2)


def _columns_first(points, dim, *, freqs, layout):
    return posenc.sinusoidal_grid(np.asarray(points)[..., ::-1], dim, freqs=freqs, layout=layout)


def _each_axis_half_as_fast(points, dim, *, freqs, layout):
    """The frequencies of all the columns, shared out among the axes."""
    return posenc.sinusoidal_grid(points, dim, freqs=freqs / 2, layout=layout)


@theorem(
    "thm-grid-move",
    of=posenc.sinusoidal_grid,
    mutants={
        "added": _added,
        "numbered patch by patch": _patch_by_patch,
        "columns first": _columns_first,
        "half as fast": _each_axis_half_as_fast,
    },
    place=coordinates,
    move=moves,
    freqs=different,
    layout=layouts,
)
def test_side_by_side_a_move_is_two_shifts_and_a_product_two_similarities(grid, place, move, freqs, layout):
    size = 2 * len(freqs)
    here, there = grid(np.array([place, place + move]), 2 * size, freqs=freqs, layout=layout)
    down, right = (posenc.shift_matrix(k, size, freqs=freqs, layout=layout) for k in move)
    close = {"rtol": 0, "atol": 1e-9}
    np.testing.assert_allclose(there, [*(down @ here[:size]), *(right @ here[size:])], **close)
    np.testing.assert_allclose(here @ there, posenc.similarity(move, size, freqs=freqs).sum(), **close)


def _missed(encode, move, ladders, layout, seed):
    """What the best matrix misses when every one of many points is moved."""
    points = np.random.default_rng(seed).uniform(-20, 20, size=(80, 2))
    before, after = (encode(p, ladders, layout) for p in (points, points + move))
    best = np.linalg.lstsq(before, after, rcond=None)[0]
    return np.abs(before @ best - after).max()


def _of_axis(points, axis, ladders, layout):
    return posenc.sinusoidal(points[:, axis], 2 * len(ladders[axis]), freqs=ladders[axis], layout=layout)


def _sum_of_axes(points, ladders, layout):
    return sum(_of_axis(points, axis, ladders, layout) for axis in (0, 1))


def _two_sets_of_columns(points, ladders, layout):
    return np.concatenate([_of_axis(points, axis, ladders, layout) for axis in (0, 1)], axis=-1)


def _rows_only(points, ladders, layout):
    return 2 * _of_axis(points, 0, ladders, layout)


def _sum_of_coordinates(points, ladders, layout):
    """The encoding of a sum of numbers is not the sum of their encodings."""
    return _rows_only(points.sum(axis=1, keepdims=True), ladders, layout)


@theorem(
    "thm-grid-move",
    of=_sum_of_axes,
    mutants={
        "side by side": _two_sets_of_columns,
        "the same axis twice": _rows_only,
        "the coordinates are added": _sum_of_coordinates,
    },
    move=moves,
    ladders=two_ladders,
    one_for_both=st.booleans(),
    layout=layouts,
    seed=seeds,
)
def test_added_no_matrix_moves_every_point_unless_both_shifts_agree(encode, move, ladders, one_for_both, layout, seed):
    if one_for_both:
        ladders = ladders[0], ladders[0]
    dim = 2 * len(ladders[0])
    down, right = (posenc.shift_matrix(k, dim, freqs=f, layout=layout) for k, f in zip(move, ladders, strict=True))
    if np.abs(down - right).max() > 0.1:
        assert _missed(encode, move, ladders, layout, seed) > 1e-3


@theorem(
    "thm-grid-move",
    of=_sum_of_axes,
    mutants={
        "a third ladder": lambda points, ladders, layout: _sum_of_axes(points, (ladders[0], 1.3 * ladders[1]), layout),
        "multiplied": lambda points, ladders, layout: (
            _of_axis(points, 0, ladders, layout) * _of_axis(points, 1, ladders, layout)
        ),
        "numbered patch by patch": lambda points, ladders, layout: _of_axis(
            np.rint(points) @ [[14], [1]], 0, ladders, layout
        ),
    },
    step=st.floats(-10, 10),
    slower=st.floats(0.5, 2),
    freqs=different,
    layout=layouts,
    seed=seeds,
)
def test_added_there_is_a_matrix_if_both_shifts_agree(encode, step, slower, freqs, layout, seed):
    """Columns whose clocks are slower by some factor turn as far in a step that is longer by it."""
    move, ladders = np.array([step, step * slower]), (freqs, freqs / slower)
    assert _missed(encode, move, ladders, layout, seed) < 1e-7


@theorem(
    "thm-grid-move",
    of=_sum_of_axes,
    mutants={"side by side": _two_sets_of_columns, "rows only": _rows_only},
    place=coordinates.filter(lambda p: abs(p[0] - p[1]) > 0.1),
    freqs=st.lists(st.floats(0.3, 0.31), min_size=1, max_size=3).map(np.array),
    layout=layouts,
)
def test_added_mirrored_points_have_one_encoding(encode, place, freqs, layout):
    here, mirrored = encode(np.array([place, place[::-1]]), (freqs, freqs), layout)
    np.testing.assert_allclose(here, mirrored, rtol=0, atol=1e-9)


def _scores_of_a_table(encode):
    def scores(query, keys, freqs, layout, seed):
        dim = 4 * len(freqs)
        head = np.random.default_rng(seed).normal(size=(dim, dim))
        rows = encode(np.concatenate([query[None], keys]), dim, freqs=freqs, layout=layout)
        return rows[1:] @ head @ rows[0]

    return scores


def _scores_of_rotary(angles, contents="equal"):
    def scores(query, keys, freqs, layout, seed):
        dim = 4 * len(freqs)
        rng = np.random.default_rng(seed)
        x, y = rng.normal(size=dim), rng.normal(size=(len(keys) if contents == "different" else 1, dim))
        turns = angles(np.concatenate([query[None], keys]), freqs)
        turned = [np.cos(turns), np.sin(turns)]
        q = posenc.apply_rotary(x[None], *(t[:1] for t in turned), layout=layout)
        k = posenc.apply_rotary(np.broadcast_to(y, (len(keys), dim)), *(t[1:] for t in turned), layout=layout)
        return k @ q[0]

    return scores


def _one_axis_a_pair(points, freqs):
    return np.concatenate([np.multiply.outer(points[:, axis], freqs) for axis in (0, 1)], axis=-1)


def _mixed(points, freqs):
    return np.concatenate([np.multiply.outer(points @ way, freqs) for way in ([1, 1], [1, -1])], axis=-1)


@theorem(
    "thm-grid-product",
    of=_scores_of_a_table(posenc.sinusoidal_grid),
    mutants={
        "numbered patch by patch": _scores_of_a_table(_patch_by_patch),
        "mixed rotary": _scores_of_rotary(_mixed),
        "contents differ": _scores_of_rotary(_one_axis_a_pair, "different"),
    },
    query=coordinates,
    shape=st.tuples(st.integers(2, 5), st.integers(2, 5)),
    freqs=different,
    layout=layouts,
    seed=seeds,
)
def test_weights_over_a_grid_are_a_product(scores, query, shape, freqs, layout, seed):
    keys = np.stack(np.indices(shape), axis=-1).reshape(-1, 2).astype(float)
    found = scores(query, keys, freqs, layout, seed).reshape(shape)
    corners = found - found[:1] - found[:, :1] + found[0, 0]
    np.testing.assert_allclose(corners, 0, atol=1e-8)
    weights = softmax(found.ravel()).reshape(shape)
    rows, columns = weights.sum(axis=1), weights.sum(axis=0)
    np.testing.assert_allclose(weights, np.outer(rows, columns), rtol=0, atol=1e-9)
    np.testing.assert_allclose(rows, softmax(found[:, 0]), rtol=0, atol=1e-9)
    np.testing.assert_allclose(columns, softmax(found[0]), rtol=0, atol=1e-9)


@theorem(
    "thm-grid-product",
    of=_scores_of_rotary(_one_axis_a_pair),
    mutants={
        "every pair turns with both axes": _scores_of_rotary(_mixed),
        "contents differ": _scores_of_rotary(_one_axis_a_pair, "different"),
    },
    query=coordinates,
    shape=st.tuples(st.integers(2, 5), st.integers(2, 5)),
    freqs=different,
    layout=layouts,
    seed=seeds,
)
def test_rotary_with_one_axis_a_pair_gives_a_sum(scores, query, shape, freqs, layout, seed):
    keys = np.stack(np.indices(shape), axis=-1).reshape(-1, 2).astype(float)
    found = scores(query, keys, freqs, layout, seed).reshape(shape)
    np.testing.assert_allclose(found, found[:, :1] + found[:1] - found[0, 0], rtol=0, atol=1e-8)


def _product_of_two(weights):
    return np.outer(weights.sum(axis=1), weights.sum(axis=0))


@theorem(
    "thm-grid-product",
    of=_product_of_two,
    mutants={
        "a mean of the two": lambda w: (w.sum(axis=1)[:, None] / w.shape[1] + w.sum(axis=0) / w.shape[0]) / 2,
        "rows only": lambda w: np.broadcast_to(w.sum(axis=1)[:, None] / w.shape[1], w.shape),
    },
    shape=st.tuples(st.integers(2, 4), st.integers(2, 4)),
    interaction=st.floats(-3, 3),
    seed=seeds,
)
def test_weights_are_a_product_exactly_when_no_four_corners_disagree(product, shape, interaction, seed):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=shape[0])[:, None] + rng.normal(size=shape[1])
    scores[0, 0] += interaction
    weights = softmax(scores.ravel()).reshape(shape)
    missed = np.abs(np.log(product(weights) / weights)).max()
    assert missed < 1e-9 if interaction == 0 else missed >= abs(interaction) / 4 - 1e-9
