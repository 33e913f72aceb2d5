"""Which i: a table whose cells say where they come from."""

import numpy as np
import pytest
from explorer import digits, heard, opened, press, tab_into

import posenc

TABLE = posenc.sinusoidal(range(6), 8)


@pytest.fixture
def figure(page, site):
    return opened(page, site, "formula/two_indices", "fig-which-i")


def chosen(figure):
    return figure.locator("[role=gridcell][tabindex='0']")


def facts(figure):
    """What stands under each name above the table."""
    shown = figure.locator("g[role=img] text").all_text_contents()
    first = shown.index("column j")
    return dict(zip(shown[first : first + 14 : 2], shown[first + 1 : first + 14 : 2], strict=True))


def test_every_cell_is_named_with_its_value(figure):
    waves = ("sine", "cosine")
    names = [cell.get_attribute("aria-label") for cell in figure.locator("[role=gridcell]").all()]
    assert names == [
        f"position {p}, column {j}, {waves[j % 2]} of pair {posenc.pair_of(j, 8)}, {digits(TABLE[p, j], 4)}"
        for p in range(6)
        for j in range(8)
    ]


def test_one_tab_stop_and_the_arrows_walk_to_every_edge(page, figure):
    tab_into(page, figure, chosen(figure))
    place = {"where": (3, 5)}
    for key, to in [
        ("ArrowLeft", (3, 4)), ("ArrowUp", (2, 4)), ("Home", (2, 0)), ("ArrowLeft", (2, 0)), ("End", (2, 7)),
        ("ArrowDown", (3, 7)), ("PageDown", (5, 7)), ("ArrowDown", (5, 7)), ("PageUp", (0, 7)),
        ("Control+End", (5, 7)), ("Control+Home", (0, 0)), ("ArrowRight", (0, 1)),
    ]:  # fmt: skip
        press(page, key)
        place["where"] = to
        name = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert name.startswith(f"position {to[0]}, column {to[1]},"), key
        assert chosen(figure).count() == figure.locator("[aria-selected=true]").count() == 1
        assert facts(figure)["value"] == digits(TABLE[to], 4)
    press(page, "Tab")
    assert page.evaluate("document.activeElement.type") == "radio"


def test_the_slots_of_the_formula_are_filled_for_the_cell(page, figure):
    tab_into(page, figure, chosen(figure))
    press(page, "ArrowUp", "ArrowUp", "Home", "ArrowRight", "ArrowRight")
    w = posenc.frequencies(8)[1]
    wavelength = f"{posenc.wavelengths(8)[1]:.1f}"
    assert facts(figure) == {"column j": "2", "pair i": "1", "exponent": "2/8", "frequency": f"{w:g}"} | {
        "wavelength": wavelength, "angle": f"{w:g}", "value": digits(np.sin(w), 4)
    }  # fmt: skip
    letters, filled = figure.locator("g[role=img] text").all_text_contents()[:2]
    assert letters == "PE(p, 2i) = sin(p / 100002i/d)"
    assert filled == "PE(1, 2) = sin(1 / 100002/8) = sin 0.1 = 0.0998"


def test_wrong_exponents_stand_beside_the_right_one(figure):
    rows = [row.locator("td").all_text_contents() for row in figure.locator("tbody tr").all()]
    for (exponent, frequency, value, circle), over in zip(rows, (4, 2, 5, 10), strict=True):
        w, even = 10000 ** (-over / 8), {5: 4, 10: 8}.get(over, over)
        assert exponent == f"{over}/8"
        assert float(frequency) == pytest.approx(w, rel=0.003)
        assert value == digits(np.cos(3 * w), 4)
        assert circle == digits(np.sin(3 * 10000 ** (-even / 8)) ** 2 + np.cos(3 * w) ** 2, 4)


def test_a_wrong_exponent_fills_the_table_and_row_0_does_not_show_it(page, figure):
    figure.get_by_label("2j/d column j taken for i").check()
    names = [cell.get_attribute("aria-label") for cell in figure.locator("[role=gridcell]").all()]
    assert [name.rsplit(" ", 1)[1] for name in names[:8]] == [digits(x, 4) for x in TABLE[0]]
    assert names[10] == f"position 1, column 2, sine of pair 1, {digits(np.sin(0.01), 4)}"
    assert "With 2j/d columns 4 and 5 have different exponents, 8/8 and 10/8" in heard(page)[-1]


def test_the_partner_is_marked_while_it_shares_the_frequency(figure):
    def marks():
        rims = figure.locator("[role=gridcell] rect:nth-of-type(2)[stroke='var(--ink)']")
        return [rim.locator("..").get_attribute("aria-label")[:20] for rim in rims.all()]

    assert marks() == ["position 3, column 4", "position 3, column 5"]
    figure.get_by_label("i/d the 2 is lost", exact=True).check()
    assert len(marks()) == 2
    figure.get_by_label("j/d column j taken for 2i", exact=True).check()
    assert marks() == ["position 3, column 5"]


def test_a_click_chooses_a_cell(figure):
    figure.locator("[role=gridcell][aria-label^='position 4, column 1,']").click()
    assert facts(figure)["value"] == digits(TABLE[4, 1], 4)


def test_it_speaks_once_when_the_keys_rest(page, figure):
    tab_into(page, figure, chosen(figure))
    press(page, *["ArrowRight", "ArrowLeft"] * 3, "ArrowLeft", "ArrowLeft")
    assert heard(page) == [
        "Column 3 is 2 \u00d7 1 + 1, the cosine of pair 1. Column 2 is its sine and has the same exponent, 2/8."
    ]
