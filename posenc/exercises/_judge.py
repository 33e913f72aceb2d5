"""How answers are judged: one function for each kind of exercise.

A judge takes an answer, a random generator, the numbers that the exercise was given with, and the
names of the cases to try. It returns if the answer is right and raises `Wrong`, with a sentence for
the student, if not. The sentence names the kind of mistake where it is a known one, and says "a
function is asked for" and the like where only the form is wrong. It never contains the solution.
"""

import sys
from collections import namedtuple
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

import posenc
from posenc.exercises._verdict import Verdict, shown

try:
    import sympy as sp

    from posenc import symbolic
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError(
        "posenc.exercises needs SymPy: pip install 'posenc[exercises]'", name="sympy"
    ) from _missing

FLOAT32 = (
    "this is nearly right: it is off by no more than it would be if the angles were computed in float32, "
    "which keeps about seven digits, or with a rounded constant; compute in float64"
)


ROUNDED = "this is nearly equal to what is asked for: a number in it, such as pi, is rounded; SymPy has it as sp.pi"


class Wrong(Exception):  # noqa: N818 - it is a verdict, not an error
    """The answer is not right yet; the message says why, the rest is the case that shows it."""

    def __init__(self, message, input=None, expected=None, got=None):
        super().__init__(message)
        self.case = (input, expected, got)


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer, and what to say about it.

    Where the numbers of an exercise vary, `answer` is a function of them.
    """

    answer: Any
    message: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What the checks, the notebooks and the tests know of one exercise.

    `judge(answer, rng, given, cases)` raises `Wrong` if the answer is not right; a written proof has none.
    `form(answer)` does so if it has the wrong form, for answers that are a number or a word. `cases` are the
    names of the cases that share the points. `answer` is the name that the notebook gives to the answer.
    `mistakes` are wrong answers that the judge is known to name; a test hands in every one of them. `given` draws
    the numbers of the exercise, where students get different ones. `sketch` is a pair of functions: what to
    compute from an answer, and how to draw that.
    """

    judge: Callable[..., None] | None
    answer: str
    points: int
    minutes: int
    kind: str
    hints: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    cases: tuple[str, ...] = ("answer",)
    form: Callable[[Any], Any] | None = None
    given: Callable[..., Any] | None = None
    sketch: tuple[Callable[..., Any], Callable[..., Any]] | None = None


def numbers(names, book, draw):
    """The numbers of an exercise, as a function: without an argument those of the book, with a generator others."""
    named = namedtuple("Numbers", names)  # type: ignore[misc]

    def given(rng=None):
        return named(*(book if rng is None else draw(rng)))

    return given


def verdict(exercise, answer, rng, given, cases):
    """What the judge of an exercise says of an answer, in the form in which it is shown."""
    return _told(lambda: exercise.judge(answer, rng, given, cases))


def form_verdict(exercise, answer):
    """Whether an answer has the form that is asked for, and no word about more."""
    said = _told(lambda: exercise.form(answer))
    return Verdict(True, f"handed in: {shown(answer)}; whether it is right is told with the grade") if said else said


def _told(judge):
    try:
        judge()
    except Wrong as wrong:
        return Verdict(False, f"not yet: {wrong}", *map(_plain, wrong.case))
    except Exception as error:  # an answer that defends itself, for instance by a failing comparison
        return Verdict(False, f"not yet: the answer could not be read ({type(error).__name__})")
    return Verdict(True, "right")


def _plain(value) -> Any:
    """The value if it is made of numbers and words, which any process can be sent; its text otherwise."""
    if isinstance(value, (tuple, dict)):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        plain = {key: _plain(part) for key, part in parts}
        return plain if isinstance(value, dict) else tuple(plain.values())
    if type(value) is np.ndarray and value.dtype.kind in "biufc":
        return value if value.ndim else value.item()
    if value is None or type(value) in (bool, int, float, complex, str) or isinstance(value, np.generic):
        return value
    return shown(value)


# Kinds of exercises.


def function(
    expected,
    cases,
    mistakes,
    *,
    rtol=1e-6,
    atol=1e-6,
    nearly=FLOAT32,
    reading=None,
    forbidden=(),
    kind="implement",
    **about,
):
    """An exercise whose answer is a function that returns numbers.

    `cases` maps the name of each case to a function of a random generator that gives tuples of arguments, edge
    cases first. A wrong answer that agrees with a known mistake on all of them gets the message of that mistake.
    `reading(result, *arguments)` makes of a result what is compared. `forbidden` names functions of `posenc`
    that the answer has to do without. `nearly` is said of an answer that misses by about float32's precision.
    """

    def judge(answer, rng, given, names):
        tries = [tuple(case) for name in names for case in cases[name](rng)]
        wanted = [np.asarray(read(expected(*copied(case)), case), dtype=float) for case in tries]
        for case, right in zip(tries, wanted, strict=True):
            try:
                compare(answer, case, right)
            except Wrong as wrong:
                name_mistake(answer, tries, wrong)
                raise

    def read(result, case):
        return result if reading is None else reading(result, *case)

    def result_for(answer, case, shape):
        return as_numbers(read(call(answer, *case, forbidden=forbidden), case), shape, case)

    def compare(answer, case, right):
        got = result_for(answer, case, right.shape)
        if close(got, right):
            return
        gap = abs(got - right)
        sizes = [a for a in case if isinstance(a, (float, np.ndarray))]  # a whole number may be a dimension
        largest = max([1.0, *(np.abs(a).max(initial=0) for a in sizes)])
        if nearly and gap.max() <= 2e-6 * largest * max(1.0, abs(right).max()):
            raise Wrong(nearly, case, right, got)
        place = np.unravel_index(np.argmax(gap), right.shape)
        where = f"entry {[int(i) for i in place]}" if right.ndim else "the result"
        raise Wrong(f"{where} is {got[place]:.6g}, and {right[place]:.6g} is expected", case, right, got)

    def close(got, right):
        return np.allclose(got, right, rtol=rtol, atol=atol)

    def name_mistake(answer, tries, wrong):
        for mistake in mistakes:
            if all(agree(answer, mistake.answer, case) for case in tries):
                raise Wrong(mistake.message, *wrong.case) from None

    def agree(answer, mistaken, case):
        try:
            wanted = np.asarray(read(call(mistaken, *case), case), dtype=float)
            return close(result_for(answer, case, wanted.shape), wanted)
        except Wrong:
            return False

    return Exercise(judge=judge, mistakes=tuple(mistakes), cases=tuple(cases), kind=kind, **about)


def expression(expected, mistakes, *, at=None, kind="derive", **about):
    """An exercise whose answer is a SymPy expression or matrix, compared at eight random points.

    Symbols count by their names, whatever is assumed of them. `at(rng)` gives the value of each name; where it is
    not given, values lie between 0.3 and 2.5.
    """
    wanted = _by_name(expected)
    known = [_by_name(mistake.answer) for mistake in mistakes]
    names = sorted(str(symbol) for symbol in wanted.free_symbols)
    asked = f"a matrix of shape {wanted.shape}" if isinstance(wanted, sp.MatrixBase) else "an expression"
    draw = at or (lambda rng: dict(zip(names, rng.uniform(0.3, 2.5, len(names)).tolist(), strict=True)))

    def judge(answer, rng, given, cases):
        got = form(answer)
        points = [draw(rng) for _ in range(8)]
        for point in points:
            theirs, right = value_at(got, point), value_at(wanted, point)
            if not same(theirs, right):
                case = point, right, theirs
                name_mistake(got, points, case)
                if all(nearly(value_at(got, point), value_at(wanted, point)) for point in points):
                    raise Wrong(ROUNDED, *case)
                raise Wrong("this is not equal to what is asked for: compare the two at these numbers", *case)

    def form(answer):
        if answer is None or answer is ...:
            raise Wrong("there is no expression here yet")
        if isinstance(answer, sp.Lambda) or (callable(answer) and not isinstance(answer, (sp.Basic, sp.MatrixBase))):
            raise Wrong("an expression is asked for, not a function")
        try:
            if isinstance(answer, np.ndarray):
                answer = answer.tolist()
            got = sp.Matrix(answer) if isinstance(answer, (list, tuple)) else sp.sympify(answer)
            got = got.as_explicit() if isinstance(got, sp.MatrixExpr) else got
            got = _by_name(got)
        except Exception:
            raise Wrong(f"{asked} is asked for, got {shown(answer)}") from None
        if not isinstance(got, (sp.Expr, sp.MatrixBase)) or getattr(got, "shape", ()) != getattr(wanted, "shape", ()):
            raise Wrong(f"{asked} is asked for, got {shown(answer)}")
        unknown = {str(symbol) for symbol in got.free_symbols} - set(names)
        if unknown:
            raise Wrong(f"the symbol {shown(min(unknown))} does not belong to this exercise")
        return got

    def value_at(expression, point):
        try:
            entries = sp.Matrix([expression]).doit().subs(point).evalf()
            numbers: Any = np.array([complex(entry) for entry in entries]).reshape(getattr(expression, "shape", ()))
            return numbers.real if np.allclose(numbers.imag, 0) else numbers
        except Exception:  # no number comes out
            return np.full(getattr(expression, "shape", ()), np.nan)

    def same(one, other):
        return one.shape == other.shape and np.allclose(one, other, rtol=1e-9, atol=1e-9)

    def nearly(one, other):
        return one.shape == other.shape and np.allclose(one, other, rtol=3e-3, atol=0)

    def name_mistake(got, points, case):
        for mistake, wrong in zip(mistakes, known, strict=True):
            if all(same(value_at(got, point), value_at(wrong, point)) for point in points):
                raise Wrong(mistake.message, *case)

    return Exercise(judge=judge, mistakes=tuple(mistakes), kind=kind, **about)


def _by_name(expression):
    """The expression with plain symbols of the same names."""
    return expression.xreplace({symbol: sp.Symbol(symbol.name) for symbol in expression.free_symbols})


def value(expected, mistakes, *, tolerance=0.0, relative=1e-9, whole=False, kind="predict", **about):
    """An exercise whose answer is one number, a whole one or one up to a tolerance that the statement names.

    Where the numbers of the exercise vary, `expected` and the mistakes are functions of them. The last digits of
    a computed number do not count: a relative error of 1e-9 is always allowed, and more if `relative` says so.
    """

    def form(answer):
        found = number(answer)
        if whole and abs(found - round(found)) > 1e-6:
            raise Wrong(f"a whole number is asked for, got {shown(answer)}")
        return found

    def same(one, other):
        return abs(one - other) <= tolerance + relative * abs(other)

    return _one_of_many(expected, mistakes, form, same, kind, about)


def values(expected, mistakes, *, names, tolerance, relative, kind="diagnose", **about):
    """An exercise whose answer is a few numbers in order, each up to a tolerance and a relative one of its own.

    `names` says what they are, as in ``"base, first"``. `expected` and the mistakes give as many numbers.
    """

    def form(answer):
        if answer is None or answer is ...:
            raise Wrong("there is no answer here yet")
        asked = f"{len(tolerance)} numbers are asked for, ({names})"
        try:
            parts = None if isinstance(answer, (str, bytes, dict, set)) else tuple(answer)
        except Exception:
            parts = None
        if parts is None or len(parts) != len(tolerance):
            raise Wrong(f"{asked}, got {shown(answer)}")
        return tuple(number(part, asked) for part in parts)

    def same(one, other):
        pairs = zip(one, other, tolerance, relative, strict=True)
        return all(abs(a - b) <= most + (share + 1e-9) * abs(b) for a, b, most, share in pairs)

    return _one_of_many(expected, mistakes, form, same, kind, about)


def choice(expected, words, mistakes, *, kind="diagnose", **about):
    """An exercise whose answer is one of a few words; capitals and spaces do not count."""

    def plain(word):
        return "".join(word.lower().split())

    def form(answer):
        if answer is None or answer is ...:
            raise Wrong("there is no answer here yet")
        if not isinstance(answer, str) or plain(answer) not in map(plain, words):
            raise Wrong(f"one of the words {', '.join(map(repr, words))} is asked for, got {shown(answer)}")
        return plain(answer)

    return _one_of_many(expected, mistakes, form, lambda one, other: one == plain(other), kind, about)


def letters(expected, alphabet, mistakes, *, kind="diagnose", **about):
    """An exercise whose answer is a set of letters, in any order and with or without commas."""

    def form(answer):
        if answer is None or answer is ...:
            raise Wrong("there is no answer here yet")
        asked = f"letters from {alphabet[0]} to {alphabet[-1]} are asked for, as in {alphabet[:2]!r}"
        try:
            found = {
                letter for part in answer for letter in str(part).upper() if not (letter.isspace() or letter in ",;")
            }
        except Exception:
            raise Wrong(f"{asked}, got {shown(answer)}") from None
        if isinstance(answer, (dict, bytes)) or not found <= set(alphabet):
            raise Wrong(f"{asked}, got {shown(answer)}")
        return found

    return _one_of_many(expected, mistakes, form, lambda one, other: one == set(other), kind, about)


def _one_of_many(expected, mistakes, form, same, kind, about):
    """An exercise whose answer is compared as a whole, with what is right and with what is known to be wrong."""

    def judge(answer, rng, given, cases):
        found = form(answer)
        if not same(found, of(expected, given)):
            for mistake in mistakes:
                if same(found, of(mistake.answer, given)):
                    raise Wrong(mistake.message)
            raise Wrong(f"{shown(answer)} is not right")

    def of(thing, given):
        return thing(given) if callable(thing) else thing

    return Exercise(judge=judge, form=form, mistakes=tuple(mistakes), kind=kind, **about)


def witness(verify, mistakes, *, kind="refute", **about):
    """An exercise whose answer is a counterexample: `verify(answer)` raises `Wrong` or is content."""

    def judge(answer, rng, given, cases):
        if answer is None or answer is ...:
            raise Wrong("there is no answer here yet")
        verify(answer)

    return Exercise(judge=judge, mistakes=tuple(mistakes), kind=kind, **about)


def proof(*, kind="prove", **about):
    """An exercise whose answer is a proof in words: a person reads it, with the rubric of the notebook."""
    return Exercise(judge=None, kind=kind, **about)


# Reading what students hand in.


def call(answer, *arguments, forbidden=()):
    """Call what a student handed in, on copies, and turn all that can happen into `Wrong`."""
    if answer is None or answer is ...:
        raise Wrong("nothing is written here yet")
    if not callable(answer):
        raise Wrong(f"a function is asked for, got {shown(answer)}")
    copies = copied(arguments)
    try:
        with _refused(forbidden):
            result = answer(*copies)
    except NotImplementedError:
        raise Wrong("nothing is written here yet") from None
    except Wrong:
        raise
    except (Exception, SystemExit) as error:
        if isinstance(error, PermissionError) and str(error).endswith(REFUSAL):
            raise Wrong(str(error), arguments) from None
        said = f": {error}" if str(error) else ""
        raise Wrong(f"it stops with {type(error).__name__}{said[:200]}", arguments) from None
    if result is None or result is ...:
        raise Wrong("it returns nothing yet")
    for before, after in zip(arguments, copies, strict=True):
        if isinstance(before, np.ndarray) and not np.array_equal(before, after):
            raise Wrong("it changes the array that it is given: work on a copy of it", arguments, before, after)
    return result


def copied(arguments):
    """The arguments with copies of the arrays, so that nobody changes those of the next one."""
    return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in arguments)


REFUSAL = "is not to be used here: this one is yours to write"


@contextmanager
def _refused(names):
    """Let functions of `posenc` say that they are not to be used, by whatever name they are called.

    Their code is exchanged, and not an entry of the module: an answer may have imported them before. There are
    two modules of that name where a grader imports the check anew.
    """
    known = [posenc, symbolic, sys.modules.get("posenc"), sys.modules.get("posenc.symbolic")]
    modules = {id(module): module for module in known}.values()
    found = [getattr(module, name) for module in modules for name in names if hasattr(module, name)]
    functions = [thing for thing in found if hasattr(thing, "__code__")]  # a class is no way to an answer
    codes = [function.__code__ for function in functions]
    try:
        for function in functions:
            made: dict[str, Any] = {}
            exec(f"def refused(*_, **__): raise PermissionError('posenc.{function.__name__} {REFUSAL}')", made)
            function.__code__ = made["refused"].__code__
        yield
    finally:
        for function, code in zip(functions, codes, strict=True):
            function.__code__ = code


def as_numbers(result, shape, case):
    """The result as an array of finite real numbers of the right shape; fractions and SymPy's numbers are numbers."""
    try:
        array = np.asarray(result)
        if array.dtype.kind == "O":
            array = np.array([_real(entry) for entry in array.ravel()]).reshape(array.shape)
    except Exception:
        raise Wrong(f"the result is no array of numbers, but {shown(result)}", case) from None
    if array.dtype.kind == "c":
        raise Wrong("the result has complex numbers, real ones are asked for", case)
    if array.dtype.kind not in "biuf":
        raise Wrong(f"the result is no array of numbers, but {shown(result)}", case)
    array = array.astype(float)
    if array.shape != shape and not shape:
        raise Wrong(f"a single number is asked for, got an array of shape {array.shape}", case)
    if array.shape != shape:
        swapped = array.ndim == 2 and array.shape == shape[::-1]
        hint = ": rows and columns are swapped" if swapped else ""
        raise Wrong(f"the shape of the result is {array.shape}, and should be {shape}{hint}", case)
    if not np.isfinite(array).all():
        raise Wrong("the result has NaN or infinite entries", case)
    return array


def named_array(answer, shape, name, case=None):
    """Part of an answer as an array, or a sentence that says by its name what is wrong with it."""
    try:
        return as_numbers(answer, shape, case)
    except Wrong as wrong:
        raise Wrong(str(wrong).replace("the result", name, 1), case) from None


def _real(entry):
    if isinstance(entry, (str, bytes)):
        raise TypeError
    return float(entry)


def number(answer, what="a number is asked for"):
    """An answer, or a part of one, as a finite number."""
    if answer is None or answer is ...:
        raise Wrong("there is no answer here yet")
    try:
        if isinstance(answer, (str, bytes, bool, np.bool_)) or np.ndim(answer):
            raise TypeError
        found = float(answer)
    except Exception:
        raise Wrong(f"{what}, got {shown(answer)}") from None
    if not np.isfinite(found):
        raise Wrong(f"{what}, and a finite one, got {shown(answer)}")
    return found
