"""Hand in to an autograder of Otter's, as students do."""

import zipfile
from itertools import pairwise

import nbformat


def handed_out(made, part):
    """The notebook that students get."""
    return nbformat.read(made / part / "dist" / "student" / f"{part}.ipynb", as_version=4)


def filled(notebook, answers):
    """The same with a name, and with answers in the cells above their checks."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, check in pairwise(code):
        name = check.source.removeprefix('grader.check("').removesuffix('")')
        if cell.id == "student":
            cell.source = 'student = "Ada "'
        elif name != check.source:
            cell.source = answers.get(name, cell.source)
    return notebook


def put_in(folder, name, text):
    """A file below a folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def written(notebook, folder, name):
    """The file of a notebook; a zip file if there are others in the folder already."""
    others = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".ipynb"]
    nbformat.write(notebook, folder / name)
    if not others:
        return folder / name
    packed = (folder / name).with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        for path in [folder / name, *others]:
            archive.write(path, path.relative_to(folder))
    return packed
