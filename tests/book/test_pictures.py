"""Pictures: how much may differ, what is more, and that nbval looks at them."""

import base64
import io
import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from pictures import difference

import first_picture
import run_notebooks as runner
from book import ROOT
from posenc import plotting

POSITIONS = np.arange(200.0)


def drawn(curve, **labels):
    """A picture of a curve, as the bytes of a PNG file."""
    labels = {"xlabel": "offset i", "ylabel": "distance"} | labels
    buffer = io.BytesIO()
    other = {"another": (POSITIONS, np.cos(POSITIONS / 17))}
    plotting.lines({"curve": (POSITIONS, curve), **other}, **labels).savefig(buffer, format="png")
    return buffer.getvalue()


CURVE = np.sin(POSITIONS / 20)


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


@pytest.mark.parametrize("fault", ["another picture", "no picture"])
def test_a_picture_changed_by_hand_is_found(fault, notebook, tmp_path):
    changed = nbformat.read(notebook, as_version=4)
    data = changed.cells[0].outputs[0].data
    if fault == "another picture":
        data["image/png"] = base64.b64encode(drawn(CURVE)).decode()
    else:
        del data["image/png"]
    path = tmp_path / "changed.ipynb"
    path.write_text(runner.written(changed))
    code, report = checked(path)
    assert code == 1
    assert ("the stored picture is not" if fault == "another picture" else "1 pictures are drawn, 0") in report
