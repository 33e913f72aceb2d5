"""The copies of the chapters: plain Markdown, all outputs, and a cell that makes them run."""

import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

import addresses
import chapter_copies as maker
import plain_markdown
from book import BOOK, NOTEBOOKS, code_cells, name, read
from release_exercises import SOURCES
from student_copies import what_only_the_book_shows

CHAPTERS = [path for path in NOTEBOOKS if path.parent != SOURCES]
WHEEL = "posenc-1.2-py3-none-any.whl"
TO_A_NOTEBOOK = re.compile(r"\]\(([^\s)#:]+\.ipynb)\)")
PICTURE = re.compile(r"!\[[^\]]+\]\(([\w.-]+)\)")


@pytest.fixture(autouse=True)
def no_address(monkeypatch):
    """The same text whatever _config.yml says."""
    monkeypatch.setattr(addresses, "site", lambda: None)
    monkeypatch.setattr(addresses, "repository", lambda: None)


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_a_copy_is_plain_markdown_whose_links_hold(path):
    for cell in maker.chapter_copy(path, WHEEL).cells:
        if cell.cell_type == "markdown":
            assert all((path.parent / link).exists() for link in TO_A_NOTEBOOK.findall(cell.source)), cell.id
            assert set(PICTURE.findall(cell.source)) <= {file.name for file in plain_markdown.pictures(name(path))}
            text = PICTURE.sub("", TO_A_NOTEBOOK.sub("](https://a.b)", cell.source))
            assert what_only_the_book_shows(text) is None, cell.id


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_a_copy_has_the_code_and_the_outputs_of_its_chapter(path):
    source, copy = read(path), maker.chapter_copy(path, WHEEL)
    nbformat.validate(copy)
    assert copy.cells[1].id == "install"
    assert WHEEL in copy.cells[1].source
    known = {cell.id for cell in source.cells}
    kept = [cell for cell in code_cells(copy) if cell.id in known]
    assert [(cell.source, cell.outputs) for cell in kept] == [(c.source, c.outputs) for c in code_cells(source)]
    assert {cell.id for cell in code_cells(copy)} - known <= {"install", "peers"}


def test_every_figure_of_a_copy_has_its_caption():
    path = BOOK / "formula" / "two_indices.ipynb"
    figures = [figure for cell in code_cells(read(path)) if (figure := plain_markdown.figure_of(cell))]
    cells = maker.chapter_copy(path, WHEEL).cells
    below = [after.source for cell, after in pairwise(cells) if plain_markdown.figure_of(cell)]
    assert len(below) == len(figures) > 3
    assert all(re.match(r"\*\*Figure \d+\.\*\* \w", text) for text in below)


def test_the_answer_to_a_prediction_is_folded():
    folded = [
        cell.metadata.get("jupyter")
        for cell in maker.chapter_copy(BOOK / "formula" / "order.ipynb", WHEEL).cells
        if "hide-output" in cell.metadata.get("tags", [])
    ]
    assert folded
    assert all(how == {"outputs_hidden": True} for how in folded)


def test_a_file_that_a_chapter_reads_comes_with_it(tmp_path, monkeypatch):
    (cell,) = [cell for cell in maker.chapter_copy(BOOK / "beyond" / "peers.ipynb", WHEEL).cells if cell.id == "peers"]
    monkeypatch.chdir(tmp_path)
    exec(cell.source)
    assert json.loads((tmp_path / "peers.json").read_text()) == json.loads((BOOK / "beyond" / "peers.json").read_text())
    assert not list(maker.files_read(BOOK / "beyond" / "alibi.ipynb"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("(a-label)=\n## Head", "## Head"),
        ("As [its entry](#a-label) says.", "As its entry says."),
        ("Said by {cite:t}`vaswani2017attention`.", "Said by Vaswani et al. ([2017](https://arxiv.org/abs/1706.03762))."),
        ("So it is {cite:p}`horn2013matrix,prony1795`.", "So it is (Horn and Johnson [2013](URL), de Prony [1795](URL))."),
        ("See {prf:ref}`thm-group`.", "See Corollary 1."),
        (":::{admonition} Mind\n:class: tip\n\nOne.\n\nTwo.\n:::", "> **Mind**\n>\n> One.\n>\n> Two."),
        (":::{prf:proof}\n:class: dropdown\n\n$x$\n:::", "<details><summary>Proof</summary>\n\n$x$\n\n</details>"),
        ("::::{admonition} A\n:::{admonition} B\nb\n:::\n::::", "> **A**\n>\n> > **B**\n> >\n> > b"),
        ("`{cite:p}` and `x`", "`{cite:p}` and `x`"),
    ],
)  # fmt: skip
def test_what_only_the_book_shows_becomes_plain(written, shown):
    assert re.sub(r"\(https://doi[^)]+\)|\(https://(?!arxiv)[^)]+\)", "(URL)", plain_markdown.plain(written)) == shown


@pytest.mark.parametrize("site", [None, "https://a.b"])
def test_a_figure_is_shown_from_the_site_or_from_beside_the_copy(site, monkeypatch):
    monkeypatch.setattr(addresses, "site", lambda: site)
    shown = maker.chapter_copy(BOOK / "ten_minutes.ipynb", WHEEL).cells
    found = [where for cell in shown for where in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", cell.source)]
    names = [file.name for file in plain_markdown.pictures("ten_minutes")]
    assert found == [f"{site}/_images/{file}" if site else file for file in names]
    assert len(found) >= 2


@pytest.mark.parametrize("text", ["{doc}`index`", ":::{note}\nx\n:::"])
def test_what_has_no_plain_form_yet_is_refused_by_name(text):
    with pytest.raises(ValueError, match=r"no form for the (role 'doc'|directive 'note')"):
        plain_markdown.plain(text)


def test_the_zip_file_holds_every_notebook_and_what_it_takes(tmp_path):
    exercises = tmp_path / "student"
    exercises.mkdir()
    (exercises / WHEEL).write_bytes(b"wheel")
    for path in SOURCES.glob("*.ipynb"):
        (exercises / path.name).write_text("copy")
    made = maker.chapters(tmp_path / "notebooks", exercises)
    with zipfile.ZipFile(made.with_name(f"{maker.ARCHIVE}.zip")) as archive:
        found = {entry.removeprefix(f"{maker.ARCHIVE}/") for entry in archive.namelist()}
    shown = {
        (Path(name(path)).parent / file.name).as_posix()
        for path in CHAPTERS
        for file in plain_markdown.pictures(name(path))
    }
    assert len(shown) > 5
    assert found == {f"{name(path)}.ipynb" for path in NOTEBOOKS} | {"README.md", WHEEL} | shown
    assert (made / "exercises" / "formula.ipynb").read_text() == "copy"  # not the source, which holds the solutions


def test_binder_reads_versions_of_the_lock(tmp_path):
    maker.binder(tmp_path / "binder")
    wanted = (tmp_path / "binder" / "requirements.txt").read_text().splitlines()
    lock = (BOOK.parent / "requirements.txt").read_text()
    assert {line.partition("==")[0] for line in wanted} == {"numpy", "matplotlib", "sympy", "tabulate"}
    assert all(re.search(rf"^{re.escape(line)}\b", lock, re.M) for line in wanted)
    assert re.fullmatch(r"python-3\.\d+\n", (tmp_path / "binder" / "runtime.txt").read_text())
