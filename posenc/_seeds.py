"""First guesses for a fit: how far each pair turns from row to row, and the ladder that most of these turns lie on."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posenc._estimate import Columns, Fit, Floats, line

#: Bases that are tried where the rows say too little of the ladder themselves.
_KNOWN_BASES = (10000.0, 100.0, 500.0, 1000.0, 100000.0, 500000.0, 1000000.0, 10000000.0)


def from_pairs(pairs: NDArray[np.complex128], noise: Floats, x: Floats, per_rung: list[float]) -> list[Fit]:
    """Guesses for pairs whose two columns share a frequency, the pairs given as points on a circle of radius 1.

    `noise` is how uncertain the angle of each pair is, `per_rung` what exponent each rung adds in the grids in use.
    """
    rungs = np.arange(pairs.shape[1], dtype=float)
    turn = turns(pairs, noise, x)
    guesses = [] if turn is None else _on_ladder(rungs, *turn, per_rung)
    if turn is None or any(guess.drop_error * rungs[-1] > 1e-4 for guess in guesses):
        guesses += _from_first_row(rungs, np.angle(pairs[0]), noise, guesses[0].step if guesses else 1.0)
    if turn is None:
        guesses += _known(per_rung, steps=(1.0,))
    return guesses


def turns(pairs: NDArray[np.complex128], noise: Floats, x: Floats) -> tuple[Floats, Floats] | None:
    """Radians per position of every pair, as far as neighbouring rows show it, and the error of each."""
    gaps = np.diff(x)
    if not len(gaps):
        return None
    gap = np.abs(gaps).min()
    near = np.abs(gaps) <= gap * (1 + 1e-9)
    steps = pairs[1:][near] * np.conj(pairs[:-1][near])
    steps = np.where(gaps[near, None] > 0, steps, np.conj(steps))
    return np.angle(steps.sum(axis=0)) / gap, 1.5 * noise / (near.sum() * gap)


def _on_ladder(rungs: Floats, speeds: Floats, errors: Floats, per_rung: list[float]) -> list[Fit]:
    """The ladder through the turns; where it is uncertain, the round bases near it as well."""
    size = np.abs(speeds)
    clear = (size > 3 * errors) & (size > 1e-14)
    if len(rungs) == 1:
        return [Fit(0.0, 0.0, float(speeds[0]), 1.0, 0.0, np.inf, float(errors[0]))]
    if not clear.any():
        return _known(per_rung, steps=(1.0, -1.0))
    if clear.sum() == 1:
        pace = float(size[clear][0])
        return _known(per_rung, steps=(pace, 1.0, -pace, -1.0))
    guesses = []
    raw = _through(rungs, speeds, errors, clear)
    if raw is None:
        guesses += _known(per_rung, steps=(1.0, -1.0))
    elif _all_lie_on(raw, rungs, speeds, errors, clear):
        guesses += [raw, *_round_ones_near(raw, float(rungs[-1]), per_rung)]
    rising = 1
    while rising < len(size) and size[rising - 1] < size[rising] < 2.9:
        rising += 1
    if 2 <= rising < len(size):
        # A ladder that grows: from some pair on a turn is more than half a circle, and two rows cannot show it.
        growing = _through(rungs, speeds, errors, clear & (rungs < rising))
        found = ([growing] if growing is not None else []) + _known([-per_rung[0]], steps=(float(np.sign(speeds[0])),))
        guesses = [one for one in found if _grows(rungs, speeds, errors, one)] + guesses
    elif abs(abs(speeds[0]) - 1) <= 1e-3 + 3 * errors[0]:
        known = _known([-per_rung[0]], steps=(float(np.sign(speeds[0])),))
        guesses += [one for one in known if _grows(rungs, speeds, errors, one)]
    return guesses


def _all_lie_on(raw: Fit, rungs: Floats, speeds: Floats, errors: Floats, clear: NDArray[np.bool_]) -> bool:
    """Whether all pairs turn as the ladder says, of those that turn less than half a circle from row to row."""
    expected = np.abs(raw.step) * np.exp(-raw.drop * rungs)
    seen = clear & (expected < 2.9)
    off = np.abs(speeds[seen] - np.sign(raw.step) * expected[seen])
    unsure = expected[seen] * (4 * np.hypot(raw.step_error / abs(raw.step), raw.drop_error * rungs[seen]) + 1e-4)
    return bool(seen.sum() >= 0.4 * clear.sum() and np.all(off <= 6 * errors[seen] + unsure))


def _grows(rungs: Floats, speeds: Floats, errors: Floats, growing: Fit) -> bool:
    """Whether the turns, each known but for whole circles, are those of a ladder that grows."""
    expected = growing.step * np.exp(-growing.drop * rungs)
    sure = np.abs(expected) * (growing.step_error + growing.drop_error * rungs) < 0.3
    off = (expected - speeds + np.pi) % (2 * np.pi) - np.pi
    return bool(np.all(np.abs(off[sure]) <= 6 * errors[sure] + 0.35))


def _through(rungs: Floats, speeds: Floats, errors: Floats, some: NDArray[np.bool_]) -> Fit | None:
    """The ladder that most of these speeds lie on."""
    size, sure = np.abs(speeds[some]), errors[some] / np.abs(speeds[some])
    found = line(rungs[some], np.log(size), sure)
    if found is None:
        return None
    height, drop, height_error, drop_error = found
    sign = 1.0 if np.sum(np.sign(speeds[some]) / (sure + 1e-12)) >= 0 else -1.0
    pace = float(np.exp(height))
    return Fit(drop, 0.0, sign * pace, 1.0, drop_error, np.inf, pace * height_error)


def _round_ones_near(raw: Fit, last: float, per_rung: list[float]) -> list[Fit]:
    """Ladders with a round base that the turns allow, if they allow more than one."""
    if raw.drop_error * max(last, 1.0) < 1e-4:
        return []
    step, step_error = raw.step, raw.step_error
    if abs(abs(step) - 1) <= 4 * step_error + 1e-3:
        step, step_error = float(np.sign(step)), step_error * 1e-3
    near = {
        float(np.log(base) * rung)
        for rung in per_rung
        for base in (m * 10.0**n for n in range(1, 9) for m in range(1, 10))
        if abs(np.log(base) * rung - raw.drop) <= 4 * raw.drop_error + 1e-9
    }
    some = sorted(near, key=lambda drop: (abs(drop - raw.drop), drop))[:8]
    return [Fit(drop, 0.0, step, raw.scale, 1e-9, np.inf, step_error) for drop in some]


def _from_first_row(rungs: Floats, phases: Floats, noise: Floats, step: float) -> list[Fit]:
    """Far from position 0 the slow pairs show the ladder in their angles, even in a single row."""
    clear = (np.abs(phases) > 3 * noise) & (np.abs(phases) > 1e-14)
    if clear.sum() < 2:
        return []
    found = line(rungs[clear], np.log(np.abs(phases[clear])), noise[clear] / np.abs(phases[clear]))
    return [] if found is None else [Fit(found[1], 0.0, step, 1.0, found[3], np.inf, 0.02 * abs(step))]


def _known(per_rung: list[float], steps: tuple[float, ...]) -> list[Fit]:
    return [
        Fit(float(np.log(base)) * rung, 0.0, step, 1.0, 1e-9, np.inf, 1e-4)
        for step in steps
        for rung in per_rung
        for base in _KNOWN_BASES
    ]


def from_columns(table: Columns, per_rung: list[float]) -> list[Fit]:
    """Guesses for columns that each have a frequency of their own.

    Of a wave that is sampled evenly, each entry and its two neighbours obey ``before + after = 2 cos(w) * now``: the
    simplest case of Prony's method. Where the rows are not even, or too few, only known bases are tried.
    """
    rows, x = table.entries, table.x
    gaps = np.diff(x)
    scale = float(np.abs(rows).max(initial=0.0))
    known = [guess for guess in _known(per_rung, steps=(1.0,)) if guess.drop in [np.log(1e4) * r for r in per_rung]]
    uneven = np.flatnonzero(np.abs(gaps - gaps[:1]) > 1e-9 * np.abs(gaps[:1]))
    first = min(int(uneven[0]) + 1 if len(uneven) else len(rows), 48)
    if len(rows) < 3 or first < 3:
        return known if scale <= 1.001 else []
    rows, x, units, gap = rows[:first], x[:first], table.units[:first], float(np.abs(gaps[0]))
    now, both = rows[1:-1], rows[:-2] + rows[2:]
    power = np.sum(now**2, axis=0)
    power[power == 0] = np.inf
    cosine = np.sum(now * both, axis=0) / (2 * power)
    # Rounding errors of three entries, and what they do to the angle.
    error = np.sqrt(6 * np.sum(units[1:-1] ** 2, axis=0)) / (2 * np.sqrt(power))
    inside = np.abs(cosine) < 1
    speed = np.arccos(np.where(inside, cosine, 1.0))
    uncertain = error / np.maximum(np.sin(speed), 1e-12)
    missed = np.abs(both - 2 * np.cos(speed) * now)
    even = np.all(missed <= 5 * units[1:-1].max(axis=0) + 1e-6 * scale, axis=0)
    clear = inside & even & np.isfinite(power) & (uncertain < 0.3 * speed)
    if len(rows) > 4 and not clear.any():
        return []
    if clear.sum() < 2:
        return known
    found = line(table.rungs[clear], np.log(speed[clear]), uncertain[clear] / speed[clear])
    if found is None:
        return known
    height, drop, height_error, drop_error = found
    plain = clear & (uncertain < 0.05 * speed)
    off = np.abs(np.log(speed[plain]) - height + drop * table.rungs[plain])
    if plain.sum() > 2 and np.mean(off <= 4 * uncertain[plain] / speed[plain] + 0.01) < 0.7:
        return []  # most columns are on no common ladder in this arrangement
    sizes = [_amplitude(x, rows[:, k], speed[k] / gap) for k in np.flatnonzero(clear & (speed > 0.2))]
    scale = float(np.median(sizes)) if sizes else scale
    pace = float(np.exp(height) / gap)
    raw = Fit(drop, 0.0, pace, scale, drop_error, np.inf, pace * height_error)
    near = _round_ones_near(raw, float(table.rungs.max()), per_rung)
    return [raw, replace(raw, step=-raw.step), *near[:4]]


def _amplitude(x: Floats, column: Floats, speed: float) -> float:
    """The height of the wave of this speed that fits a column best."""
    s, c = np.sin(speed * x), np.cos(speed * x)
    ss, cc, sc, sy, cy = s @ s, c @ c, s @ c, s @ column, c @ column
    det = ss * cc - sc * sc
    return float(np.hypot(sy * cc - cy * sc, cy * ss - sy * sc) / det) if det > 1e-9 else 0.0
