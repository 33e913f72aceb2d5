"""Real nbgrader, without a person: what students hand in gets the grade that it should."""

import nbformat
import pytest
import scenarios
import test_exercises as notebooks
from course import filled, grades, hand_in, name_of, released
from nbgrader.api import Gradebook
from scenarios import ANSWERS, FIRST, PART, SECOND

import nbgrader_course as maker
from posenc.exercises import PARTS, check


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return maker.course(tmp_path_factory.mktemp("course"), seed=5)


def student_of(scenario):
    return scenario.replace(" ", "-").replace(".", "-")


def test_each_submission_gets_the_grade_that_it_should(course, capsys):
    solved = scenarios.solutions()
    for scenario, answers in ANSWERS.items():
        student = student_of(scenario)
        notebook = filled(course, PART, student, answers(solved))
        if scenario == "edited import cell":
            scenarios.edit_import_cell(notebook)
        if scenario == "deleted check cells":
            gone = {f"{kind}-{name}" for kind in ("check", "points") for name in (FIRST, SECOND)}
            notebook.cells = [cell for cell in notebook.cells if name_of(cell) not in gone]
        folder = hand_in(course, PART, student, notebook)
        if scenario == "handed-in posenc folder":
            scenarios.hand_in_posenc(folder)
    maker.nbgrader(course, "autograde", PART, "--create")
    found = grades(course)
    got = {scenario: found[student_of(scenario), PART] for scenario in ANSWERS}
    wanted = {scenario: scenarios.wanted(scenario) for scenario in ANSWERS}
    with capsys.disabled():
        print(f"\n{'nbgrader, ' + PART:32} got  wanted")
        for scenario in ANSWERS:
            print(f"{scenario:32} {got[scenario]:<4g} {wanted[scenario]:g}")
    assert got == wanted


def test_validate_fails_on_blank_and_passes_on_right(course, tmp_path):
    for part, exercises in PARTS.items():
        checked = sum(exercise.judge is not None for exercise in exercises.values())
        (proof,) = [f"proof-{name}" for name, exercise in exercises.items() if exercise.judge is None]
        answers = scenarios.solutions(part) | {proof: "By induction."}
        handed_in = {"right": filled(course, part, "ann", answers), "blank": released(course, part)}
        said = {}
        for name, notebook in handed_in.items():
            nbformat.write(notebook, tmp_path / f"{name}.ipynb")
            said[name] = " ".join(maker.nbgrader(course, "validate", str(tmp_path / f"{name}.ipynb")).split())
        assert "Success! Your notebook passes all the tests." in said["right"], part
        assert "cannot be converted to a float" not in said["right"]
        # Besides the checks, the cell that asks for the name, and the proof.
        assert f"VALIDATION FAILED ON {checked + 2} CELL(S)" in said["blank"], part


def test_a_friend_s_numbers_earn_nothing(course):
    """Handed in by bea, made out to ann, and solved with ann's numbers: the values are wrong, the rest is right."""
    hand_in(course, PART, "bea", filled(course, PART, "ann", scenarios.solutions()))
    maker.nbgrader(course, "autograde", PART, "--create", "--student", "bea")
    solved = notebooks.run(PART, mine="5 ann")
    wrong = {name for name, answer, _ in notebooks.answers(PART) if not check(solved[answer], name, variant="5 bea")}
    assert wrong <= {name for name, exercise in PARTS[PART].items() if exercise.given}
    assert len(wrong) > 1  # not all: of a few words, two students may have the same
    assert grades(course)["bea", PART] == scenarios.FULL - sum(PARTS[PART][name].points for name in wrong)
    notebook = nbformat.read(course / "autograded" / "bea" / PART / f"{PART}.ipynb", as_version=4)
    assert "made out to 'ann', and was handed in by 'bea'" in str(notebook)


def test_a_correction_reaches_a_course_that_is_running(course, monkeypatch):
    """Nothing that was handed in, graded by hand or sent back is lost, and the next grade is by the corrected check."""
    hand_in(course, PART, "cleo", filled(course, PART, "cleo", scenarios.solutions()))
    maker.nbgrader(course, "autograde", PART, "--create", "--student", "cleo")
    maker.nbgrader(course, "generate_feedback", PART, "--student", "cleo")
    kept = [path for folder in ("submitted", "autograded", "feedback") for path in (course / folder).rglob("cleo/**/*")]
    assert {path.suffix for path in kept} >= {".ipynb", ".html"}
    (proof,) = [name for name, exercise in PARTS[PART].items() if exercise.judge is None]
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.find_grade(f"proof-{proof}", PART, PART, "cleo").manual_score = 2
        book.db.commit()
    assert grades(course)["cleo", PART] == scenarios.FULL + 2

    # The corrected exercise asks the impossible, so that its points are lost.
    with monkeypatch.context() as patch:
        patch.setattr(maker, "POINTS", maker.POINTS.replace("return float(grade.points)", "return 0.0"))
        maker.course(course, parts=[PART])
    assert all(path.exists() for path in kept)
    assert (course / "seed").read_text() == "5\n"
    assert grades(course)["cleo", PART] == scenarios.FULL + 2
    maker.nbgrader(course, "autograde", PART, "--force", "--student", "cleo")
    assert grades(course)["cleo", PART] == 2
    maker.course(course, parts=[PART])  # for the other tests


def test_a_running_course_keeps_its_seed(course):
    hand_in(course, PART, "dora", released(course, PART))
    with pytest.raises(ValueError, match="seed must stay 5 once work was handed in"):
        maker.course(course, seed=6)


def test_feedback_says_what_was_missed(course):
    hand_in(course, PART, "eve", filled(course, PART, "eve", {}))
    maker.nbgrader(course, "autograde", PART, "--create", "--student", "eve")
    maker.nbgrader(course, "generate_feedback", PART, "--student", "eve")
    page = (course / "feedback" / "eve" / PART / f"{PART}.html").read_text(encoding="utf-8")
    assert "it returns nothing yet" in page
    assert "0 of 1 points" in page
