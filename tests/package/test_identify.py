"""`identify` names what made a table, and nothing else: tables of other code, rounded ones, and what is no table."""

import dataclasses
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from conventions import CONVENTIONS, ROUNDINGS, bfloat16, paper, table, tensor2tensor, zeroed
from refusal import refuses

import posenc
from posenc._identify import remade
from posenc._precision import stored_as
from posenc._reading import roundest, shown

ROWS = np.arange(8)
RECORDED = json.loads((Path(__file__).parent / "data" / "peers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_convention_is_named_from_eight_rows(name, rounding):
    make, layout, order, grid, more = CONVENTIONS[name]
    rng = np.random.default_rng(sum(map(ord, name + rounding)))
    for base in (10000.0, float(rng.choice([500, 1000, 100_000, 500_000, 1_000_000]))):
        for start in (0, int(rng.integers(-5, 5001))):
            d = int(rng.choice([64, 128, 512]))
            rows = ROUNDINGS[rounding](make(start + ROWS, d, base))
            found = posenc.identify(rows)
            assert (found.verdict, found.layout, found.order) == ("named", layout, order), str(found)
            assert (found.grid, found.base) == (grid, base), str(found)
            assert (found.first_position, found.step) == (start, 1), str(found)
            assert found.precision == rounding or grid.startswith("exponent")
            for field, value in more.items():
                assert getattr(found, field) == pytest.approx(value(d), rel=1e-12)
            assert found.residual <= {"bfloat16": 2.0**-8 * np.abs(rows).max(), "4 decimals": 1e-4}.get(rounding, 1e-2)


@pytest.mark.parametrize("seed", range(40))
def test_bases_and_starts_never_seen(seed):
    rng = np.random.default_rng(seed)
    base, start, d = float(np.exp(rng.uniform(6.3, 13.8))), int(rng.integers(-5, 5001)), int(rng.choice([32, 96, 300]))
    layout, order = rng.choice(["interleaved", "halves"]), rng.choice(["sine first", "cosine first"])
    rows = table(start + ROWS, paper(d, base), layout, order)
    rounding, within = [("float64", 1e-6), ("float32", 1e-3), ("bfloat16", 0.02)][seed % 3]
    found = posenc.identify(ROUNDINGS[rounding](rows))
    assert (found.layout, found.order, found.first_position, found.step) == (layout, order, start, 1), str(found)
    # Without a round number to go by, one ladder has two names; either makes the same frequencies.
    as_paper = found.base if found.grid == "paper" else found.base ** (d / (d - 2))
    assert found.grid in ("paper", "tensor2tensor")
    assert as_paper == pytest.approx(base, rel=within)


def test_float32_angles_as_most_programs_compute_them():
    for start in (0, 5000):
        for d in (64, 512):
            p = np.arange(start, start + 300, dtype=np.float32)[:, None]
            w = np.exp(np.arange(0, d, 2).astype(np.float32) * np.float32(-np.log(10000) / d))
            found = posenc.identify(np.hstack([np.sin(p * w), np.cos(p * w)]))
            assert (found.grid, found.base, found.first_position) == ("paper", 10000, start), str(found)


@pytest.mark.parametrize(
    "case", [c for c in RECORDED["cases"] if c["concept"] == "sinusoidal"], ids=lambda c: c["there"]
)
def test_a_recorded_table_of_another_library_is_named(case):
    d = case["names"]["d"]
    found = posenc.identify(np.reshape(case["expected"], (3, d)).astype(np.float32))
    assert found, str(found)
    assert found.layout == ("halves" if "halves" in case["ours"] else "interleaved")
    grid = "tensor2tensor" if "tensor2tensor" in case["ours"] else "paper"
    assert (found.order, found.grid, found.base, found.first_position) == ("sine first", grid, 10000, 0), str(found)
    assert found.zero_column == ("np.pad" in case["ours"])
    assert found.scale == pytest.approx(d**-0.5 if "sqrt" in case["ours"] else 1)


@pytest.mark.parametrize("times", [0.5, 0.25, 2, -1, -0.5, 3, 0.1])
def test_steps_of_any_size_and_sign(times):
    found = posenc.identify(table(7 + times * np.arange(12), paper(64)))
    assert (found.first_position, found.step, found.base) == (7, times, 10000), str(found)


def test_positions_that_are_not_even():
    where = [0, 3, 4, 17, 100, 999]
    found = posenc.identify(table(where, paper(64)), positions=where)
    assert (found.grid, found.base, found.first_position, found.step) == ("paper", 10000, 0, 1)
    assert "at the positions given" in str(found)
    assert not posenc.identify(table(where, paper(64)))
    late = posenc.identify(table(np.add(where, 1), paper(64)), positions=where)
    assert (late.first_position, late.base) == (1, 10000)
    assert "1 added to the positions" in str(late)


def test_a_first_row_of_zeros_is_not_counted_out():
    found = posenc.identify(zeroed(table(np.arange(10), paper(64), "halves"), 0))
    assert (found.zeroed_rows, found.first_position) == ((0,), 0)
    assert "row 1 is position 1, row 0 is zeros" in str(found)


def test_the_sentence():
    rows = table(np.arange(1, 9), tensor2tensor(512), "halves")
    assert str(posenc.identify(rows)) == (
        "halves, sine first, tensor2tensor grid (last wavelength 62,832), base 10000, first row is position 1"
    )
    assert str(posenc.identify(bfloat16(8 * table(np.arange(8) / 2, paper(64))))) == (
        "interleaved, sine first, paper grid (last wavelength 47,117), base 10000, first row is position 0, step 0.5, "
        "scaled by 8 = sqrt(d), rounded to bfloat16"
    )


@pytest.mark.parametrize(
    ("freqs", "names"),
    [
        (paper(4), {("paper", "10000"), ("tensor2tensor", "100")}),
        (paper(64, 100), {("paper", "100"), ("i/d", "10000")}),
        (paper(64, 1e8), {("paper", "100000000"), ("4i/d", "10000")}),
        (paper(64, 1e-4), {("paper", "0.0001"), ("grows", "10000")}),
        (np.exp(-np.arange(32)), {("exponent i", "2.71828 = e")}),
        (paper(6, 1e6), {("paper", "1000000"), ("tensor2tensor", "10000")}),
    ],
)
def test_two_readings_of_one_table_are_both_named(freqs, names):
    found = posenc.identify(table(ROWS, freqs))
    said = [str(found).partition(";")[0], *found.alternatives]
    for grid, base in names:
        assert any(grid in one and f"base {base}" in one + "," for one in said), said


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (table(ROWS, paper(2)), {"layout": "either", "order": "sine first", "base": None, "first_position": 0}),
        (table([0], paper(64)), {"grid": None, "base": None, "first_position": 0, "step": None}),
        (table([1], paper(64)), {"grid": "paper", "base": 10000, "first_position": 1, "step": None}),
        (table([4321], paper(64)), {"grid": "paper", "base": 10000, "first_position": 4321}),
    ],
)
def test_what_little_shows(rows, what):
    found = posenc.identify(rows)
    assert found
    assert {name: getattr(found, name) for name in what} == what
    if found.base is None:
        assert "cannot be told" in str(found)


def test_a_guess_far_off_the_mark_gives_no_warning():
    rows = np.round(table(1 + 0.1 * np.arange(3), paper(6, 1e6)), 2)
    with np.errstate(over="warn"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert posenc.identify(rows).verdict in ("named", "undecided", "nothing fits")


def test_too_small_to_decide():
    for rows in ([[0.6, 0.8]], table([0.777], paper(2)), bfloat16(table([3.3, 4.71], [0.8771]))):
        found = posenc.identify(rows)
        assert found.verdict == "undecided"
        assert not found
        assert found.base is None
        assert str(found).startswith("too small to decide; among what fits is: ")


class TestRotary:
    @pytest.mark.parametrize("twice", ["", "all columns twice", "each column twice"])
    def test_a_pair_of_tables(self, twice):
        pair = posenc.rotary_cos_sin(range(16), 64, base=500_000)
        if twice == "all columns twice":
            pair = tuple(np.hstack([part, part]) for part in pair)
        elif twice:
            pair = tuple(part.repeat(2, axis=1) for part in pair)
        found = posenc.identify(pair)
        assert found.layout == ("apart, " + twice if twice else "apart")
        assert (found.order, found.grid, found.base, found.first_position) == (None, "paper", 500_000, 0)

    def test_linear_scaling_is_a_smaller_step(self):
        freqs, _ = posenc.scale_linear(posenc.frequencies(64), 4)
        found = posenc.identify(posenc.rotary_cos_sin(range(16), 64, freqs=freqs))
        assert (found.base, found.step) == (10000, 0.25)

    def test_ntk_is_another_base(self):
        freqs, _ = posenc.scale_ntk(posenc.frequencies(64), 4)
        found = posenc.identify(posenc.rotary_cos_sin(range(16), 64, freqs=freqs))
        assert found.base == pytest.approx(10000 * 4 ** (64 / 62), rel=1e-9)

    def test_ladders_with_a_bend_are_measured(self):
        ladder = posenc.frequencies(64)
        for freqs, _ in (
            posenc.scale_yarn(ladder, 16, original_length=4096),
            posenc.scale_llama3(ladder, 8, low_freq_factor=1, high_freq_factor=4, original_length=512),
        ):
            found = posenc.identify(posenc.rotary_cos_sin(range(64), 64, freqs=freqs))
            assert found.verdict == "nothing fits"
            assert "follow no known ladder" in str(found)
            np.testing.assert_allclose(found.frequencies, freqs, rtol=1e-6)


def foreign(rng, n, d):
    """Tables that no convention made."""
    right = table(np.arange(n), paper(d))
    yield "normal", rng.normal(size=(n, d))
    yield "uniform", rng.uniform(-1, 1, size=(n, d))
    yield "low rank", rng.normal(size=(n, 3)) @ rng.normal(size=(3, d))
    yield "smooth", np.cumsum(np.cumsum(rng.normal(size=(n, d)), 0), 0) / n
    yield "principal components", right @ np.linalg.qr(rng.normal(size=(d, d)))[0]
    yield "noisy", right + rng.normal(size=right.shape) / 30
    yield "any angles", table(np.ones(1), rng.uniform(0, 7, size=d // 2)).repeat(n, 0) * rng.normal(size=(n, 1))
    yield "any waves", np.sin(np.outer(np.arange(n), rng.uniform(0, 3, d)) + rng.uniform(0, 7, d))
    yield "any frequencies", table(np.arange(n), rng.uniform(0, 2, d // 2))
    yield "two bases", np.hstack([table(np.arange(n), paper(d)), table(np.arange(n), paper(d, 1000))])
    yield "two layouts", np.hstack([table(np.arange(n), paper(d)), table(np.arange(n), paper(d), "halves")])
    order = rng.permutation(d)
    yield "permuted", right[:, order]
    flipped = right.copy()
    flipped[:, rng.integers(d)] *= -1
    yield "one sign", flipped
    row = right.copy()
    row[rng.integers(n)] = right[rng.integers(n)] + 0.5
    yield "one row", row


NEARLY = ("two bases", "two layouts", "permuted", "one sign", "one row", "any waves")


def test_no_table_is_named_falsely():
    """Two thousand tables that no convention made, of all sizes and roundings."""
    rng, tried, kinds = np.random.default_rng(0), 0, list(ROUNDINGS.values())
    while tried < 2000:
        n, d = int(rng.integers(3, 24)), 2 * int(rng.integers(4, 24))
        for name, rows in foreign(rng, n, d):
            if name in NEARLY and rng.random() < 0.6:  # these take the most time
                continue
            if name == "permuted" and np.array_equal(rows, table(np.arange(n), paper(d))):
                continue
            # Rounded so far that slow columns are all alike, some of these are right again.
            rounded = kinds[tried % len(kinds)](rows)
            found = posenc.identify(rounded)
            tried += 1
            if not found or name in ("permuted", "one sign"):
                if found:
                    np.testing.assert_allclose(remade(found, *rows.shape), rounded, atol=0.02)
                continue
            pytest.fail(f"{name}, {rows.shape}: {found}")


def test_a_named_table_is_made_anew_to_its_digits():
    """Whatever is named, the table made anew has its entries."""
    for name, (make, *_) in CONVENTIONS.items():
        rows = make(np.arange(5, 17), 32, 10000.0)
        found = posenc.identify(rows)
        np.testing.assert_allclose(remade(found, *rows.shape), rows, atol=1e-9, err_msg=name)
    pair = posenc.rotary_cos_sin(range(9), 16)
    np.testing.assert_allclose(remade(posenc.identify(pair), 9, 16), np.hstack(pair), atol=1e-12)
    refuses(lambda: remade(posenc.identify(table(ROWS, paper(2))), 8, 2), ValueError, "cannot be made anew")


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, list])
def test_any_kind_of_array(kind):
    rows = table(np.arange(12), paper(16))
    found = posenc.identify(rows.tolist() if kind is list else rows.astype(kind))
    assert (found.base, found.precision) == (10000, "float64" if kind is list else np.dtype(kind).name)


def test_large_tables():
    rows = table(np.arange(4096), paper(1024))
    assert posenc.identify(rows).base == 10000
    rows[4000, 7] += 0.05
    assert not posenc.identify(rows)
    assert not posenc.identify(np.random.default_rng(0).normal(size=(4096, 1024)))


def test_what_is_no_table():
    good = table(ROWS, paper(8))
    refuses(lambda: posenc.identify(np.where(good > 0.9, np.nan, good)), ValueError, "table must be finite, got nan")
    refuses(lambda: posenc.identify([]), ValueError, "table must have two axes, (positions, columns), got shape (0,)")
    refuses(lambda: posenc.identify(np.zeros((0, 4))), ValueError, "table must have at least one row and one column")
    refuses(
        lambda: posenc.identify(good[0]), ValueError, "table must have two axes, (positions, columns), got shape (8,)"
    )
    refuses(lambda: posenc.identify(good[None]), ValueError, "got shape (1, 8, 8)")
    refuses(lambda: posenc.identify(good + 1j), TypeError, "table must be real numbers")
    refuses(lambda: posenc.identify("table"), TypeError, "table must be real numbers")
    refuses(lambda: posenc.identify([[1.0, 2.0], [3.0]]), ValueError, "table must form a regular array")
    refuses(lambda: posenc.identify(good, positions=[1, 2]), ValueError, "positions must have shape (8,)")
    refuses(lambda: posenc.identify((good, good[:, :4])), ValueError, "table must be a pair of one shape")
    for nothing in (np.zeros((4, 8)), np.ones((4, 8)), np.full((3, 6), 0.25), np.ones((1, 1)), good[:, :1]):
        assert not posenc.identify(nothing)
    assert str(posenc.identify(np.zeros((4, 8)))) == "nothing fits: every entry is zero"


def test_the_result_is_plain_data():
    found = posenc.identify(table(ROWS, paper(8)))
    assert found.found
    assert dataclasses.replace(found) == found
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.base = 3


def test_what_entries_were_rounded_to():
    rows = table(np.arange(1, 9), paper(16))
    assert {name: stored_as(np.asarray(make(rows), float)) for name, make in ROUNDINGS.items()} == {
        n: n for n in ROUNDINGS
    }
    assert stored_as(np.round(rows.astype(np.float32), 4).astype(float)) == "4 decimals"
    assert stored_as(np.array([[0.0, 1.0]])) == "float64"


def test_round_numbers():
    assert roundest(9990.0, 10020.0) == 10000
    assert roundest(0.2489, 0.2512) == 0.25
    assert roundest(-3.1, -2.9) == -3
    assert roundest(-0.1, 0.2) == 0
    assert [shown(x) for x in (10000.0, 0.25, 62831.853, 1e8, 1e-4, 0.0, -5.0)] == [
        "10000", "0.25", "62831.9", "100000000", "0.0001", "0", "-5",
    ]  # fmt: skip
