"""The student copies: no solution, no word that only the book understands, and all that it takes to run them."""

import os
import re
import subprocess
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

import addresses
import runnable
import student_copies as maker
from book import BOOK, ROOT, code_cells, read
from posenc.exercises import PARTS
from release_exercises import PROOF, SOLUTION, STUB, exercise_of, proof_of, sources

SOURCES = {path.stem: path for path in sources()}
IN_PARTS = pytest.mark.parametrize("part", SOURCES)
CHAPTER = BOOK / "exercises" / "formula.ipynb"

# What a Jupyter for science has, without the Jupyter: pip, and what the exercises import.
SCIENCE = ("pip", "numpy", "sympy", "matplotlib")
# Whoever asks the network gets no answer, at once; and pip knows no other place to look.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9") | {"no_proxy": ""}
OFFLINE = NOWHERE | {"PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}


def addressed(monkeypatch, *, site=None, repository=None):
    monkeypatch.setattr(addresses, "site", lambda: site)
    monkeypatch.setattr(addresses, "repository", lambda: repository)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The copies as `make student` writes them while no address is set."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        addressed(monkeypatch)
        return maker.student(tmp_path_factory.mktemp("made") / "student")


@pytest.fixture
def unpacked(folder, tmp_path):
    """What a student has who unpacked the zip file in an empty folder."""
    with zipfile.ZipFile(folder.with_name(f"{maker.ARCHIVE}.zip")) as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}  # or nobody may read them
        archive.extractall(tmp_path / "home")
    (only,) = (tmp_path / "home").iterdir()
    return only


def needed(names):
    """The names of distributions, and of all that they need."""
    found = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        wanted = map(Requirement, distribution(name).requires or [])
        waiting += [one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def environment(folder, names=SCIENCE):
    """A Python of its own that has these distributions and what they need, borrowed from the one that runs this."""
    venv.create(folder, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    for name in needed(names):
        installed = distribution(name)
        for top in {file.parts[0] for file in installed.files} - {"..", "__pycache__"}:
            (packages / top).symlink_to(installed.locate_file(top))
    return folder / "bin" / "python", packages


def run(python, code, cwd):
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "PIP_"))}
    env = {**outside, **OFFLINE, "MPLBACKEND": "agg"}
    return subprocess.run([python, "-c", code], cwd=cwd, env=env, capture_output=True, text=True)


def pretend(packages, version):
    """Put an empty posenc of some version into an environment, as pip would have."""
    record = packages / f"posenc-{version}.dist-info"
    (packages / "posenc").mkdir()
    (packages / "posenc" / "__init__.py").write_text(f'__version__ = "{version}"\n')
    record.mkdir()
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: posenc\nVersion: {version}\n")
    (record / "RECORD").write_text(f"posenc/__init__.py,,\n{record.name}/METADATA,,\n{record.name}/RECORD,,\n")


def install_cell(folder, part="formula"):
    return code_cells(read(folder / f"{part}.ipynb"))[0].source


def said(result):
    """The last words of a cell that stopped."""
    assert result.returncode == 1
    return result.stderr.partition("RuntimeError: ")[2].strip()


@IN_PARTS
def test_each_page_offers_its_copy_and_all_of_them(part):
    offered = re.findall(r'<a href="\.\./([^"]+)" download>', read(SOURCES[part]).cells[0].source)
    assert offered == [f"student/{part}.ipynb", f"{maker.ARCHIVE}.zip"]


@IN_PARTS
def test_copies_hold_no_solution(part, folder):
    source, copy = read(SOURCES[part]), read(folder / f"{part}.ipynb")
    text = "\n".join(cell.source for cell in copy.cells)
    assert "SOLUTION" not in text
    solutions = [found[0] for cell in source.cells for found in SOLUTION.finditer(cell.source)]
    proofs = [cell.source for cell in source.cells if proof_of(cell)]
    assert (text.count(STUB), text.count(PROOF)) == (len(solutions), len(proofs))
    assert len(solutions) + len(proofs) >= len(PARTS[part])
    copied = {line.strip() for line in text.splitlines()}
    for hidden, chance in ((solutions, 20), (proofs, 40)):  # a short line may stand in a task too
        lines = [line.strip() for one in hidden for line in one.splitlines()]
        assert not [line for line in lines if len(line) > chance and line in copied]
    assert all(cell.execution_count is None and not cell.outputs for cell in code_cells(copy))
    assert not any(cell.metadata for cell in copy.cells)


def test_the_zip_file_holds_what_the_folder_holds(folder, unpacked):
    assert unpacked.name == maker.ARCHIVE
    made, got = ({path.name: path.read_bytes() for path in place.iterdir()} for place in (folder, unpacked))
    assert got == made
    assert {Path(name).suffix for name in made} == {".ipynb", ".md", ".whl"}
    assert len(made) == len(SOURCES) + 2


@IN_PARTS
def test_copies_run_where_nothing_else_is_there(part, unpacked, tmp_path):
    """Without a network, without posenc, and with nothing but NumPy, SymPy, Matplotlib and what these need."""
    python, packages = environment(tmp_path / "env")
    assert run(python, "import posenc", unpacked).returncode == 1
    assert run(python, "import tabulate", unpacked).returncode == 1
    cells = code_cells(read(unpacked / f"{part}.ipynb"))
    code = "\n\n".join(f"assert not {cell.source}" if exercise_of(cell) else cell.source for cell in cells)
    result = run(python, code, unpacked)
    assert result.returncode == 0, result.stderr
    assert (packages / "posenc" / "exercises").is_dir()


@pytest.mark.parametrize("there", [None, "0.0.1"])
def test_an_install_that_fails_stops_with_the_reason_of_pip(there, unpacked, tmp_path):
    python, packages = environment(tmp_path / "env", ("pip", "numpy", "packaging"))
    if there:
        pretend(packages, there)
    reason = said(run(python, install_cell(unpacked), unpacked))
    assert reason.startswith("posenc is not ready. ")
    assert re.search("No matching distribution found for (sympy|matplotlib)", reason)


def test_without_wheel_and_address_the_cell_says_what_to_do(unpacked, tmp_path):
    python, _ = environment(tmp_path / "env")
    (wheel,) = unpacked.glob("*.whl")
    wheel.unlink()
    where = "from the zip file of the notebooks, beside this one"
    wanted = f"posenc is missing: put {wheel.name}, {where}, then run this cell again."
    assert said(run(python, install_cell(unpacked), unpacked)) == wanted


@pytest.mark.parametrize(("there", "after"), [("0.0.1", "new"), ("99.0", "99.0")])
def test_only_an_old_package_is_replaced(there, after, unpacked, tmp_path):
    python, packages = environment(tmp_path / "env")
    pretend(packages, there)
    result = run(python, install_cell(unpacked) + "\nimport posenc; print(posenc.__version__)", unpacked)
    (wheel,) = unpacked.glob("*.whl")
    assert result.stdout.strip() == {"new": wheel.name.split("-")[1]}.get(after, after), result.stderr


def test_where_there_is_no_wheel_the_published_one_is_installed(folder, tmp_path, monkeypatch):
    """The site is a folder here, which pip reads like one on the web."""
    addressed(monkeypatch, site=folder.parent.as_uri())
    (wheel,) = folder.glob("*.whl")
    python, _ = environment(tmp_path / "env")
    result = run(python, runnable.install(wheel.name, runnable.FOR_EXERCISES) + "\nimport posenc", tmp_path)
    assert result.returncode == 0, result.stderr


def test_the_cell_names_an_address_only_if_one_is_set(monkeypatch):
    wheel, site, repository = "posenc-1.2-py3-none-any.whl", "https://site.example/book", "https://git.example/a/b"
    for known, wanted in [
        ({}, []),
        ({"repository": repository}, [f"git+{repository}"]),
        ({"repository": repository, "site": site}, [f"{site}/student/{wheel}"]),
    ]:
        addressed(monkeypatch, **known)
        cell = runnable.install(wheel, runnable.FOR_CHAPTERS)
        assert re.findall(r"\S+://[^\"]+", cell) == wanted
        assert len(cell.splitlines()) <= 24


@pytest.mark.parametrize(
    ("written", "with_site", "without"),
    [
        ("On [order](../formula/order.ipynb).", "On [order](https://a.b/formula/order.html).", "On order (*{order}*)."),
        ("[x](../formula/order.ipynb#the-end)", "[x](https://a.b/formula/order.html#the-end)", "x (*{order}*)"),
        ("[N](../notation.md) or [n](../notation.md)", "[N](https://a.b/notation.html) or [n](https://a.b/notation.html)", "N (*Notation*) or n"),
        ("[x](https://c.d/e.md)", "[x](https://c.d/e.md)", "[x](https://c.d/e.md)"),
    ],
)  # fmt: skip
def test_links_lead_to_the_site_or_become_words(written, with_site, without, monkeypatch):
    order = read(BOOK / "formula" / "order.ipynb").cells[0].source.splitlines()[0].removeprefix("# ")
    for site, wanted in [("https://a.b", with_site), (None, without.format(order=order))]:
        addressed(monkeypatch, site=site)
        assert maker.away_from_the_book(written, CHAPTER, set()) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "As in {cite:p}`vaswani2017`.",
        "See {numref}`fig-loop`.",
        ":::{admonition} Hint\nTry 1.\n:::",
        "```{note}\nTry 1.\n```",
        "(a-label)=\nText.",
        "% a comment",
        "$$x = 1$$ (eq-x)",
        "A note[^1].\n\n[^1]: Small.",
        "[Exercise 2](#two)",
        "![A picture](../_static/first_picture.png)",
        'A <a href="../index.html">page</a>.',
        "term\n: meaning",
        "{{ name }}",
    ],
)
def test_what_only_the_book_shows_is_refused_by_cell(text, tmp_path):
    cell = nbformat.v4.new_markdown_cell(text, id="formula-07")
    path = tmp_path / "formula.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(ValueError, match=r"^formula\.ipynb, cell formula-07: only the book can show "):
        maker.student_copy(path, "posenc-1.2-py3-none-any.whl")


def test_plain_text_passes():
    text = "# A\n\n$x$, $$y$$, `{cite:p}`, **b** [c](https://d.e)\n\n    {note}\n\n| a |\n|---|\n| b |\n\n```python\n1\n```"
    assert maker.what_only_the_book_shows(text) is None


@pytest.mark.parametrize("site", [None, "https://site.example/book"])
def test_the_readme_says_where_the_book_is_if_that_is_known(site, monkeypatch):
    addressed(monkeypatch, site=site)
    lines = [line for line in maker.readme().splitlines() if line]
    assert lines[4:] == ([f"- The book: {site}"] if site else [])
    assert "Python 3.11 or later" in lines[2]


def test_the_wheel_is_the_same_each_time_and_leaves_nothing_behind(tmp_path):
    before = sorted(path.name for path in ROOT.iterdir())
    wheels = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        wheels.append(runnable.wheel(tmp_path / name))
    assert wheels[0].read_bytes() == wheels[1].read_bytes()
    assert {entry.date_time[0] for entry in zipfile.ZipFile(wheels[0]).infolist()} == {1980}
    assert sorted(path.name for path in ROOT.iterdir()) == before
    assert {"posenc/posenc.mplstyle", "posenc/exercises/formula.py"} <= set(zipfile.ZipFile(wheels[0]).namelist())


@pytest.mark.parametrize(
    ("url", "baseurl", "known"),
    [
        ("https://github.com/a/b/", "https://a.github.io/b/", ("https://github.com/a/b", "https://a.github.io/b")),
        ("https://github.com/OWNER/b", "https://OWNER.github.io/REPOSITORY/", (None, None)),
        ("", "", (None, None)),
    ],
)
def test_addresses_are_none_while_they_are_not_set(url, baseurl, known, tmp_path, monkeypatch):
    (tmp_path / "_config.yml").write_text(f'repository: {{url: "{url}"}}\nhtml: {{baseurl: "{baseurl}"}}\n')
    monkeypatch.setattr(addresses, "ROOT", tmp_path)
    assert (addresses.repository(), addresses.site()) == known
