"""Make an nbgrader course of the exercises, or bring a running one up to date.

Written are the source and the release version of each part, the settings and, through nbgrader, the
gradebook. What students handed in, their grades and their feedback are never touched, so that a
corrected exercise can reach a course that is running.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell

from release_exercises import (
    ANEW,
    MINE,
    SOLUTION,
    STUDENT,
    WHO,
    exercise_of,
    personal,
    proof_of,
    seed_of,
    sources,
    unrun,
    visible_check,
)
from run_notebooks import ROOT, written
from runnable import FOR_EXERCISES, install, wheel
from student_copies import away_from_the_book

QUICK = Path(__file__).with_name("quick.py")
CONFIG = Path(__file__).with_name("nbgrader_config.py")
POINTS = """\
# When this notebook is graded, the points of the exercise above are given here.
### BEGIN HIDDEN TESTS
{anew}

def _points(answer, exercise, variant=""):
    \"\"\"The points of an answer; what it missed is printed, and shown in the feedback.\"\"\"
    grade = _anew().grade(answer, exercise, seed={seed}, variant=variant)
    print(grade)
    return float(grade.points)


{variant}_points({answer}, "{name}"{option})
### END HIDDEN TESTS"""
# nbgrader's settings tell the notebook who handed it in; elsewhere the name in the notebook has to do.
VARIANT = """\
def _owner(named):
    \"\"\"Whose numbers count: those of the student who handed the notebook in.\"\"\"
    import os

    owner = os.environ.get("NBGRADER_STUDENT", named).strip().lower()
    if owner != named.strip().lower():
        print(f"The notebook is made out to {{named!r}}, and was handed in by {{owner!r}}, whose numbers are graded.")
    return f"{seed} {{owner}}"


"""


def course(target, seed=None, parts=None):
    """Write the course, or some of its parts, into a folder.

    A folder that is there keeps its seed and all that students handed in.
    """
    target.mkdir(parents=True, exist_ok=True)
    seed = seed_of(target, seed)
    shutil.copy(CONFIG, target / CONFIG.name)
    with tempfile.TemporaryDirectory() as name:
        package = wheel(Path(name))
        for path in sources():
            if path.stem not in (parts or path.stem):
                continue
            folder = target / "source" / path.stem
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("posenc-*.whl"):
                old.unlink()
            shutil.copy(package, folder)
            (folder / path.name).write_text(written(source_version(path, package.name, seed)), encoding="utf-8")
            nbgrader(target, "generate_assignment", path.stem, "--force")
            print(f"released {path.stem}", flush=True)
    return target


def source_version(path, package, seed):
    """A notebook as nbgrader's source version: solutions marked, everything else locked, checks worth points."""
    from posenc.exercises import PARTS  # here, because it loads SymPy, and the site does not need it

    notebook = unrun(path)
    exercises = PARTS[path.stem]
    proofs = (name for name, exercise in exercises.items() if exercise.kind == "prove")
    cells, named, answer = [], set(), None
    for cell in notebook.cells:
        proof, tags = proof_of(cell), cell.metadata.get("tags", [])
        cell.metadata.clear()
        cells.append(cell)
        if proof:
            name = next(proofs)
            _mark(cell, f"proof-{name}", solution=True, grade=True, points=exercises[name].points)
        elif cell.cell_type == "markdown":
            cell.source = away_from_the_book(cell.source, path, named)
        elif "check-all" in tags:
            cells[-2:] = []  # it would say which numbers are right, and its heading goes with it
        elif SOLUTION.search(cell.source):
            answer = cell
        elif exercise := exercise_of(cell):
            variable, name = exercise
            known = exercises[name]
            _mark(answer, f"answer-{name}", solution=True)
            cell.source = visible_check(variable, name, known)
            _mark(cell, f"check-{name}", grade=True, points=0)
            owner = VARIANT.format(seed=seed) if known.given else ""
            option = ", _owner(student)" if known.given else ""
            hidden = POINTS.format(anew=ANEW, seed=seed, variant=owner, answer=variable, name=name, option=option)
            cells.append(new_code_cell(hidden, id=f"points-{name}"))
            _mark(cells[-1], f"points-{name}", grade=True, points=known.points)
        else:
            cell.source = personal(cell.source)
            _mark(cell, f"given-{cell.id}", locked=True)
    notebook.cells = [cells[0], *_beginning(package, seed), *cells[1:]]
    return notebook


def _beginning(package, seed):
    """The cells that install the package and ask whose notebook it is."""
    installs = new_code_cell(install(package, FOR_EXERCISES), id="install")
    _mark(installs, "install", locked=True)
    who = new_code_cell(f'{STUDENT}\n### BEGIN SOLUTION\nstudent = "teacher"\n### END SOLUTION', id="student")
    _mark(who, "student", solution=True)
    mine = new_code_cell(MINE.format(seed=seed), id="mine")
    _mark(mine, "mine", grade=True, points=0)
    return [installs, new_markdown_cell(WHO, id="who"), who, mine]


def _mark(cell, name, *, solution=False, grade=False, locked=None, points=None):
    locked = (grade and not solution) if locked is None else locked
    data = {
        "schema_version": 3,
        "grade_id": name,
        "solution": solution,
        "grade": grade,
        "locked": locked,
        "task": False,
    }
    cell.metadata["nbgrader"] = data | ({"points": points} if grade else {})


def nbgrader(course, *arguments):
    """Run an nbgrader command in the course's folder; show what it says only if it fails."""
    command = [sys.executable, QUICK, "nbgrader", *arguments]
    # nbgrader calls a helper by name, which stands beside the interpreter.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    result = subprocess.run(command, cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"nbgrader {' '.join(arguments)} failed:\n{result.stdout}{result.stderr}")
    return result.stdout + result.stderr


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, help="a number of your own; without it, the one that the course has")
    parser.add_argument("--folder", type=Path, default=ROOT / "_build" / "course", help="where the course lives")
    chosen = parser.parse_args()
    try:
        print(f"The course is in {course(chosen.folder, chosen.seed)}")
    except (RuntimeError, ValueError) as error:
        sys.exit(str(error))
