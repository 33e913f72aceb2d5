"""Pictures: how much may differ, what is more, and that nbval looks at them."""

import base64
import io
import os
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from pictures import difference, svg_difference

import first_picture
import run_notebooks as runner
from book import ROOT
from posenc import plotting

POSITIONS = np.arange(200.0)


def figure(curve, **labels):
    """A picture of a curve beside another one."""
    labels = {"xlabel": "offset i", "ylabel": "distance"} | labels
    other = {"another": (POSITIONS, np.cos(POSITIONS / 17))}
    return plotting.lines({"curve": (POSITIONS, curve), **other}, **labels)


def drawn(curve, **labels):
    """The same, as the bytes of a PNG file."""
    buffer = io.BytesIO()
    figure(curve, **labels).savefig(buffer, format="png")
    return buffer.getvalue()


def table(entries, **labels):
    """A picture of a table, as SVG."""
    return plotting.heat_maps({"table": entries}, **labels)._repr_svg_()


CURVE = np.sin(POSITIONS / 20)
ENTRIES = np.cos(np.outer(np.arange(12), np.arange(1, 9)))


def test_last_bits_do_not_count():
    """A thousand million times the rounding of float64 changes no pixel plainly."""
    noise = 1e-7 * np.random.default_rng(0).standard_normal(CURVE.size)
    assert difference(drawn(CURVE), drawn(CURVE + noise)) == ""


def test_what_a_reader_sees_counts():
    assert "pixels differ plainly" in difference(drawn(CURVE), drawn(CURVE + 0.005)), "a line moved by half a percent"
    assert "pixels differ plainly" in difference(drawn(CURVE), drawn(CURVE, xlabel="offset j")), "one letter"
    assert "its size is" in difference(drawn(CURVE), drawn(CURVE, height=3.3)), "another size"


def test_a_swapped_colour_counts(monkeypatch):
    def in_blue():
        buffer = io.BytesIO()
        plotting.waves(np.column_stack([CURVE]), [0]).savefig(buffer, format="png")
        return buffer.getvalue()

    blue = in_blue()
    monkeypatch.setattr(plotting._curves, "BLUE", plotting.ORANGE)
    assert difference(blue, in_blue())


def test_last_bits_do_not_count_in_svg():
    noise = 2e-5 * np.random.default_rng(0).standard_normal(CURVE.size)
    one, other = (figure(curve)._repr_svg_() for curve in (CURVE, CURVE + noise))
    assert one != other
    assert svg_difference(one, other) == ""
    assert svg_difference(table(ENTRIES), table(ENTRIES + 1e-9)) == ""


def test_a_vertex_less_does_not_count_in_svg():
    svg = figure(CURVE)._repr_svg_()
    line = max(re.findall(r'd="(M[^"]*)"', svg), key=len)
    x, y = line.split()[20:22]
    assert svg_difference(svg, svg.replace(f" {x} {y} ", " ", 1)) == ""


FAULTS = {
    "a line moved by half a percent": lambda: figure(CURVE + 0.005)._repr_svg_(),
    "one letter": lambda: figure(CURVE, xlabel="offset j")._repr_svg_(),
    "another size": lambda: figure(CURVE, height=3.3)._repr_svg_(),
    "another colour": lambda: figure(CURVE)._repr_svg_().replace("#1f6fb8", "#c2410c"),
    "no dashes": lambda: re.sub("stroke-dasharray: [^;]*; ", "", figure(CURVE)._repr_svg_()),
    "a line less": lambda: re.sub(r'<path d="[^"]{900,}"[^>]*/>', "", figure(CURVE)._repr_svg_(), count=1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_reader_sees_counts_in_svg(fault):
    assert svg_difference(figure(CURVE)._repr_svg_(), FAULTS[fault]())


@pytest.mark.parametrize("cell", [(0, 0), (11, 7)])
def test_a_cell_of_a_table_counts_in_svg(cell):
    changed = ENTRIES.copy()
    changed[cell] = -changed[cell]
    assert "an image" in svg_difference(table(ENTRIES), table(np.repeat(np.repeat(changed, 4, 0), 4, 1)))
    stretched = re.sub(r"matrix\((\d)", r"matrix(1\1", table(ENTRIES), count=1)
    assert "points from where" in svg_difference(table(ENTRIES), stretched)


def test_the_first_picture_is_the_one_drawn_now():
    assert difference(first_picture.drawn(), first_picture.PATH.read_bytes()) == ""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A small notebook that draws, with its stored output."""
    path = tmp_path_factory.mktemp("notebook") / "small.ipynb"
    code = 'from posenc import plotting\n\nplotting.lines({"": ([0, 1], [0, 1])}, xlabel="x", ylabel="y")'
    path.write_text(runner.written(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])))
    path.write_text(runner.written(runner.run(path)))
    return path


def checked(path):
    """What `make check` says of a notebook: the exit code and the report."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "book")])}
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "--nbval", str(path)]
    result = subprocess.run(command, cwd=path.parent, env=environment, capture_output=True, text=True)
    return result.returncode, result.stdout


def test_an_untouched_picture_passes(notebook):
    code, report = checked(notebook)
    assert code == 0, report


CHANGES = {
    "another PNG": lambda data: data.update({"image/png": base64.b64encode(drawn(CURVE)).decode()}),
    "no PNG": lambda data: data.pop("image/png"),
    "another SVG": lambda data: data.update({"image/svg+xml": figure(CURVE)._repr_svg_()}),
    "a letter in the SVG": lambda data: data.update({"image/svg+xml": data["image/svg+xml"].replace(">x<", ">z<")}),
    "no SVG": lambda data: data.pop("image/svg+xml"),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_picture_changed_by_hand_is_found(fault, notebook, tmp_path):
    changed = nbformat.read(notebook, as_version=4)
    CHANGES[fault](changed.cells[0].outputs[0].data)
    path = tmp_path / "changed.ipynb"
    path.write_text(runner.written(changed))
    code, report = checked(path)
    assert code == 1
    assert ("1 pictures are drawn, 0" if fault.startswith("no ") else "the stored picture is not") in report
    assert ("svg+xml)" if "letter" in fault or fault == "another SVG" else "") in report
