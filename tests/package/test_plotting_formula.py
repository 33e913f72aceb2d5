"""What the pictures of the chapters on the formula draw, compared with what they were given."""

import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from refusal import refuses

from posenc import plotting
from posenc.plotting._colours import INK, WRITTEN

WORDS = ["dogs", "chase", "cats"]
FIRST = np.arange(9).reshape(3, 3) / 10
SENTENCES = {"dogs chase cats": FIRST, "cats chase dogs": FIRST.T}


@pytest.mark.parametrize(
    "draw", [lambda: plotting.word_maps(SENTENCES, WORDS), lambda: plotting.column_pairs(["sin", "cos"], [0, 0])]
)
def test_a_picture_is_one_closed_figure(draw):
    assert isinstance(draw(), Figure)
    assert plt.get_fignums() == []


def test_word_maps_stand_in_one_order_of_words():
    figure = plotting.word_maps(SENTENCES, WORDS)
    for ax, matrix in zip(figure.axes[2:4], SENTENCES.values(), strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), matrix)
        assert ax.images[0].get_clim() == (0, 1)
        for ticks, places in ((ax.get_xticklabels(), ax.get_xticks()), (ax.get_yticklabels(), ax.get_yticks())):
            assert [tick.get_text() for tick in ticks] == WORDS
            assert places.tolist() == [0, 1, 2]
        written = {(text.get_position()[1], text.get_position()[0]): text.get_text() for text in ax.texts}
        assert written == {place: f"{weight:.2f}" for place, weight in np.ndenumerate(matrix)}
        assert ax.get_xlabel() == "looked at"
    assert figure.axes[2].get_ylabel() == "looking"
    assert figure.axes[4].get_ylabel() == "weight"


def test_word_maps_tie_every_word_to_its_column():
    figure = plotting.word_maps(SENTENCES, WORDS)
    for ax, sentence in zip(figure.axes[:2], SENTENCES, strict=True):
        assert [tick.get_text() for tick in ax.get_xticklabels()] == ["place 0", "place 1", "place 2"]
        assert [text.get_text() for text in ax.texts] == sentence.split()
        assert [text.get_position()[0] for text in ax.texts] == [0, 1, 2]
        assert [line.get_xdata()[0] for line in ax.lines] == [0, 1, 2]
        assert [WORDS[int(line.get_xdata()[1])] for line in ax.lines] == sentence.split()
        assert ax.get_xlim() == (-0.5, 2.5)
        looks = {(line.get_color(), line.get_linestyle()) for line in ax.lines}
        assert len(looks) == len({dash for _, dash in looks}) == 3


def test_word_maps_write_in_ink_on_cells_that_are_pale_enough():
    ax = plotting.word_maps({"no order": [[0.0, 1.0], [0.5, 0.5]]}, ["no", "order"]).axes[1]
    assert {text.get_color() for text in ax.texts} == {INK}
    assert ax.images[0].to_rgba(np.array([0.0, 1.0]))[:, 3].tolist() == [0, WRITTEN]


def test_column_pairs_show_both_numbers_of_every_column():
    contents, pairs = ["sin p", "cos p", "sin p/10", "cos p/10", "sin p/100"], [0, 0, 1, 1, 2]
    ax = plotting.column_pairs(contents, pairs).axes[0]
    by_height = {}
    for text in ax.texts:
        by_height.setdefault(text.get_position()[1], []).append((text.get_position()[0], text.get_text()))
    above, inside, below = (by_height[height] for height in (1.25, 0.5, -0.28))
    assert inside == list(enumerate(contents))
    assert above == [*((j, str(i)) for j, i in enumerate(pairs)), (-0.62, "pair i")]
    assert below == [*((j, str(j)) for j in range(5)), (-0.62, "column j")]
    boxes = ax.patches
    np.testing.assert_allclose([box.get_x() + box.get_width() / 2 for box in boxes], range(5))
    colours = [matplotlib.colors.to_hex(box.get_facecolor()) for box in boxes]
    assert [colours.index(colour) // 2 for colour in colours] == pairs
    brackets = [line.get_xdata().tolist() for line in ax.lines if max(line.get_ydata()) > 1.5]
    assert brackets == [[0, 0, 1, 1], [2, 2, 3, 3]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.word_maps({}, WORDS), "tables must hold at least one table, got none"),
        (
            lambda: plotting.word_maps({"dogs chase mice": FIRST}, WORDS),
            "a sentence must hold each of the different words ['dogs', 'chase', 'cats'] once, got 'dogs chase mice'",
        ),
        (
            lambda: plotting.word_maps({"no no": np.eye(2)}, ["no", "no"]),
            "a sentence must hold each of the different words ['no', 'no'] once, got 'no no'",
        ),
        (
            lambda: plotting.word_maps({"dogs chase cats": np.eye(2)}, WORDS),
            "weights must have shape (3, 3), a row a word, got (2, 2) for 'dogs chase cats'",
        ),
        (lambda: plotting.column_pairs([], []), "pairs must be one for each column, got 0 for 0 columns"),
        (lambda: plotting.column_pairs(["sin"], [0, 0]), "pairs must be one for each column, got 2 for 1 columns"),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
