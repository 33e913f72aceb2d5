"""Clocks above the table that they are."""

import pytest
from explorer import digits, heard, opened, press, tab_into

import posenc


@pytest.fixture(params=[("ten_minutes", "fig-ten-clocks", 20), ("formula/frequencies", "fig-hands-and-columns", 44)])
def figure_and_start(page, site, request):
    where, name, start = request.param
    return opened(page, site, where, name), start


def says(figure, p):
    """Whether picture, slider and number say row p."""
    row = posenc.sinusoidal(p, 8)
    pairs = [f"Pair {i}: sine {digits(row[2 * i])}, cosine {digits(row[2 * i + 1])}." for i in range(4)]
    said = figure.locator("svg").get_attribute("aria-label")
    slider = figure.get_by_role("slider", name="Position p")
    return said == f"Row {p}. {' '.join(pairs)}" and slider.input_value() == figure.locator(
        "output"
    ).text_content() == str(p)


def test_keys_buttons_and_a_click_choose_a_row(page, figure_and_start):
    figure, start = figure_and_start
    assert says(figure, start)
    tab_into(page, figure, figure.get_by_role("slider", name="Position p"))
    for key, p in [("ArrowRight", start + 1), ("ArrowLeft", start), ("End", 100), ("Home", 0)]:
        press(page, key)
        assert says(figure, p), key
    figure.get_by_role("button", name="position p: one more").click()
    assert says(figure, 1)
    for mark in (10, 100, 0):
        figure.get_by_role("button", name=f"go to position {mark}", exact=True).click()
        assert says(figure, mark)
    rows = figure.locator("rect[fill=transparent]")
    rows.click(position={"x": 30, "y": rows.bounding_box()["height"] * 50.5 / 101})
    assert says(figure, 50)


def test_it_speaks_once_when_the_slider_rests(page, figure_and_start):
    figure, _ = figure_and_start
    tab_into(page, figure, figure.get_by_role("slider", name="Position p"))
    press(page, "Home", *["ArrowRight"] * 10)
    assert heard(page) == ["Row 10: hand 1 stands at its mark, 1 radian."]


def test_nothing_moves_before_play_is_pressed(page, figure_and_start):
    figure, start = figure_and_start
    page.clock.run_for(5000)
    assert says(figure, start)
    assert heard(page) == []
    play = figure.get_by_role("button", name="Play")
    play.click()
    page.clock.run_for(1000)
    figure.get_by_role("button", name="Stop").click()
    assert figure.locator("output").text_content() == str(start + 3)


def test_who_wants_less_motion_is_not_offered_any(page, site):
    page.emulate_media(reduced_motion="reduce")
    figure = opened(page, site, "ten_minutes", "fig-ten-clocks")
    assert figure.get_by_role("button", name="go to position 10", exact=True).is_visible()
    assert not figure.get_by_role("button", name="Play").is_visible()
