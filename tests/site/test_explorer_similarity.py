"""Similarity over the offset, for a dimension and a base, beside its limit."""

import mpmath
import pytest
from explorer import digits, heard, opened, press, tab_into

import posenc


@pytest.fixture
def figure(page, site):
    return opened(page, site, "theorems/similarity", "fig-similarity-limit")


def readings(figure):
    """The two numbers at the cursor."""
    curve, limit = figure.locator("svg text[style*='fill']").all_text_contents()
    return curve, limit


def expected(dim, base, k):
    share = posenc.similarity(k, dim, base=base) * 2 / dim
    limit = (mpmath.ci(k) - mpmath.ci(mpmath.mpf(k) / base)) / mpmath.log(base) if k else 1
    return f"d = {dim}: {digits(share, 3)} at offset {k}", f"limit, d to infinity: {digits(float(limit), 3)}"


@pytest.mark.parametrize(
    ("slider", "keys", "now"),
    [
        ("Dimension d", ["ArrowRight"], (96, 10_000, 6)),
        ("Dimension d", ["End"], (512, 10_000, 6)),
        ("Dimension d", ["Home"], (2, 10_000, 6)),
        ("Base b", ["Home"], (64, 10, 6)),
        ("Base b", ["End"], (64, 1_000_000, 6)),
        ("Offset k", ["ArrowRight"] * 3, (64, 10_000, 9)),
        ("Offset k", ["End"], (64, 10_000, 200)),
        ("Offset k", ["Home"], (64, 10_000, 0)),
    ],
)
def test_sliders_move_by_keyboard_and_the_numbers_are_those_of_the_package(page, figure, slider, keys, now):
    assert readings(figure) == expected(64, 10_000, 6)
    tab_into(page, figure, figure.get_by_role("slider", name=slider))
    press(page, *keys)
    assert readings(figure) == expected(*now)
    dim, base, k = now
    label = figure.locator("svg").get_attribute("aria-label")
    assert f"d = {dim}, base {base:,}. At offset {k}: {readings(figure)[0].split()[3]}, limit" in label


def test_buttons_step_and_stop_at_the_ends(figure):
    back, on = (figure.get_by_role("button", name=f"dimension d: one {way}") for way in ("less", "more"))
    back.click()
    assert readings(figure) == expected(48, 10_000, 6)
    for _ in range(8):
        on.click()
    assert readings(figure) == expected(512, 10_000, 6)


def test_a_click_in_the_picture_moves_the_cursor(figure):
    area = figure.locator("rect[fill=transparent]")
    box = area.bounding_box()
    area.click(position={"x": box["width"] / 2, "y": 20})
    assert readings(figure) == expected(64, 10_000, 100)


def test_it_says_late_and_once_where_similarity_first_rises(page, figure):
    tab_into(page, figure, figure.get_by_role("slider", name="Dimension d"))
    press(page, *["ArrowRight"] * 6)
    (sentence,) = heard(page)
    share = [float(posenc.similarity(k, 512)) for k in range(201)]
    rise = next(k for k in range(200) if share[k + 1] > share[k])
    assert f"similarity falls up to offset {rise}, and offset {rise + 1} is more alike" in sentence
