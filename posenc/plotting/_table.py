"""Results in rows: a table on the page, plain text elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

PASSES, FAILS = "✓", "✗"


class Table:
    """Rows under heads: HTML for a notebook, text for everybody else, and for all where tabulate is missing."""

    def __init__(self, heads: Sequence[str], cells: Sequence[Sequence[str]], alignment: Sequence[str]) -> None:
        try:
            from tabulate import tabulate
        except ModuleNotFoundError:
            self._text, self._html = _plain(heads, cells, alignment), None
            return

        def made(form: str) -> str:
            return str(tabulate(cells, headers=heads, tablefmt=form, disable_numparse=True, colalign=alignment))

        self._text, self._html = made("simple"), made("html")

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str | None:
        return self._html


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]], *, formats: Sequence[str] = ()) -> Table:
    """Show results in rows as a table.

    Parameters
    ----------
    heads : sequence of str
        A head for each column, in words, with the unit if it has one.
    rows : iterable of sequences
        The rows. A bool becomes a mark that says pass or fail; everything else is written as
        its format says, or as it is.
    formats : sequence of str, optional
        How to write the numbers of each column, as in ``format(number, ".2f")``; an empty one
        leaves them as they are. Texts are left alone.

    Returns
    -------
    Table
        A table in a notebook, text elsewhere.

    Raises
    ------
    ValueError
        If a row has not one value for each head, or there are formats, but not one for each.

    Examples
    --------
    >>> rows = [["sinusoids", 0.0, True], ["one sine", 0.994, False]]
    >>> table(["rule", "miss", "shifts"], rows, formats=["", ".2f", ""])
    rule         miss   shifts
    ---------  ------  --------
    sinusoids    0.00     ✓
    one sine     0.99     ✗
    """
    chosen = list(formats) or [""] * len(heads)
    if len(chosen) != len(heads):
        raise ValueError(f"formats must be one for each of {len(heads)} heads, got {len(chosen)}")
    values = [list(row) for row in rows]
    for row in values:
        if len(row) != len(heads):
            raise ValueError(f"rows must have one value for each of {len(heads)} heads, got {row!r}")
    cells = [[_written(value, form) for value, form in zip(row, chosen, strict=True)] for row in values]
    return Table(
        list(heads), cells, [_alignment(column) for column in zip(*values, strict=True)] or ["left"] * len(heads)
    )


def _plain(heads: Sequence[str], cells: Sequence[Sequence[str]], alignment: Sequence[str]) -> str:
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    signs = [{"left": "<", "right": ">", "center": "^"}[side] for side in alignment]
    row = "  ".join(f"{{:{sign}{width}}}" for sign, width in zip(signs, widths, strict=True))
    return "\n".join(row.format(*line).rstrip() for line in (heads, *cells))


def _written(value: Any, form: str) -> str:
    if isinstance(value, (bool, np.bool_)):
        return PASSES if value else FAILS
    return str(value) if isinstance(value, str) else format(value, form)


def _alignment(column: Sequence[Any]) -> str:
    if all(isinstance(value, (bool, np.bool_)) for value in column):
        return "center"
    return "left" if any(isinstance(value, str) and not value.startswith("<") for value in column) else "right"
