"""Tables by turning: equal positions have equal rows to the last bit, and no row is less exact than sine and cosine."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refusal import refuses

import posenc
from posenc import _rotations

LAYOUTS = ["interleaved", "halves"]
DTYPES = [np.float16, np.float32, np.float64, np.longdouble, ">f4"]
#: Around the places where digits change, and far from them.
starts = st.one_of(
    st.integers(-300, 300),
    st.sampled_from([64, 4096, 262144, 10**7]).flatmap(lambda p: st.integers(p - 70, p + 70)),
    st.integers(-(10**7), 10**7),
)
dims = st.one_of(st.integers(1, 40), st.sampled_from([64, 127, 128, 512]))
tables = {
    "dim": dims,
    "layout": st.sampled_from(LAYOUTS),
    "dtype": st.sampled_from(DTYPES),
    "base": st.sampled_from([None, 2.0, 1e6]),
}


def same_bits(a, b):
    """The same numbers, zeros with the same sign: a long double has bytes that mean nothing."""
    alike = a.shape == b.shape and a.dtype == b.dtype
    return alike and bool((a == b).all() and (np.signbit(a) == np.signbit(b)).all())


@settings(deadline=None)
@given(
    start=starts, count=st.integers(1, 400), step=st.sampled_from([1, 1, 1, 2, -1, 64, -300]), **tables, data=st.data()
)
def test_a_row_depends_on_its_position_alone(start, count, step, data, **table):
    """Not on the range, the piece, the order or the kind of list in which it stands."""
    positions = range(start, start + count * step, step)
    whole = posenc.sinusoidal(positions, **table)
    cut = data.draw(st.integers(0, count))
    pieces = [posenc.sinusoidal(piece, **table) for piece in (positions[:cut], positions[cut:])]
    assert same_bits(np.concatenate(pieces).astype(whole.dtype), whole)
    some = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=8))
    for row in some:
        assert same_bits(posenc.sinusoidal(positions[row], **table), whole[row])
    listed = [positions[row] for row in some]
    for kind in (list, np.array, lambda p: np.array(p, dtype=float), lambda p: np.array(p, dtype=np.int32)):
        assert same_bits(posenc.sinusoidal(kind(listed), **table), whole[some])
    order = np.random.default_rng(0).permutation(count)
    assert same_bits(posenc.sinusoidal(np.array(positions)[order], **table), whole[order])


@settings(deadline=None)
@given(start=starts, count=st.integers(1, 300), dim=dims, dtype=st.sampled_from(DTYPES))
def test_layouts_are_the_same_numbers_in_another_order(start, count, dim, dtype):
    positions = range(start, start + count)
    interleaved, halves = (posenc.sinusoidal(positions, dim, layout=layout, dtype=dtype) for layout in LAYOUTS)
    assert same_bits(posenc.convert_layout(halves, source="halves", target="interleaved"), interleaved)
    if not dim % 2:
        cos, sin = posenc.rotary_cos_sin(positions, dim, dtype=dtype)
        assert same_bits(np.concatenate([sin, cos], axis=-1).astype(dtype), halves)


@settings(deadline=None)
@given(start=starts, count=st.integers(1, 200), fraction=st.sampled_from([0, 0.25]), **tables)
def test_another_type_is_the_float64_table_rounded(start, count, fraction, dtype, **table):
    positions = np.arange(start, start + count) + fraction
    double, other = (posenc.sinusoidal(positions, dtype=kind, **table) for kind in (np.float64, dtype))
    assert same_bits(double.astype(dtype), other)


@settings(deadline=None)
@given(start=starts, fractions=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), **tables)
def test_a_fraction_is_computed_directly_and_changes_no_row_beside_it(start, fractions, dim, layout, dtype, base):
    whole = np.arange(start, start + 100)
    both = posenc.sinusoidal([*fractions, *whole], dim, layout=layout, dtype=dtype, base=base)
    assert same_bits(both[len(fractions) :], posenc.sinusoidal(whole, dim, layout=layout, dtype=dtype, base=base))
    fractional = np.array([p for p in fractions if not p.is_integer()])
    assume(len(fractional))
    angles = np.multiply.outer(fractional, posenc.frequencies(dim, base=base or 10000.0))
    for wave, compute in (("sin", np.sin), ("cos", np.cos)):
        for pair in range(dim // 2):
            column = posenc.column_of(pair, wave, dim, layout=layout)
            table = posenc.sinusoidal(fractional, dim, layout=layout, dtype=dtype, base=base)
            assert (table[:, column] == compute(angles[:, pair]).astype(dtype)).all()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_zeros_have_one_sign_whatever_stands_beside_them(layout, dtype):
    """Where an angle is 0 or -0: frequency 0, a negative one, position -0.0."""
    freqs = [0.0, -1.0, 1e-3, -0.0]
    whole = posenc.sinusoidal(range(-9000, 9000), 8, freqs=freqs, layout=layout, dtype=dtype)
    for p in (-8192, -4097, -100, -64, -3, -0.5, -0.0, 0, 5, 64, 4096):
        alone = posenc.sinusoidal([p], 8, freqs=freqs, layout=layout, dtype=dtype)
        for other in (100, -100, 5000, -5000, 0.5):
            assert same_bits(posenc.sinusoidal([p, other], 8, freqs=freqs, layout=layout, dtype=dtype)[:1], alone)
        assert p == -0.5 or same_bits(whole[[int(p) + 9000]], alone)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_large_tables_and_small_ones(layout):
    """Sizes at which blocks of products are cut differently, at each of three digits."""
    for dim in (2, 16, 64, 510, 4096, 20000):
        for first in (0, -5000, 4000):
            positions = range(first, first + 9000 * 16 // max(dim, 16) + 300)
            table = posenc.sinusoidal(positions, dim, layout=layout, dtype=np.float32)
            for row in np.random.default_rng(0).integers(0, len(positions), 20):
                assert same_bits(posenc.sinusoidal(positions[row], dim, layout=layout, dtype=np.float32), table[row])


@pytest.mark.parametrize("p", [2**53 - 1, 2**53, 2**53 + 1, 2**60, 10**18, -(2**53) - 3])
def test_beyond_the_whole_numbers_of_a_float(p):
    """An integer that no float64 holds is rounded to one, as NumPy does, wherever it stands."""
    row = posenc.sinusoidal(p, 8)
    assert same_bits(posenc.sinusoidal(float(p), 8), row)
    assert same_bits(posenc.sinusoidal([0, p, 0.5], 8)[1], row)
    assert same_bits(posenc.sinusoidal(range(p, p + 3), 8)[0], row)
    with mp.workdps(60):
        angles = [mp.mpf(float(p)) * mp.mpf(float(w)) for w in posenc.frequencies(8)]
        errors = [abs(mp.mpf(float(x)) - mp.sin(a)) / abs(a) for x, a in zip(row[0::2], angles, strict=True)]
    assert max(errors) < 2.0**-52


def exact(p, freqs):
    return [(mp.sin(p * w), mp.cos(p * w)) for w in freqs]


def test_against_fifty_digits_up_to_ten_million():
    """All pairs of d = 512: float32 is within half a unit of its last place, float64 errs as its angles do."""
    rng = np.random.default_rng(0)
    positions = [*rng.integers(0, 10**7, 12), *(10**7 - rng.integers(0, 5000, 12)), -(10**7), 4095, 4096, 262144]
    single, double = (posenc.sinusoidal(positions, 512, dtype=dtype) for dtype in (np.float32, np.float64))
    with mp.workdps(50):
        freqs = [mp.mpf(10000) ** (-mp.mpf(i) / 256) for i in range(256)]
        for row, p in enumerate(map(int, positions)):
            for i, waves in enumerate(exact(p, freqs)):
                for column, value in enumerate(waves, 2 * i):
                    assert abs(mp.mpf(float(single[row, column])) - value) < 2**-25 + 2e-9
                    assert abs(mp.mpf(float(double[row, column])) - value) < 2.3e-16 * abs(p) + 1e-15


@settings(deadline=None)
@given(start=starts, count=st.integers(1, 100), frequency=st.floats(-4, 4))
def test_bound_on_the_error_of_a_row(start, count, frequency):
    """The error that the chapter proves: half a unit of rounding for each radian, and 9 more."""
    table = posenc.sinusoidal(range(start, start + count), 2, freqs=[frequency])
    with mp.workdps(50):
        for row in (0, count // 2, count - 1):
            angle = mp.mpf(start + row) * mp.mpf(frequency)
            error = max(
                abs(mp.mpf(float(table[row, 0])) - mp.sin(angle)), abs(mp.mpf(float(table[row, 1])) - mp.cos(angle))
            )
            assert error <= (abs(angle) + 9) * mp.mpf(2) ** -53 * (1 + mp.mpf(2) ** -20)


@given(start=starts, count=st.integers(0, 200), **tables, data=st.data())
@settings(deadline=None)
def test_out_holds_what_would_be_returned(start, count, data, **table):
    positions = range(start, start + count)
    expected = posenc.sinusoidal(positions, **table)
    del table["dtype"]
    room = np.full((2 * count + 1, 2 * expected.shape[1]), 9, expected.dtype)
    for out in (
        np.empty_like(expected),
        room[1 : 1 + count, : table["dim"]],
        room[: 2 * count : 2, ::2],
        room[::-2, 1::2][:count],
    ):
        out[...] = 7
        assert posenc.sinusoidal(positions, **table, out=out) is out
        assert same_bits(out, expected)
    columns = np.asfortranarray(np.empty_like(expected))
    assert posenc.sinusoidal(positions, **table, out=columns) is columns
    assert (columns == expected).all()


def test_out_writes_nothing_beside_it():
    large = np.full((300, 20), 7.0)
    posenc.sinusoidal(range(100), 16, out=large[100:200, 2:18])
    for untouched in (large[:100], large[200:], large[:, :2], large[:, 18:]):
        assert (untouched == 7).all()


@pytest.mark.parametrize(("dtype", "odd_byte"), [(np.float32, 1), (np.float32, 4), (np.float64, 4)])
def test_out_may_begin_at_any_byte(dtype, odd_byte):
    expected = posenc.sinusoidal(range(700), 24, dtype=dtype)
    memory = bytearray(odd_byte + expected.nbytes)
    out = np.frombuffer(memory, dtype, offset=odd_byte).reshape(expected.shape)
    assert same_bits(posenc.sinusoidal(range(700), 24, out=out), expected)


def test_out_of_more_axes_and_of_none():
    positions = np.arange(600).reshape(2, 300)
    out = np.empty((300, 2, 8)).transpose(1, 0, 2)
    assert posenc.sinusoidal(positions, 8, out=out) is out
    np.testing.assert_array_equal(out, posenc.sinusoidal(positions, 8))
    row = np.empty(8, dtype=np.float32)
    assert posenc.sinusoidal(5, 8, out=row, dtype=np.float32) is row
    np.testing.assert_array_equal(row, posenc.sinusoidal(5, 8, dtype=np.float32))


def test_out_may_be_the_memory_of_the_arguments():
    numbers = np.arange(64.0).reshape(8, 8)
    expected = posenc.sinusoidal(numbers[:, 0], 8, freqs=numbers[1, :4])
    assert (posenc.sinusoidal(numbers[:, 0], 8, freqs=numbers[1, :4], out=numbers) == expected).all()


def test_results_share_no_memory():
    one, other = posenc.sinusoidal(range(300), 16), posenc.sinusoidal(range(300), 16)
    assert not np.shares_memory(one, other)
    cos, sin = posenc.rotary_cos_sin(range(300), 16)
    assert not np.shares_memory(cos, sin)
    one[:] = 0
    np.testing.assert_array_equal(posenc.sinusoidal(range(300), 16), other)


@pytest.mark.parametrize("failing", [False, True])
def test_the_buffer_of_numpy_is_left_as_it_was(failing):
    usual = np.getbufsize()
    if failing:
        with pytest.raises(TypeError):
            _rotations._multiply_and_round(np.ones((1, 1)), np.ones((1, 1)), "nowhere")
    posenc.sinusoidal(range(300), 16, dtype=np.float32)
    assert np.getbufsize() == usual


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"out": [[0.0] * 8] * 3}, TypeError, "out must be a NumPy array, got [["),
        ({"out": np.empty((3, 8), int)}, TypeError, "out must hold floating-point numbers, got type int64"),
        ({"out": np.empty((3, 8), complex)}, TypeError, "out must hold floating-point numbers, got type complex128"),
        ({"out": np.empty((3, 7))}, ValueError, "out must have shape (3, 8), got shape (3, 7)"),
        ({"out": np.empty((4, 8))}, ValueError, "out must have shape (3, 8), got shape (4, 8)"),
        ({"out": np.broadcast_to(np.zeros(8), (3, 8))}, ValueError, "out must be an array that can be written to"),
        (
            {"out": np.empty((3, 8)), "dtype": np.float32},
            ValueError,
            "dtype must be left out or be float64, the type of out, got <class 'numpy.float32'>",
        ),
        ({"out": np.empty((3, 8)), "dtype": int}, TypeError, "dtype must be a NumPy floating-point type"),
        ({"out": np.empty((3, 8)), "layout": "x"}, ValueError, "layout must be"),
    ],
)
def test_bad_out_is_named(options, error, message):
    refuses(lambda: posenc.sinusoidal(range(3), 8, **options), error, message)
