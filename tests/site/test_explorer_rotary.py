"""Rotary: what the explorer shows on its page, moved by keys alone, is what the package computes."""

import numpy as np
import pytest
from explorer import buttons_and_slider, digits, heard, on, opened, tab_order, written

import posenc

BREAK = "Break it: turn only the query"


@pytest.fixture
def figure(page, site):
    return opened(page, site, "beyond/rotary", "fig-rotary")


def expected(p, q, pair=1, alpha=0.2, beta=2.6, broken=False):
    """The two rows of the table: turned by two positions, and the key turned by the offset alone."""
    freqs = [posenc.frequencies(20)[pair]]
    x, y = (length * np.array([np.cos(angle), np.sin(angle)]) for length, angle in ((1, alpha), (0.8, beta)))
    T = posenc.rotary_matrix(q - p, 2, freqs=freqs, layout="interleaved")

    def turned(vector, position):
        return posenc.apply_rotary(vector, *posenc.rotary_cos_sin(position, 2, freqs=freqs), layout="interleaved")

    def row(query, key):
        one, other = query @ [1, 1j], key @ [1, 1j]
        return [digits(v) for v in (*np.angle([one, other, other / one]), query @ key)]

    return [row(turned(x, p), y if broken else turned(y, q)), row(x, T @ y)]


def shown(figure):
    return [row.locator("td").all_text_contents() for row in figure.locator("tbody tr").all()]


def test_every_control_is_reached_by_tab_and_has_a_name(page, figure):
    assert tab_order(page, figure) == [
        *buttons_and_slider("Query at p"),
        *buttons_and_slider("Key at q"),
        *buttons_and_slider("Move both"),
        *("pair 0", "pair 1", "pair 2"),
        *buttons_and_slider("Query angle"),
        *buttons_and_slider("Key angle"),
        BREAK,
    ]


def test_moving_both_turns_both_hands_and_keeps_the_score(page, figure):
    assert shown(figure) == expected(5, 2)
    scores = {row[-1] for row in shown(figure)}
    on(page, figure, "slider", "Move both", *["ArrowRight"] * 7)
    assert shown(figure) == expected(12, 9)
    assert {row[-1] for row in shown(figure)} == scores
    assert len(scores) == 1
    assert heard(page) == [], "the sentence stays true, so nothing is announced"
    assert "3 places before the query" in figure.locator(".ex-say").text_content()
    on(page, figure, "slider", "Move both", "End")
    assert figure.locator("output").all_text_contents()[:3] == ["20", "17", "20, 17"]
    assert shown(figure) == expected(20, 17)


def test_another_offset_another_pair_and_other_words_give_the_scores_of_the_package(page, figure):
    on(page, figure, "slider", "Key at q", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    assert shown(figure) == expected(5, 6)
    assert "1 place after the query" in heard(page)[-1]
    on(page, figure, "button", "pair 2", "Enter")
    on(page, figure, "slider", "Query angle", "ArrowLeft", "ArrowLeft")
    on(page, figure, "slider", "Key angle", "Home")
    assert shown(figure) == expected(5, 6, pair=2, alpha=0, beta=-3.1)
    score = expected(5, 6, pair=2, alpha=0, beta=-3.1)[0][-1]
    assert f"{score} at 1" in written(figure)
    assert f"The score is {score}" in figure.locator("svg[role=img]").get_attribute("aria-label")


def test_with_the_key_left_alone_the_score_follows_the_place(page, figure):
    on(page, figure, "checkbox", BREAK, "Space")
    assert shown(figure) == expected(5, 2, broken=True)
    assert shown(figure)[0][-1] != shown(figure)[1][-1]
    assert "depends on where the query stands" in heard(page)[-1]
    on(page, figure, "slider", "Move both", "ArrowRight")
    assert shown(figure) == expected(6, 3, broken=True)
    assert expected(6, 3, broken=True)[0][-1] != expected(5, 2, broken=True)[0][-1]
    on(page, figure, "slider", "Key at q", "Home")
    assert shown(figure) == expected(6, 0, broken=True)
    assert "nothing is broken yet" in heard(page)[-1]


def test_a_word_is_dragged_along_the_line(page, figure):
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
