"""Which convention made a table: layout, order, grid, base, first position, step and scale."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation
from posenc._estimate import Columns, Fit, Floats, candidates, extend, looked_at, spread
from posenc._precision import stored_as, unit
from posenc._reading import SHARED, UNSHARED, Reading, bits, grids, readings, scales, shown, wavelength
from posenc._seeds import from_columns, from_pairs, turns

#: How many bits a table must say more than its reading takes: the chance of a false name is 2 to the minus this.
_MARGIN = 12
#: Bits that one angle says, by what the entries were rounded to.
_BITS = {"float64": 36.0, "float32": 20.0, "float16": 10.0, "bfloat16": 7.0}


@dataclass(frozen=True)
class Identification:
    """What :func:`posenc.identify` found. Its `str` is one sentence, and it is true where a reading was found.

    Attributes
    ----------
    verdict : str
        "named" if one reading, or several that make the same table, were found; "undecided" if the table is
        too short or too narrow to tell; "nothing fits" otherwise.
    layout : str or None
        "interleaved", "halves", "either" for two columns, or "apart" for a cosine table beside a sine table.
    order : str or None
        "sine first" or "cosine first".
    grid : str or None
        "paper" or "tensor2tensor", as in :func:`posenc.frequencies`; "exponent i/d", "exponent 4i/d" or
        "exponent -2i/d"; "exponent i", with base e or its square; "exponent j/d" or "exponent 2j/d" with
        j the column; "paper, pairs from 1". None where the table does not show it.
    base : float or None
        The base of the ladder. None where the table does not show it.
    dim : int or None
        The d of the exponent: the number of columns, or that of the table from which an odd one was cut.
    first_position : float or None
        Position of the first row, a row of zeros included. With `positions` given, what was added to them.
    step : float or None
        Positions from one row to the next; None for one row. With `positions`, what they were multiplied by.
    scale : float or None
        The factor of every entry.
    zeroed_rows : tuple of int
        Rows that hold only zeros.
    zero_column : bool
        Whether the last column is padding: zeros beside an even number of columns.
    precision : str
        To what the entries were rounded: "float64", "float32", "float16", "bfloat16", "4 decimals" or "5 digits".
    residual : float or None
        Largest difference between an entry and the table made anew from this reading.
    alternatives : tuple of str
        Other readings that make the same table to the digits that it has.
    frequencies : tuple of float or None
        Radians a row of every pair, measured, where no ladder fits and every pair does turn evenly.
    sentence : str
        All of this in one sentence.
    """

    verdict: str
    layout: str | None = None
    order: str | None = None
    grid: str | None = None
    base: float | None = None
    dim: int | None = None
    first_position: float | None = None
    step: float | None = None
    scale: float | None = None
    zeroed_rows: tuple[int, ...] = ()
    zero_column: bool = False
    precision: str = "float64"
    residual: float | None = None
    alternatives: tuple[str, ...] = ()
    frequencies: tuple[float, ...] | None = None
    sentence: str = ""

    @property
    def found(self) -> bool:
        """Whether a reading was found."""
        return self.verdict == "named"

    def __bool__(self) -> bool:
        return self.found

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class _Arrangement:
    """Which columns are sines and which cosines, in the order of the pairs."""

    layout: str
    order: str
    sines: NDArray[np.intp]
    cosines: NDArray[np.intp]
    dims: tuple[int, ...]  # what d may have been in the exponents
    zero_column: bool = False


def identify(table: Any, *, positions: ArrayLike | None = None) -> Identification:
    """Say which convention made a table of sines and cosines, and prove it by making the table anew.

    The rows are searched for ``table[r, column] = scale * sin_or_cos((first + step * r) * w_i)`` with
    ``w_i = base ** (-2i / d)``, or another of the grids in use. A reading is given only if the table that it
    makes agrees with every entry, to the digits that the table has.

    Parameters
    ----------
    table : array of real numbers, shape ``(n, d)``, or a pair ``(cos, sin)`` of such arrays
        One row a position. Of a rotary pair, each array has one column a pair, or every column twice.
    positions : array of real numbers, shape ``(n,)``, optional
        The positions of the rows, where they are not evenly spaced.

    Returns
    -------
    Identification
        True where a reading was found; its `str` is a sentence, and its fields are the numbers in it.

    Raises
    ------
    TypeError
        If `table` or `positions` are not real numbers.
    ValueError
        If `table` has not two axes, is empty or is not finite, or `positions` does not fit its rows.

    Notes
    -----
    The speed of a pair is read off from two neighbouring rows, and that of a lone column from three, which is
    the simplest case of the method of :cite:t:`prony1795`. Where several readings make one table (bases 10000 on the
    paper's grid and 100 on tensor2tensor's are the same for four columns), the shortest is given
    and the others are named as `alternatives`.

    Examples
    --------
    >>> import posenc
    >>> found = identify(posenc.sinusoidal(range(1, 9), 512, layout="halves"))
    >>> print(found)
    halves, sine first, paper grid (last wavelength 60,611), base 10000, first row is position 1
    >>> found.base, found.first_position
    (10000.0, 1.0)
    >>> import numpy as np
    >>> print(identify(np.random.default_rng(0).normal(size=(8, 64))))
    nothing fits: the columns are no pairs of sine and cosine in any known layout
    """
    apart = _pair(table)
    values = apart[0] if apart else _table(table, "table")
    n, columns = values.shape
    x = np.arange(n, dtype=float)
    if positions is not None:
        x = _validation.real_array(positions, "positions")
        if x.shape != (n,):
            raise ValueError(f"positions must have shape ({n},), one for each row of table, got shape {x.shape}")
    zeroed = tuple(int(r) for r in np.flatnonzero(~values.any(axis=1)))
    kept = np.setdiff1d(np.arange(n), zeroed)
    if not len(kept):
        return Identification("nothing fits", zeroed_rows=zeroed, sentence="nothing fits: every entry is zero")
    values, x = values[kept], x[kept]
    if len(values) > 1 and not np.ptp(values, axis=0).any():
        return Identification("nothing fits", zeroed_rows=zeroed, sentence="nothing fits: all rows are the same")
    precision = stored_as(values)
    arrangements = [apart[1]] if apart else list(_arrangements(columns, not values[:, -1].any()))
    found = None
    turning: tuple[float, ...] | None = None
    for tier in dict.fromkeys([precision, "float32" if precision == "float64" else precision]):
        with np.errstate(over="ignore"):  # a guess far off the mark may overflow; it is turned away then
            found, frequencies = _best(values, x, arrangements, tier)
        turning = turning or frequencies
        if found is not None:
            precision = tier
            break
    if found is None:
        sentence = "nothing fits: the columns are no pairs of sine and cosine in any known layout"
        if turning is not None:
            some = ", ".join(shown(w) for w in turning[:4]) + (", ..." if len(turning) > 4 else "")
            sentence = "nothing fits: the pairs turn evenly, but they follow no known ladder from a first position "
            sentence += f"within 10,000 of 0; radians per row ({some})"
        return Identification(
            "nothing fits", zeroed_rows=zeroed, precision=precision, frequencies=turning, sentence=sentence
        )
    return _said(found, values, x, zeroed, precision, positions is not None)


def remade(found: Identification, rows: int, columns: int, positions: ArrayLike | None = None) -> Floats:
    """The table that a reading makes, of so many rows and columns; of a pair, the cosines and then the sines."""
    if not found or found.base is None:
        raise ValueError("the table cannot be made anew, because its ladder was not named")
    x = np.arange(rows, dtype=float) if positions is None else _validation.real_array(positions, "positions")
    if found.layout and found.layout.startswith("apart"):
        own = _Arrangement(
            found.layout, "", np.arange(columns // 2) + columns // 2, np.arange(columns // 2), (columns,)
        )
    else:
        own = next(
            a for a in _arrangements(columns, found.zero_column)
            if (a.layout, a.order, a.zero_column) == (found.layout, found.order, found.zero_column)
        )  # fmt: skip
    pairs = max(len(own.sines), len(own.cosines))
    shared = found.grid not in UNSHARED
    offset = int(found.grid == "paper, pairs from 1")
    rung = next(
        rung for name, dim, rung, _ in grids((found.dim or columns,), pairs, shared, offset) if name == found.grid
    )
    drop = float(np.log(found.base)) * rung
    lowered = float(np.exp(-drop * offset))
    fit = Fit(drop, (found.first_position or 0.0) * lowered, (found.step or 1.0) * lowered, found.scale or 1.0)
    table = np.zeros((rows, columns))
    made = _columns(np.zeros((rows, columns)), x, own, shared, "float64").made(fit)
    table[:, np.concatenate([own.sines, own.cosines])] = made
    table[list(found.zeroed_rows)] = 0
    return table


def _table(table: Any, name: str) -> Floats:
    values = _validation.real_array(table, name)
    if values.ndim != 2:
        raise ValueError(f"{name} must have two axes, (positions, columns), got shape {values.shape}")
    if not values.size:
        raise ValueError(f"{name} must have at least one row and one column, got shape {values.shape}")
    return values


def _pair(table: Any) -> tuple[Floats, _Arrangement] | None:
    """A rotary pair as one table, sines and then cosines, without the columns that stand twice."""
    if not (isinstance(table, (tuple, list)) and len(table) == 2 and all(np.ndim(part) == 2 for part in table)):
        return None
    cos, sin = (_table(part, f"table[{k}]") for k, part in enumerate(table))
    if cos.shape != sin.shape:
        raise ValueError(f"table must be a pair of one shape, got {cos.shape} and {sin.shape}")
    layout, half = "apart", cos.shape[1] // 2
    if cos.shape[1] % 2 == 0:
        if all(np.array_equal(part[:, :half], part[:, half:]) for part in (cos, sin)):
            layout, cos, sin = "apart, all columns twice", cos[:, :half], sin[:, :half]
        elif all(np.array_equal(part[:, ::2], part[:, 1::2]) for part in (cos, sin)):
            layout, cos, sin = "apart, each column twice", cos[:, ::2], sin[:, ::2]
    pairs = cos.shape[1]
    own = _Arrangement(layout, "", np.arange(pairs), pairs + np.arange(pairs), (2 * pairs,))
    return np.concatenate([sin, cos], axis=1), own


def _arrangements(columns: int, last_is_zero: bool) -> Iterator[_Arrangement]:
    """Every layout and order that so many columns may have."""
    numbers = np.arange(columns)
    blocks: list[tuple[NDArray[np.intp], tuple[int, ...], bool]] = []
    if columns % 2 and last_is_zero and columns > 1:
        blocks.append((numbers[:-1], (columns - 1, columns), True))
    blocks.append((numbers, (columns, columns + 1) if columns % 2 else (columns,), False))
    for some, dims, zero_column in blocks:
        half = (len(some) + 1) // 2
        for layout in ("interleaved", "halves") if len(some) > 2 else ("either",):
            first, second = (some[:half], some[half:]) if layout == "halves" else (some[::2], some[1::2])
            yield _Arrangement(layout, "sine first", first, second, dims, zero_column)
            yield _Arrangement(layout, "cosine first", second, first, dims, zero_column)


@dataclass(frozen=True)
class _Found:
    """A reading with its arrangement, and the others that make the same table."""

    arrangement: _Arrangement
    shared: bool
    reading: Reading
    surplus: float  # bits that the table says beyond what the reading takes
    others: tuple["_Found", ...] = ()

    @property
    def pairs(self) -> int:
        return max(len(self.arrangement.sines), len(self.arrangement.cosines))


def _best(
    values: Floats, x: Floats, arrangements: list[_Arrangement], tier: str
) -> tuple[_Found | None, tuple[float, ...] | None]:
    """The shortest reading of all arrangements; else the frequencies of the pairs, if they turn evenly."""
    numbers = looked_at(len(x))
    frequencies = None
    for shared in (True, False):
        found: list[_Found] = []
        for arrangement in arrangements:
            sines, whole = len(arrangement.sines), min(len(arrangement.sines), len(arrangement.cosines))
            if not whole or (not shared and len(arrangement.sines) + len(arrangement.cosines) < 4):
                continue
            table = _columns(values[numbers], x[numbers], arrangement, shared, tier)
            if shared:
                scale = _one_length(table, sines, whole)
                if scale is None:
                    continue
                seeds, measured = _shared_seeds(table, sines, whole, scale, arrangement.dims[0])
                frequencies = frequencies or measured
                rows = np.array([0])
            else:
                seeds = from_columns(table, [2 / arrangement.dims[0], 4 / arrangement.dims[0]])
                rows = np.unique(np.minimum([0, len(numbers) // 2, len(numbers) - 1], 11))
            evidence = max(sines, len(arrangement.cosines)) * _bits(tier)
            for fit in _different(candidates(table, seeds, rows)):
                longer = extend(table, numbers, fit)
                if longer is not None:
                    some = readings(table, longer, arrangement.dims, max(sines, len(arrangement.cosines)), shared)
                    found += [_Found(arrangement, shared, one, _surplus(one, evidence, len(x))) for one in some]
                if _is_plain(found):
                    break
            if _is_plain(found):
                break
        found.sort(key=lambda one: one.reading.cost)
        for k, one in enumerate(found):
            if len(numbers) == len(x) or _agrees(values, x, one, tier):
                return replace(one, others=tuple(found[:k] + found[k + 1 :])), frequencies
    return None, frequencies


def _surplus(reading: Reading, evidence: float, rows: int) -> float:
    """Bits that the angles say beyond the reading: all of them, and the speeds alone beyond base and step."""
    if rows < 2:
        return evidence - reading.cost
    speeds = reading.cost - bits(reading.first)
    return min(2 * evidence - reading.cost, evidence - speeds + 6)


def _is_plain(found: list[_Found]) -> bool:
    """Whether a reading says so much in so few numbers that no other search can find a shorter one."""
    return any(one.surplus > 100 and one.reading.cost < 30 for one in found)


def _bits(tier: str) -> float:
    return _BITS[tier] if tier in _BITS else 3.3 * int(tier.split()[0])


def _agrees(values: Floats, x: Floats, found: _Found, tier: str) -> bool:
    """Whether all of a large table agrees, some rows at a time."""
    rows = max(1, 200_000 // values.shape[1])
    return all(
        _columns(values[r : r + rows], x[r : r + rows], found.arrangement, found.shared, tier).worst(found.reading.fit)
        <= 1
        for r in range(0, len(x), rows)
    )


def _columns(values: Floats, x: Floats, own: _Arrangement, shared: bool, tier: str) -> Columns:
    entries = values[:, np.concatenate([own.sines, own.cosines])]
    rungs = [np.arange(len(own.sines), dtype=float), np.arange(len(own.cosines)) + (0.0 if shared else 0.5)]
    quarters = np.repeat([0.0, np.pi / 2], [len(own.sines), len(own.cosines)])
    return Columns(entries, unit(entries, tier), x, np.concatenate(rungs), quarters, tier != "float64")


def _one_length(table: Columns, sines: int, whole: int) -> float | None:
    """The length of all pairs, if they have one at every row: what a shared frequency leaves."""
    rows = spread(len(table.x), 64)
    s, c = (table.entries[rows, k : k + whole] for k in (0, sines))
    us, uc = (table.units[rows, k : k + whole] for k in (0, sines))
    if table.single:
        us, uc = np.maximum(us, 2.0**-23 * np.abs(s).max()), np.maximum(uc, 2.0**-23 * np.abs(c).max())
    squares = s * s + c * c
    slack = 2 * (np.abs(s) * us + np.abs(c) * uc) + us * us + uc * uc
    middle = float(np.mean(squares))
    if np.any(np.abs(squares - middle) > slack + float(slack.mean()) + 1e-12 * middle):
        return None
    return float(np.sqrt(middle))


def _shared_seeds(
    table: Columns, sines: int, whole: int, scale: float, dim: int
) -> tuple[list[Fit], tuple[float, ...] | None]:
    """First guesses from pairs, and the radians a row of each if it turns evenly."""
    s, c = (table.entries[:, k : k + whole] for k in (0, sines))
    us, uc = (table.units[:, k : k + whole] for k in (0, sines))
    pairs: NDArray[np.complex128] = np.asarray((c + 1j * s) / scale, np.complex128)
    noise = np.sqrt(np.mean((c * us) ** 2 + (s * uc) ** 2, axis=0)) / scale**2
    found, even = turns(pairs, noise, table.x), False
    gaps = np.abs(np.diff(table.x))
    if found is not None and len(table.x) > 2 and np.all(np.abs(gaps / gaps.min() % 1 - 0.5) > 0.499):
        turned = pairs * np.exp(-1j * np.multiply.outer(table.x - table.x[0], found[0]))
        away = np.angle(turned * np.conj(turned[0]))
        # Angles may have been rounded, to an extent that depends on positions which are not known yet.
        slack = 0.02 if table.single else 1e-6
        far = np.abs(table.x - table.x[0])[:, None]
        even = bool(np.all(np.abs(away) <= 4 * noise + slack + far * (found[1] + slack / max(far.max(), 1))))
        if not even:
            return [], None
        noise = np.maximum(noise, np.std(away, axis=0))
    per_rung = [2 / dim, 1 / max(whole - 1, 1)]
    seeds = [replace(guess, scale=scale) for guess in from_pairs(pairs, noise, table.x, per_rung)]
    return seeds, tuple(float(w) for w in found[0]) if found is not None and even else None


def _different(fits: Iterator[Fit]) -> Iterator[Fit]:
    """Each fit once, however many starts led to it."""
    seen: list[Fit] = []
    for fit in fits:
        if not any(
            abs(fit.drop - other.drop) <= 1e-7 + 2 * min(fit.drop_error, other.drop_error)
            and abs(fit.start - other.start) <= 1e-6 * (1 + abs(fit.start)) + 0.05
            and abs(fit.step - other.step) <= 1e-5 * abs(fit.step) + 2 * min(fit.step_error, other.step_error)
            for other in seen
        ):
            seen.append(fit)
            yield fit
        if len(seen) >= 12:
            return


def _said(
    found: _Found, values: Floats, x: Floats, zeroed: tuple[int, ...], precision: str, given: bool
) -> Identification:
    """The reading in the words of the book."""
    own, reading = found.arrangement, found.reading
    rows = spread(len(x), 512)
    part = _columns(values[rows], x[rows], own, found.shared, precision)
    residual = float(np.max(np.abs(part.entries - part.made(reading.fit))))
    alternatives = []
    for one in found.others:
        arrangement, other = one.arrangement, one.reading
        same = (other.grid, other.base, other.first, other.step) == (
            reading.grid, reading.base, reading.first, reading.step
        )  # fmt: skip
        if (same and arrangement is own) or not _worth_saying(other, reading, arrangement is own):
            continue
        text = _sentence(arrangement, other, found, x, (), "", given, short=arrangement is own)
        if text not in alternatives:
            alternatives.append(text)
    sentence = _sentence(own, reading, found, x, zeroed, precision, given, short=False)
    for text in alternatives[:3]:
        sentence += f"; the same table: {text}"
    if found.surplus < _MARGIN:
        return Identification(
            "undecided", zeroed_rows=zeroed, precision=precision, alternatives=(sentence, *alternatives),
            sentence=f"too small to decide; among what fits is: {sentence}",
        )  # fmt: skip
    return Identification(
        "named", own.layout, own.order or None, reading.grid, reading.base, reading.dim,
        reading.first, reading.step if len(x) > 1 else None, reading.scale, zeroed, own.zero_column, precision,
        residual, tuple(alternatives), None, sentence,
    )  # fmt: skip


def _worth_saying(other: Reading, chosen: Reading, same_arrangement: bool) -> bool:
    """A reading of the same table that somebody may have meant: one with a round base."""
    if not same_arrangement:
        return other.cost <= chosen.cost + 6
    if other.base is None or chosen.base is None or other.cost > chosen.cost + 40:
        return False
    if (other.first, other.step) != (chosen.first, chosen.step) and other.cost > chosen.cost + 10:
        return False
    if other.grid in ("exponent i", "exponent i/d", "exponent 4i/d", "exponent -2i/d", "paper, pairs from 1"):
        odd = chosen.digits > 2 or not 20 <= chosen.base <= 1e8
        return other.base == 10000 or (other.digits <= 2 and odd) or other.digits + 2 < chosen.digits
    if not 20 <= other.base <= 1e8:
        return other.grid == "paper" and chosen.grid == "exponent -2i/d"
    return other.digits <= (1 if chosen.base == 10000 else 2) or chosen.digits > 2


def _sentence(
    own: _Arrangement, reading: Reading, found: _Found, x: Floats, zeroed: tuple[int, ...], precision: str,
    given: bool, *, short: bool,
) -> str:  # fmt: skip
    names = {
        "either": "one pair of columns",
        "apart": "cosines and sines apart",
        "apart, all columns twice": "cosines and sines apart, the columns twice in halves",
        "apart, each column twice": "cosines and sines apart, each column twice in a row",
    }
    parts = [] if short else [names.get(own.layout, own.layout)] + ([own.order] if own.order else [])
    if reading.grid is None:
        parts.append("the grid and base cannot be told from so little")
    else:
        text = (SHARED | UNSHARED)[reading.grid]
        if reading.dim != own.dims[0]:
            text += f" of {reading.dim} columns"
        if reading.grid in ("paper", "tensor2tensor"):
            text += f" (last wavelength {wavelength(reading.fit, found.pairs)})"
        parts.append(text)
        named = {float(np.e): " = e", float(np.exp(2)): " = e^2"}.get(reading.base or 0.0, "")
        parts.append(f"base {shown(reading.base or 0.0)}{named}")
    same = found.reading
    if not short or (reading.first, reading.step) != (same.first, same.step):
        if given:
            if reading.step == 1 and reading.first == 0:
                parts.append("at the positions given")
            if reading.step != 1:
                parts.append(f"the positions times {shown(reading.step)}")
            if reading.first != 0:
                parts.append(f"{shown(reading.first)} added to the positions")
        else:
            row = int(x[0])
            place = shown(reading.first + reading.step * row)
            parts.append(f"first row is position {place}" if row == 0 else f"row {row} is position {place}")
            if reading.step != 1 and len(x) > 1:
                parts.append(f"step {shown(reading.step)}")
    if not short:
        if reading.scale != 1:
            named = next((name for name, value in scales(own.dims[0]).items() if value == reading.scale), "")
            parts.append(f"scaled by {shown(reading.scale)}" + (f" = {named}" if named else ""))
        if own.zero_column:
            parts.append("the last column is zeros")
        if len(zeroed) == 1:
            parts.append(f"row {zeroed[0]} is zeros")
        elif zeroed:
            parts.append(f"{len(zeroed)} rows are zeros")
        if precision.endswith(("decimals", "digits", "float16")):
            parts.append(f"rounded to {precision}")
    return ", ".join(parts)
