"""Small tables that other libraries made, recorded with their versions by `make peers`; see tests/peers."""

import json
from pathlib import Path

import numpy as np
import pytest

import posenc

ROOT = Path(__file__).resolve().parents[2]
RECORDED = json.loads((ROOT / "tests" / "package" / "data" / "peers.json").read_text(encoding="utf-8"))
PAGE = json.loads((ROOT / "book" / "beyond" / "peers.json").read_text(encoding="utf-8"))
PUBLIC = {name: getattr(posenc, name) for name in posenc.__all__} | {"np": np}


def differences(case, ours):
    """How far each number of a call is from what the other library gave."""
    names = {name: np.asarray(value) if isinstance(value, list) else value for name, value in case["names"].items()}
    found = eval(ours, PUBLIC | names)
    parts = found if isinstance(found, tuple) else (found,)
    found = np.concatenate([np.ravel(part) for part in parts])
    assert found.shape == (len(case["expected"]),)
    away = np.abs(found - case["expected"])
    return away / np.abs(found) if case["relative"] else away


@pytest.mark.parametrize("case", RECORDED["cases"], ids=lambda case: f"{case['software']} {case['there']}")
def test_a_recorded_table(case):
    # What is stored of a float32 has nine digits, which is within 1e-9 of it.
    assert differences(case, case["ours"]).max() <= case["within"] + 1e-9


def test_every_function_that_has_a_peer_is_here():
    calls = " ".join(case["ours"] for case in RECORDED["cases"])
    alone = {"column_of", "pair_of", "fit_shift", "rotary_matrix", "shift_generator", "shift_matrix", "similarity"}
    alone |= {"wavelengths", "identify", "Identification"}  # of which other libraries have none
    assert [name for name in posenc.__all__ if f"{name}(" not in calls and name not in alone] == []


def test_the_page_and_the_tables_are_of_one_run():
    assert PAGE["date"] == RECORDED["date"]
    versions = {(row["software"], row["version"]) for row in PAGE["rows"]}
    assert versions.issuperset((case["software"], case["version"]) for case in RECORDED["cases"])
    assert len({software for software, _ in versions}) == len(versions)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("layout='halves'", "layout='interleaved'"),
        ("layout='interleaved'", "layout='halves'"),
        ("spacing='tensor2tensor'", "spacing='paper'"),
        ("sinusoidal(range(n), d)", "sinusoidal(range(1, n + 1), d)"),
        ("source='halves', target='interleaved'", "source='interleaved', target='halves'"),
        ("[..., ::-1]", ""),
        ("indices((h, w)), axis=-1) + 1", "indices((h, w)), axis=-1)"),
        ("layout='halves'), d // 2, axis", "layout='halves'), 0, axis"),
        ("np.roll(fourier_features(t, B), len(B), axis=-1)", "fourier_features(t, B)"),
        ("x / np.pi", "x"),
        ("scale_ntk(", "scale_linear("),
        ("original_length=length", "original_length=2 * length"),
        (", truncate=False", ""),
        ("length=length, original_length=2048", "length=2048 + length, original_length=2048"),
        ("low_freq_factor=low", "low_freq_factor=low / 2"),
        ("short_factors=short, long_factors=long", "short_factors=long, long_factors=short"),
        ("np.arange(-far, far + 1)", "np.arange(-far, far + 1)[::-1]"),
        ("bidirectional=bool(both)", "bidirectional=not both"),
        (
            "clipped_relative_positions(range(n), range(n), most)",
            "clipped_relative_positions(range(n), range(n), most).T",
        ),
        ("alibi_slopes(n)", "2.0 ** (-8 * np.arange(1, n + 1) / n)"),
        ("alibi_bias(n - 1, range(n), heads)", "alibi_bias(0, range(n), heads)"),
    ],
)
def test_another_convention_is_told_apart(right, wrong):
    """One convention exchanged, and every recorded table that goes by it says so."""
    cases = [case for case in RECORDED["cases"] if right in case["ours"]]
    assert cases
    for case in cases:
        largest = differences(case, case["ours"].replace(right, wrong)).max()
        assert largest > case["within"], (case["software"], case["there"], case["ours"])
