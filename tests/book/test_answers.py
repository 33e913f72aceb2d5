"""Some hundred right answers in unusual forms, and as many wrong ones in plausible forms."""

import answers_attention
import answers_beyond
import answers_formula
import answers_practice
import answers_theorems
import numpy as np
import pytest
from answers import Of, verdicts

from posenc.exercises import EXERCISES, TRIES, _apart, _judge, given

ANSWERS = (answers_formula, answers_theorems, answers_attention, answers_beyond, answers_practice)
RIGHT = {name: answers for part in ANSWERS for name, answers in part.RIGHT.items()}
WRONG = {name: answers for part in ANSWERS for name, answers in part.WRONG.items()}
SEEDS = range(2)


def test_there_are_six_hundred_right_ones_and_a_thousand_wrong_ones():
    assert sum(map(len, RIGHT.values())) >= 600
    assert sum(map(len, WRONG.values())) >= 1000
    checked = {name for name, exercise in EXERCISES.items() if exercise.judge}
    assert set(RIGHT) == set(WRONG) == checked
    assert min(map(len, [*RIGHT.values(), *WRONG.values()])) >= 5


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_are_taken(name):
    for index, answer in enumerate(RIGHT[name]):
        for verdict in verdicts(name, answer, SEEDS):
            assert verdict, (index, answer, verdict)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_are_refused_with_a_fitting_word(name):
    for index, (answer, fragment) in enumerate(WRONG[name]):
        for verdict in verdicts(name, answer, SEEDS):
            assert not verdict, (index, answer)
            assert fragment in verdict.message, (index, answer, verdict)


@pytest.mark.parametrize("name", WRONG)
def test_no_wrong_answer_gets_all_points(name):
    """With the inputs of a grade, which `check` does not draw: at least one case is refused."""
    exercise = EXERCISES[name]
    numbers = given(name, "somebody") if exercise.given else None
    for index, (answer, _) in enumerate(WRONG[name]):
        handed_in = answer.answer(numbers) if isinstance(answer, Of) else answer
        with _apart.quiet():
            right = [
                all(_judge.verdict(exercise, handed_in, rng, numbers, (case,)) for rng in generators())
                for case in exercise.cases
            ]
        assert not all(right), (index, answer)


def generators():
    return [np.random.default_rng([7, turn]) for turn in range(1, TRIES + 1)]
