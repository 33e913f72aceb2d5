"""The student copies in a new environment, as a student makes it: pip, four packages, Jupyter; then no network.

It takes minutes and asks the package index, so `make test` leaves it out; `make test-classroom` runs it.
"""

import os
import subprocess
import venv
import zipfile

import nbformat
import pytest

import student_copies as maker
from release_exercises import exercise_of, sources

# What runs in the new environment: a notebook by its name, in the folder where it lies.
RUN = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""


def run(*command, cwd=None, **changed):
    """Run a command; give back what it prints, and show what it says if it fails."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(command, cwd=cwd, env={**outside, **changed}, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The Python of a new environment."""
    folder = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    run(python, "-m", "pip", "install", "--quiet", "numpy", "sympy", "matplotlib", "jupyter")
    return python


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """What a student unpacks."""
    folder = tmp_path_factory.mktemp("home")
    with zipfile.ZipFile(maker.student(folder / "made").with_name(f"{maker.ARCHIVE}.zip")) as archive:
        archive.extractall(folder)
    return folder / maker.ARCHIVE


@pytest.mark.parametrize("name", [path.name for path in sources()])
def test_a_copy_runs_to_its_first_check(name, python, home):
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "posenc")
    copy = nbformat.read(home / name, as_version=4)
    first = next(number for number, cell in enumerate(copy.cells) if exercise_of(cell))
    copy.cells = copy.cells[: first + 1]
    nbformat.write(copy, home / name)
    run(python, "-c", RUN, name, cwd=home, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    (shown,) = nbformat.read(home / name, as_version=4).cells[-1].outputs
    assert shown.data["text/plain"].startswith("not yet")
    assert "posenc" in run(python, "-m", "pip", "list")
