"""What a check says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Verdict(NamedTuple):
    """What a check says: true if the answer is right, and a sentence that a notebook shows.

    If the answer is wrong for one input of many, the verdict holds that input, so that the case can
    be tried again: `answer(*verdict.input)` gives `verdict.got` where `verdict.expected` is right.
    """

    right: bool
    message: str
    input: tuple[Any, ...] | None = None
    expected: Any = None
    got: Any = None

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        if self.right or self.input is None:
            return self.message
        arguments = self.input[0] if isinstance(self.input, tuple) and len(self.input) == 1 else self.input
        told = {"input": arguments, "expected": self.expected, "got": self.got}
        lines = [f"  {head:8}  {shown(part)}" for head, part in told.items() if part is not None]
        return "\n".join([self.message, *lines])

    def draw(self) -> Figure:
        """Draw what was expected beside what came, where both are rows or tables of numbers.

        Raises
        ------
        ValueError
            If there is nothing to draw: the answer is right, or no two tables were compared.
        """
        expected, got = (np.atleast_1d(np.asarray(part)) for part in (self.expected, self.got))
        tables = all(part.dtype.kind in "biuf" for part in (expected, got))
        if self.right or not tables or expected.size < 2 or got.shape != expected.shape:
            raise ValueError(f"a verdict can be drawn if it compares two arrays of one shape, got: {self.message}")
        from posenc import plotting

        if expected.ndim == 1:
            places = np.arange(expected.size)
            return plotting.lines(
                {"expected": (places, expected), "got": (places, got)}, marker=".", xlabel="entry", ylabel="value"
            )
        shape = (-1, expected.shape[-1])
        return plotting.heat_maps(
            {"expected": expected.reshape(shape), "got": got.reshape(shape)},
            limits=(float(min(expected.min(), got.min())), float(max(expected.max(), got.max())) + 1e-12),
            xlabel="column",
            ylabel="row",
        )


class Grade(NamedTuple):
    """The points that an answer earns, and the verdict on each case that they are given for."""

    points: float
    of: float
    verdicts: dict[str, Verdict]

    def __repr__(self) -> str:
        told = [f"{case}: {verdict!r}" for case, verdict in self.verdicts.items() if not verdict]
        return "\n".join([f"{self.points:g} of {self.of:g} points", *told])


class Summary(NamedTuple):
    """How far a notebook is: each exercise with its verdict and its points."""

    rows: tuple[tuple[str, Verdict, int], ...]

    @property
    def points(self) -> int:
        """The points reached."""
        return sum(points for _, verdict, points in self.rows if verdict)

    @property
    def of(self) -> int:
        """The points there are."""
        return sum(points for *_, points in self.rows)

    def __repr__(self) -> str:
        width = max(len(name) for name, *_ in self.rows)
        done = sum(bool(verdict) for _, verdict, _ in self.rows)
        lines = [
            f"{'✓' if verdict else '✗'} {name:{width}}  {points if verdict else 0} of {points}"
            + ("" if verdict else f"  {verdict}")
            for name, verdict, points in self.rows
        ]
        return "\n".join([*lines, f"{done} of {len(self.rows)} exercises done, {self.points} of {self.of} points"])


def shown(value: Any) -> str:
    """A value in a few words, shortened only where it is large; never fails, whatever it is."""
    try:
        if isinstance(value, np.generic):
            value = value.item()
        if type(value) is tuple:
            return f"({', '.join(map(shown, value))}{',' * (len(value) == 1)})"
        if isinstance(value, dict) and value and all(isinstance(name, str) for name in value):
            return ", ".join(f"{name} = {shown(part)}" for name, part in value.items())
        if isinstance(value, np.ndarray):
            options: Any = {"formatter": {"float_kind": lambda entry: f"{entry:.6g}"}}
            text = np.array2string(value, separator=", ", threshold=60, edgeitems=2, max_line_width=10**6, **options)
            return _one_line(text) + (f" of shape {value.shape}" if value.size > 60 else "")
        if isinstance(value, float):
            return f"{value:.10g}"
        if callable(value) and isinstance(getattr(value, "__name__", None), str):
            return f"the function {value.__name__}"
        return _one_line(repr(value), 120)
    except Exception:
        return f"an object of type {type(value).__name__}"


def _one_line(text: str, most: int = 1000) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 3] + "..."
