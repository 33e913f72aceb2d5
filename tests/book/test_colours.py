"""The colours of pictures: seen on their ground, told apart by everybody, and the same in all places."""

import re
from itertools import combinations

import matplotlib
import numpy as np
import pytest
from colours import SEEN_WITH, contrast, difference, lab
from PIL import ImageColor

import site_figures
from book import ROOT
from posenc.plotting import _colours
from posenc.plotting._style import STYLE

STATIC = ROOT / "book" / "_static"
GROUND = {"light": "#ffffff", "dark": "#121212"}
LINES = "abcde"
#: What texts may be written in; names and numbers of curves have the colour of their curve.
TEXTS = ["ink", "soft", *"abcd"]


def variables(mode):
    """Every colour that a style sheet of the book sets as a variable of light or dark pages."""
    for path in sorted(STATIC.rglob("*.css")):
        for rule in re.findall(rf'html\[data-theme="{mode}"\] {{([^}}]*)}}', path.read_text(encoding="utf-8")):
            yield from re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})\b", rule)


PALETTE = {mode: dict(variables(mode)) for mode in GROUND}


@pytest.mark.parametrize("mode", GROUND)
def test_style_sheets_agree(mode):
    assert [pair for pair in variables(mode) if PALETTE[mode][pair[0]] != pair[1]] == []


@pytest.mark.parametrize("mode", GROUND)
def test_lines_and_texts_are_seen_on_their_ground(mode):
    palette = PALETTE[mode]
    assert [name for name in ("rim", *LINES) if contrast(palette[name], GROUND[mode]) < 3] == []
    assert [name for name in TEXTS if contrast(palette[name], GROUND[mode]) < 4.5] == []


@pytest.mark.parametrize("cones", SEEN_WITH)
@pytest.mark.parametrize("mode", GROUND)
def test_lines_stay_apart_without_one_kind_of_cones(mode, cones):
    seen = {name: lab(PALETTE[mode][name], cones) for name in LINES}
    apart = {one + other: difference(seen[one], seen[other]) for one, other in combinations(LINES, 2)}
    assert {pair: round(float(gap), 1) for pair, gap in apart.items() if gap < 12} == {}


@pytest.mark.parametrize("mode", GROUND)
@pytest.mark.parametrize("value", [-1.0, -0.5, 0.0, 0.5, 1.0])
def test_numbers_are_read_on_the_colour_of_their_cell(mode, value):
    for colours in (_colours.signed(_colours.WRITTEN), _colours.amounts(_colours.WRITTEN)):
        *cell, share = colours((value + 1) / 2)
        ground = np.array(ImageColor.getrgb(GROUND[mode])) / 255
        mixed = matplotlib.colors.to_hex(share * np.array(cell) + (1 - share) * ground)
        assert contrast(PALETTE[mode]["ink"], mixed) > 4.5


def test_zero_has_no_colour_and_signs_have_two():
    cold, zero, warm = _colours.signed()([0.0, 0.5, 1.0])
    assert zero[3] == 0
    assert (cold[3], warm[3]) == (1, 1)
    for cones in SEEN_WITH:
        gap = difference(*(lab(matplotlib.colors.to_hex(end[:3]), cones) for end in (cold, warm)))
        assert gap > 25, cones
    assert _colours.amounts()(0.0)[3] == 0


def test_the_page_knows_the_colours_of_the_pictures():
    assert {colour: PALETTE["light"][name] for colour, name in site_figures.VARIABLES.items()} == {
        colour: "#fff" if colour == _colours.PAPER else colour for colour in site_figures.VARIABLES
    }


def test_the_style_draws_in_these_colours():
    style = matplotlib.rc_params_from_file(STYLE, use_default_template=False)
    cycle = [matplotlib.colors.to_hex(entry["color"]) for entry in style["axes.prop_cycle"]]
    assert cycle == [
        *(_colours.BLUE, _colours.ORANGE, _colours.GREEN, _colours.PLUM, _colours.SKY, _colours.INK),
    ]
    others = {
        matplotlib.colors.to_hex(style[name]) for name in style if name.endswith("color") and style[name] != "none"
    }
    assert others <= set(site_figures.VARIABLES)
