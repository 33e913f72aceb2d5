"""What `make experiments` stores beside two chapters: whole, and found again by the first of its heads."""

import itertools
import json
import sys

import numpy as np
import pytest

from book import ROOT

sys.path.insert(0, str(ROOT / "tools"))
experiments = pytest.importorskip("experiments")

EXPERIMENTS = [
    (page, name, experiment) for page, group in experiments.EXPERIMENTS.items() for name, experiment in group.items()
]
#: The numbers of a row that say what was trained; the others were measured.
TOLD = {"back", "places", "steps", "wide", "encoding", "code", "smooth", "columns", "method", "length", "how"}


def told(row):
    return {key: value for key, value in row.items() if key in TOLD}


def stored(page):
    return json.loads(experiments.PAGES[page].read_text(encoding="utf-8"))


def spreads(value):
    """All triples (lowest, middle, highest) in a row."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list) and len(value) == 3 and all(isinstance(number, float) for number in value):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from spreads(part)


@pytest.mark.parametrize("page", experiments.PAGES)
def test_what_is_stored_is_whole(page):
    found = stored(page)
    assert (found["heads"], found["more"]) == (50, 20)
    assert found["numpy"]
    for name in experiments.EXPERIMENTS[page]:
        for label, heads in ((name, 50), (f"{name}, more", 20)):
            assert all(low <= middle <= high for row in found[label] for low, middle, high in spreads(row))
            assert all(row.get("heads", heads) == heads for row in found[label])
            assert all(row.get("reached", 0) <= heads for row in found[label])
        once, more = ([told(row) for row in found[label]] for label in (name, f"{name}, more"))
        assert once == more


@pytest.mark.parametrize(("page", "name", "experiment"), EXPERIMENTS, ids=[name for _, name, _ in EXPERIMENTS])
def test_the_first_head_lies_among_the_fifty(page, name, experiment):
    rows = stored(page)[name]
    for row, again in zip(rows, itertools.islice(experiment(range(1)), 4), strict=False):
        assert told(row) == told(again)
        if row.get("reached", 50) < 50:  # then the first head may be one that never reached it
            row, again = ({key: r[key] for key in r if key != "first"} for r in (row, again))
        for (low, _, high), (one, _, same) in zip(spreads(row), spreads(again), strict=True):
            assert one == same
            assert low - 0.02 <= one <= high + 0.02, f"{one} is not between {low} and {high} in {row}"


def test_the_shares_of_the_pairs_add_up():
    for row in stored("trained_head")["clocks"]:
        assert sum(row["pairs"]) == pytest.approx(1, abs=2e-3)
        bands = np.reshape(row["pairs"], (4, -1)).sum(axis=1)
        for share, (low, _, high) in zip(bands, row["bands"], strict=True):
            assert low - 1e-3 <= share <= high + 1e-3
