"""One part through real Otter-Grader: what is handed out, and what a notebook earns of which half is solved."""

import json

import pytest
import scenarios
from assignment import filled, handed_out, written
from nbformat.v4 import new_code_cell

import otter_assignment as maker
import otter_plugin as plugin
from posenc.exercises import PARTS

PART = min(PARTS, key=lambda part: len(PARTS[part]))


def test_answers_earn_their_points_and_blank_cells_none(tmp_path):
    made = maker.otter(tmp_path / "made", seed=5, parts=[PART])
    student = made / PART / "dist" / "student"
    assert {path.suffix for path in student.iterdir()} == {"", ".ipynb", ".whl"}
    told = "\n".join([str(handed_out(made, PART)), *(path.read_text() for path in (student / "tests").iterdir())])
    for word in ("SOLUTION", "hidden=True", "_anew", "how it is marked"):
        assert word not in told

    (settings,) = json.loads(maker.autograder(made, PART).with_name("otter_config.json").read_text())["plugins"]
    cells = handed_out(made, PART).cells
    plugin.restore(cells, settings["otter_plugin.Grading"]["handed_out"])
    assert cells == handed_out(made, PART).cells, "a notebook that is as it was needs nothing back"

    answers = scenarios.half(scenarios.solutions(PART))
    half = written(filled(handed_out(made, PART), answers), tmp_path, "half.ipynb")
    earned = {name: exercise.points * (name in answers) for name, exercise in PARTS[PART].items() if exercise.judge}
    assert maker.points(maker.autograder(made, PART), half) == pytest.approx(earned)


HANDED_OUT = [["imports", "import numpy as np"], ["answer", None], ["", 'grader.check("one")']]


@pytest.mark.parametrize(
    ("handed_in", "graded"),
    [
        ({"imports": "import numpy as np", "answer": "a = 1", "x": 'grader.check("one")'}, 3),
        ({"imports": "import numpy", "answer": "a = 1", "x": 'grader.check("one")'}, 4),
        ({"answer": "a = 1", "x": 'grader.check("one")'}, 3),
        ({"imports": "import numpy as np", "answer": "a = 1", "own": "b = 2"}, 4),
        ({"answer": "a = 1"}, 3),
    ],
)
def test_what_was_handed_out_comes_back_where_it_stood(handed_in, graded):
    """Whatever else there is, the imports stand before the answer, the check after it, and nothing is lost."""
    cells = [new_code_cell(source, id=name) for name, source in handed_in.items()]
    plugin.restore(cells, HANDED_OUT)
    sources = [cell.source for cell in cells]
    assert len(sources) == graded
    assert set(handed_in.values()) <= set(sources)
    assert sources.index("import numpy as np") < sources.index("a = 1") < sources.index('grader.check("one")')


def test_nothing_handed_in_takes_the_place_of_a_package(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("posenc", "tests", "figures"):
        (tmp_path / folder).mkdir()
    for file in ("numpy.py", "helper.py", "posenc.ipynb", "posenc-1.whl"):
        (tmp_path / file).touch()
    plugin.Grading("", {}, {"handed_out": [], "seconds": 1}).before_grading(None)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"tests", "figures", "helper.py", "posenc.ipynb", "posenc-1.whl"}
