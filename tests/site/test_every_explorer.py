"""What every explorer keeps: a still without scripts, room on a phone, and the still is what the script draws."""

import re

import pytest

import explorer_stills

PLACES = {
    "which-i": ("formula/two_indices", "fig-which-i"),
    "similarity": ("theorems/similarity", "fig-similarity-limit"),
    "clocks": ("ten_minutes", "fig-ten-clocks"),
    "offset": ("ten_minutes", "fig-ten-offset"),
    "orbit": ("theorems/why_sinusoids", "fig-orbit"),
    "rotary": ("beyond/rotary", "fig-rotary"),
}


@pytest.mark.parametrize("name", PLACES)
def test_without_scripts_the_still_is_seen(browser, site, name):
    where, figure = PLACES[name]
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/{where}.html")
        still = page.locator(f"figure#{figure} :is(img, svg)").first
        still.scroll_into_view_if_needed()
        assert still.evaluate("(e) => e.localName == 'svg' || e.naturalWidth > 0"), (
            "the file of the still was not found"
        )
        assert still.bounding_box()["width"] > 300
        assert page.locator(f"figure#{figure} button, figure#{figure} input").count() == 0


@pytest.mark.parametrize("name", PLACES)
def test_it_has_room_at_320_pixels(browser, site, name):
    where, figure = PLACES[name]
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(f"{site}/{where}.html")
        box = page.locator(f"figure#{figure} .ex")
        assert box.evaluate("(e) => e.scrollWidth <= e.clientWidth")
        inside = box.locator("svg text, output, button, label").evaluate_all(
            "(all) => all.filter((e) => { const r = e.getBoundingClientRect(); return r.width && (r.left < 0 || r.right > 320.5); }).map((e) => e.textContent)"
        )
        assert inside == []
        sizes = box.locator("svg text").evaluate_all(
            "(all) => all.map((e) => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(sizes) >= 10


def words(svg):
    return re.findall(r">([^<>\s][^<>]*)</(?:text|tspan)>", svg)


@pytest.mark.parametrize("still", explorer_stills.stills())
def test_the_still_is_what_the_script_draws(browser, still):
    now = explorer_stills.drawn(browser, explorer_stills.stills()[still])
    assert words((explorer_stills.FOLDER / still).read_text(encoding="utf-8")) == words(now)
