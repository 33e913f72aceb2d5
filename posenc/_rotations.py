"""Fill a table by turning: the rotation theorem as an algorithm.

A whole position has three digits in base B, as a time has hours, minutes and seconds: ``p = a B^2 + b B + c``, where
``b`` and ``c`` are below B; those of a negative one are all negative. To move an encoding along the sequence is to
turn each of its pairs, so

    PE(p) = turn(a B^2) turn(b B) PE(c)    with    PE(c) = sin(w c) + i cos(w c)    and    turn(k) = exp(-i w k),

one complex number a pair. Only digits need sines and cosines; an entry of the table costs one complex multiplication.
B is always the same, the product is always taken from the left, and always by the same instructions. So the row of a
position is the same, to the last bit, in whatever range, list or piece of a table it stands.

A position that is not whole is its own last digit, and its others are 0: sine and cosine are computed directly.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Reals = NDArray[np.float64]
_Numbers = NDArray[np.complex128]
#: A place for ``sin + i cos`` of every pair: rows of complex numbers, or rows of sines beside rows of cosines.
_Place = NDArray[np.complexfloating[Any, Any]] | tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]
#: Gives the complex numbers of some of the positions that it was made for.
_Rows = Callable[[slice], _Numbers]

#: The complex type that holds two entries side by side.
NUMBERS = {np.dtype(np.float32): np.complex64, np.dtype(np.float64): np.complex128}

#: B. To divide a float by a power of two rounds nothing.
BASE = 64

#: Rows have room for a multiple of so many pairs: a vector instruction of the processor never meets the end of a row.
LANES = 8

#: About so many complex numbers are multiplied at a time: few enough to stay in a processor's cache.
BLOCK = 2**13

#: So many at a time, where NumPy rounds them on their way to the table.
BUFFER = 2**11


def fill(place: _Place, positions: _Reals, freqs: _Reals) -> None:
    """Put the encoding of each of a list of positions into its row."""
    room = np.concatenate([freqs, np.zeros(-len(freqs) % LANES)]) if len(freqs) % LANES else freqs
    row = 0
    for blocks in _whole_blocks(positions):
        _fill_anywhere(_part(place, slice(row, blocks.start)), positions[row : blocks.start], room)
        _fill_blocks(_part(place, blocks), positions[blocks], room)
        row = blocks.stop
    _fill_anywhere(_part(place, slice(row, None)) if row else place, positions[row:], room)


def as_numbers(table: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]] | None:
    """A table of pairs side by side, seen as complex numbers; None where no complex type holds two of its entries."""
    kind = NUMBERS.get(table.dtype)
    return table.view(kind) if kind and not table.shape[1] % 2 else None


def encoding(positions: _Reals, freqs: _Reals) -> _Numbers:
    """``sin(w p) + i cos(w p)``: in memory, the two columns of each pair, side by side."""
    angles = np.multiply.outer(positions, freqs)
    angles += 0.0  # makes 0 of -0, which a turn by nothing would make of its sine
    numbers: _Numbers = np.empty(angles.shape, complex)
    np.sin(angles, out=numbers.real)
    np.cos(angles, out=numbers.imag)
    return numbers


def turn(offsets: _Reals, freqs: _Reals) -> _Numbers:
    """``exp(-i w k)``, which turns the encoding of any position into that of the position k further."""
    angles = np.multiply.outer(-offsets, freqs)
    numbers: _Numbers = np.empty(angles.shape, complex)
    np.cos(angles, out=numbers.real)
    np.sin(angles, out=numbers.imag)
    return numbers


def _fill_anywhere(place: _Place, positions: _Reals, freqs: _Reals) -> None:
    """Positions in any order: each is turned by its own digits."""
    if not len(positions):
        return
    quotients, turns = np.trunc(positions / BASE), None
    if quotients.any():
        quotients[np.rint(positions) != positions] = 0
        positions = positions - BASE * quotients
        turns = _turns(quotients, freqs) if quotients.any() else None
    last = _looked_up(encoding, positions, freqs)
    step = max(BLOCK // len(freqs), 1)
    for start in range(0, len(positions), step):
        rows = slice(start, start + step)
        _store(turns(rows) * last(rows) if turns else last(rows), _part(place, rows))


def _fill_blocks(place: _Place, positions: _Reals, freqs: _Reals) -> None:
    """Consecutive positions, whole blocks of them: one turn serves as many as there are last digits."""
    quotients = np.trunc(positions[::BASE] / BASE)
    last = encoding(positions[:BASE] - BASE * quotients[0], freqs)
    turns = _turns(quotients, freqs)
    directly = isinstance(place, np.ndarray) and place.shape[1] == len(freqs)
    step = BASE if directly else max(BLOCK // last.size, 1)
    products = np.empty((0 if directly else step, *last.shape), complex)
    for start in range(0, len(quotients), step):
        some = turns(slice(start, start + step))[:, None]
        rows = _part(place, slice(start * BASE, (start + len(some)) * BASE))
        if directly:
            _multiply_and_round(some, last, rows.reshape(-1, *last.shape))
        else:
            _store(np.multiply(some, last, out=products[: len(some)]).reshape(-1, len(freqs)), rows)


def _turns(quotients: _Reals, freqs: _Reals) -> _Rows:
    """The turns by ``B q`` positions, for every quotient q by its two digits."""
    highest = np.trunc(quotients / BASE)
    middle = _looked_up(turn, quotients - BASE * highest, BASE * freqs)
    if not highest.any():
        return middle
    high = _looked_up(turn, highest, BASE**2 * freqs)
    return lambda rows: high(rows) * middle(rows)


def _looked_up(function: Callable[[_Reals, _Reals], _Numbers], digits: _Reals, freqs: _Reals) -> _Rows:
    """The function at some of the digits: computed once for each digit, if there are fewer of them than positions."""
    if len(digits) > BASE:
        lowest, highest = digits.min(), digits.max()
        if highest - lowest < len(digits) - 1 and (np.rint(digits) == digits).all():
            values, places = function(np.arange(lowest, highest + 1), freqs), (digits - lowest).astype(int)
            return lambda rows: values[places[rows]]
    return lambda rows: function(digits[rows], freqs)


def _whole_blocks(positions: _Reals) -> Iterator[slice]:
    """Where the last digits of consecutive positions run through all values: below 0, and from 0 on."""
    if len(positions) < BASE or not positions[0].is_integer() or (np.diff(positions) != 1).any():
        return
    below = int(np.searchsorted(positions, 0))
    for start, stop, digit in (0, below, 1 - BASE), (below, len(positions), 0):
        if start < stop:
            start += int((digit - positions[start]) % BASE)
            stop = start + (stop - start) // BASE * BASE
            if start < stop:
                yield slice(start, stop)


def _part(place: Any, rows: slice) -> Any:
    return place[rows] if isinstance(place, np.ndarray) else tuple(wave[rows] for wave in place)


def _store(numbers: _Numbers, rows: Any) -> None:
    """Leave out the numbers for which there was room only, and round the others to the type of the table."""
    if isinstance(rows, np.ndarray):
        rows[...] = numbers[:, : rows.shape[1]]
    else:
        for wave, part in zip(rows, (numbers.real, numbers.imag), strict=True):
            wave[...] = part[:, : wave.shape[1]]


def _multiply_and_round(turns: _Numbers, last: _Numbers, out: Any) -> None:
    """The products, rounded by NumPy a little at a time on their way to the table."""
    usual = np.setbufsize(BUFFER)
    try:
        np.multiply(turns, last, out=out, casting="same_kind")
    finally:
        np.setbufsize(usual)
