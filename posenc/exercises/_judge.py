"""How answers are judged: kinds of exercises, and a guard around what a student hands in.

A judge takes an answer and a random generator. It returns if the answer is right and raises
`Wrong`, with a sentence for the student, if not. The sentence names the kind of mistake where it
is a known one; it never contains the solution.
"""

import sys
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

try:
    import sympy as sp
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError(
        "posenc.exercises needs SymPy: pip install 'posenc[exercises]'", name="sympy"
    ) from _missing

STEPS = 3_000_000


class Wrong(Exception):  # noqa: N818 - it is a verdict, not an error
    """The answer is not right yet; the message says why."""


class _Cut(BaseException):
    """Ends an answer that runs on; no `except Exception` of the answer can stop it."""


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer, and what to say about it."""

    answer: Any
    message: str


@dataclass(frozen=True)
class Exercise:
    """What the checks, the notebooks and the tests know of one exercise.

    `judge(answer, rng)` raises `Wrong` if the answer is not right. `mistakes` are wrong answers
    that the judge is known to name; a test hands in every one of them.
    """

    judge: Callable[[Any, np.random.Generator], None]
    mistakes: tuple[Mistake, ...]
    points: int
    minutes: int
    kind: str = field(default="implement")


def function(expected, inputs, mistakes, *, points, minutes, tolerance=1e-6, kind="implement"):
    """An exercise whose answer is a function that returns numbers.

    `inputs(rng)` gives tuples of arguments, edge cases first. A wrong answer that agrees with a
    known mistake on all of them gets the message of that mistake.
    """

    def judge(answer, rng):
        cases = [tuple(case) for case in inputs(rng)]
        for case in cases:
            try:
                compare(answer, case)
            except Wrong:
                name_mistake(answer, cases)
                raise

    def compare(answer, case):
        wanted = np.asarray(expected(*case), dtype=float)
        got = numbers(call(answer, *case), wanted.shape, shown(case))
        if not _close(got, wanted, tolerance):
            place = np.unravel_index(np.argmax(abs(got - wanted)), wanted.shape)
            where = f"entry {[int(i) for i in place]}" if wanted.ndim else "the result"
            raise Wrong(f"for the input {shown(case)}, {where} is {got[place]:.6g}, and that is not right")

    def name_mistake(answer, cases):
        for mistake in mistakes:
            if all(_agree(answer, mistake.answer, case, tolerance) for case in cases):
                raise Wrong(mistake.message) from None

    return Exercise(judge, tuple(mistakes), points, minutes, kind)


def expression(expected, mistakes, *, points, minutes, kind="derive"):
    """An exercise whose answer is a SymPy expression or matrix, compared at random points.

    Symbols count by their names, whatever is assumed of them.
    """
    wanted = _by_name(expected)
    known = [_by_name(mistake.answer) for mistake in mistakes]
    names = sorted(str(symbol) for symbol in wanted.free_symbols)
    asked = f"a matrix of shape {wanted.shape}" if isinstance(wanted, sp.MatrixBase) else "an expression"

    def judge(answer, rng):
        if answer is None or answer is ...:
            raise Wrong("there is no expression here yet")
        if callable(answer) and not isinstance(answer, (sp.Basic, sp.MatrixBase)):
            raise Wrong("an expression is asked for, not a function")
        got = read(answer)
        unknown = {str(symbol) for symbol in got.free_symbols} - set(names)
        if unknown:
            raise Wrong(f"the symbol {shown(min(unknown))} does not belong to this exercise")
        points = [dict(zip(names, rng.uniform(0.3, 2.5, len(names)), strict=True)) for _ in range(4)]
        if not equal(got, wanted, points):
            for mistake, wrong in zip(mistakes, known, strict=True):
                if equal(got, wrong, points):
                    raise Wrong(mistake.message)
            raise Wrong("this is not equal to what is asked for: put in numbers for the symbols and compare")

    def read(answer):
        try:
            with limited():
                got = sp.Matrix(answer) if isinstance(answer, (list, tuple)) else sp.sympify(answer)
                got = _by_name(got)
        except Wrong:
            raise
        except Exception:
            raise Wrong(f"{asked} is asked for, got {shown(answer)}") from None
        if not isinstance(got, (sp.Expr, sp.MatrixBase)) or getattr(got, "shape", ()) != getattr(wanted, "shape", ()):
            raise Wrong(f"{asked} is asked for, got {shown(answer)}")
        return got

    def equal(one, other, points):
        if getattr(one, "shape", ()) != getattr(other, "shape", ()):
            return False
        gap = sp.Matrix([one - other])
        try:
            return all(abs(complex(entry)) < 1e-9 for at in points for entry in gap.evalf(subs=at))
        except Exception:  # no number comes out, so it is not the same
            return False

    return Exercise(judge, tuple(mistakes), points, minutes, kind)


def _by_name(expression):
    """The expression with plain symbols of the same names."""
    return expression.xreplace({symbol: sp.Symbol(symbol.name) for symbol in expression.free_symbols})


def value(expected, mistakes, *, points, minutes, tolerance=0.0, kind="predict"):
    """An exercise whose answer is one number or one word."""

    def judge(answer, rng):
        if answer is None or answer is ...:
            raise Wrong("there is no answer here yet")
        if not same(answer, expected):
            for mistake in mistakes:
                if same(answer, mistake.answer):
                    raise Wrong(mistake.message)
            raise Wrong(f"{shown(answer)} is not right")

    def same(answer, wanted):
        if isinstance(wanted, str):
            return isinstance(answer, str) and "".join(answer.lower().split()) == "".join(wanted.lower().split())
        try:
            number = float(answer)
        except Exception:
            raise Wrong(f"a number is asked for, got {shown(answer)}") from None
        return bool(abs(number - wanted) <= tolerance)

    return Exercise(judge, tuple(mistakes), points, minutes, kind)


def witness(verify, mistakes, *, points, minutes, kind="refute"):
    """An exercise whose answer is a counterexample: `verify(answer)` raises `Wrong` or is content."""

    def judge(answer, rng):
        if answer is None or answer is ...:
            raise Wrong("there is no counterexample here yet")
        with limited():
            verify(answer)

    return Exercise(judge, tuple(mistakes), points, minutes, kind)


def call(answer, *arguments):
    """Call what a student handed in, on copies, and turn all that can happen into `Wrong`."""
    if not callable(answer):
        raise Wrong(f"a function is asked for, got {shown(answer)}")
    copies = [np.array(a) if isinstance(a, np.ndarray) else a for a in arguments]
    called = shown(arguments)
    try:
        with limited():
            result = answer(*copies)
    except NotImplementedError:
        raise Wrong("nothing is written here yet") from None
    except Wrong:
        raise
    except (Exception, SystemExit) as error:
        said = f": {error}" if str(error) else ""
        raise Wrong(f"for the input {called} it stops with {type(error).__name__}{shorter(said)}") from None
    if result is None or result is ...:
        raise Wrong("it returns nothing yet")
    return result


def numbers(result, shape, called):
    """The result as an array of finite real numbers of the right shape."""
    try:
        array = np.asarray(result)
    except Exception:
        raise Wrong(f"for the input {called} the result is no array of numbers") from None
    if array.dtype.kind == "c":
        raise Wrong(f"for the input {called} the result has complex numbers, real ones are asked for")
    if array.dtype.kind not in "biuf":
        raise Wrong(f"for the input {called} the result is no array of numbers, but {shown(result)}")
    array = array.astype(float)
    if array.shape != shape:
        swapped = array.ndim == 2 and array.shape == shape[::-1]
        hint = ": rows and columns are swapped" if swapped else ""
        raise Wrong(f"for the input {called} the shape is {array.shape}, and should be {shape}{hint}")
    if not np.isfinite(array).all():
        raise Wrong(f"for the input {called} the result has NaN or infinite entries")
    return array


@contextmanager
def limited(steps=STEPS):
    """Cut what runs on for too many steps, and keep warnings from the page. Counts, so no clock matters."""
    left = steps

    def count(frame, event, argument):
        nonlocal left
        left -= 1
        if left < 0:
            raise _Cut
        frame.f_trace_opcodes = True  # a loop on one line is no new line to the tracer
        return count

    before = sys.gettrace()
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            sys.settrace(count)
            try:
                yield
            finally:
                sys.settrace(before)
    except _Cut:
        raise Wrong(f"it was stopped after {steps:,} steps: is there an endless loop?") from None


def shown(value):
    """A value in a few words; never fails, whatever it is."""
    try:
        if isinstance(value, tuple) and len(value) == 1:
            return shown(value[0])
        if isinstance(value, tuple):
            return "(" + ", ".join(shown(part) for part in value) + ")"
        if isinstance(value, np.ndarray) and value.size > 8:
            return f"an array of shape {value.shape}"
        return shorter(repr(value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value))
    except Exception:
        return f"an object of type {type(value).__name__}"


def shorter(text):
    """One line, 80 characters at most."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "..."


def _close(got, wanted, tolerance):
    return np.allclose(got, wanted, rtol=tolerance, atol=tolerance)


def _agree(answer, mistaken, case, tolerance):
    """Whether an answer does what a known mistake does."""
    try:
        wanted = np.asarray(call(mistaken, *case), dtype=float)
        return _close(numbers(call(answer, *case), wanted.shape, ""), wanted, tolerance)
    except Wrong:
        return False
