"""Make from the exercise notebooks what students and teachers get.

`student` writes a copy of each without solutions. `assignment` writes an nbgrader course, with
source and release versions, points and hidden tests. Neither result is ever committed.
"""

import argparse
import copy
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell

from run_notebooks import BOOK, ROOT, normalised, written

SOURCES = BOOK / "exercises"
STUB = "...  # your code here"
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION$", re.M | re.S)
CHECK = re.compile(r'^check\((?P<answer>\w+), "(?P<name>[\w-]+)"\)$')

INSTALL = """\
# Where posenc is not installed, in Colab for instance, this line gets it.
import importlib.util
import subprocess
import sys

if importlib.util.find_spec("posenc") is None:
    wanted = "posenc[symbolic,plotting] @ git+{address}"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", wanted])"""

COURSE = f"""\
c = get_config()
c.CourseDirectory.course_id = "position-encoding"
c.ClearSolutions.code_stub = {{"python": "{STUB}"}}
c.ExecutePreprocessor.timeout = 120
"""

HIDDEN = """
### BEGIN HIDDEN TESTS
for seed in range(1, 4):
    verdict = check({answer}, "{name}", seed=seed)
    assert verdict, verdict
### END HIDDEN TESTS"""


def sources():
    """The exercise notebooks, found by search."""
    return sorted(SOURCES.glob("*.ipynb"))


def exercise_of(cell):
    """The answer's name and the exercise's, if the cell is a check; None otherwise."""
    found = CHECK.match(cell.source) if cell.cell_type == "code" else None
    return (found["answer"], found["name"]) if found else None


def blank(source):
    """The source of a cell with what stands between the solution markers replaced by a stub."""
    return SOLUTION.sub(lambda found: found[1] + STUB, source)


def prepared(path):
    """The notebook as anyone but its author gets it: never run, untagged, and able to install the package."""
    notebook = copy.deepcopy(nbformat.read(path, as_version=4))
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    address = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]
    notebook.cells.insert(1, new_code_cell(INSTALL.format(address=address), id="install"))
    download = re.compile(r"\n*^<a href=.*download>.*$", re.M)
    notebook.cells[0].source = download.sub("", notebook.cells[0].source)
    return normalised(notebook)


def student_copy(path):
    """The notebook without solutions."""
    notebook = prepared(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = blank(cell.source)
    return notebook


def assignment_source(path):
    """The notebook as nbgrader's source version: solutions marked, checks worth points, tests hidden."""
    from posenc.exercises import EXERCISES  # here, because it loads SymPy, and the site does not need it

    notebook = prepared(path)
    answer = None
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if SOLUTION.search(cell.source):
            answer = cell
        elif exercise := exercise_of(cell):
            variable, name = exercise
            answer.metadata["nbgrader"] = _nbgrader(f"answer-{name}", solution=True)
            cell.metadata["nbgrader"] = _nbgrader(f"check-{name}", grade=True, points=EXERCISES[name].points)
            cell.source += HIDDEN.format(answer=variable, name=name)
    return notebook


def _nbgrader(name, *, solution=False, grade=False, points=None):
    metadata = {"schema_version": 3, "grade_id": name, "solution": solution, "grade": grade}
    metadata |= {"locked": grade, "task": False}
    return metadata | ({"points": points} if grade else {})


def student(target):
    """Write the student copies into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sources():
        (target / path.name).write_text(written(student_copy(path)), encoding="utf-8")
    return target


def assignment(target):
    """Write an nbgrader course into a folder, anew."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "nbgrader_config.py").write_text(COURSE, encoding="utf-8")
    for path in sources():
        folder = target / "source" / path.stem
        folder.mkdir(parents=True)
        (folder / path.name).write_text(written(assignment_source(path)), encoding="utf-8")
        nbgrader(target, "generate_assignment", path.stem)
        print(f"released {path.stem}", flush=True)
    return target


def nbgrader(course, *arguments):
    """Run an nbgrader command in the course's folder; show what it says only if it fails."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    # nbgrader calls a helper by name, which stands beside the interpreter.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    result = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"nbgrader {' '.join(arguments)} failed:\n{result.stdout}{result.stderr}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["student", "assignment"], help="what to make")
    made = {"student": student, "assignment": assignment}[parser.parse_args().command]
    folder = {"student": "student", "assignment": "course"}[made.__name__]
    print(f"Written to {made(ROOT / '_build' / folder)}")
