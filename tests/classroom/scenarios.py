"""What students hand in, well or badly: how each changes a notebook, and which exercises then earn their points.

A scenario is a function `change(notebook, solutions)` that changes a handed-out notebook in place. `solutions` maps
each exercise to the source of its solved answer cell; `answer_cell(notebook, name)` finds the cell to fill.
"""

import nbformat
from nbformat.v4 import new_code_cell

import release_exercises as maker
from posenc.exercises import PARTS

PART = "formula"
CHECKED = [name for name, exercise in PARTS[PART].items() if exercise.judge]
POINTS = {name: exercise.points for name, exercise in PARTS[PART].items() if exercise.judge}
FULL = sum(POINTS.values())


def solutions(part=PART):
    """The source of each solved answer cell; where a student has numbers of its own, it computes with those."""
    path = next(path for path in maker.sources() if path.stem == part)
    found, answer = {}, None
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and maker.SOLUTION.search(cell.source):
            answer = cell.source
        elif exercise := maker.exercise_of(cell):
            found[exercise[1]] = answer
    return found


def function_named(solved, name, body):
    """The answer cell of a function exercise with another body below its signature."""
    head = solved[name].split('"""')[0]
    return f'{head}"""Not the solution."""\n{body}'


FIRST, SECOND = "pair-of-a-column", "exponent-of-a-column"

# Each scenario: what it is called, which exercises are to earn their points, and how answers and other cells change.
# `answers(solved)` gives the answer cells by exercise; those left out stay as they were handed out.


def right(solved):
    return solved


def half(solved):
    return {name: source for index, (name, source) in enumerate(solved.items()) if index % 2}


def nothing(solved):
    return {}


def in_first(body):
    def answers(solved):
        return solved | {FIRST: function_named(solved, FIRST, body)}

    return answers


def before_second(line):
    def answers(solved):
        return solved | {SECOND: f"{line}\n{solved[SECOND]}"}

    return answers


ALL_WRONG = "\n".join(f"{PARTS[PART][name].answer} = 0" for name in CHECKED)


def wrong_with(line):
    def answers(solved):
        return {FIRST: f"{line}\n{ALL_WRONG}"}

    return answers


BARE_EXCEPT = """\
    def helper(x):
        while True:
            x = x + 1
    while True:
        try:
            return helper(column)
        except:
            pass"""

WARNS = """\
    import logging
    logging.warning("column %s", column)
    return column // 2"""

ANSWERS = {
    "right": right,
    "half": half,
    "blank": nothing,
    "syntax error": lambda solved: solved | {FIRST: "def pair_of_column(column, dim:\n    return column // 2"},
    "endless Python loop": in_first("    while True:\n        pass"),
    "endless C loop": in_first("    import itertools\n    return sum(itertools.count())"),
    "loop under bare except": in_first(BARE_EXCEPT),
    "reused name check": before_second("check = np.allclose(np.zeros(2), np.zeros(2))"),
    "edited import cell": right,
    "logging.warning in an answer": in_first(WARNS),
    "deleted check cells": right,
    "own check": wrong_with("def check(*a, **k):\n    return True"),
    "handed-in posenc folder": wrong_with("import posenc"),
}
WITHOUT_FIRST = {"syntax error", "endless Python loop", "endless C loop", "loop under bare except"}


def wanted(scenario):
    """The points that a scenario is to get."""
    if scenario in ("blank", "own check", "handed-in posenc folder"):
        return 0
    if scenario == "half":
        return sum(POINTS[name] for name in half(dict.fromkeys(CHECKED, "")))
    return FULL - (POINTS[FIRST] if scenario in WITHOUT_FIRST else 0)


IMPOSTOR = '''\
"""A package of the same name that finds everything right."""
def __getattr__(name):
    return lambda *a, **k: True
'''
IMPOSTOR_CHECKS = """\
def check(*a, **k):
    return True
def grade(*a, points=100, **k):
    class Full:
        points = 1
    return Full()
def given(*a, **k):
    import collections
    return collections.defaultdict(int)
draw = hint = check_all = check
EXERCISES = PARTS = {}
"""


def hand_in_posenc(folder):
    """Put a folder of the package's name beside a notebook."""
    (folder / "posenc" / "exercises").mkdir(parents=True)
    (folder / "posenc" / "__init__.py").write_text(IMPOSTOR)
    (folder / "posenc" / "exercises" / "__init__.py").write_text(IMPOSTOR_CHECKS)


def edit_import_cell(notebook):
    """Leave one import out, as somebody who tidies up does."""
    cell = next(cell for cell in notebook.cells if cell.source.startswith("import numpy as np"))
    cell.source = cell.source.replace("import posenc\n", "").replace("check, ", "").replace("import check\n", "")
    assert "import posenc\n" not in cell.source


def comment(text):
    return new_code_cell(f"# {text}")
