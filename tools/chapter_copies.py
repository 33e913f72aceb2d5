"""Make from the chapters what a reader downloads: notebooks that run anywhere, in plain Markdown, with their outputs.

The folder holds the student copies too, so that links from one notebook to another hold, and the wheel of posenc.
"""

import copy
import json
import shutil
from importlib.metadata import version

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

import addresses
from plain_markdown import caption, figure_of, pictures, plain
from release_exercises import SOURCES
from run_notebooks import BOOK, notebooks, written
from runnable import FOR_CHAPTERS, archive, install, needed, project
from student_copies import WHERE_THE_BOOK_IS, away_from_the_book

ARCHIVE = "position-encoding-notebooks"

FOLDED = {"jupyter": {"source_hidden": True}, "tags": ["remove-cell"]}
WRITES = '''\
# The file that this chapter reads, where it is not there.
from pathlib import Path

if not Path("{name}").exists():
    Path("{name}").write_text(r"""{text}""", "utf-8")'''

README = """\
# Position encoding in transformers: every notebook of the book

- Start: run `jupyter lab` in this folder, open a notebook, `ten_minutes.ipynb` first, and run its cells from the top.
- Needed: Python {python} or later with Jupyter, NumPy, SymPy, Matplotlib and tabulate; the first cell of a notebook
  installs what is missing, and `posenc` from the wheel in this folder.
- `exercises` holds the exercises without their solutions; their checks say at once whether an answer is right.
"""


def chapters(target, exercises):
    """Write the copies with a README into a folder, anew, and the same as a zip file beside it.

    From the folder of the student copies it takes these and the wheel, so that all notebooks lie together.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(exercises, target / "exercises", ignore=shutil.ignore_patterns("*.whl", "*.md"))
    (package,) = exercises.glob("*.whl")
    shutil.copy(package, target)
    for path in notebooks():
        if path.parent != SOURCES:
            place = target / path.relative_to(BOOK)
            place.parent.mkdir(exist_ok=True)
            place.write_text(written(chapter_copy(path, package.name)), encoding="utf-8")
            for picture in pictures(path.relative_to(BOOK).with_suffix("").as_posix()):
                shutil.copy(picture, place.parent)
    (target / "README.md").write_text(readme(), encoding="utf-8")
    archive(target, target.with_name(f"{ARCHIVE}.zip"))
    binder(target / "binder")
    return target


def binder(folder):
    """Write what Binder reads where it opens the copies from a repository: the Python, and the versions of the lock."""
    folder.mkdir()
    names = ["numpy", *needed(FOR_CHAPTERS)]
    (folder / "requirements.txt").write_text("".join(f"{name}=={version(name)}\n" for name in names), encoding="utf-8")
    (folder / "runtime.txt").write_text(f"python-{project()['requires-python'].removeprefix('>=')}\n", encoding="utf-8")


def readme():
    """Some lines for whoever opens the folder."""
    site = addresses.site()
    text = README.format(python=project()["requires-python"].removeprefix(">="))
    return text + (WHERE_THE_BOOK_IS.format(site=site) if site else "")


def chapter_copy(path, package):
    """The notebook of a chapter, able to install the package, given by the name of its wheel."""
    notebook = copy.deepcopy(nbformat.read(path, as_version=4))
    cells, named = [], set()
    for cell in notebook.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            cell.source = away_from_the_book(plain(cell.source), path, named, together=True)
        elif figure := figure_of(cell):
            below = away_from_the_book(caption(figure), path, named, together=True)
            cells.append(new_markdown_cell(below, id=f"{cell.id}-caption"))
        if "hide-output" in cell.metadata.get("tags", []):  # the answer to a prediction
            cell.metadata["jupyter"] = {"outputs_hidden": True}
    installs = new_code_cell(install(package, FOR_CHAPTERS), id="install", metadata={"tags": ["remove-cell"]})
    notebook.cells = [cells[0], installs, *files_read(path), *cells[1:]]
    return notebook


def files_read(path):
    """A cell for each file that the chapter reads, which writes it where it is not there."""
    code = path.read_text(encoding="utf-8")
    for file in sorted(path.parent.glob("*.json")):
        if json.dumps(f'Path("{file.name}")')[1:-1] in code:
            source = WRITES.format(name=file.name, text=file.read_text(encoding="utf-8"))
            yield new_code_cell(source, id=file.stem, metadata=FOLDED)
