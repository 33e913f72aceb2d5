"""The numbers of two explorers: the orbit of a point under exp(pG), and query and key turned by their positions."""

import itertools
import json
import re

import mpmath as mp
import numpy as np
import pytest
from test_explorers import digits, in_node, texts

import posenc
from book import BOOK, read

GROWTHS = np.arange(-10, 11) / 100
STATES = list(itertools.product([-0.1, -0.05, 0, 0.03, 0.1], [0, 0.4, 1], [False, True]))


def told(page, figure):
    """The alternative text of a figure, with true minus signs."""
    cell = next(c.source for c in read(BOOK / f"{page}.ipynb").cells if f":name: {figure}" in c.source)
    return re.search(rf":name: {figure}\n.*?:alt: ([^\n]*)", cell, re.S)[1].replace("-", "\u2212")


# The orbit.


def orbit(p, a, w, drift, push=0.12):
    """The point at p, (across, up): exp(pG) on four columns, of which the second pair pushes the first."""
    once = a * np.eye(2) + posenc.shift_generator(2, freqs=[w])
    generator = np.kron(np.eye(2), once) + drift * np.kron([[0, 1], [0, 0]], np.eye(2))
    columns = mp.expm(mp.matrix((p * generator).tolist())) * mp.matrix([0, 1, push, 0])
    return float(columns[1]), float(columns[0])


def distances(last, a, w, drift):
    """The distance from the centre at positions -last to last."""
    p = np.arange(-last, last + 1)
    return np.exp(a * p) * np.hypot(1, 0.12 * p * drift)


def test_the_orbit_is_the_exponential_of_the_generator():
    places = [-20, -7.5, -1, 0, 1, 12, 20]
    drawn = in_node(f"{json.dumps(STATES)}.map((s) => {places}.map((p) => orbit.at(p, ...s)))", "orbit")
    np.testing.assert_allclose(drawn, [[orbit(p, *state) for p in places] for state in STATES], rtol=0, atol=1e-10)
    shown = in_node(f"{json.dumps(STATES)}.map((s) => orbit.distance(20, ...s))", "orbit")
    np.testing.assert_allclose(shown, [np.hypot(*orbit(20, *state)) for state in STATES], rtol=1e-12)
    np.testing.assert_allclose(shown, [distances(20, *state)[-1] for state in STATES], rtol=1e-12)


def beyond(far, bound=2):
    """The first position from which on the distances stay beyond a bound."""
    return len(far) - np.argmin((far > bound)[::-1])


@pytest.mark.parametrize("drift", [False, True])
@pytest.mark.parametrize("w", [0, 0.4])
def test_what_is_said_of_a_rate_is_true(w, drift):
    """At every step of the slider: who leaves every bound on which side, and where the bound 2 is left."""
    told_by_rate = in_node(f"{GROWTHS.tolist()}.map((a) => orbit.fate(a, {w}, {json.dumps(drift)}))", "orbit")
    for a, said in zip(GROWTHS, told_by_rate, strict=True):
        far = distances(2000, a, w, drift)
        past, future = far[2000::-1], far[2000:]
        assert said.startswith("It stands still") == (not w and not drift and a == 0)
        for verb, true in {"grows": a > 0, "fades": a < 0, "drifts": drift, "turns": w > 0}.items():
            assert (verb in said) == true, said
        both = "leaves every bound on both sides" in said
        assert (both or "leaves every bound in the future" in said) == (future[-1] > 200), said
        assert (both or "in the past it leaves every bound" in said) == (past[-1] > 200), said
        assert ("in the past it tends to 0" in said) == (past[-1] < 1e-6), said
        assert ("tends to 0 in the future" in said) == (future[-1] < 1e-6), said
        if later := re.search(r"than 2 from position (\d+) on", said):
            assert int(later[1]) == beyond(future), said
        if earlier := re.search(r"at (?:position )?\u2212(\d+) and before", said):
            assert int(earlier[1]) == beyond(past), said
        assert bool(later) == (future[-1] > 200), said
        assert bool(earlier) == (past[-1] > 200), said
        assert ("end too soon" in said) == (0 < abs(a) < np.log(2) / 20 and not drift), said


def test_the_still_of_the_orbit_says_what_the_package_says():
    far = [digits(np.hypot(*orbit(p, 0.05, 0.4, False))) for p in (-20, -10, 0, 10, 20)]
    assert [t for t in texts("orbit.svg") if re.fullmatch(r"\d\.\d\d", t)] == far
    assert "0.05 \u00b1 0.40i" in texts("orbit.svg")
    alt = told("theorems/why_sinusoids", "fig-orbit")
    assert f"from {far[0]} at position \u221220 to {far[2]} at 0 and {far[4]} at 20" in alt
    assert "0.05 + 0.40i" in alt


# Rotary.


def hand(length, angle):
    return length * np.array([np.cos(angle), np.sin(angle)])


def turned(vector, position, w):
    cos, sin = posenc.rotary_cos_sin(position, 2, freqs=[w])
    return posenc.apply_rotary(vector, cos, sin, layout="interleaved")


def angle_between(x, y):
    return np.angle((x[0] - 1j * x[1]) * (y[0] + 1j * y[1]))


def test_the_hands_are_turned_as_the_package_turns_them():
    freqs = posenc.frequencies(20)[:3]
    np.testing.assert_allclose(in_node("rotary.FREQUENCIES", "rotary"), freqs, rtol=1e-14)
    cases = [(*case, w) for case in [(5, 2, 0.2, 2.6), (0, 20, -3.1, 1), (13, 13, 1.7, -0.4)] for w in freqs]
    drawn = in_node(
        f"{json.dumps(cases)}.map(([p, q, alpha, beta, w]) => {{"
        "const words = [rotary.hand(0, alpha), rotary.hand(1, beta)], both = rotary.both(...words, p, q, w);"
        "return { both, broken: rotary.both(...words, p, q, w, true), alone: rotary.alone(...words, q - p, w),"
        "score: rotary.dot(...both), wedge: rotary.between(...both), angle: rotary.angle(both[0]) }; })",
        "rotary",
    )
    for (p, q, alpha, beta, w), shown in zip(cases, drawn, strict=True):
        x, y = hand(1, alpha), hand(0.8, beta)
        both = turned(x, p, w), turned(y, q, w)
        T = posenc.rotary_matrix(q - p, 2, freqs=[w], layout="interleaved")
        np.testing.assert_allclose(shown["both"], both, rtol=0, atol=1e-12)
        np.testing.assert_allclose(shown["broken"], [both[0], y], rtol=0, atol=1e-12)
        np.testing.assert_allclose(shown["alone"], [x, T @ y], rtol=0, atol=1e-12)
        np.testing.assert_allclose(shown["score"], [both[0] @ both[1], x @ T @ y], rtol=0, atol=1e-12)
        np.testing.assert_allclose(hand(1, shown["wedge"]), hand(1, angle_between(*both)), rtol=0, atol=1e-12)
        np.testing.assert_allclose(hand(1, shown["angle"]), both[0], rtol=0, atol=1e-12)


def test_the_still_of_rotary_says_what_the_package_says():
    w = posenc.frequencies(20)[1]
    both = turned(hand(1, 0.2), 5, w), turned(hand(0.8, 2.6), 2, w)
    wedge, score = digits(angle_between(*both)), digits(both[0] @ both[1])
    written = texts("rotary.svg")
    for words in (
        f"pair 1: {digits(w)} radians a position",
        f"query turned {digits(5 * w)}",
        f"key turned {digits(2 * w)}",
        f"from query to key {wedge}",
        "offset \u22123",
        f"{score} at \u22123",
    ):
        assert words in written
    alt = told("beyond/rotary", "fig-rotary")
    for words in (
        f"turned by {digits(5 * w)} radians",
        f"turned by {digits(2 * w)}",
        f"wedge of {wedge} radians",
        f"is marked, {score}",
    ):
        assert words in alt


def test_the_start_of_rotary_does_not_hide_what_breaks_it():
    """With the key left alone the first score seen differs from what the offset gives, and moving both changes it."""
    w = posenc.frequencies(20)[1]
    x, y = hand(1, 0.2), hand(0.8, 2.6)
    kept = turned(x, 5, w) @ turned(y, 2, w)
    broken = [turned(x, p, w) @ y for p in (5, 6)]
    assert min(abs(broken[0] - kept), abs(broken[1] - broken[0])) > 0.02
