"""Make an Otter-Grader version of the exercises, or grade what students handed in.

For each part, `otter assign` makes a notebook for students, and an autograder for Gradescope and for
this machine. Given a folder of submissions, `otter run` grades each of them, and a table holds the points.
"""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path
from textwrap import indent

import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from release_exercises import (
    ANEW,
    MINE,
    PROOF,
    SOLUTION,
    STUB,
    STUDENT,
    WHO,
    exercise_of,
    personal,
    proof_of,
    seed_of,
    sources,
    unrun,
)
from run_notebooks import ROOT, written
from runnable import FOR_EXERCISES, install, wheel
from student_copies import away_from_the_book

TARGET = ROOT / "_build" / "otter"
QUICK = Path(__file__).with_name("quick.py")
PLUGIN = Path(__file__).with_name("otter_plugin.py")
UNPACKED = "/autograder/source"  # where a grading container has what is in autograder.zip
SECONDS_PER_CELL = 60
LOCKED = {"editable": False, "deletable": False}
HEAD = re.compile(r"## \d+\. ")

START = """\
# Otter gives the points. This cell installs it where it is missing.
import importlib.util

if importlib.util.find_spec("otter") is None:
    %pip install -q otter-grader=={version}

import otter

grader = otter.Notebook()"""

# Otter shows students what stands between the marks of the prompt, and the solution to nobody.
SHOWN = """\
{margin}# BEGIN SOLUTION NO PROMPT
{solution}
{margin}# END SOLUTION
{margin}\""" # BEGIN PROMPT
{margin}{stub}
{margin}\""" # END PROMPT"""

VISIBLE = """\
\""" # BEGIN TEST CONFIG
points: 0
hidden: false{message}
\""" # END TEST CONFIG
def told(env):
    from posenc.exercises import check
    verdict = check(env.get("{answer}"), "{name}"{options})
    if not verdict:
        raise AssertionError(repr(verdict))"""

FORM = "\nsuccess_message: this has the right form; whether it is right is told with the grade"

HIDDEN = """\
\""" # BEGIN TEST CONFIG
points: {points}
hidden: true
failure_message: "{case}"
\""" # END TEST CONFIG
def case_{number}(env):
{anew}
    variant = f"{seed} {{str(env.get('student')).strip().lower()}}"
    grade = _anew().grade(env.get("{answer}"), "{name}", case="{case}", seed={seed}, variant=variant)
    if not all(grade.verdicts.values()):
        raise AssertionError(repr(grade))"""


def otter(target, seed=None, parts=None):
    """Write the Otter version of each part, or of some, into a folder of its name, anew. The seed is kept."""
    target.mkdir(parents=True, exist_ok=True)
    seed = seed_of(target, seed)
    for path in sources():
        if not parts or path.stem in parts:
            assign(target / path.stem, path, seed)
            print(f"made {path.stem}", flush=True)
    return target


def assign(folder, path, seed):
    """Write the source of one part into a folder, and let Otter make its two versions there, in `dist`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    package = wheel(folder)
    (folder / path.name).write_text(written(source(path, package.name, seed)), encoding="utf-8")
    run("assign", "--no-run-tests", path.name, "dist", cwd=folder)
    (made,) = (folder / "dist" / "autograder").glob("*.zip")
    with zipfile.ZipFile(made.rename(made.with_name("autograder.zip")), "a") as archive:
        archive.write(PLUGIN, PLUGIN.name)
        # `otter grade` builds its container before it copies `files`, and after it has what is in `requirements.*`.
        archive.write(PLUGIN, f"requirements.d/{PLUGIN.name}")
        archive.write(package, f"requirements.d/files/{package.name}")


def source(path, package, seed):
    """The notebook of which Otter makes the two versions."""
    from posenc.exercises import PARTS  # here, because it loads SymPy

    notebook = unrun(path)
    cells = readable(notebook.cells, path)
    heads = [number for number, cell in enumerate(cells) if HEAD.match(cell.source)]
    title, *before = cells[: heads[0]]
    begin = [
        title,
        locked(install(package, FOR_EXERCISES), "install"),
        locked(START.format(version=version("otter-grader")), "start"),
        new_markdown_cell(WHO, id="who", metadata=LOCKED),
        new_code_cell(STUDENT, id="student"),
        locked(MINE.format(seed=seed).rstrip(), "mine"),
        *before,
    ]
    told = settings(package, handed_out([*begin, *cells[heads[0] :]]))
    notebook.cells = [raw("# ASSIGNMENT CONFIG", **told), *begin]
    for (name, exercise), start, end in zip(PARTS[path.stem].items(), heads, [*heads[1:], None], strict=True):
        notebook.cells += question(name, exercise, cells[start:end], seed)
    return notebook


def readable(cells, path):
    """The cells of a graded copy: links hold elsewhere, numbers are the student's own, and no cell checks all."""
    kept, named = [], set()
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata.clear()
        if "check-all" in tags:
            kept.pop()  # its heading
            continue
        kept.append(cell)
        if "proof" in tags:
            cell.metadata["tags"] = ["proof"]
        elif cell.cell_type == "markdown":
            cell.source = away_from_the_book(cell.source, path, named)
        else:
            cell.source = personal(cell.source)
        if not answered(cell):
            cell.metadata.update(LOCKED)
    return kept


def answered(cell):
    """Whether a cell holds what a student is to find: a proof or another solution."""
    return proof_of(cell) or bool(SOLUTION.search(cell.source))


def settings(package, cells):
    """What Otter is told of a part: the name of the wheel of posenc, and the code cells that were handed out."""
    return {
        "init_cell": False,
        "export_cell": {"pdf": False, "run_tests": False, "ignore_log": True},
        "files": [package],
        "requirements": [f"posenc[exercises,plotting] @ file://{UNPACKED}/files/{package}"],
        "tests": {"files": True, "ok_format": False},
        "generate": {"show_hidden": True},
        "plugins": [{f"{PLUGIN.stem}.Grading": {"handed_out": cells, "seconds": SECONDS_PER_CELL}}],
    }


def handed_out(cells):
    """The code cells of the students' notebook: the id of each, and its source if it is not theirs to change."""
    found = []
    for cell in cells:
        if exercise := exercise_of(cell):
            found.append(["", f'grader.check("{exercise[1]}")'])
        elif cell.cell_type == "code":
            theirs = cell.source == STUDENT or answered(cell)
            found.append([cell.id, None if theirs else cell.source])
    return found


def question(name, exercise, cells, seed):
    """The cells of an exercise: a question of Otter's up to its check or its proof, and what is to be seen after it."""
    about = {"name": name} | ({"manual": True, "points": exercise.points} if exercise.judge is None else {})
    asked = []
    for number, cell in enumerate(cells):
        if proof_of(cell):
            asked += block("PROMPT", [new_markdown_cell(PROOF)]) + block("SOLUTION", [cell])
        elif SOLUTION.search(cell.source):
            cell.source = SOLUTION.sub(shown, cell.source)
            asked += block("SOLUTION", [cell])
        elif exercise_of(cell):
            asked += block("TESTS", map(new_code_cell, tests(name, exercise, seed)))
        else:
            asked.append(cell)
        if proof_of(cell) or exercise_of(cell):
            return block("QUESTION", asked, **about) + cells[number + 1 :]
    raise ValueError(f"the exercise {name!r} has neither a check nor a proof")


def tests(name, exercise, seed):
    """What is asked of an answer: a check that students see and that gives no points, and then each case."""
    known = {"name": name, "answer": exercise.answer, "seed": seed, "anew": indent(ANEW, "    ")}
    form = exercise.given is not None  # of numbers that are a student's own, only the form is told
    options = ', variant=env.get("mine", ""), reveal=False' if form else ""
    yield VISIBLE.format(options=options, message=FORM if form else "", **known)
    for number, case in enumerate(exercise.cases):
        yield HIDDEN.format(number=number, case=case, points=exercise.points / len(exercise.cases), **known)


def shown(solution):
    """A solution with Otter's marks around it, and the stub that takes its place."""
    lines = solution[0].splitlines()[1:-1]
    return SHOWN.format(margin=solution[1], solution="\n".join(lines), stub=STUB)


def locked(text, name):
    """A code cell that a student should leave as it is."""
    return new_code_cell(text, id=name, metadata=LOCKED)


def block(kind, cells, **about):
    """Cells between two that tell Otter what they are."""
    return [raw(f"# BEGIN {kind}", **about), *cells, raw(f"# END {kind}")]


def raw(line, **about):
    """A cell that only Otter reads."""
    return new_raw_cell(line + ("\n" + yaml.safe_dump(about, sort_keys=False) if about else ""))


def autograder(target, part):
    """Where the autograder of a part is."""
    return target / part / "dist" / "autograder" / "autograder.zip"


def grades(autograder, folder):
    """Grade every notebook and every zip file in a folder; give back the table of points that is written there."""
    rows = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".ipynb", ".zip")):
        try:
            rows[path.name] = points(autograder, path)
        except RuntimeError as error:
            rows[path.name] = {}
            print(f"{path.name} cannot be graded: {str(error).splitlines()[-1]}", file=sys.stderr)
        print(f"{path.name}: {sum(rows[path.name].values()):g} points", flush=True)
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    table = folder / "grades.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", *names, "points"])
        writer.writerows([name, *(row.get(each, 0) for each in names), sum(row.values())] for name, row in rows.items())
    return table


def points(autograder, submission):
    """The points that a submission gets for each exercise that is not graded by hand."""
    with tempfile.TemporaryDirectory() as folder:
        run("run", "--no-logo", "-a", autograder.resolve(), submission.resolve(), cwd=folder)
        results = json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))
    return {test["name"]: test["score"] for test in results["tests"] if "score" in test}


def run(*arguments, cwd):
    """Run an otter command in a folder, where it can import our plugin."""
    path = os.pathsep.join(filter(None, [str(PLUGIN.parent), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, QUICK, "otter", *map(str, arguments)]
    result = subprocess.run(command, cwd=cwd, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"otter {' '.join(map(str, arguments))} failed:\n{result.stdout}{result.stderr}".rstrip())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, help="a number of your own; without it, the one that the folder has")
    parser.add_argument("--folder", type=Path, default=TARGET, help="where the Otter versions are")
    parser.add_argument("--grade", type=Path, metavar="SUBMISSIONS", help="a folder of notebooks, named after its part")
    chosen = parser.parse_args()
    try:
        if chosen.grade:
            part = chosen.grade.resolve().name
            print(f"The points are in {grades(autograder(chosen.folder, part), chosen.grade)}")
        else:
            print(f"Written to {otter(chosen.folder, chosen.seed)}")
    except (RuntimeError, ValueError) as error:
        sys.exit(str(error))
