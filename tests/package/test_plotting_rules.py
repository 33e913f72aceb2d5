"""The pictures of the chapter on why sinusoids: what is drawn is what was handed in."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from refusal import refuses

import posenc
from posenc import plotting

PLACES = np.arange(-4, 6)
TURN = posenc.sinusoidal(PLACES, 2, freqs=[0.4])
DRAWINGS = {"sinusoids": posenc.sinusoidal(range(20), 4), "line": np.arange(20)[:, None], "more": np.eye(20)[:, :5]}
RESULTS = {
    "sinusoids": [("4", None), ("0.00", True)],
    "line": [("1", None), ("0.99", False)],
    "more": [("5", None), ("0.50", True)],
}


def test_fates_tell_the_past_from_the_future():
    paths = {"turn": TURN, "grow": TURN * np.exp(0.1 * PLACES)[:, None]}
    figure = plotting.fates(paths, PLACES, limit=1.7, xlabel="cosine", ylabel="sine")
    assert plt.get_fignums() == []
    for ax, (title, points) in zip(figure.axes, paths.items(), strict=True):
        np.testing.assert_allclose(np.hypot(*data(ax.lines[0]).T), 1)
        for group, chosen in zip(ax.collections, (PLACES < 0, PLACES == 0, PLACES > 0), strict=True):
            np.testing.assert_array_equal(group.get_offsets(), points[chosen][:, ::-1])
        assert [len(group.get_facecolor()) for group in ax.collections] == [0, 1, 1]
        assert (ax.get_title(), ax.get_xlabel(), ax.get_aspect()) == (title, "cosine", 1)
        assert (ax.get_xlim(), ax.get_ylim()) == ((-1.7, 1.7), (-1.7, 1.7))
    assert [ax.get_ylabel() for ax in figure.axes] == ["sine", ""]
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said == ["past, p < 0", "position 0", "future, p > 0"]


def draws(ax, columns):
    """Whether the lines of a small drawing are the first three columns, each with a dash of its own."""
    lines = ax.lines[:]
    assert len(lines) == min(3, columns.shape[1])
    for line, column in zip(lines, columns.T, strict=False):
        np.testing.assert_array_equal(data(line)[:, 1], column)
    assert len({line.get_linestyle() for line in lines}) == len(lines)


def test_thumbnails_draw_three_columns_of_each_rule():
    figure = plotting.thumbnails(DRAWINGS, xlabel="position p, 0 to 19", across=2)
    for ax, (name, columns) in zip(figure.axes, DRAWINGS.items(), strict=False):
        draws(ax, columns)
        assert ax.get_title() == name
    assert [ax.axison for ax in figure.axes] == [True, True, True, False]
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("position p, 0 to 19", "value")


def test_a_gallery_says_what_was_measured_beside_each_drawing():
    figure = plotting.gallery(DRAWINGS, ["columns", "miss"], RESULTS)
    for row, (name, columns) in enumerate(DRAWINGS.items()):
        small, words = figure.axes[2 * row : 2 * row + 2]
        draws(small, columns)
        (count, _), (said, passed) = RESULTS[name]
        texts = [text.get_text() for text in words.texts]
        assert texts[:4] == [name, count, said, "\N{CHECK MARK}" if passed else "\N{BALLOT X}"]
        assert texts[4:] == (["columns", "miss"] if row == 0 else [])
        number, mark = words.texts[2:4]
        assert 0 < mark.get_position()[0] - number.get_position()[0] < 0.1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.fates({}, PLACES), "tables must hold at least one table, got none"),
        (lambda: plotting.fates({"a": TURN}, range(1, 11)), "positions must hold 0, got none"),
        (lambda: plotting.fates({"a": TURN}, range(3)), "a path must have shape (3, 2), got (10, 2) for 'a'"),
        (lambda: plotting.thumbnails({}, xlabel="p"), "tables must hold at least one table, got none"),
        (
            lambda: plotting.gallery({"a": TURN}, ["columns"], {"b": [("2", None)]}),
            "results must be of the rules ['a'], got ['b']",
        ),
        (
            lambda: plotting.gallery({"a": TURN}, ["columns"], {"a": []}),
            "results must have 1 cells a rule, got 0 for 'a'",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
