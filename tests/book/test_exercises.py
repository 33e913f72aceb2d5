"""The exercises: solutions pass, stubs and known mistakes fail with a fitting word, copies hold no solution."""

import csv
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest

import release_exercises as maker
from book import read
from posenc.exercises import EXERCISES, PARTS, check

SOURCES = {path.stem: path for path in maker.sources()}
SEEDS = range(5)
NAMED = pytest.mark.parametrize("name", EXERCISES)
IN_PARTS = pytest.mark.parametrize("part", SOURCES)


def cells(part):
    return [cell for cell in read(SOURCES[part]).cells if cell.cell_type == "code"]


def answers(part):
    """Each exercise of a notebook: its name, the name of its answer, and the cell with the solution."""
    solution = None
    for cell in cells(part):
        if maker.SOLUTION.search(cell.source):
            solution = cell
        elif found := maker.exercise_of(cell):
            yield found[1], found[0], solution


def run(part, change=lambda source: source):
    """The names that a notebook defines, its solution cells changed first. Check cells are left out."""
    names = {}
    for cell in cells(part):
        if not maker.exercise_of(cell):
            exec(change(cell.source), names)
    return names


def test_there_are_enough_and_each_stands_in_one_notebook():
    assert len(EXERCISES) >= 20
    assert set(SOURCES) == set(PARTS)
    for part, exercises in PARTS.items():
        assert [name for name, _, _ in answers(part)] == list(exercises)
        assert len(exercises) >= 6
    assert {exercise.kind for exercise in EXERCISES.values()} == {
        "implement",
        "derive",
        "refute",
        "diagnose",
        "predict",
    }


@IN_PARTS
def test_solutions_pass_and_stubs_fail(part):
    solved, blank = run(part), run(part, maker.blank)
    for name, answer, _ in answers(part):
        for seed in SEEDS:
            assert check(solved[answer], name, seed=seed), name
        verdict = check(blank[answer], name)
        assert not verdict, name
        assert verdict.message.startswith("not yet: "), name


@NAMED
def test_known_mistakes_are_named(name):
    mistakes = EXERCISES[name].mistakes
    assert len(mistakes) >= 3
    assert len({mistake.message for mistake in mistakes}) == len(mistakes)
    for mistake in mistakes:
        for seed in SEEDS:
            verdict = check(mistake.answer, name, seed=seed)
            assert not verdict
            assert mistake.message in verdict.message


@IN_PARTS
def test_headings_tell_kind_minutes_and_points(part):
    """What the page says of an exercise is what its check knows."""
    prose = "\n".join(cell.source for cell in read(SOURCES[part]).cells if cell.cell_type == "markdown")
    told = re.findall(r"^## \d+\. .+\n+\*(\w+), (\d+) minutes, (\d+) points?\.\*", prose, re.M)
    known = [(e.kind, str(e.minutes), str(e.points)) for e in PARTS[part].values()]
    assert [(kind.lower(), minutes, points) for kind, minutes, points in told] == known


def test_the_teaching_guide_counts_right():
    guide = (maker.BOOK / "teaching.md").read_text(encoding="utf-8")
    minutes = sum(exercise.minutes for exercise in EXERCISES.values())
    sentence = f"There are {len(EXERCISES)} exercises, for {minutes} minutes in all"
    assert sentence in guide, f"book/teaching.md should now say: {sentence}"


class Hostile:
    """An object that fails at whatever is asked of it."""

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    __eq__ = __float__ = __len__ = __iter__ = __getattr__
    __hash__ = None


def endless(*arguments):
    while True:
        pass


def recursive(*arguments):
    return recursive(*arguments)


def leaves(*arguments):
    sys.exit("bye")


def garbage(rng):
    """Things that students hand in, and things that nobody would."""
    kinds = [
        lambda: None,
        lambda: ...,
        lambda: Hostile(),
        lambda: rng.choice(["", "2i/d?", "sin", "\x00" * 200]),
        lambda: [[]] * int(rng.integers(0, 3)),
        lambda: {int(rng.integers(9)): object()},
        lambda: float(rng.choice([np.nan, np.inf, -np.inf, 1e308])),
        lambda: complex(rng.normal(), 1),
        lambda: rng.normal(size=tuple(rng.integers(0, 4, 3))),
        lambda: np.array([object()] * 2),
        lambda: rng.choice([print, len, max, int, np.sin, np.linalg.inv]),
        lambda: lambda *a: np.full(tuple(rng.integers(0, 4, 2)), np.nan),
        lambda: lambda *a: str(a),
        lambda: lambda *a: Hostile(),
        lambda: lambda: 1,
        lambda: lambda *a: a[-1].missing,
        lambda: recursive,
        lambda: leaves,
        lambda: type("Answer", (), {}),
        lambda: range(int(rng.integers(0, 5))),
    ]
    return kinds[rng.integers(len(kinds))]()


def test_two_hundred_garbage_answers_get_a_clear_message():
    rng = np.random.default_rng(0)
    names = list(EXERCISES)
    for _ in range(200):
        verdict = check(garbage(rng), names[rng.integers(len(names))])
        assert not verdict
        assert re.fullmatch(r"not yet: .{10,400}", verdict.message)
        assert "Traceback" not in verdict.message


def test_an_endless_loop_is_cut_and_the_tracer_restored():
    before = sys.gettrace()
    assert "endless loop" in check(endless, "pair-of-a-column").message
    assert sys.gettrace() is before


def test_an_unknown_exercise_is_named():
    with pytest.raises(ValueError, match="did you mean 'pair-of-a-column'"):
        check(1, "pair-of-column")


@pytest.fixture(scope="module")
def student_copies(tmp_path_factory):
    return maker.student(tmp_path_factory.mktemp("student"))


@IN_PARTS
def test_student_copies_hold_no_solution(part, student_copies):
    text = (student_copies / f"{part}.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert text.count(maker.STUB) == len(PARTS[part])
    copied = {line.strip() for cell in nbformat.reads(text, 4).cells for line in cell.source.splitlines()}
    for _, _, cell in answers(part):
        solution = maker.SOLUTION.search(cell.source)[0].splitlines()[1:-1]
        shared = [line.strip() for line in solution if len(line.strip()) > 20 and line.strip() in copied]
        assert not shared
    copy = nbformat.reads(text, 4)
    assert all(cell.execution_count is None and not cell.outputs for cell in copy.cells if cell.cell_type == "code")


@IN_PARTS
def test_student_copies_run_where_only_the_package_is_installed(part, student_copies):
    """In an interpreter that may import NumPy, SymPy, Matplotlib and posenc, and nothing else that was installed."""
    copy = nbformat.read(student_copies / f"{part}.ipynb", as_version=4)
    refuse = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"IPython", "nbformat", "nbclient", "hypothesis", "pytest", "yaml", "nbgrader", "scipy"}:
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
"""
    code = "\n\n".join(cell.source for cell in copy.cells if cell.cell_type == "code")
    result = subprocess.run([sys.executable, "-c", refuse + code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return maker.assignment(tmp_path_factory.mktemp("course") / "course")


def hand_in(course, student, part, change):
    """A submission: the released notebook, its answer cells changed."""
    notebook = nbformat.read(course / "release" / part / f"{part}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name.startswith("answer-"):
            cell.source = change(name.removeprefix("answer-"), cell.source)
    folder = course / "submitted" / student / part
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{part}.ipynb")


@IN_PARTS
def test_nbgrader_grades_as_planned(part, course):
    """Right answers get all points, blank ones none, and an answer with every other exercise wrong the rest."""
    released = (course / "release" / part / f"{part}.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in released
    assert "HIDDEN" not in released

    solutions = {name: (answer, cell.source) for name, answer, cell in answers(part)}
    wrong = set(list(PARTS[part])[::2])

    def half_wrong(name, source):
        answer, right = solutions[name]
        mistake = f'from posenc.exercises import EXERCISES\n{answer} = EXERCISES["{name}"].mistakes[0].answer'
        return mistake if name in wrong else right

    hand_in(course, "right", part, lambda name, source: solutions[name][1])
    hand_in(course, "blank", part, lambda name, source: source)
    hand_in(course, "half", part, half_wrong)
    maker.nbgrader(course, "autograde", part, "--create")

    maker.nbgrader(course, "export")
    with (course / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == part}

    points = {name: exercise.points for name, exercise in PARTS[part].items()}
    full = sum(points.values())
    assert scores == {"right": full, "blank": 0, "half": full - sum(points[name] for name in wrong)}
