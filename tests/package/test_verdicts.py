"""What a check says and holds: the failing case, its picture, the points of each case, and forms by their names."""

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
import sympy as sp
from refusal import refuses

import posenc
from posenc.exercises import EXERCISES, _apart, check, check_all, draw, given, grade, hint


def even_only(positions, dim):
    """A table that is right for even dim, and drops a column for odd ones."""
    return posenc.sinusoidal(positions, dim)[:, : dim // 2 * 2] if dim > 1 else np.zeros((len(positions), 1))


def ours(positions, dim):
    """A table made with NumPy only, and not by the book's way."""
    rows = [
        [np.sin(p / 10000 ** (j / dim)) if j % 2 == 0 else np.cos(p / 10000 ** ((j - 1) / dim)) for j in range(dim)]
        for p in positions
    ]
    return np.array(rows).reshape(len(positions), dim)


def halves(positions, dim):
    return ours(positions, dim)[:, : dim // 2 * 2] if dim > 1 else ours(positions, dim) * 0


def test_a_failing_case_can_be_tried_again():
    def wrong(positions, dim):
        return np.zeros((len(positions), dim))

    verdict = check(wrong, "whole-table")
    np.testing.assert_array_equal(wrong(*verdict.input), verdict.got)
    np.testing.assert_allclose(posenc.sinusoidal(*verdict.input), verdict.expected)
    for head in ("input", "expected", "got"):
        assert f"\n  {head}" in repr(verdict)


def test_a_verdict_on_tables_is_drawn():
    verdict = check(lambda positions, dim: np.zeros((len(positions), dim)), "whole-table")
    figure = verdict.draw()
    assert [axes.get_title() for axes in figure.axes[:2]] == ["expected", "got"]
    np.testing.assert_allclose(figure.axes[0].images[0].get_array(), verdict.expected)
    np.testing.assert_allclose(figure.axes[1].images[0].get_array(), verdict.got)
    plt.close(figure)
    with pytest.raises(ValueError, match="a verdict can be drawn if it compares two arrays"):
        check(lambda column, dim: column, "pair-of-a-column").draw()
    with pytest.raises(ValueError, match="a verdict can be drawn"):
        check(lambda column, dim: column // 2, "pair-of-a-column").draw()


def test_points_are_given_for_each_case():
    full = grade(ours, "whole-table")
    assert (full.points, full.of) == (EXERCISES["whole-table"].points, EXERCISES["whole-table"].points)
    some = grade(halves, "whole-table")
    assert 0 < some.points < some.of
    assert 0 < sum(map(bool, some.verdicts.values())) < len(some.verdicts)
    by_case = [grade(halves, "whole-table", case=case) for case in EXERCISES["whole-table"].cases]
    assert sum(each.points for each in by_case) == pytest.approx(some.points)
    assert sum(each.of for each in by_case) == pytest.approx(some.of)
    assert grade(None, "whole-table").points == 0


def test_a_grade_tries_other_inputs_than_a_check(monkeypatch):
    """And with another number of the teacher's, others again."""
    monkeypatch.setattr(_apart, "CAN_FORK", False)  # so that what the answer saw comes back
    seen = []

    def watches(column, dim):
        seen[-1].add((column, dim))
        return column // 2

    for judged in (check, grade, lambda *given: grade(*given, seed=1)):
        seen.append(set())
        assert judged(watches, "pair-of-a-column")
    checked, graded, graded_with_another_seed = seen
    assert graded - checked
    assert graded_with_another_seed - graded - checked


@pytest.mark.parametrize(
    "half",
    [
        lambda column, dim: sp.Integer(column) // 2,
        lambda column, dim: Fraction(column // 2),
        lambda column, dim: np.array(column // 2),
        lambda column, dim: float(column // 2),
    ],
)
def test_numbers_of_any_kind_are_numbers(half):
    assert check(half, "pair-of-a-column")


def test_a_forbidden_function_says_so_by_whatever_name_it_is_called():
    from posenc import pair_of as known_before

    for answer in (lambda column, dim: posenc.pair_of(column, dim), lambda column, dim: known_before(column, dim)):
        assert "posenc.pair_of is not to be used here" in check(answer, "pair-of-a-column").message
    assert known_before(3, 4) == 1


def test_an_argument_that_is_changed_is_told():
    def in_place(positions, dim):
        result = ours(positions, dim)
        positions += 1
        return result

    assert "it changes the array that it is given" in check(in_place, "whole-table").message


def test_float32_is_named():
    def in_float32(positions, dim):
        w = np.exp(np.arange(0, dim, 2, dtype=np.float32) * np.float32(-np.log(10000) / dim))
        angles = np.asarray(positions, dtype=np.float32)[:, None] * w
        table = np.empty((len(positions), dim), dtype=np.float32)
        table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles[:, : dim // 2])
        return table

    for seed in range(12):
        assert "float32" in check(in_float32, "whole-table", seed=seed).message


def test_without_revealing_only_the_form_is_told():
    number = given("pairs-that-turn", "ann")
    for handed_in in (1, number.dim):
        said = check(handed_in, "pairs-that-turn", variant="ann", reveal=False)
        assert said
        assert "told with the grade" in said.message
    assert not check("many", "pairs-that-turn", variant="ann", reveal=False)
    assert not check(None, "pairs-that-turn", variant="ann", reveal=False)
    refuses(lambda: check(ours, "whole-table", reveal=False), ValueError, "reveal must be True for 'whole-table'")


def test_numbers_follow_the_name_and_without_one_the_book():
    assert given("pairs-that-turn") == given("pairs-that-turn", "")
    drawn = {given("pairs-that-turn", f"student {n}") for n in range(50)}
    assert len(drawn) > 40
    refuses(lambda: given("whole-table"), ValueError, "exercise must be one with numbers of its own, got 'whole-table'")
    refuses(lambda: given("pairs-that-turn", 3), TypeError, "variant must be a text, got 3")


def test_hints_come_in_steps():
    steps = len(EXERCISES["whole-table"].hints)
    texts = [hint("whole-table", step) for step in range(1, steps + 1)]
    assert len(set(texts)) == steps
    assert 'hint("whole-table", 2) says more' in texts[0]
    assert "this was the last hint" in texts[-1]
    for step in (0, steps + 1, "1"):
        refuses(
            lambda step=step: hint("whole-table", step),
            ValueError,
            f"step must be a whole number from 1 to {steps} for 'whole-table', got {step!r}",
        )


def test_a_summary_counts():
    global pair_of_column, table_of
    pair_of_column, table_of = (lambda column, dim: column // 2), halves
    try:
        summary = check_all("formula")
    finally:
        del pair_of_column, table_of
    assert summary.points == EXERCISES["pair-of-a-column"].points
    assert "✓ pair-of-a-column" in repr(summary)
    assert "✗ whole-table" in repr(summary)
    assert repr(summary).endswith(f"1 of {len(summary.rows)} exercises done, 1 of {summary.of} points")
    refuses(
        lambda: check_all("rotary"),
        ValueError,
        "part must be one of formula, theorems, attention, beyond, practice, got 'rotary'",
    )


def test_an_answer_is_drawn_right_or_wrong():
    for answer in (ours, halves):
        figure = draw(answer, "whole-table")
        assert figure.axes
        plt.close(figure)
    for nothing in (None, lambda positions, dim: None, lambda positions, dim: 1 / 0):
        assert draw(nothing, "whole-table").startswith("nothing to draw yet: ")
    refuses(lambda: draw(ours, "loop-in-twos"), ValueError, "exercise must be one that has a picture")


def test_an_unknown_exercise_and_a_proof_are_named():
    refuses(lambda: check(1, "pair-of-column"), ValueError, "did you mean 'pair-of-a-column'")
    proofs = [name for name, exercise in EXERCISES.items() if exercise.judge is None]
    assert len(proofs) == 5
    for name in proofs:
        refuses(lambda name=name: check("it is so", name), ValueError, f"{name!r} is a written proof")
    refuses(lambda: grade(1, "pair-of-a-column", case="odd"), ValueError, "case must be one of even dim")
