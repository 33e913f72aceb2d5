"""What all copies of the exercise notebooks have in common: reading them, and taking the solutions out.

The copies themselves are made by `student_copies`, for everybody, and by `nbgrader_course` and
`otter_assignment`, for a class that is graded.
"""

import copy
import re
import secrets

import nbformat

from run_notebooks import BOOK, normalised

SOURCES = BOOK / "exercises"
STUB = "# your code here"
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION$", re.M | re.S)
CHECK = re.compile(r'^check\((?P<answer>\w+), "(?P<name>[\w-]+)"\)$')
GIVEN = re.compile(r'\bgiven\("(?P<name>[\w-]+)"\)')
DOWNLOAD = re.compile(r"\n*^<a href=.*download>.*$", re.M)

# The check of a graded copy. It is imported anew each time, under a name of its own, from the installed package:
# a student may have used the name `check`, changed the module, or handed in a folder of its name.
ANEW = '''\
def _anew():
    """The checks as they are installed, whatever this notebook has made of them."""
    import os
    import sys

    def ours():
        return [name for name in sys.modules if name.split(".")[0] == "posenc"]

    loaded = {name: sys.modules.pop(name) for name in ours()}
    path, here = sys.path[:], os.path.realpath(os.getcwd())
    sys.path[:] = [folder for folder in path if os.path.realpath(folder) != here]
    try:
        import posenc.exercises as checks

        return checks
    finally:
        for name in ours():
            del sys.modules[name]
        sys.modules.update(loaded)
        sys.path[:] = path
'''


def sources():
    """The exercise notebooks, found by search."""
    return sorted(SOURCES.glob("*.ipynb"))


def exercise_of(cell):
    """The answer's name and the exercise's, if the cell is a check; None otherwise."""
    found = CHECK.match(cell.source) if cell.cell_type == "code" else None
    return (found["answer"], found["name"]) if found else None


def proof_of(cell):
    """Whether a cell holds a written proof and its rubric."""
    return "proof" in cell.metadata.get("tags", [])


def blank(source):
    """The source of a cell with what stands between the solution markers replaced by a stub."""
    return SOLUTION.sub(lambda found: found[1] + STUB, source)


def unrun(path):
    """The notebook as if it had never been run, and without the link to its own copy."""
    notebook = copy.deepcopy(nbformat.read(path, as_version=4))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells[0].source = DOWNLOAD.sub("", notebook.cells[0].source)
    return normalised(notebook)


PROOF = "*Your proof here.*"


def emptied(cell):
    """The source of a cell with its solution, if it has one, replaced by a stub."""
    return PROOF if proof_of(cell) else blank(cell.source)


# What graded copies have besides. `{seed}` is the teacher's number: with another one every student gets other
# numbers, and the hidden tests try other inputs.
WHO = "Some exercises have numbers of your own, and they are drawn from your name. Write it here first."
STUDENT = 'student = ""  # between the quotes: your user name in this course'
MINE = """\
mine = f"{seed} {{student.strip().lower()}}"
assert student.strip(), "write your user name into the cell above: the numbers of some exercises are drawn from it"
"""


def personal(source):
    """The source of a cell that asks for the numbers of one student."""
    return GIVEN.sub(r'given("\g<name>", mine)', source)


def visible_check(answer, name, exercise):
    """The check cell of a graded copy: it raises, and of a number that is a student's own it only says the form."""
    options = ", variant=mine, reveal=False" if exercise.given else ""
    return f'verdict = check({answer}, "{name}"{options})\nassert verdict, verdict\nprint(verdict)'


def seed_of(target, seed):
    """The seed of the course: the one given, the one that it has, or one drawn at random for a new course."""
    kept = target / "seed"
    known = int(kept.read_text()) if kept.exists() else None
    if seed is not None and known not in (None, seed) and (target / "submitted").exists():
        raise ValueError(f"seed must stay {known} once work was handed in to {target}, got {seed}")
    chosen = seed if seed is not None else known if known is not None else secrets.randbelow(10**6)
    kept.write_text(f"{chosen}\n")
    return chosen
