"""Checks for the exercises of the book: hand in an answer, and be told at once.

>>> from posenc.exercises import check
>>> check(lambda column, dim: column // 2, "pair-of-a-column")
right
>>> check(lambda column, dim: column, "pair-of-a-column")
not yet: this returns the column itself; the letter i counts pairs, and a pair has two columns
"""

import difflib
from typing import NamedTuple

import numpy as np

from posenc.exercises import _judge, attention, formula, theorems

PARTS: dict[str, dict[str, _judge.Exercise]] = {
    "formula": formula.EXERCISES,
    "theorems": theorems.EXERCISES,
    "attention": attention.EXERCISES,
}
EXERCISES: dict[str, _judge.Exercise] = {name: exercise for part in PARTS.values() for name, exercise in part.items()}


class Verdict(NamedTuple):
    """What a check says: true if the answer is right, and a sentence that a notebook shows."""

    right: bool
    message: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return self.message


def check(answer: object, exercise: str, *, seed: int = 0) -> Verdict:
    """Say whether an answer is right, and if not, what kind of wrong it is.

    The answer is tried on edge cases and on random inputs. Whatever it is, and whatever it does,
    the check ends with a sentence: exceptions inside it, results of a wrong type or shape, NaN,
    and loops that do not end are all told.

    Parameters
    ----------
    answer : object
        What the exercise asks for: a function, an expression, a number, a word, an example.
    exercise : str
        The name of the exercise, as its check cell has it.
    seed : int
        Other seeds try other random inputs.

    Returns
    -------
    Verdict
        True if the answer is right; shown as "right" or "not yet: ..." with the reason.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Notes
    -----
    Source: none; the exercises stand in the book's part of that name.

    Examples
    --------
    >>> bool(check(lambda column, dim: column // 2, "pair-of-a-column"))
    True
    """
    if not isinstance(exercise, str) or exercise not in EXERCISES:
        near = difflib.get_close_matches(str(exercise), EXERCISES, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"exercise must be the name of an exercise, got {exercise!r}{hint}")
    try:
        EXERCISES[exercise].judge(answer, np.random.default_rng(seed))
    except _judge.Wrong as wrong:
        return Verdict(False, f"not yet: {wrong}")
    except Exception as error:  # an answer that defends itself, for instance by a failing comparison
        return Verdict(False, f"not yet: the answer could not be read ({type(error).__name__})")
    return Verdict(True, "right")
