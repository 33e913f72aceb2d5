"""Checks for the exercises of the book: hand in an answer, and be told at once.

>>> from posenc.exercises import check, hint
>>> check(lambda column, dim: column // 2, "pair-of-a-column")
right
>>> check(lambda column, dim: column, "pair-of-a-column")
not yet: this returns the column itself; the letter i counts pairs, and a pair has two columns
  input     (5, 8)
  expected  2
  got       5
"""

import difflib
import sys
from typing import Any

import numpy as np

from posenc.exercises import _apart, _judge, attention, beyond, formula, practice, theorems
from posenc.exercises._verdict import Grade, Summary, Verdict

PARTS: dict[str, dict[str, _judge.Exercise]] = {
    "formula": formula.EXERCISES,
    "theorems": theorems.EXERCISES,
    "attention": attention.EXERCISES,
    "beyond": beyond.EXERCISES,
    "practice": practice.EXERCISES,
}
EXERCISES: dict[str, _judge.Exercise] = {name: exercise for part in PARTS.values() for name, exercise in part.items()}

# With how many other seeds a grade tries each case.
TRIES = 3


def check(answer: object, exercise: str, *, seed: int = 0, variant: str = "", reveal: bool = True) -> Verdict:
    """Say whether an answer is right, and if not, what kind of wrong it is.

    The answer is tried on edge cases and on random inputs. Whatever it is, and whatever it does, the check ends
    with a sentence: exceptions inside it, results of a wrong type or shape, NaN, and work that does not end are
    all told. On Linux and macOS it runs in a process of its own and is stopped after ten seconds; elsewhere it
    runs in this process, without a limit.

    Parameters
    ----------
    answer : object
        What the exercise asks for: a function, an expression, a number, a word, an example.
    exercise : str
        The name of the exercise, as its check cell has it.
    seed : int
        Other seeds try other random inputs.
    variant : str
        Whose numbers the exercise was given with, see `given`.
    reveal : bool
        False says of a number or a word only whether it has the right form.

    Returns
    -------
    Verdict
        True if the answer is right; shown as "right" or "not yet: ..." with the reason. A function that is wrong
        for one of its inputs can be tried again with `verdict.input`; `verdict.expected` and `verdict.got` are
        what should have come and what came, and `verdict.draw()` shows both if they are tables.

    Raises
    ------
    ValueError
        If there is no exercise of that name, if it is a written proof, or if `reveal` is False for an answer
        that is neither a number nor a word.

    Notes
    -----
    Source: none; the exercises stand in the book's part of that name.

    Examples
    --------
    >>> bool(check(lambda column, dim: column // 2, "pair-of-a-column"))
    True
    >>> verdict = check(lambda column, dim: column, "pair-of-a-column")
    >>> verdict.input, verdict.expected, verdict.got
    ((5, 8), 2.0, 5.0)
    """
    chosen = _checked(exercise)
    numbers = given(exercise, variant) if chosen.given else None
    if not reveal:
        if chosen.form is None:
            raise ValueError(f"reveal must be True for {exercise!r}, whose answer is neither a number nor a word")
        return _told(lambda: _judge.form_verdict(chosen, answer))
    rng = np.random.default_rng(seed)
    return _told(lambda: _judge.verdict(chosen, answer, rng, numbers, chosen.cases))


def grade(answer: object, exercise: str, *, case: str | None = None, seed: int = 0, variant: str = "") -> Grade:
    """Give points for an answer: an equal share for each case of the exercise in which it is right.

    Each case is tried with inputs that `check` does not draw.

    Parameters
    ----------
    answer : object
        What the exercise asks for.
    exercise : str
        The name of the exercise.
    case : str, optional
        One case of the exercise, for graders that give points for each; all of them if not given.
    seed : int
        The teacher's number: another one, other inputs.
    variant : str
        Whose numbers the exercise was given with, see `given`.

    Returns
    -------
    Grade
        The points, how many there were, and the verdict on each case.

    Raises
    ------
    ValueError
        If there is no exercise or case of that name, or if the exercise is a written proof.

    Notes
    -----
    Source: none.

    Examples
    --------
    >>> grade(lambda column, dim: column // 2, "pair-of-a-column")
    1 of 1 points
    """
    chosen = _checked(exercise)
    if case is not None and case not in chosen.cases:
        raise ValueError(f"case must be one of {', '.join(chosen.cases)}, got {case!r}")
    numbers = given(exercise, variant) if chosen.given else None
    cases = chosen.cases if case is None else (case,)

    def tried(name: str) -> Verdict:
        said = Verdict(True, "right")
        for turn in range(1, TRIES + 1):
            said = said and _judge.verdict(chosen, answer, np.random.default_rng([seed, turn]), numbers, (name,))
        return said

    verdicts = {name: _told(lambda name=name: tried(name)) for name in cases}
    share = chosen.points / len(chosen.cases)
    of = chosen.points if case is None else share
    points = chosen.points if case is None and all(verdicts.values()) else share * sum(map(bool, verdicts.values()))
    return Grade(points, of, verdicts)


def given(exercise: str, variant: str = "") -> Any:
    """The numbers that an exercise is given with, which differ from one variant to the next.

    Parameters
    ----------
    exercise : str
        The name of an exercise whose statement speaks of numbers "as given".
    variant : str
        Any text, for instance a student's name: another text, other numbers. Without one they are the book's.

    Returns
    -------
    namedtuple
        The numbers by name.

    Raises
    ------
    ValueError
        If there is no exercise of that name, or if all have the same numbers there.
    TypeError
        If `variant` is no text.

    Notes
    -----
    Source: none.

    Examples
    --------
    >>> given("pairs-that-turn").length
    2048
    >>> given("pairs-that-turn", "ann") == given("pairs-that-turn", "ann")
    True
    """
    drawn = _chosen(exercise).given
    if drawn is None:
        raise ValueError(f"exercise must be one with numbers of its own, got {exercise!r}")
    if not isinstance(variant, str):
        raise TypeError(f"variant must be a text, got {variant!r}")
    return drawn(np.random.default_rng(list(f"{exercise} {variant}".encode()))) if variant else drawn()


def hint(exercise: str, step: int = 1) -> str:
    """Help with an exercise, a step at a time.

    Parameters
    ----------
    exercise : str
        The name of the exercise.
    step : int
        Which hint, from 1 on; each says a little more than the one before.

    Returns
    -------
    str
        The hint, and how to see the next one.

    Raises
    ------
    ValueError
        If there is no exercise of that name, or no such step.

    Notes
    -----
    Source: none.

    Examples
    --------
    >>> print(hint("pair-of-a-column", 2))
    Two neighbours share a pair, so a pair is half the column, rounded down. (2 of 2; this was the last hint)
    """
    hints = _chosen(exercise).hints
    if not isinstance(step, int) or not 1 <= step <= len(hints):
        raise ValueError(f"step must be a whole number from 1 to {len(hints)} for {exercise!r}, got {step!r}")
    more = f'hint("{exercise}", {step + 1}) says more' if step < len(hints) else "this was the last hint"
    return f"{hints[step - 1]} ({step} of {len(hints)}; {more})"


def check_all(part: str, *, variant: str = "") -> Summary:
    """Say how far a notebook is: what is done, the points reached, and what is left.

    Parameters
    ----------
    part : str
        The part of the book: "formula", "theorems", "attention", "beyond" or "practice".
    variant : str
        Whose numbers the exercises were given with, see `given`.

    Returns
    -------
    Summary
        Shown as one line for each exercise. The answers are looked up by their names where the function is
        called; written proofs are not among them.

    Raises
    ------
    ValueError
        If there is no part of that name.

    Notes
    -----
    Source: none.

    Examples
    --------
    >>> pair_of_column = lambda column, dim: column // 2
    >>> check_all("formula").points
    1
    """
    if part not in PARTS:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part!r}")
    answers = sys._getframe(1).f_globals
    return Summary(
        tuple(
            (name, check(answers.get(exercise.answer), name, variant=variant), exercise.points)
            for name, exercise in PARTS[part].items()
            if exercise.judge
        )
    )


def draw(answer: object, exercise: str) -> Any:
    """Draw what an answer does, right or wrong.

    Parameters
    ----------
    answer : object
        What the exercise asks for.
    exercise : str
        The name of an exercise that has a picture.

    Returns
    -------
    matplotlib.figure.Figure or str
        The picture; a sentence while there is nothing to draw.

    Raises
    ------
    ValueError
        If there is no exercise of that name, or if it has no picture.

    Notes
    -----
    Source: none.

    Examples
    --------
    >>> draw(None, "whole-table")
    'nothing to draw yet: nothing is written here yet'
    """
    chosen = _chosen(exercise)
    if chosen.sketch is None:
        raise ValueError(f"exercise must be one that has a picture, got {exercise!r}")
    compute, paint = chosen.sketch

    def computed() -> Any:
        try:
            return compute(answer), ""
        except Exception as error:
            return None, f"nothing to draw yet: {error if isinstance(error, _judge.Wrong) else type(error).__name__}"

    try:
        data, reason = _apart.apart(computed)
    except _apart.Stopped as stopped:
        data, reason = None, f"nothing to draw yet: {stopped}"
    return reason or paint(data)


def _told(judged: Any) -> Verdict:
    try:
        # Sent as a plain tuple: where a grader imports this package anew, its classes go by names that others have.
        return Verdict(*_apart.apart(lambda: tuple(judged())))
    except _apart.Stopped as stopped:
        return Verdict(False, f"not yet: {stopped}")


def _checked(exercise: str) -> _judge.Exercise:
    chosen = _chosen(exercise)
    if chosen.judge is None:
        raise ValueError(f"exercise must be one with a check; {exercise!r} is a written proof, which a person reads")
    return chosen


def _chosen(exercise: str) -> _judge.Exercise:
    if not isinstance(exercise, str) or exercise not in EXERCISES:
        near = difflib.get_close_matches(str(exercise), EXERCISES, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"exercise must be the name of an exercise, got {exercise!r}{hint}")
    return EXERCISES[exercise]
