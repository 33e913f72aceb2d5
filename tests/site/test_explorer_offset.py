"""Two positions that move on by one offset."""

import numpy as np
import pytest
from explorer import digits, heard, opened, press, tab_into

import posenc

W = posenc.frequencies(20)


@pytest.fixture(params=[("ten_minutes", "fig-ten-offset"), ("theorems/rotation", "fig-two-positions-one-turn")])
def figure(page, site, request):
    return opened(page, site, *request.param)


def rows(figure):
    return [row.locator("td").all_text_contents() for row in figure.locator("tbody tr").all()]


def products(k):
    """Of three pairs, and their sum: the same from every start."""
    each = np.cos(k * W[:3])
    return [digits(x) for x in (*each, each.sum())]


def broken(p, k):
    """The same when each cosine has the next pair's frequency."""
    each = np.sin(p * W[:3]) * np.sin((p + k) * W[:3]) + np.cos(p * W[1:4]) * np.cos((p + k) * W[1:4])
    return [digits(x) for x in (*each, each.sum())]


def test_the_start_changes_nothing_and_the_offset_changes_both_rows_alike(page, figure):
    assert rows(figure) == [products(3)] * 2
    for slider in ("Position p", "Position q"):
        tab_into(page, figure, figure.get_by_role("slider", name=slider))
        press(page, "ArrowRight", "ArrowRight")
        assert rows(figure) == [products(3)] * 2
    tab_into(page, figure, figure.get_by_role("slider", name="Offset k"))
    for key, k in [("ArrowRight", 4), ("Home", -6), ("End", 6)]:
        press(page, key)
        assert rows(figure) == [products(k)] * 2


def test_broken_pairs_part_and_it_is_said(page, figure):
    tab_into(page, figure, figure.get_by_role("checkbox"))
    press(page, "Space")
    assert rows(figure) == [broken(2, 3), broken(11, 3)]
    assert heard(page) == [
        f"From 2 the sum is {broken(2, 3)[-1]}, from 11 it is {broken(11, 3)[-1]}. Now the position matters."
    ]
