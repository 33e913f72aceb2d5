"""Real Otter-Grader, without a person: what students hand in gets the points that it should.

This takes minutes, so `make test` leaves it out. It needs neither Docker nor a network.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import scenarios
from assignment import filled, handed_out, put_in, written
from scenarios import ANSWERS, FIRST, FULL, PART, POINTS, SECOND, before_second, right

import otter_assignment as maker
from release_exercises import SOLUTION


def instead_of_first(source):
    return lambda solved: solved | {FIRST: source}


# What only Otter has to bear: it runs a cell for as long as it lasts, and its own checks go by the name `grader`.
MORE = {
    "reused name grader": (before_second("grader = 1"), FULL),
    "endless cell": (instead_of_first("while True:\n    pass"), FULL - POINTS[FIRST]),
    "endless cell in C": (instead_of_first("import itertools\nsum(itertools.count())"), FULL - POINTS[FIRST]),
    "cell that fills memory": (
        instead_of_first("full = []\nwhile True:\n    full.append(bytes(10**7))"),
        FULL - POINTS[FIRST],
    ),
    "cell that leaves": (before_second("exit()"), FULL),
    "cell that goes elsewhere": (before_second("import os\nos.chdir('/')"), FULL),
    "broken posenc folder": (right, FULL),
    "no ids, edited import cell": (right, FULL),
}
WANTED = {name: scenarios.wanted(name) for name in ANSWERS} | {name: points for name, (_, points) in MORE.items()}


def submission(made, name, folder):
    """The file that is handed in, under a name that a learning platform might give it."""
    answers = ANSWERS[name] if name in ANSWERS else MORE[name][0]
    notebook = filled(handed_out(made, PART), answers(scenarios.solutions()))
    files = folder / name.replace(" ", "_")
    files.mkdir()
    if "edited import cell" in name:
        scenarios.edit_import_cell(notebook)
    if name == "deleted check cells":
        gone = {f'grader.check("{each}")' for each in (FIRST, SECOND)}
        notebook.cells = [cell for cell in notebook.cells if cell.source not in gone]
    if name == "handed-in posenc folder":
        scenarios.hand_in_posenc(files)
    if name == "broken posenc folder":
        put_in(files, "posenc/__init__.py", "1 / 0")
    if name.startswith("no ids"):
        notebook.nbformat_minor = 4
        for cell in notebook.cells:
            del cell["id"]
    return written(notebook, files, "ada_1815_formula-1.ipynb")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maker, "SECONDS_PER_CELL", 20)
        return maker.otter(tmp_path_factory.mktemp("otter"), seed=5, parts=[PART])


def test_each_submission_gets_the_points_that_it_should(made, tmp_path, capsys):
    def graded(name):
        return sum(maker.points(maker.autograder(made, PART), submission(made, name, tmp_path)).values())

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        got = dict(zip(WANTED, pool.map(graded, WANTED), strict=True))
    with capsys.disabled():
        print(f"\n{'otter, ' + PART:32} got  wanted")
        for name in WANTED:
            print(f"{name:32} {got[name]:<4g} {WANTED[name]:g}")
    assert got == pytest.approx(WANTED)


def test_grades_are_a_table(made, tmp_path, capsys):
    """As for a folder of files that a learning platform gave: one that no program can read gets nothing."""
    solved = scenarios.solutions()
    folder = tmp_path / PART
    folder.mkdir()
    written(filled(handed_out(made, PART), {FIRST: solved[FIRST]}), folder, "ada.ipynb")
    put_in(folder, "bea.ipynb", "no notebook")
    table = maker.grades(maker.autograder(made, PART), folder).read_text(encoding="utf-8").splitlines()
    heads, *rows = (line.split(",") for line in table)
    assert heads == ["file", *POINTS, "points"]
    earned = [float(POINTS[name]) if name == FIRST else 0.0 for name in POINTS]
    assert [[row[0], *map(float, row[1:])] for row in rows] == [
        ["ada.ipynb", *earned, POINTS[FIRST]],
        ["bea.ipynb", *[0.0] * len(POINTS), 0.0],
    ]
    assert "bea.ipynb cannot be graded: nbformat.reader.NotJSONError" in capsys.readouterr().err


def test_students_get_no_solution(made):
    text = "\n".join(cell.source for cell in handed_out(made, PART).cells)
    assert "SOLUTION" not in text
    lines = {line.strip() for line in text.splitlines()}
    for source in scenarios.solutions().values():
        solution = SOLUTION.search(source)[0].splitlines()[1:-1]
        assert not [line for line in solution if len(line.strip()) > 20 and line.strip() in lines]
