"""What the tests know of the book: its notebooks, found by search, and its table of contents."""

from pathlib import Path

import nbformat
import yaml

import run_notebooks as runner

ROOT = runner.ROOT
BOOK = runner.BOOK
NOTEBOOKS = runner.notebooks()
#: Exercises, the page of ten minutes and the errors in circulation have forms of their own.
NO_CHAPTERS = {BOOK / "ten_minutes.ipynb", BOOK / "practice" / "errors.ipynb"}
CHAPTERS = [path for path in NOTEBOOKS if path.parent != BOOK / "exercises" and path not in NO_CHAPTERS]


def name(path):
    """A notebook as test reports call it."""
    return path.relative_to(BOOK).with_suffix("").as_posix()


def read(path):
    """A notebook as stored."""
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    """Its code cells in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def pages():
    """Every page that the table of contents names, in the order of the book."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def source_of(page):
    """The file of a page."""
    return next(path for suffix in (".ipynb", ".md") if (path := Path(BOOK, page).with_suffix(suffix)).exists())
