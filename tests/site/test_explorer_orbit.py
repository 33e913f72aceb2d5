"""Grow, drift, fade, turn: what the explorer shows on its page, moved by keys alone."""

import re

import numpy as np
import pytest
from explorer import buttons_and_slider, digits, heard, on, opened, tab_order, written

import posenc

DRIFT = "Drift: let two rates become one, in a Jordan block"
PLACES = np.array([-20, -10, 0, 10, 20])


@pytest.fixture
def figure(page, site):
    return opened(page, site, "theorems/why_sinusoids", "fig-orbit")


def distances(a, w, drift=0):
    """How far exp(pG) has taken the point, for one pair: G is the package's generator, and a on its diagonal."""
    hand = np.array([posenc.shift_matrix(p, 2, freqs=[w]) @ [drift * p, 1] for p in PLACES])
    return [digits(x) for x in np.exp(a * PLACES) * np.linalg.norm(hand, axis=1)]


def shown(figure):
    """The distances at the five places; before them the eigenvalue is written."""
    return [text for text in written(figure) if re.fullmatch(r"\d+\.\d\d", text)][-5:]


def test_every_control_is_reached_by_tab_and_has_a_name(page, figure):
    assert tab_order(page, figure) == [
        *buttons_and_slider("Growth a"),
        *buttons_and_slider("Turning w"),
        *(f"go to {fate}" for fate in ("grow", "drift", "fade", "turn")),
        DRIFT,
    ]


def test_it_starts_with_what_grows_and_the_slider_takes_it_through_turning_to_fading(page, figure):
    assert shown(figure) == distances(0.05, 0.4)
    assert "0.05 \u00b1 0.40i" in written(figure)
    on(page, figure, "slider", "Growth a", *["ArrowLeft"] * 5)
    assert shown(figure) == distances(0, 0.4) == ["1.00"] * 5
    assert heard(page)[-1] == "It turns: at every position, past or future, it is at distance 1."
    on(page, figure, "slider", "Growth a", *["ArrowLeft"] * 3)
    assert shown(figure) == distances(-0.03, 0.4)
    assert re.search("in the past it leaves every bound.* end too soon", heard(page)[-1])
    on(page, figure, "slider", "Growth a", "Home")
    assert shown(figure) == distances(-0.1, 0.4)
    label = figure.locator("svg[role=img]").get_attribute("aria-label")
    assert f"{distances(-0.1, 0.4)[0]} at position \u221220" in label


def test_two_rates_that_become_one_drift_even_on_the_axis(page, figure):
    on(page, figure, "button", "go to turn", "Enter")
    on(page, figure, "checkbox", DRIFT, "Space")
    assert shown(figure) == distances(0, 0.4, drift=0.12)
    assert re.search("drifts and turns: it leaves every bound on both sides", heard(page)[-1])
    on(page, figure, "slider", "Turning w", "Home")
    assert shown(figure) == distances(0, 0, drift=0.12)
    assert figure.get_by_role("button", name="go to drift").get_attribute("aria-pressed") == "true"


def test_a_click_in_the_plane_is_a_choice_of_both_sliders(figure):
    plane = figure.locator("svg rect[fill=transparent]")
    size = plane.bounding_box()
    # The plane reaches from -0.11 to 0.11 and from -1.1i to 1.1i.
    plane.click(position={"x": size["width"] * (0.5 - 0.06 / 0.22), "y": size["height"] * (0.5 - 0.5 / 2.2)})
    assert figure.locator("output").all_text_contents() == ["\u22120.06", "0.50"]
    assert shown(figure) == distances(-0.06, 0.5)
