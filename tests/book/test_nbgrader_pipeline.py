"""One part through real nbgrader: what the course hands out, and what a notebook earns of which half is solved."""

import pytest
import scenarios
from course import filled, grades, hand_in, name_of, released

import nbgrader_course as maker
from posenc.exercises import PARTS

PART = "attention"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return maker.course(tmp_path_factory.mktemp("course"), seed=5, parts=[PART])


def test_what_is_handed_out_holds_no_solution_and_is_locked(course):
    notebook = released(course, PART)
    text = str(notebook)
    for word in ("SOLUTION", "HIDDEN", "_anew", "how it is marked"):
        assert word not in text
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.source.startswith("draw("):
            nbgrader = cell.metadata.nbgrader
            assert nbgrader.locked != (name_of(cell).startswith("answer-") or name_of(cell) == "student")
    assert list((course / "release" / PART).glob("posenc-*.whl"))


def test_answers_earn_their_points_and_blank_cells_none(course):
    answers = scenarios.half(scenarios.solutions(PART))
    hand_in(course, PART, "half", filled(course, PART, "half", answers))
    maker.nbgrader(course, "autograde", PART, "--create")
    assert grades(course) == {("half", PART): sum(PARTS[PART][name].points for name in answers)}
