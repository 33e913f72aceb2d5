"""The pictures of the chapters on similarity and smoothness."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from matplotlib.colors import to_hex
from refusal import refuses

import posenc
from posenc import plotting

PICTURES = {
    "votes": lambda: plotting.votes([1, 10], posenc.frequencies(8), still=0.56),
    "chord_and_arc": lambda: plotting.chord_and_arc([0.5, 2]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_closed_and_leaves_the_style_alone(name):
    before = dict(plt.rcParams)
    PICTURES[name]()
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


def test_votes_show_the_turn_and_write_its_cosine():
    offsets, freqs, still = [-1, 1, 100], posenc.frequencies(8), 0.56
    axes = np.reshape(plotting.votes(offsets, freqs, still=still).axes, (3, 4))
    for row, k in enumerate(offsets):
        assert axes[row, 0].get_ylabel() == f"offset {k}"
        for i, w in enumerate(freqs):
            rim, trace, before, after = axes[row, i].lines
            np.testing.assert_allclose(data(before), [[0, 0], [1, 0]])
            np.testing.assert_allclose(data(after), [[0, 0], [np.cos(w * k), np.sin(w * k)]])
            assert axes[row, i].get_xlabel() == f"{np.cos(w * k):+.2f}".replace("-", "\N{MINUS SIGN}")
            turned = np.unwrap(np.arctan2(*data(trace).T[::-1]))
            np.testing.assert_allclose(turned[-1] - turned[0], np.clip(w * k, -2 * np.pi, 2 * np.pi), atol=1e-9)
            np.testing.assert_allclose(data(trace)[-1], 0.5 * data(after)[-1], atol=1e-12)
            thick = rim.get_linewidth() > 2 and to_hex(rim.get_color()) == plotting.GREEN.lower()
            assert thick == (abs(w * k) < still)
            assert axes[row, i].get_aspect() == 1
    assert [ax.get_title() for ax in axes[0]] == [f"pair {i}" for i in range(4)]
    assert not any(ax.get_title() for ax in axes[1:].flat)


def test_the_chord_joins_the_ends_of_the_arc():
    offsets, freq = [0.5, 1, -3], 0.8
    figure = plotting.chord_and_arc(offsets, freq=freq)
    for ax, k in zip(figure.axes, offsets, strict=True):
        _, arc, chord, ends = ax.lines
        end = [np.cos(freq * k), np.sin(freq * k)]
        np.testing.assert_allclose(data(chord), [[1, 0], end])
        np.testing.assert_allclose(data(ends), [[1, 0], end])
        np.testing.assert_allclose(data(arc)[[0, -1]], [[1, 0], end])
        np.testing.assert_allclose(np.hypot(*data(arc).T), 1)
        turned = np.unwrap(np.arctan2(*data(arc).T[::-1]))
        np.testing.assert_allclose(abs(turned[-1] - turned[0]), abs(freq * k))
        assert ax.get_title() == f"offset {k:g}"
        assert ax.get_xlabel() == f"arc {abs(freq * k):.2f}\nchord {2 * abs(np.sin(freq * k / 2)):.2f}"
        assert ax.get_aspect() == 1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["arc", "chord"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plotting.votes([], [1.0], still=1.0),
            "offsets and freqs must not be empty, got 0 and 1 of them",
        ),
        (
            lambda: plotting.chord_and_arc([7]),
            "offsets must hold at least one, and none beyond a turn, got [7] with freq 1.0",
        ),
        (
            lambda: plotting.chord_and_arc([]),
            "offsets must hold at least one, and none beyond a turn, got [] with freq 1.0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
