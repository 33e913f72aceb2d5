"""Hand in to a course that nbgrader grades, as students do."""

import csv

import nbformat

import nbgrader_course as maker


def name_of(cell):
    """The name by which nbgrader knows a cell; empty where it knows none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def released(course, part):
    """The notebook as it is handed out."""
    return nbformat.read(course / "release" / part / f"{part}.ipynb", as_version=4)


def filled(course, part, student, answers):
    """The same with a name and with answers in place of the stubs."""
    notebook = released(course, part)
    for cell in notebook.cells:
        if name_of(cell) == "student":
            cell.source = f'student = "{student}"'
        else:
            cell.source = answers.get(name_of(cell).removeprefix("answer-"), cell.source)
    return notebook


def hand_in(course, part, student, notebook):
    """Put a notebook where nbgrader collects it, and give back the folder."""
    folder = course / "submitted" / student / part
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{part}.ipynb")
    return folder


def grades(course):
    """The points in the gradebook, by student and part."""
    maker.nbgrader(course, "export")
    with (course / "grades.csv").open(newline="") as file:
        return {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}
