"""Compare what the comparisons found with what is stored; `--store` stores it, with today's date.

Two files hold it: book/beyond/peers.json, the table of the page, and tests/package/data/peers.json, small tables of
every peer for `make test`, where no peer is installed.
"""

import datetime
import json
import platform
import sys
from pathlib import Path

import numpy as np

import posenc

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "_build" / "peers" / "found.json"
PAGE = ROOT / "book" / "beyond" / "peers.json"
TABLES = ROOT / "tests" / "package" / "data" / "peers.json"


def written(about, lists):
    """JSON with one entry a line, so that a change shows where it is."""
    parts = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in about.items()]
    for name, entries in lists.items():
        lines = ",\n".join("  " + json.dumps(entry) for entry in entries)
        parts.append(f" {json.dumps(name)}: [\n{lines}\n ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def store(found):
    about = {"date": datetime.date.today().isoformat(), "python": platform.python_version()}
    about |= {"numpy": np.__version__, "posenc": posenc.__version__}
    PAGE.write_text(written(about, {"rows": found["rows"], "growth": found["growth"]}), encoding="utf-8")
    TABLES.write_text(written({"date": about["date"]}, {"cases": found["small"]}), encoding="utf-8")
    print(f"Stored in {PAGE.relative_to(ROOT)} and {TABLES.relative_to(ROOT)}.")


def same_size(one, other, arithmetic):
    """Within a factor of 10, and rounding is rounding however small it is: last bits differ between processors."""
    floor = 1e-7 if arithmetic.startswith("float32") else 1e-14
    one, other = max(one, floor), max(other, floor)
    return one <= 10 * other and other <= 10 * one


def changed_rows(stored, found, measured):
    """What is not as it was: rows that came, went or say something else, and differences of another size."""

    def named(rows):
        return {json.dumps({name: row[name] for name in row if name != measured}): row for row in rows}

    before, now = named(stored), named(found)
    yield from (f"no longer found: {row}" for row in before if row not in now)
    yield from (f"not stored: {row}" for row in now if row not in before)
    for name in before.keys() & now.keys():
        pairs = zip(np.ravel(before[name][measured]), np.ravel(now[name][measured]), strict=True)
        if not all(same_size(one, other, before[name]["arithmetic"]) for one, other in pairs):
            yield f"{before[name][measured]} is stored, {now[name][measured]} was found: {name}"


def changed_tables(stored, found):
    if [case | {"expected": None} for case in stored] != [case | {"expected": None} for case in found]:
        yield "the small tables are of other cases than those stored"
        return
    for before, now in zip(stored, found, strict=True):
        if not np.allclose(before["expected"], now["expected"], rtol=2e-6, atol=2e-7):
            yield f"a small table has other numbers than the one stored: {before['software']} {before['there']}"


def main(arguments):
    found = json.loads(FOUND.read_text(encoding="utf-8"))
    if arguments == ["--store"]:
        store(found)
        return
    page, tables = (json.loads(path.read_text(encoding="utf-8")) for path in (PAGE, TABLES))
    changes = [
        *changed_rows(page["rows"], found["rows"], "difference"),
        *changed_rows(page["growth"], found["growth"], "differences"),
        *changed_tables(tables["cases"], found["small"]),
    ]
    if changes:
        sys.exit("\n".join([*changes, "If this is right, store it: make peers STORE=yes"]))
    print(f"As stored on {page['date']}: {len(page['rows'])} comparisons, {len(tables['cases'])} small tables.")


if __name__ == "__main__":
    main(sys.argv[1:])
