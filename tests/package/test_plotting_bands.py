import numpy as np
import pytest
from drawn import polar
from refusal import refuses

from posenc import plotting

PLACES = [(4, 1), (8, 5), (12, 10)]
FREQ = 0.3


def same_direction(angle, expected):
    return np.isclose(np.exp(1j * angle), np.exp(1j * expected))


@pytest.fixture(scope="module")
def dials():
    return list(zip(plotting.two_hands(PLACES, FREQ).axes, PLACES, strict=True))


def test_the_hands_point_to_the_two_positions(dials):
    for ax, places in dials:
        for line, place, marker, dashes in zip(ax.lines[1:3], places, "os", ["-", "--"], strict=True):
            assert same_direction(polar(line)[-1, 1], place * FREQ)
            assert polar(line)[-1, 0] == pytest.approx(1)
            assert (line.get_marker(), line.get_linestyle()) == (marker, dashes)


def test_the_inner_arc_leads_from_the_query_to_the_key(dials):
    for ax, (query, key) in dials:
        arc = polar(ax.lines[3])
        assert same_direction(arc[0, 1], query * FREQ)
        assert same_direction(arc[-1, 1], key * FREQ)
        assert arc[-1, 1] - arc[0, 1] == pytest.approx((key - query) * FREQ)
        assert ax.get_xlabel() == f"query to key: {(key - query) * FREQ:.1f} rad".replace("-", "\N{MINUS SIGN}")
        assert ax.get_title() == f"query at {query}, key at {key}"


def test_the_outer_arcs_show_the_turn_since_the_first_dial(dials):
    for ax, places in dials:
        for line, place, start in zip(ax.lines[4:6], places, PLACES[0], strict=True):
            arc = polar(line)
            assert (arc[:, 0] > 1).all()
            assert same_direction(arc[0, 1], start * FREQ)
            assert arc[-1, 1] - arc[0, 1] == pytest.approx((place - start) * FREQ)


def test_one_legend_names_hands_and_arc():
    figure = plotting.two_hands(PLACES, FREQ)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["query", "key", "from query to key"]


def test_no_places_are_refused():
    refuses(
        lambda: plotting.two_hands([], 1.0),
        ValueError,
        "places must hold at least one pair of positions, got none",
    )
