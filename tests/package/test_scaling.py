import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc
from posenc import _scaling as scaling

RECORDED = json.loads((Path(__file__).parent / "data" / "rope_scaling.json").read_text(encoding="utf-8"))

evens = st.integers(2, 64).map(lambda pairs: 2 * pairs)
bases, factors, lengths = st.floats(10, 1e7), st.floats(1, 256), st.integers(2, 10**6)


def as_in_posenc(rope_type, parameters, maximum, length):
    """The call that a transformers configuration stands for: its names, and ours."""
    given = dict(parameters)
    factor = given.pop("factor")
    if rope_type == "dynamic":
        return scaling.scale_dynamic_ntk, factor, {"length": length, "original_length": maximum}
    if "original_max_position_embeddings" in given:
        given["original_length"] = given.pop("original_max_position_embeddings")
    if rope_type == "longrope":
        given |= {f"{which}_factors": given.pop(f"{which}_factor") for which in ("short", "long")}
        given["length"] = length
    return getattr(scaling, f"scale_{rope_type}"), factor, given


@pytest.mark.parametrize("case", RECORDED["cases"], ids=lambda case: case["name"])
def test_tables_recorded_from_transformers(case):
    function, factor, options = as_in_posenc(
        case["rope_type"], case["rope_parameters"], case["max_position_embeddings"], case["seq_len"]
    )
    freqs = posenc.frequencies(case["head_dim"], base=case["rope_theta"])
    scaled, attention_factor = function(freqs, factor, **options)
    np.testing.assert_allclose(scaled, case["inv_freq"], rtol=5e-7)  # theirs are float32
    assert attention_factor == pytest.approx(case["attention_factor"], rel=1e-14)


# The second route: pair by pair, from the base and the dimension, as the papers and the authors' code have it.


def yarn_by_loop(dim, base, factor, original_length, fast, slow, truncate):
    def index(turns):
        return dim * math.log(original_length / (2 * math.pi * turns)) / (2 * math.log(base))

    start, end = (math.floor(index(fast)), math.ceil(index(slow))) if truncate else (index(fast), index(slow))
    start, end = max(start, 0), min(end, dim - 1)
    for i in range(dim // 2):
        w = base ** (-2 * i / dim)
        if i <= start:
            yield w
        elif i >= end:
            yield w / factor
        else:
            gone = (i - start) / (end - start)
            yield gone * w / factor + (1 - gone) * w


def by_parts_by_loop(dim, base, factor, original_length, low, high):
    for i in range(dim // 2):
        wavelength = 2 * math.pi * base ** (2 * i / dim)
        turns = original_length / wavelength
        share = 0 if turns < low else 1 if turns > high else (turns - low) / (high - low)
        w = base ** (-2 * i / dim)
        yield (1 - share) * w / factor + share * w


@given(dim=evens, base=bases, factor=factors)
def test_linear_turns_a_position_as_a_smaller_one(dim, base, factor):
    freqs = posenc.frequencies(dim, base=base)
    scaled, attention_factor = scaling.scale_linear(freqs, factor)
    assert attention_factor == 1.0
    np.testing.assert_allclose(scaled, [base ** (-2 * i / dim) / factor for i in range(dim // 2)], rtol=1e-12)
    np.testing.assert_allclose(np.outer(range(9), scaled), np.outer(np.arange(9) / factor, freqs), rtol=1e-12)


@given(dim=evens, base=bases, factor=factors)
def test_ntk_is_a_new_base_that_keeps_one_end_and_divides_the_other(dim, base, factor):
    freqs = posenc.frequencies(dim, base=base)
    scaled, attention_factor = scaling.scale_ntk(freqs, factor)
    assert attention_factor == 1.0
    assert scaled[0] == freqs[0]
    assert scaled[-1] == pytest.approx(freqs[-1] / factor, rel=1e-14)
    new_base = base * factor ** (dim / (dim - 2))
    np.testing.assert_allclose(scaled, [new_base ** (-2 * i / dim) for i in range(dim // 2)], rtol=1e-12)


@given(dim=evens, base=bases, factor=st.floats(1.01, 256), head=st.integers(1, 8))
def test_the_index_trap(dim, base, factor, head):
    """The base times the factor, or a dim that counts columns that do not turn, misses the slow end."""
    slowest = posenc.frequencies(dim, base=base)[-1]
    for wrong in (1, (dim + 2 * head) / (dim + 2 * head - 2)):
        missed = posenc.frequencies(dim, base=base * factor**wrong)[-1]
        assert missed > slowest / factor * (1 + 1e-9)
        assert missed == pytest.approx(slowest / factor ** (wrong * (dim - 2) / dim))


@given(dim=evens, base=bases, factor=factors, original=lengths, ratio=st.floats(1e-3, 100))
def test_dynamic_ntk_begins_past_the_trained_length(dim, base, factor, original, ratio):
    freqs, length = posenc.frequencies(dim, base=base), max(1, ratio * original)
    scaled, attention_factor = scaling.scale_dynamic_ntk(freqs, factor, length=length, original_length=original)
    assert attention_factor == 1.0
    assert scaled[0] == 1
    grown = factor * length / original - (factor - 1) if length > original else 1
    assert scaled[-1] == pytest.approx(freqs[-1] / grown, rel=1e-9)
    if length <= original:
        assert scaled.tolist() == freqs.tolist()


def test_dynamic_ntk_slows_by_more_than_the_ratio_unless_the_factor_is_one():
    freqs = posenc.frequencies(128)
    for factor, slowed in ((1, 2), (2, 3), (4, 5)):
        scaled, _ = scaling.scale_dynamic_ntk(freqs, factor, length=8192, original_length=4096)
        assert freqs[-1] / scaled[-1] == pytest.approx(slowed)


@given(
    dim=evens,
    base=bases,
    factor=factors,
    original=lengths,
    slow=st.floats(0.1, 16),
    wider=st.floats(1.1, 64),
    truncate=st.booleans(),
)
def test_yarn(dim, base, factor, original, slow, wider, truncate):
    freqs, fast = posenc.frequencies(dim, base=base), slow * wider
    scaled, _ = scaling.scale_yarn(
        freqs, factor, original_length=original, beta_fast=fast, beta_slow=slow, truncate=truncate
    )
    by_loop = list(yarn_by_loop(dim, base, factor, original, fast, slow, truncate))
    np.testing.assert_allclose(scaled, by_loop, rtol=1e-9)
    turns = original * freqs / (2 * np.pi)
    always, never = turns > fast, turns < slow
    never[0] = False
    assert scaled[0] == freqs[0]
    assert (scaled[always] == freqs[always]).all()
    assert (scaled[never] == freqs[never] / factor).all()
    assert (np.diff(scaled / freqs) <= 1e-15).all()


@given(factor=factors, mscale=st.floats(0, 2), mscale_all_dim=st.floats(0, 2))
def test_yarn_attention_factor(factor, mscale, mscale_all_dim):
    def attention_factor(**weights):
        return scaling.scale_yarn(posenc.frequencies(8), factor, original_length=64, **weights)[1]

    assert attention_factor() == pytest.approx(0.1 * math.log(factor) + 1)
    assert attention_factor(mscale=mscale, mscale_all_dim=mscale) == 1
    both = attention_factor(mscale=mscale, mscale_all_dim=mscale_all_dim)
    assert both == pytest.approx(attention_factor(mscale=mscale) / attention_factor(mscale=mscale_all_dim))


def test_the_square_of_the_attention_factor_is_what_a_score_is_multiplied_by():
    freqs, attention_factor = scaling.scale_yarn(posenc.frequencies(8), 16, original_length=4096)
    assert attention_factor == pytest.approx(1.2773, abs=5e-5)
    q, k = (attention_factor * posenc.sinusoidal(p, 8, freqs=freqs) for p in (3, 10))
    assert q @ k == pytest.approx(attention_factor**2 * posenc.similarity(7, 8, freqs=freqs))
    assert attention_factor**2 == pytest.approx(1.631, abs=5e-4)


@given(dim=evens, base=bases, factor=factors, original=lengths, low=st.floats(0.1, 16), wider=st.floats(1.1, 64))
def test_llama3_has_three_zones(dim, base, factor, original, low, wider):
    freqs, high = posenc.frequencies(dim, base=base), low * wider
    scaled, attention_factor = scaling.scale_llama3(
        freqs, factor, low_freq_factor=low, high_freq_factor=high, original_length=original
    )
    assert attention_factor == 1.0
    np.testing.assert_allclose(scaled, list(by_parts_by_loop(dim, base, factor, original, low, high)), rtol=1e-9)
    turns = original * freqs / (2 * np.pi)
    assert (scaled[turns > high] == freqs[turns > high]).all()
    assert (scaled[turns < low] == freqs[turns < low] / factor).all()
    assert (np.diff(scaled / freqs) <= 1e-15).all()


def test_zones_of_llama_3_1():
    freqs = posenc.frequencies(128, base=500000)
    scaled, _ = scaling.scale_llama3(freqs, 8, low_freq_factor=1, high_freq_factor=4, original_length=8192)
    kept, divided = scaled == freqs, scaled == freqs / 8
    assert (kept.sum(), divided.sum(), (~kept & ~divided).sum()) == (29, 29, 6)


def test_yarn_of_the_paper_and_of_its_code_part_between_the_ends():
    """The paper's line runs over the turns, the code's over the pairs; at pair 38 of 64 they are a factor 3 apart."""
    freqs = posenc.frequencies(128)
    paper, _ = scaling.scale_llama3(freqs, 16, low_freq_factor=1, high_freq_factor=32, original_length=4096)
    code, _ = scaling.scale_yarn(freqs, 16, original_length=4096)
    np.testing.assert_allclose(paper, list(by_parts_by_loop(128, 1e4, 16, 4096, 1, 32)), rtol=1e-12)
    assert (code[:21] == freqs[:21]).all()
    assert code[21] < freqs[21]
    assert code[45] > freqs[45] / 16
    assert (code[46:] == freqs[46:] / 16).all()
    assert code[38] / paper[38] == pytest.approx(3.04, abs=0.005)


@given(st.data())
def test_longrope_divides_pair_by_pair_and_switches_past_the_trained_length(data):
    freqs = posenc.frequencies(data.draw(evens), base=data.draw(bases))
    divisors = st.lists(st.floats(0.5, 100), min_size=len(freqs), max_size=len(freqs))
    short, long = data.draw(divisors), data.draw(divisors)
    original, factor = data.draw(lengths), data.draw(factors)
    for length, chosen in ((1, short), (original, short), (original + 1, long)):
        scaled, attention_factor = scaling.scale_longrope(
            freqs, factor, short_factors=short, long_factors=long, length=length, original_length=original
        )
        np.testing.assert_allclose(scaled, [w / c for w, c in zip(freqs, chosen, strict=True)], rtol=1e-15)
        assert attention_factor**2 == pytest.approx(math.log(factor * original) / math.log(original))


def calls(freqs, factor):
    """Every map, with options that leave nothing out."""
    ones, eights = np.ones(np.size(freqs)), np.full(np.size(freqs), 8.0)
    yield scaling.scale_linear(freqs, factor)
    yield scaling.scale_ntk(freqs, factor)
    yield scaling.scale_dynamic_ntk(freqs, factor, length=2048, original_length=2048)
    yield scaling.scale_yarn(freqs, factor, original_length=4096)
    yield scaling.scale_llama3(freqs, factor, low_freq_factor=1, high_freq_factor=4, original_length=8192)
    yield scaling.scale_longrope(freqs, factor, short_factors=ones, long_factors=eights, length=64, original_length=64)


def test_factor_one_changes_nothing_and_the_result_is_new():
    freqs = posenc.frequencies(32)
    before = freqs.copy()
    for scaled, attention_factor in calls(freqs, 1):
        np.testing.assert_allclose(scaled, before, rtol=1e-15)
        assert attention_factor == 1.0
        assert type(attention_factor) is float
        assert scaled.dtype == np.float64
        assert not np.shares_memory(scaled, freqs)
        scaled[:] = -1
    assert freqs.tolist() == before.tolist()


def test_a_ladder_kept_in_float32_is_taken_and_scaled_in_float64():
    exact = posenc.frequencies(128, base=500000)
    stored = exact.astype(np.float32)
    for (from_stored, _), (scaled, _) in zip(calls(stored, 8), calls(exact, 8), strict=True):
        assert from_stored.dtype == np.float64
        np.testing.assert_allclose(from_stored, scaled, rtol=1e-6)


LADDER = [1, 0.1, 0.01]
LINEAR, NTK, DYNAMIC = scaling.scale_linear, scaling.scale_ntk, scaling.scale_dynamic_ntk
YARN, LLAMA3, LONGROPE = scaling.scale_yarn, scaling.scale_llama3, scaling.scale_longrope
NEEDED = {
    LINEAR: {},
    NTK: {},
    DYNAMIC: {"length": 64, "original_length": 64},
    YARN: {"original_length": 64},
    LLAMA3: {"low_freq_factor": 1, "high_freq_factor": 4, "original_length": 64},
    LONGROPE: {"short_factors": [1, 1, 1], "long_factors": [1, 2, 4], "length": 64, "original_length": 64},
}


@pytest.mark.parametrize("function", NEEDED)
@pytest.mark.parametrize(
    ("freqs", "factor", "error", "message"),
    [
        (LADDER, 0.25, ValueError, "factor must be at least 1, got 0.25"),
        (LADDER, np.nan, ValueError, "factor must be finite, got nan"),
        (LADDER, True, TypeError, "factor must be a real number, got True of type bool"),
        (LADDER, [2, 4], TypeError, "factor must be one number, got an array of shape (2,)"),
        (1.0, 4, ValueError, "freqs must be one row of frequencies, one a pair, got shape ()"),
        ([], 4, ValueError, "freqs must be one row of frequencies, one a pair, got shape (0,)"),
        ([LADDER], 4, ValueError, "freqs must be one row of frequencies, one a pair, got shape (1, 3)"),
        ([1, 0.1, 0], 4, ValueError, "freqs must be positive, got 0.0"),
        ([1, np.inf, 1], 4, ValueError, "freqs must be finite, got inf"),
        (["1"], 4, TypeError, "freqs must be real numbers, got ['1']"),
    ],
)
def test_every_map_refuses_a_bad_ladder_or_factor(function, freqs, factor, error, message):
    refuses(lambda: function(freqs, factor, **NEEDED[function]), error, message)


@pytest.mark.parametrize("function", [NTK, DYNAMIC, YARN])
def test_maps_that_need_a_ladder_refuse_other_frequencies(function):
    name = "scale_yarn" if function is YARN else "scale_ntk"
    for wrong in ([0.01, 0.1, 1], [1, 1, 1], [1, 0.5, 0.1], [1, 0.1, 0.01001]):
        message = f"freqs must be a geometric ladder, fastest first, for {name}, got {np.array(wrong, dtype=float)}"
        refuses(lambda wrong=wrong: function(wrong, 4, **NEEDED[function]), ValueError, message)
    message = f"freqs must hold at least 2 frequencies for {name}, got 1"
    refuses(lambda: function([1.0], 4, **NEEDED[function]), ValueError, message)


@pytest.mark.parametrize(
    ("function", "options", "error", "message"),
    [
        (DYNAMIC, {"length": 0}, ValueError, "length must be at least 1, got 0"),
        (DYNAMIC, {"original_length": 0.5}, ValueError, "original_length must be at least 1, got 0.5"),
        (YARN, {"original_length": -1}, ValueError, "original_length must be at least 1, got -1"),
        (YARN, {"beta_fast": 1, "beta_slow": 32}, ValueError, "beta_fast must be above beta_slow = 32, got 1"),
        (YARN, {"beta_fast": 8, "beta_slow": 8}, ValueError, "beta_fast must be above beta_slow = 8, got 8"),
        (YARN, {"beta_slow": 0}, ValueError, "beta_slow must be positive, got 0"),
        (YARN, {"truncate": "no"}, TypeError, "truncate must be True or False, got 'no'"),
        (YARN, {"mscale": -1}, ValueError, "mscale must be at least 0, got -1"),
        (YARN, {"mscale_all_dim": None}, TypeError, "mscale_all_dim must be a real number, got None"),
        (LLAMA3, {"original_length": 0}, ValueError, "original_length must be at least 1, got 0"),
        (LLAMA3, {"low_freq_factor": 4}, ValueError, "high_freq_factor must be above low_freq_factor = 4, got 4"),
        (LLAMA3, {"low_freq_factor": 0}, ValueError, "low_freq_factor must be positive, got 0"),
        (LONGROPE, {"length": 0}, ValueError, "length must be at least 1, got 0"),
        (LONGROPE, {"original_length": 1}, ValueError, "original_length must be at least 2, got 1"),
        (LONGROPE, {"short_factors": [1, 0, 1]}, ValueError, "short_factors must be positive, got 0.0"),
        (
            LONGROPE,
            {"long_factors": [1, 2]},
            ValueError,
            "long_factors must have the shape of freqs, (3,), got shape (2,)",
        ),
        (LONGROPE, {"long_factors": 2}, ValueError, "long_factors must have the shape of freqs, (3,), got shape ()"),
    ],
)
def test_bad_options_are_named(function, options, error, message):
    refuses(lambda: function(LADDER, 4, **{**NEEDED[function], **options}), error, message)
