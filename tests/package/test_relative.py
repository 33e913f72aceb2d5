from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

from posenc import clipped_relative_positions, relative_position_bucket


@given(
    queries=st.lists(st.integers(-50, 50), max_size=5),
    keys=st.lists(st.integers(-50, 50), max_size=5),
    max_distance=st.integers(0, 8),
)
def test_clipped_positions_agree_with_a_loop(queries, keys, max_distance):
    indices = clipped_relative_positions(queries, keys, max_distance)
    assert indices.shape == (len(queries), len(keys))
    assert indices.dtype == np.intp
    for row, query in enumerate(queries):
        for column, key in enumerate(keys):
            offset = max(-max_distance, min(max_distance, key - query))
            assert indices[row, column] == range(-max_distance, max_distance + 1).index(offset)


def test_clipped_positions_of_any_shape():
    grid = np.arange(6).reshape(2, 3)
    indices = clipped_relative_positions(grid, [0, 5, 9, 1], 4)
    assert indices.shape == (2, 3, 4)
    np.testing.assert_array_equal(indices[1, 2], clipped_relative_positions(5, [0, 5, 9, 1], 4))
    np.testing.assert_array_equal(
        clipped_relative_positions([0, 5], grid, 4)[1], clipped_relative_positions(5, grid, 4)
    )
    assert isinstance(clipped_relative_positions(7, 5, 4), np.intp)
    assert clipped_relative_positions(7, 5, 4) == 2


def test_clipped_positions_depend_on_the_whole_offset_alone():
    np.testing.assert_array_equal(
        clipped_relative_positions([-0.5, 0.5], [0.5, 2.5], 2), clipped_relative_positions([0, 1], [1, 3], 2)
    )
    unsigned = np.arange(4, dtype=np.uint8)  # 0 - 3 would be 253
    np.testing.assert_array_equal(
        clipped_relative_positions(unsigned, unsigned, 3), clipped_relative_positions(range(4), range(4), 3)
    )


#: The least distance of each bucket of one direction, in T5's own `_relative_position_bucket` as transformers 5.24.0
#: has it (torch 2.13.0, float32), called with every offset from -5000 to 5000. The first two are T5's encoder and
#: decoder; the third is WavLM's setting, whose own copy in transformers gives the same.
FIRST_DISTANCES = {
    (True, 32, 128): [*range(8), 8, 12, 16, 23, 32, 46, 64, 91],
    (False, 32, 128): [*range(16), 16, 19, 21, 24, 27, 31, 35, 40, 46, 52, 59, 67, 77, 87, 99, 113],
    (True, 320, 800): [
        *range(80),
        *(80, 83, 85, 88, 90, 93, 96, 98, 101, 104, 107, 110, 114, 117, 120, 124, 127, 131, 135, 139, 143, 147, 151),
        *(156, 160, 165, 170, 175, 180, 185, 190, 196, 201, 207, 213, 220, 226, 233, 239, 246, 253, 261, 268, 276, 284),
        *(293, 301, 310, 319, 328, 338, 348, 358, 368, 379, 390, 401, 413, 425, 438, 450, 464, 477, 491, 505, 520, 535),
        *(551, 567, 583, 600, 618, 636, 655, 674, 693, 714, 734, 756, 778),
    ],
    (True, 64, 256): [*range(16), 16, 20, 23, 27, 32, 39, 46, 54, 64, 77, 91, 108, 128, 153, 182, 216],
    (False, 16, 64): [*range(8), 8, 11, 14, 18, 23, 30, 39, 50],
}


@pytest.mark.parametrize("setting", FIRST_DISTANCES)
def test_buckets_are_those_of_transformers(setting):
    bidirectional, num_buckets, max_distance = setting
    firsts = FIRST_DISTANCES[setting]
    one_way = np.repeat(range(len(firsts)), np.diff([*firsts, 5001]))
    ahead = len(firsts) + one_way[1:] if bidirectional else np.zeros(5000, dtype=int)
    expected = np.concatenate([one_way[::-1], ahead])
    buckets = relative_position_bucket(
        range(-5000, 5001), bidirectional=bidirectional, num_buckets=num_buckets, max_distance=max_distance
    )
    np.testing.assert_array_equal(buckets, expected)


def bucket_by_counting(offset, bidirectional, num_buckets, max_distance):
    """The definition as a loop, in fractions: climb while the distance has passed the next edge."""
    one_way = num_buckets // 2 if bidirectional else num_buckets
    exact = one_way // 2
    distance = abs(offset) if bidirectional else max(-offset, 0)
    bucket = min(distance, exact)
    if bucket == exact:
        reached, step = Fraction(distance, exact) ** (one_way - exact), Fraction(max_distance, exact)
        while bucket < one_way - 1 and reached >= step ** (bucket + 1 - exact):
            bucket += 1
    return bucket + one_way * (bidirectional and offset > 0)


@st.composite
def settings_of_buckets(draw):
    bidirectional = draw(st.booleans())
    num_buckets = 2 * draw(st.integers(2, 20)) if bidirectional else draw(st.integers(2, 40))
    max_distance = draw(st.integers(num_buckets // (4 if bidirectional else 2) + 1, 300))
    return bidirectional, num_buckets, max_distance


@given(setting=settings_of_buckets(), offset=st.integers(-400, 400))
def test_buckets_agree_with_a_loop_in_fractions(setting, offset):
    bidirectional, num_buckets, max_distance = setting
    bucket = relative_position_bucket(
        offset, bidirectional=bidirectional, num_buckets=num_buckets, max_distance=max_distance
    )
    assert bucket == bucket_by_counting(offset, *setting)


@given(setting=settings_of_buckets())
def test_buckets_stay_in_range_and_rise_with_the_distance(setting):
    bidirectional, num_buckets, max_distance = setting
    options = {"bidirectional": bidirectional, "num_buckets": num_buckets, "max_distance": max_distance}
    distances = np.array([*range(2 * max_distance), 10**6, 2.0**60, 1e300])
    behind, ahead = (relative_position_bucket(sign * distances, **options) for sign in (-1, 1))
    one_way = num_buckets // 2 if bidirectional else num_buckets
    assert behind[0] == 0
    assert (np.diff(behind) >= 0).all()
    assert (behind[max_distance:] == one_way - 1).all()
    np.testing.assert_array_equal(ahead[1:], behind[1:] + one_way if bidirectional else 0)


@pytest.mark.parametrize(("bidirectional", "first"), [(True, 91), (False, 113)])
def test_the_last_bucket_starts_before_128(bidirectional, first):
    buckets = relative_position_bucket(-np.arange(200), bidirectional=bidirectional)
    assert np.flatnonzero(buckets == buckets.max())[0] == first


def test_the_bucket_that_no_offset_has():
    assert set(range(32)) - set(relative_position_bucket(range(-500, 501)).tolist()) == {16}
    assert set(relative_position_bucket(range(-500, 501), bidirectional=False).tolist()) == set(range(32))


@pytest.mark.parametrize(
    ("setting", "distance", "exact", "float32"),
    [
        # In transformers 5.24.0 with torch 2.13.0, of all distances up to 5000 in this setting, 54 alone differs.
        # (54 / 24) ** 24 = (81 / 24) ** 16 exactly.
        ({"num_buckets": 48, "max_distance": 81}, 54, 40, 39),
        # There too: no edge, but float32 reaches the next one early.
        ({"num_buckets": 46, "max_distance": 164}, 107, 40, 41),
    ],
)
def test_where_float32_code_is_one_bucket_off(setting, distance, exact, float32):
    found = relative_position_bucket(-distance, bidirectional=False, **setting)
    assert found == exact == bucket_by_counting(-distance, False, **setting)
    assert found != float32


def test_powers_of_two_lie_on_edges_and_open_their_bucket():
    """With 8 exact buckets of 16 and edges at 8 * 16 ** (j / 8), distances 16, 32 and 64 are the edges 2, 4 and 6."""
    np.testing.assert_array_equal(relative_position_bucket([-15, -16, -31, -32, -63, -64]), [9, 10, 11, 12, 13, 14])


def test_buckets_of_any_shape():
    grid = np.arange(-3, 3).reshape(2, 3)
    buckets = relative_position_bucket(grid)
    assert buckets.shape == (2, 3)
    assert buckets.dtype == np.intp
    assert relative_position_bucket([]).shape == (0,)
    for three in (3, 3.0, np.int8(3), np.uint64(3), np.float32(3)):
        for bidirectional in (True, False):
            bucket = relative_position_bucket(three, bidirectional=bidirectional)
            assert isinstance(bucket, np.intp)
            assert bucket == (19 if bidirectional else 0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: clipped_relative_positions([0, 1], [0.5], 2),
            ValueError,
            "key_positions - query_positions must be whole numbers, got 0.5",
        ),
        (lambda: clipped_relative_positions([True], [0], 2), TypeError, "query_positions must be real numbers"),
        (lambda: clipped_relative_positions([0], [1j], 2), TypeError, "key_positions must be real numbers"),
        (lambda: clipped_relative_positions([np.nan], [0], 2), ValueError, "query_positions must be finite, got nan"),
        (lambda: clipped_relative_positions([0], [np.inf], 2), ValueError, "key_positions must be finite, got inf"),
        (lambda: clipped_relative_positions([0], [0], -1), ValueError, "max_distance must be at least 0, got -1"),
        (lambda: clipped_relative_positions([0], [0], 2.0), TypeError, "max_distance must be an integer, got 2.0"),
        (lambda: relative_position_bucket(0.5), ValueError, "relative_position must be whole numbers, got 0.5"),
        (lambda: relative_position_bucket([False]), TypeError, "relative_position must be real numbers, got [False]"),
        (lambda: relative_position_bucket([np.nan]), ValueError, "relative_position must be finite, got nan"),
        (lambda: relative_position_bucket(0, bidirectional=1), TypeError, "bidirectional must be True or False, got 1"),
        (lambda: relative_position_bucket(0, num_buckets=2), ValueError, "num_buckets must be at least 4, got 2"),
        (
            lambda: relative_position_bucket(0, num_buckets=33),
            ValueError,
            "num_buckets must be even when bidirectional, got 33",
        ),
        (
            lambda: relative_position_bucket(0, num_buckets=1, bidirectional=False),
            ValueError,
            "num_buckets must be at least 2, got 1",
        ),
        (lambda: relative_position_bucket(0, num_buckets=32.0), TypeError, "num_buckets must be an integer, got 32.0"),
        (lambda: relative_position_bucket(0, max_distance=8), ValueError, "max_distance must be at least 9, got 8"),
        (lambda: relative_position_bucket(0, max_distance=128.0), TypeError, "max_distance must be an integer"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
