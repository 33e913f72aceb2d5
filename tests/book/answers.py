"""Answers to try, right and wrong ones: where they depend on an exercise's numbers, and what is said of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from posenc.exercises import EXERCISES, _apart, _judge, given


class Of(NamedTuple):
    """An answer that depends on the numbers of the exercise."""

    answer: Callable[[Any], Any]


def verdicts(name, answer, seeds):
    """What the check says with each seed; where the numbers vary, each seed has a variant of its own.

    The judge runs in this process, which saves a fork for each of many hundred answers.
    """
    exercise = EXERCISES[name]

    def said(seed):
        numbers = given(name, f"variant {seed}" if seed else "") if exercise.given else None
        handed_in = answer.answer(numbers) if isinstance(answer, Of) else answer
        with _apart.quiet():
            return _judge.verdict(exercise, handed_in, np.random.default_rng(seed), numbers, exercise.cases)

    return [said(seed) for seed in seeds]
