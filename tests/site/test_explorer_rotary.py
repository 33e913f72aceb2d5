"""Rotary: what the explorer shows on its page, moved by keys alone, is what the package computes."""

import numpy as np
import pytest
from explorer_keys import fits, opened, press, tab_order, two_digits, without_scripts, written
from playwright.sync_api import expect

import posenc


@pytest.fixture
def address(site):
    return f"{site}/beyond/rotary.html"


def expected(p, q, pair=1, alpha=0.2, beta=2.6, broken=False):
    """The two rows of the table: turned by two positions, and the key turned by the offset alone."""
    freqs = [posenc.frequencies(20)[pair]]
    x, y = (length * np.array([np.cos(angle), np.sin(angle)]) for length, angle in ((1, alpha), (0.8, beta)))
    T = posenc.rotary_matrix(q - p, 2, freqs=freqs, layout="interleaved")

    def turned(vector, position):
        return posenc.apply_rotary(vector, *posenc.rotary_cos_sin(position, 2, freqs=freqs), layout="interleaved")

    def row(query, key):
        one, other = query @ [1, 1j], key @ [1, 1j]
        return [two_digits(v) for v in (*np.angle([one, other, other / one]), query @ key)]

    return [row(turned(x, p), y if broken else turned(y, q)), row(x, T @ y)]


def shown(figure):
    return [row.locator("td").all_text_contents() for row in figure.locator("tbody tr").all()]


def says(figure, part):
    expect(figure.locator(".ex-say")).to_contain_text(part)


def test_every_control_is_reached_by_tab_and_has_a_name(page, address):
    figure = opened(page, address, "fig-rotary")

    def slider(name):
        return [f"{name.lower()}: one less", name, f"{name.lower()}: one more"]

    assert tab_order(page, figure) == [
        *slider("Query at p"),
        *slider("Key at q"),
        *slider("Move both"),
        *("pair 0", "pair 1", "pair 2"),
        *slider("Query angle"),
        *slider("Key angle"),
        "Break it: turn only the query",
    ]


def test_moving_both_turns_both_hands_and_keeps_the_score(page, address):
    figure = opened(page, address, "fig-rotary")
    assert shown(figure) == expected(5, 2)
    scores = {row[-1] for row in shown(figure)}
    press(page, figure, "Move both", *["ArrowRight"] * 7)
    assert shown(figure) == expected(12, 9)
    assert {row[-1] for row in shown(figure)} == scores
    assert len(scores) == 1
    says(figure, "3 places before the query")
    press(page, figure, "Move both", "End")
    assert figure.locator("output").all_text_contents()[:3] == ["20", "17", "20, 17"]
    assert shown(figure) == expected(20, 17)


def test_another_offset_another_pair_and_other_words_give_the_scores_of_the_package(page, address):
    figure = opened(page, address, "fig-rotary")
    press(page, figure, "Key at q", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    assert shown(figure) == expected(5, 6)
    says(figure, "1 place after the query")
    press(page, figure, "pair 2", "Enter")
    press(page, figure, "Query angle", "ArrowLeft", "ArrowLeft")
    press(page, figure, "Key angle", "Home")
    assert shown(figure) == expected(5, 6, pair=2, alpha=0, beta=-3.1)
    score = expected(5, 6, pair=2, alpha=0, beta=-3.1)[0][-1]
    assert f"{score} at 1" in written(figure)
    assert f"The score is {score}" in figure.locator("svg[role=img]").get_attribute("aria-label")


def test_with_the_key_left_alone_the_score_follows_the_place(page, address):
    figure = opened(page, address, "fig-rotary")
    press(page, figure, "Break it: turn only the query", "Space")
    assert shown(figure) == expected(5, 2, broken=True)
    assert shown(figure)[0][-1] != shown(figure)[1][-1]
    says(figure, "depends on where the query stands")
    press(page, figure, "Move both", "ArrowRight")
    assert shown(figure) == expected(6, 3, broken=True)
    assert expected(6, 3, broken=True)[0][-1] != expected(5, 2, broken=True)[0][-1]
    press(page, figure, "Key at q", "Home")
    assert shown(figure) == expected(6, 0, broken=True)
    says(figure, "nothing is broken yet")


def test_a_word_is_dragged_along_the_line(page, address):
    figure = opened(page, address, "fig-rotary")
    key = figure.locator("g[style*=grab]").nth(1)
    key.scroll_into_view_if_needed()
    at = key.bounding_box()
    ticks = {t: figure.locator("svg text").filter(has_text=t).first.bounding_box() for t in ("5", "15")}
    step = (ticks["15"]["x"] - ticks["5"]["x"]) / 10
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 6.2 * step, y, steps=4)
    page.mouse.up()
    assert figure.locator("output").nth(1).text_content() == "8"
    assert shown(figure) == expected(5, 8)


def test_it_fits_a_narrow_phone(browser, address):
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        assert fits(opened(context.new_page(), address, "fig-rotary"))


def test_without_scripts_the_still_is_seen(browser, address):
    without_scripts(browser, address, "fig-rotary")
