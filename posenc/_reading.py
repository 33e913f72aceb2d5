"""From fitted numbers to names: which grid and base, which round numbers, and the sentence that says so."""

from dataclasses import dataclass, replace

import numpy as np

from posenc._estimate import Columns, Fit, solve, spread

#: How a grid is called, and in which words the sentence has it.
SHARED = {
    "paper": "paper grid",
    "tensor2tensor": "tensor2tensor grid",
    "paper, pairs from 1": "paper grid with the pairs counted from 1",
    "exponent i/d": "exponent i/d instead of 2i/d",
    "exponent 4i/d": "exponent 4i/d instead of 2i/d",
    "exponent i": "exponent i",
    "exponent -2i/d": "a ladder that grows (2i/d with the wrong sign)",
}
UNSHARED = {
    "exponent j/d": "exponent j/d with j the column, so that no two columns share a frequency",
    "exponent 2j/d": "exponent 2j/d with j the column, so that no two columns share a frequency",
}


@dataclass(frozen=True)
class Reading:
    """One way to say what made a table, with the numbers as they are said."""

    grid: str | None
    dim: int
    base: float | None
    first: float
    step: float
    scale: float
    fit: Fit
    cost: float  # bits that it takes to say it
    digits: int  # that the base has


def digits_of(value: float) -> int:
    """How many decimal digits a number has, without the zeros at its end."""
    text = f"{abs(value):.14e}".partition("e")[0].replace(".", "").rstrip("0")
    return max(len(text), 1)


def roundest(low: float, high: float) -> float:
    """The number with the fewest decimal digits between two others."""
    middle, top = (low + high) / 2, max(abs(low), abs(high))
    if low <= 0 <= high or top == 0:
        return 0.0
    place = int(np.floor(np.log10(top)))
    for power in range(place, place - 14, -1):
        unit = 10.0**power if power >= 0 else 1 / 10.0**-power
        least, most = np.ceil(low / unit), np.floor(high / unit)
        if least <= most:
            count = min(max(np.floor(middle / unit + 0.5), least), most)
            return float(count * unit if power >= 0 else count / 10.0**-power)
    return float(middle)


def bits(value: float) -> float:
    """What it takes to say a number: a whole one by its size, any other by its digits."""
    by_digits = 3.3 * digits_of(value) + 3
    if value == np.floor(value) and abs(value) < 1e12:
        return float(min(by_digits, np.log2(abs(value) + 1) + 1))
    return by_digits


def known_bases(grid: str) -> tuple[float, ...]:
    """Bases with a name: 10000, and the powers of e that are left when 10000 is lost from an exponential."""
    return (float(np.e), float(np.exp(2))) if grid == "exponent i" else (10000.0,)


def _base_bits(base: float) -> float:
    """What it takes to say a base: little for those in use, more for one of a size that nobody uses."""
    if base in known_bases("exponent i"):
        return 3.0
    size = float(np.log10(base))
    unused = 2 * max(size - 7, 1.3 - size, 0.0)
    if base in (10000.0, 500000.0) or (digits_of(base) == 1 and f"{base:e}"[0] == "1"):
        return unused + (1.0 if base == 10000 else 3.0)
    return unused + bits(base) + 1


def _position(value: float, reach: float) -> float:
    """A whole number if one is near enough, 0 or 1 first; else the roundest."""
    for whole in (0.0, 1.0, float(np.floor(value + 0.5))):
        if abs(value - whole) <= reach:
            return whole
    return roundest(value - reach, value + reach)


def _pace(value: float, reach: float) -> float:
    for whole in (1.0, -1.0):
        if abs(value - whole) <= reach:
            return whole
    return roundest(value - reach, value + reach)


def scales(dim: int) -> dict[str, float]:
    """Factors that have a name."""
    return {
        "": 1.0,
        "sqrt(d)": float(np.sqrt(dim)),
        "1/sqrt(d)": float(1 / np.sqrt(dim)),
        "sqrt(2/d)": float(np.sqrt(2 / dim)),
    }


def _factor(value: float, reach: float, dim: int) -> float:
    for named in scales(dim).values():
        if abs(value - named) <= reach:
            return named
    return roundest(value - reach, value + reach)


def readings(table: Columns, fit: Fit, dims: tuple[int, ...], pairs: int, shared: bool) -> list[Reading]:
    """Every reading with round numbers that makes the table, the shortest first."""
    part = table.some(spread(len(table.x), 96), spread(len(table.rungs), 256))
    found: list[Reading] = []
    for offset in (0, 1) if shared and pairs > 1 else (0,):
        for narrow in (4.0, 1.0, 0.0):
            some = _with_round_numbers(part, fit, dims, pairs, shared, offset, narrow)
            if some:
                found += some
                break
    return sorted(found, key=lambda reading: reading.cost)


def _with_round_numbers(
    part: Columns, fit: Fit, dims: tuple[int, ...], pairs: int, shared: bool, offset: int, narrow: float
) -> list[Reading]:
    """The readings whose numbers lie so many standard errors from the fitted ones at most."""
    # With the pairs counted from `offset`, the first frequency is exp(-drop * offset) and no longer 1.
    raised = float(np.exp(fit.drop * offset))
    loose = replace(fit, drop_error=np.inf, start_error=np.inf, step_error=np.inf)
    sure = solve(part, replace(loose, step_error=0.0 if len(part.x) < 2 else np.inf), rounds=2)
    reach = narrow * (sure.step_error * raised + abs(sure.step) * raised * sure.drop_error * offset)
    # Where angles are float32, all frequencies may be off by a little in the same sense.
    common = (2e-6 if part.single else 1e-12) if narrow else 1e-12
    step = _pace(sure.step * raised, reach + common * abs(sure.step))
    if offset and digits_of(step) > 3:
        return []

    def held(now: Fit, pace: float) -> Fit:
        return replace(now, step=pace * float(np.exp(-now.drop * offset)))

    sure = solve(part, replace(held(loose, step), drop=sure.drop, start=sure.start, scale=sure.scale), free="cpa")
    raised = float(np.exp(sure.drop * offset))
    reach = narrow * (sure.start_error * raised + abs(sure.start) * raised * sure.drop_error * offset)
    first = _position(sure.start * raised, reach + 10 * common * (1 + abs(sure.start * raised)))
    at = replace(held(sure, step), start=first / raised, drop_error=np.inf)
    at = solve(part, at, free="ca", rounds=3)
    size = _factor(at.scale, narrow * 2 * float(np.mean(part.units)) / np.sqrt(part.entries.size) * 4 + 1e-11, dims[0])
    if abs(at.scale - size) > 1e-3 * abs(size):
        size = at.scale
    at = solve(part, replace(at, scale=size, drop_error=np.inf), free="c", rounds=3)
    plain = bits(first) + (0.0 if step == 1 else 2.0 if step == -1 else bits(step) + 2)
    plain += 0.0 if size == 1 else 2.0 if size in scales(dims[0]).values() else bits(size)
    if pairs == 1 and shared:
        final = replace(at, start=first, step=step, scale=size)
        agrees = part.worst(final) <= 1
        return [Reading(None, dims[0], None, first, step, size, final, plain, 0)] if agrees else []
    spread_of_log = 4 * at.drop_error * pairs
    result = []
    for grid, dim, per_rung, grid_cost in grids(dims, pairs, shared, offset):
        log_base = at.drop / per_rung
        if not abs(log_base) < 30:
            continue
        for reach in (narrow, narrow / 2, narrow / 4, narrow / 16, 0.0):
            wide = min(max(reach, 1e-9) * at.drop_error / abs(per_rung) + (common if reach else 2e-12), 30.0)
            low, high = np.exp(log_base - wide), np.exp(log_base + wide)
            base = next((known for known in known_bases(grid) if low <= known <= high), roundest(low, high))
            drop = float(np.log(base)) * per_rung
            lowered = float(np.exp(-drop * offset))
            final = Fit(drop, first * lowered, step * lowered, size)
            if part.worst(final) <= 1:
                break
        else:
            continue
        if spread_of_log > 1.2:
            return [Reading(None, dim, None, first, step, size, final, plain, 0)]
        odd = grid.startswith("exponent") and shared and base not in known_bases("exponent i")
        if grid == "exponent i" and base not in known_bases(grid):
            continue
        if abs(log_base) < 0.01 or (base < 1 and grid == "tensor2tensor"):
            continue
        if odd and (base < 1 or base > 1e7 or digits_of(base) > 5):
            continue
        # Of a ladder that grows, the wrong sign is the likelier story; of an odd base, the grid of the paper.
        cost = plain + grid_cost + _base_bits(base) + (12.0 if base < 1 else 0.0)
        cost += 4.0 if grid == "tensor2tensor" and base != 10000 else 0.0
        result.append(Reading(grid, dim, base, first, step, size, final, cost, digits_of(base)))
    return result


def grids(dims: tuple[int, ...], pairs: int, shared: bool, offset: int) -> list[tuple[str, int, float, float]]:
    """The grids in use: name, the d of the exponent, what a rung adds to the exponent, and bits to say it."""
    found = []
    for k, dim in enumerate(dims):
        more = 3.0 * k
        if offset:
            found.append(("paper, pairs from 1", dim, 2 / dim, 6 + more))
        elif not shared:
            found += [("exponent j/d", dim, 2 / dim, 4 + more), ("exponent 2j/d", dim, 4 / dim, 4 + more)]
        else:
            found.append(("paper", dim, 2 / dim, more))
            if not k and pairs > 1:
                found.append(("tensor2tensor", dim, 1 / (pairs - 1), 1.0))
            found.append(("exponent i/d", dim, 1 / dim, 8 + more))
            found.append(("exponent 4i/d", dim, 4 / dim, 8 + more))
            found.append(("exponent -2i/d", dim, -2 / dim, 8 + more))
            if not k:
                found.append(("exponent i", dim, 1.0, 10.0))
    return found


def shown(value: float) -> str:
    """A number in at most six digits, without a power of ten."""
    if value == 0:
        return "0"
    place = int(np.floor(np.log10(abs(value)) + 1e-12))
    after = max(0, min(5 - place, 20))
    text = f"{value:.{after}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wavelength(fit: Fit, pairs: int) -> str:
    """The longest wavelength, in positions."""
    longest = float(2 * np.pi * np.exp(fit.drop * (pairs - 1)))
    return f"{np.floor(longest + 0.5):,.0f}" if longest >= 100 else shown(float(f"{longest:.3g}"))
