"""Compare `posenc` with an independent implementation, and keep a table of what was found.

`make peers` installs the others and runs these tests. Every test gives its peer's numbers and the call of
`posenc` that should make them. The call is a text: it is evaluated here, and printed in the table, so that
the table cannot show another call than the one that was compared.
"""

import json
import os
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

# Nothing is fetched: no model, no weights.
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "KERAS_BACKEND": "torch"}

import posenc

FOUND = Path(__file__).resolve().parents[2] / "_build" / "peers" / "found.json"
PUBLIC = {name: getattr(posenc, name) for name in posenc.__all__} | {"np": np}
ROWS, SMALL, GROWTH = pytest.StashKey(), pytest.StashKey(), pytest.StashKey()


def pytest_configure(config):
    config.stash[ROWS], config.stash[SMALL], config.stash[GROWTH] = [], [], []


def evaluated(ours, names):
    """The numbers of a call of `posenc`; a tuple, such as frequencies and a factor, becomes one row of numbers."""
    given = {name: np.asarray(value) if isinstance(value, list) else value for name, value in names.items()}
    return in_one_row(eval(ours, PUBLIC | given))


def in_one_row(result):
    if isinstance(result, tuple):
        return np.concatenate([np.ravel(part) for part in result])
    return np.asarray(result)


def written(number, arithmetic):
    """A number as it is stored: nine digits give back every float32."""
    return float(f"{number:.9g}") if arithmetic == "float32" else number


@pytest.fixture
def compare(request):
    """Compare, keep a row of the table, and fail if the difference is not what the row says.

    `theirs` is a function, `ours` the text of a call; both are given the names in `full`, and once more those
    in `small`, a case that is small enough to be stored for `make test`, where no peer is installed.
    `within` bounds the largest difference, in `relative` terms for frequencies. If `differs` says why they
    differ, the difference must be above the bound instead.
    """
    concept = request.module.CONCEPT

    def compared(
        what,
        software,
        there,
        *,
        theirs,
        ours,
        arithmetic,
        within,
        full,
        small=None,
        convention="",
        relative=False,
        differs="",
    ):
        def difference(names):
            wanted, found = in_one_row(theirs(**names)), evaluated(ours, names)
            assert wanted.shape == found.shape, f"{there} gives shape {wanted.shape}, {ours} gives {found.shape}"
            away = np.abs(wanted.astype(np.float64) - found)
            return wanted, float(np.max(away / np.abs(found) if relative else away))

        _, largest = difference(full)
        about = {"concept": concept, "software": software, "version": version(software), "there": there}
        row = about | {"what": what, "convention": convention, "ours": ours, "arithmetic": arithmetic}
        row |= {"relative": relative, "difference": float(f"{largest:.1e}"), "within": within, "differs": differs}
        row["given"] = {name: value for name, value in full.items() if len(repr(value)) < 200 and not callable(value)}
        request.config.stash[ROWS].append(row)
        assert (largest > within) is bool(differs), f"{there} is {largest:.2g} from {ours}, the bound is {within:.2g}"
        if small is not None:
            wanted, largest = difference(small)
            assert largest <= within
            case = about | {"ours": ours, "names": small, "within": within, "relative": relative}
            case["expected"] = [written(number, arithmetic) for number in wanted.ravel().tolist()]
            request.config.stash[SMALL].append(case)

    return compared


@pytest.fixture
def grows(request):
    """Keep how far a peer's table is off at larger and larger positions."""

    def kept(software, there, arithmetic, positions, differences):
        row = {"software": software, "version": version(software), "there": there, "arithmetic": arithmetic}
        row |= {"positions": positions, "differences": [float(f"{number:.1e}") for number in differences]}
        request.config.stash[GROWTH].append(row)

    return kept


def pytest_terminal_summary(terminalreporter, config):
    """Print the table, two lines a row: what was compared and how far apart it is, then the call of `posenc`."""
    rows = config.stash[ROWS]
    if not rows:
        return
    terminalreporter.section("Agreement with other software")
    heads = ["what", "software", "function there", "arithmetic", "difference"]
    cells = [heads] + [
        [
            *(
                f"{row['concept']}: {row['what']}",
                f"{row['software']} {row['version']}",
                row["there"],
                row["arithmetic"],
            ),
            f"{row['difference']:.0e}" + (" (relative)" if row["relative"] else ""),
        ]
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    verdicts = [""] + ["differs: " + row["differs"] if row["differs"] else "✓ " + row["convention"] for row in rows]
    calls = ["our call, given the same names"] + [row["ours"] for row in rows]
    for line, verdict, call in zip(cells, verdicts, calls, strict=True):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        terminalreporter.write_line("  ".join([*padded, verdict]).rstrip())
        terminalreporter.write_line("    " + call)
    agree = sum(not row["differs"] for row in rows)
    terminalreporter.write_line(f"{agree} of {len(rows)} comparisons agree, {len(rows) - agree} differ as said.")


def pytest_sessionfinish(session, exitstatus):
    """Keep what was found; `record.py` compares it with what is stored."""
    if exitstatus == 0:
        FOUND.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: session.config.stash[key] for name, key in [("rows", ROWS), ("small", SMALL), ("growth", GROWTH)]}
        FOUND.write_text(json.dumps(kept), encoding="utf-8")
