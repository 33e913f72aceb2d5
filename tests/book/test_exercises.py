"""The exercises: solutions pass, stubs and known mistakes fail with a fitting word, and the notebooks say what is so."""

import re
import sys

import numpy as np
import pytest
from answers import Of, verdicts

import release_exercises as maker
from book import BOOK, read
from posenc.exercises import EXERCISES, PARTS, check, given

SOURCES = {path.stem: path for path in maker.sources()}
SEEDS = range(5)
CHECKED = {name: exercise for name, exercise in EXERCISES.items() if exercise.judge}
VARIED = {name: exercise for name, exercise in CHECKED.items() if exercise.given}
NAMED = pytest.mark.parametrize("name", CHECKED)
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


def run(part, change=lambda source: source, mine=""):
    """The names that a notebook defines, its solution cells changed first. Checks and pictures are left out."""
    names = {"mine": mine}
    for cell in cells(part):
        if not maker.exercise_of(cell) and not re.match(r"(check_all|draw)\(", cell.source):
            exec(change(maker.personal(cell.source)), names)
    return names


def test_there_are_sixty_two_and_each_stands_in_one_notebook():
    assert len(CHECKED) == 62
    assert len(EXERCISES) == sum(map(len, PARTS.values()))
    assert set(SOURCES) == set(PARTS)
    for part, exercises in PARTS.items():
        checked = {name: exercise.answer for name, exercise in exercises.items() if exercise.judge}
        assert {name: answer for name, answer, _ in answers(part)} == checked
        assert [name for name, _, _ in answers(part)] == list(checked)
        assert len(set(checked.values())) == len(checked)
    kinds = {exercise.kind for exercise in EXERCISES.values()}
    assert kinds == {"implement", "derive", "refute", "diagnose", "predict", "prove"}
    assert len(VARIED) >= 15


def test_points_and_minutes_are_in_proportion_and_five_take_an_hour():
    for exercise in EXERCISES.values():
        assert exercise.points == max(1, round(exercise.minutes / 10)), exercise
    assert min(exercise.minutes for exercise in EXERCISES.values()) == 5
    assert [exercise.minutes for exercise in CHECKED.values()].count(60) == 5
    assert max(exercise.minutes for exercise in EXERCISES.values()) == 60


def test_a_third_has_pictures_and_each_has_hints():
    assert sum(exercise.sketch is not None for exercise in CHECKED.values()) * 3 >= len(CHECKED)
    for name, exercise in CHECKED.items():
        assert 2 <= len(exercise.hints) <= 3, name


@IN_PARTS
def test_pictures_are_drawn_where_there_are_some(part):
    drawn = [found[1] for cell in cells(part) if (found := re.match(r'draw\(\w+, "([\w-]+)"\)$', cell.source))]
    assert drawn == [name for name, exercise in PARTS[part].items() if exercise.sketch]


@IN_PARTS
def test_solutions_pass_and_stubs_fail(part):
    solved, blank = run(part), run(part, maker.blank)
    for name, answer, _ in answers(part):
        assert all(verdicts(name, solved[answer], [0] if name in VARIED else SEEDS)), name
        verdict = check(blank[answer], name)
        assert not verdict, name
        assert re.match("not yet: .*(nothing|there is no)", verdict.message), (name, verdict)


@IN_PARTS
def test_solutions_use_the_numbers_that_they_are_given(part):
    """With the numbers of a student, and not only with those of the book."""
    for mine in ("ann", "bob", "cleo"):
        solved = run(part, mine=mine)
        for name, answer, _ in answers(part):
            if name in VARIED:
                assert check(solved[answer], name, variant=mine), (name, given(name, mine), solved[answer])


@NAMED
def test_known_mistakes_are_named(name):
    exercise = EXERCISES[name]
    assert len(exercise.mistakes) >= 4
    assert len({mistake.message for mistake in exercise.mistakes}) == len(exercise.mistakes)
    for mistake in exercise.mistakes:
        answer = Of(mistake.answer) if exercise.given and callable(mistake.answer) else mistake.answer
        for verdict in verdicts(name, answer, SEEDS):
            assert not verdict
            assert mistake.message in verdict.message


@pytest.mark.parametrize("name", VARIED)
def test_no_mistake_is_right_for_somebody(name):
    """Over many students: a known mistake differs from the answer and from every other one."""
    exercise = EXERCISES[name]
    seen = set()
    for student in range(200):
        numbers = given(name, f"student {student}")
        seen.add(str(numbers))
        messages = set()
        for mistake in exercise.mistakes:
            wrong = mistake.answer(numbers) if callable(mistake.answer) else mistake.answer
            with pytest.raises(Exception, match=re.escape(mistake.message)) as raised:
                exercise.judge(wrong, None, numbers, exercise.cases)
            messages.add(str(raised.value))
        assert len(messages) == len(exercise.mistakes)
    assert len(seen) >= 20


@IN_PARTS
def test_headings_tell_kind_minutes_and_points(part):
    """What the page says of an exercise is what its check knows."""
    prose = "\n".join(cell.source for cell in read(SOURCES[part]).cells if cell.cell_type == "markdown")
    told = re.findall(r"^## \d+\. .+\n+\*(\w+), (\d+) minutes, (\d+) points?\.\*", prose, re.M)
    known = [(e.kind, str(e.minutes), str(e.points)) for e in PARTS[part].values()]
    assert [(kind.lower(), minutes, points) for kind, minutes, points in told] == known
    assert [int(number) for number in re.findall(r"^## (\d+)\. ", prose, re.M)] == list(range(1, len(known) + 1))


@IN_PARTS
def test_rubrics_add_up(part):
    """The points of a proof are those of the lines of its rubric."""
    proofs = [cell.source for cell in read(SOURCES[part]).cells if maker.proof_of(cell)]
    known = [exercise.points for exercise in PARTS[part].values() if exercise.kind == "prove"]
    assert [sum(map(int, re.findall(r"^\| *(\d+) *\|", proof, re.M))) for proof in proofs] == known
    assert known


def test_the_teaching_guide_counts_right():
    guide = (BOOK / "teaching.md").read_text(encoding="utf-8")
    minutes = sum(exercise.minutes for exercise in EXERCISES.values())
    points = sum(exercise.points for exercise in EXERCISES.values())
    sentence = f"There are {len(EXERCISES)} exercises, for {minutes} minutes and {points} points in all"
    assert sentence in guide, f"book/teaching.md should now say: {sentence}"
    assert f"{len(VARIED)} exercises have numbers of their own" in guide


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
    names = list(CHECKED)
    for _ in range(200):
        (verdict,) = verdicts(names[rng.integers(len(names))], garbage(rng), [0])
        assert not verdict
        assert re.fullmatch(r"not yet: .{10,400}", verdict.message)
        assert "Traceback" not in repr(verdict)
