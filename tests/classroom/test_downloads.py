"""Notebooks downloaded from the site, in a new environment that has Jupyter's parts and nothing else.

Like the other tests of a new environment it takes minutes and asks the package index.
"""

import functools
import http.server
import threading
import urllib.request
import venv

import nbformat
import pytest
from test_fresh_environment import RUN, run

import addresses
from chapter_copies import chapters
from release_exercises import exercise_of
from student_copies import student

# Without a package index: what the cell installs then comes from the site or from the folder.
NO_INDEX = {"PIP_NO_INDEX": "1"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a served folder with all copies, made for that address."""
    folder = tmp_path_factory.mktemp("site")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(addresses, "site", lambda: address)
        chapters(folder / "notebooks", student(folder / "student"))
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The Python of a new environment without NumPy."""
    folder = tmp_path_factory.mktemp("bare") / "env"
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    run(python, "-m", "pip", "install", "--quiet", "ipykernel", "nbclient")
    return python


def downloaded(address, folder):
    """A file of the site, in a folder of downloads."""
    path = folder / address.rpartition("/")[2]
    urllib.request.urlretrieve(address, path)
    return path


def up_to_first_check(path):
    """Leave out of an exercise notebook what comes after its first check."""
    notebook = nbformat.read(path, as_version=4)
    checks = [number for number, cell in enumerate(notebook.cells) if exercise_of(cell)]
    if checks:
        notebook.cells = notebook.cells[: checks[0] + 1]
        nbformat.write(notebook, path)


@pytest.mark.parametrize("page", ["notebooks/ten_minutes", "notebooks/beyond/peers", "student/formula"])
def test_a_notebook_that_is_downloaded_alone_installs_from_the_site_and_runs(page, site, python, tmp_path):
    path = downloaded(f"{site}/{page}.ipynb", tmp_path)
    up_to_first_check(path)
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "posenc")
    run(python, "-c", RUN, path.name, cwd=tmp_path)
    record = run(python, "-m", "pip", "freeze")
    assert f"posenc @ {site}/student/posenc-" in record


@pytest.mark.parametrize("page", ["notebooks/formula/order", "student/theorems"])
def test_without_an_address_it_installs_from_the_wheel_beside_it_and_runs(page, site, python, tmp_path, monkeypatch):
    """What the environment lacks besides is there since the notebooks above; the wheel needs no package index."""
    run(python, "-m", "pip", "install", "--quiet", "numpy", "sympy", "matplotlib", "tabulate")
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "posenc")
    monkeypatch.setattr(addresses, "site", lambda: None)
    monkeypatch.setattr(addresses, "repository", lambda: None)
    made = chapters(tmp_path / "made" / "notebooks", student(tmp_path / "made" / "student"))
    home = tmp_path / "downloads"
    home.mkdir()
    path = home / f"{page.rpartition('/')[2]}.ipynb"
    path.write_bytes((made.parent / page).with_suffix(".ipynb").read_bytes())
    (wheel,) = made.glob("*.whl")
    downloaded(f"{site}/student/{wheel.name}", home)
    up_to_first_check(path)
    run(python, "-c", RUN, path.name, cwd=home, **NO_INDEX)
    assert f"posenc @ file://{home}" in run(python, "-m", "pip", "freeze")
