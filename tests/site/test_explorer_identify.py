"""Paste a table: it is named in the words of the package, by keyboard and out loud."""

import numpy as np
import pytest
from explorer import heard, opened, press, tab_into, tab_order

import posenc

FIRST = "halves, sine first, tensor2tensor grid (last wavelength 62,832), base 10000, first row is position 1, rounded to 4 decimals"


@pytest.fixture
def figure(page, site):
    return opened(page, site, "practice/conventions", "fig-identify")


def test_it_opens_with_a_named_table_and_says_nothing_of_its_own_accord(page, figure):
    assert figure.locator(".ex-say").text_content() == FIRST
    assert figure.locator("svg rect").count() == 8 * 8 + 1
    assert figure.locator("svg text").count() == 0
    assert heard(page) == []


def test_a_pasted_table_is_named_by_keyboard_and_read_out(page, figure):
    rows = posenc.sinusoidal(range(3, 11), 16)
    area = figure.get_by_label("Rows of the table")
    tab_into(page, figure, area)
    press(page, "Control+a")
    page.keyboard.insert_text(repr(rows))
    press(page, "Control+Enter")
    expected = str(posenc.identify(eval(repr(rows), {"array": np.array})))
    assert expected.startswith("interleaved, sine first, paper grid")
    assert heard(page) == [expected]
    assert figure.locator("svg").get_attribute("aria-label") == "8 rows and 16 columns as coloured cells"


def test_every_example_has_its_sentence(page, figure):
    beginnings = {
        "The paper": "interleaved, sine first, paper grid",
        "tensor2tensor": "halves, sine first, tensor2tensor grid",
        "i is the column": "interleaved, sine first, exponent 2j/d",
        "No table": "nothing fits",
    }
    for name, beginning in beginnings.items():
        figure.get_by_role("button", name=name).click()
        heard(page)
        assert figure.locator(".ex-say").text_content().startswith(beginning)


def test_what_cannot_be_read_is_said(page, figure):
    figure.get_by_label("Rows of the table").fill("1 2\n3")
    figure.get_by_role("button", name="Name it").click()
    assert heard(page) == ["row 1 has 1 numbers, and row 0 has 2"]
    assert figure.locator("svg rect").count() == 0


def test_the_order_of_the_keyboard(page, figure):
    assert tab_order(page, figure) == [
        "Rows of the table", "Name it", "The paper", "tensor2tensor", "i is the column", "No table",
    ]  # fmt: skip
