"""How fast the columns of a table turn, and where they begin: estimates that lead to a fit.

Every column k is taken for ``scale * sin(w_k * p + q_k)``, with ``q_k`` a quarter turn for a cosine and 0 for a sine,
``w_k = exp(-c * e_k)`` and ``p`` growing by `step` from row to row. The rungs ``e_k`` are known: 0, 1, 2, ... for the
sines, and the same numbers, or those half a rung further, for the cosines. So there are four unknowns: the drop `c`
from rung to rung, the position `p` of the first row, `step` and `scale`.

Nothing here decides anything. It proposes numbers, and whoever asked for them makes the table anew and compares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Starts are looked for up to here, in either direction.
FARTHEST = 10240.0
#: What a fit looks at: so many rows and columns of a large table.
_FEW_ROWS, _FEW_COLUMNS = 12, 48
#: How far a phase may be uncertain, in radians, for its column to take part in a fit.
_SURE = 0.7


@dataclass(frozen=True)
class Fit:
    """The four unknowns, and how uncertain the first three are."""

    drop: float
    start: float
    step: float
    scale: float
    drop_error: float = 0.0
    start_error: float = np.inf
    step_error: float = 0.0


@dataclass(frozen=True)
class Columns:
    """Some columns of a table at some rows: entries, what one unit of them is, and what is known of each."""

    entries: Floats
    units: Floats
    x: Floats
    rungs: Floats
    quarters: Floats
    single: bool  # whether the angles may have been rounded to float32

    def some(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> "Columns":
        """The part at these rows and columns."""
        block = np.ix_(rows, columns)
        return Columns(
            self.entries[block], self.units[block], self.x[rows], self.rungs[columns], self.quarters[columns],
            self.single,
        )  # fmt: skip

    def angles(self, fit: Fit) -> Floats:
        """The angle of each row and column, without the quarter turn."""
        return np.multiply.outer(fit.start + fit.step * self.x, np.exp(-fit.drop * self.rungs))

    def made(self, fit: Fit) -> Floats:
        """The table that the four numbers make."""
        return fit.scale * np.sin(self.angles(fit) + self.quarters)

    def allowed(self, fit: Fit) -> Floats:
        """How far each entry may be off: its rounding, and that of its angle."""
        turned = np.abs(self.angles(fit))
        # A frequency that is an exponential of a rounded logarithm is off by as many roundings as that is long.
        roundings = 4 + 2 * np.abs(fit.drop * self.rungs)
        if not self.single:
            return self.units + abs(fit.scale) * (2e-11 + 4e-16 * roundings * turned)
        return self.units + abs(fit.scale) * (2.0**-23 + np.minimum(roundings * 2.0**-24 * turned, 0.02))

    def worst(self, fit: Fit) -> float:
        """The largest error of an entry, in terms of what is allowed: at most 1 where the table agrees."""
        return float(np.max(np.abs(self.entries - self.made(fit)) / self.allowed(fit), initial=0.0))


def spread(length: int, most: int) -> NDArray[np.intp]:
    """At most so many numbers from 0 to below `length`, evenly spread, both ends among them."""
    if length <= most:
        return np.arange(length)
    return np.arange(most) * (length - 1) // (most - 1)


def solve(table: Columns, guess: Fit, *, free: str = "cpsa", rounds: int = 2) -> Fit:
    """Improve a guess by weighted least squares, with the guess's own errors as what is known before."""
    prior = guess
    fit = guess
    x, e = table.x, table.rungs
    weights = 1 / table.allowed(guess)
    for _ in range(rounds):
        speeds = np.exp(-fit.drop * e)
        places = fit.start + fit.step * x
        angles = np.multiply.outer(places, speeds) + table.quarters
        waves = np.sin(angles)
        slopes = fit.scale * np.cos(angles) * speeds
        missed = ((table.entries - fit.scale * waves) * weights).ravel()
        columns = {
            "c": -slopes * e * places[:, None],
            "p": slopes,
            "s": slopes * x[:, None],
            "a": waves,
        }
        design = np.stack([(columns[name] * weights).ravel() for name in free])
        if not np.all(np.isfinite(design)):
            return replace(fit, start=np.nan)
        normal = design @ design.T
        right = design @ missed
        for k, name in enumerate(free):
            known, now, error = {
                "c": (prior.drop, fit.drop, prior.drop_error),
                "p": (prior.start, fit.start, prior.start_error),
                "s": (prior.step, fit.step, prior.step_error),
            }.get(name, (0.0, 0.0, np.inf))
            if np.isfinite(error):
                normal[k, k] += 1 / max(error, 1e-15) ** 2
                right[k] += (known - now) / max(error, 1e-15) ** 2
        size = np.sqrt(np.diag(normal))
        size[size == 0] = 1.0
        scaled = normal / np.multiply.outer(size, size) + 1e-14 * np.eye(len(free))
        change = dict(zip(free, np.linalg.solve(scaled, right / size) / size, strict=True))
        variance = dict(zip(free, np.diag(np.linalg.inv(scaled)) / size**2, strict=True))
        fit = Fit(
            fit.drop + change.get("c", 0.0),
            fit.start + change.get("p", 0.0),
            fit.step + change.get("s", 0.0),
            fit.scale + change.get("a", 0.0),
            float(np.sqrt(variance.get("c", 0.0))),
            float(np.sqrt(variance.get("p", 0.0))),
            float(np.sqrt(variance.get("s", 0.0))),
        )
        if not (np.isfinite(fit.start) and abs(fit.drop) * (1 + np.abs(e).max()) < 300):
            return replace(fit, start=np.nan)
    return fit


def line(e: Floats, logs: Floats, errors: Floats) -> tuple[float, float, float, float] | None:
    """The line ``height - drop * e`` that the most points agree on: (height, drop) and the error of each."""
    few = np.argsort(errors, kind="stable")[:60]
    few = np.sort(few)[spread(len(few), 14)]
    best, most = None, 0.0
    for a in few:
        for b in few:
            if e[b] - e[a] < 0.25:
                continue
            drop = (logs[a] - logs[b]) / (e[b] - e[a])
            off = np.abs(logs - (logs[a] - drop * (e - e[a])))
            reach = (np.abs(e - e[a]) + np.abs(e - e[b])) / (e[b] - e[a])
            bound = 3 * errors + 3 * (errors[a] + errors[b]) * reach + 1e-9
            close = off <= np.minimum(bound, 0.5)
            # Of lines that as many agree on, the one that was drawn through the surest points.
            count = close.sum() - (errors[a] + errors[b]) / (e[b] - e[a])
            if best is None or count > most:
                best, most = close, count
    if best is None:
        return None
    w = 1 / (errors[best] + 1e-12) ** 2
    mean = np.sum(w * e[best]) / np.sum(w)
    moment = np.sum(w * (e[best] - mean) ** 2)
    level = np.sum(w * logs[best]) / np.sum(w)
    drop = -np.sum(w * (e[best] - mean) * logs[best]) / moment
    return (
        float(level + drop * mean), float(drop),
        float(np.sqrt(1 / np.sum(w) + mean**2 / moment)), float(1 / np.sqrt(moment)),
    )  # fmt: skip


def starts(table: Columns, seed: Fit, rows: NDArray[np.intp], most: int) -> list[float]:
    """Where the first row may stand: the places at which the columns agree best, from one end to the other."""
    speeds = np.exp(-seed.drop * table.rungs)
    unsure = speeds * FARTHEST * seed.drop_error * np.abs(table.rungs)
    fastest = min(max(2.0, float(np.sort(speeds)[min(11, len(speeds) - 1)])), 8.0)
    usable = np.flatnonzero((speeds <= fastest) & (unsure <= _SURE))
    if len(usable) < 2:
        usable = np.argsort(speeds, kind="stable")[:2]
    columns = usable[spread(len(usable), 20 if len(rows) == 1 else 12)]
    block = table.some(rows, np.sort(columns))
    speeds = np.exp(-seed.drop * block.rungs)
    pace = 0.5 / max(float(speeds.max()), 0.01)
    side = int(np.ceil(np.sqrt(2 * FARTHEST / pace)))
    places = pace * (np.arange(side * side) - side * side // 2)
    # The sum of squares is a sum of waves in the place, because 2 sin(a)^2 = 1 - cos(2a): one wave for each column,
    # and one of twice its speed. Of evenly spaced places, the waves are a product of two tables.
    shift = np.exp(1j * (seed.step * np.multiply.outer(block.x, speeds) + block.quarters))
    once = 2j * seed.scale * np.sum(block.entries * shift, axis=0)
    twice = -0.5 * seed.scale**2 * np.sum(shift**2, axis=0)
    waves, height = np.concatenate([speeds, 2 * speeds]), np.concatenate([once, twice])
    far = np.multiply.outer(places[::side], waves) + np.angle(height)
    near = pace * np.multiply.outer(np.arange(side), waves)
    size = np.abs(height)
    missed = ((size * np.cos(far)) @ np.cos(near).T - (size * np.sin(far)) @ np.sin(near).T).ravel()
    missed += np.sum(block.entries**2) + 0.5 * seed.scale**2 * block.entries.size
    low = np.ones(len(places), bool)
    low[1:] &= missed[1:] <= missed[:-1]
    low[:-1] &= missed[:-1] < missed[1:]
    found = np.flatnonzero(low)
    found = found[np.argsort(missed[found], kind="stable")][:most]
    limit = 4 * missed[found[0]] + 0.1 * block.entries.size * seed.scale**2
    return [float(places[k]) for k in found if missed[k] <= limit]


def polish(table: Columns, seed: Fit, start: float) -> Fit:
    """Fit with the slow columns first, and take in a faster one when its phase has become sure."""
    slowest = np.exp(-seed.drop * table.rungs)
    pace = 0.5 / max(min(2.0, float(slowest.max())), 0.01)
    fit = replace(seed, start=start, start_error=pace)
    taken = 0
    for _ in range(12):
        speeds = np.exp(-fit.drop * table.rungs)
        span = np.abs(table.x).max(initial=0.0)
        unsure = speeds * (
            fit.drop_error * np.abs(table.rungs) * (abs(fit.start) + abs(fit.step) * span)
            + fit.step_error * span
            + min(fit.start_error, pace)
        )
        sure = unsure <= _SURE
        if sure.sum() <= taken:
            # Nothing new is sure; then the least unsure one is tried, and the check will tell.
            sure = unsure <= np.sort(unsure)[min(taken + 1, len(unsure) - 1)]
        taken = int(sure.sum())
        part = table.some(np.arange(len(table.x)), np.flatnonzero(sure))
        loose = replace(
            fit,
            drop_error=seed.drop_error,
            step_error=seed.step_error,
            start_error=np.inf if taken > 1 else fit.start_error,
        )
        fit = solve(part, replace(loose, start_error=fit.start_error if taken < 2 else np.inf))
        if not np.isfinite(fit.start) or (taken > 3 and np.abs(part.entries - part.made(fit)).max() > 0.3 * seed.scale):
            return replace(fit, start=np.nan)
        if taken == len(unsure):
            break
    return solve(table, replace(fit, drop_error=np.inf, start_error=np.inf, step_error=seed.step_error), rounds=4)


def looked_at(rows: int) -> NDArray[np.intp]:
    """The rows that a fit looks at: the first ones, and ever fewer of those further down."""
    found = [spread(rows, 2 * _FEW_ROWS)]
    reach = 4 * _FEW_ROWS
    while reach < rows:
        found.append(spread(reach, 4 * _FEW_ROWS))
        reach *= 4
    found.append(spread(min(rows, reach), 4 * _FEW_ROWS))
    return np.unique(np.concatenate(found))


def extend(table: Columns, numbers: NDArray[np.intp], fit: Fit) -> Fit | None:
    """Take in more and more rows, down to the last; None as soon as they do not agree."""
    columns = spread(len(table.rungs), _FEW_COLUMNS)
    reach = _FEW_ROWS
    while True:
        rows = np.flatnonzero(numbers < reach)
        part = table.some(rows[spread(len(rows), 8 * _FEW_ROWS)], columns)
        free = replace(fit, drop_error=np.inf, start_error=np.inf, step_error=np.inf if len(numbers) > 1 else 0.0)
        fit = solve(part, free, rounds=4)
        if not (np.isfinite(fit.start) and part.worst(fit) <= 1.5):
            return None
        if len(rows) == len(numbers):
            return fit
        reach *= 4


def candidates(table: Columns, seeds: list[Fit], rows: NDArray[np.intp]) -> Iterator[Fit]:
    """Every fit to the first rows that agrees with them, for each seed and each start it allows."""
    few = np.arange(min(len(table.x), _FEW_ROWS))
    part = table.some(few, spread(len(table.rungs), _FEW_COLUMNS))
    for seed in seeds:
        most = 24 if len(table.rungs) < 16 and seed.drop_error > 1e-8 else 8
        for start in starts(table, seed, rows, most):
            fit = polish(part, seed, start)
            if np.isfinite(fit.start) and fit.scale > 0 and part.worst(fit) <= 1.5:
                yield fit
