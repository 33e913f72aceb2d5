import inspect
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from matplotlib.figure import Figure
from refusal import refuses

import posenc
from posenc import plotting

TABLE = posenc.sinusoidal(range(12), 8)
CURVE = {"one": ([0, 1, 2], [0, 1, 4])}
PICTURES = {
    "heat_maps": lambda: plotting.heat_maps({"a": TABLE, "b": TABLE}),
    "matrices": lambda: plotting.matrices({"R": posenc.shift_matrix(3, 8)}),
    "attention_weights": lambda: plotting.attention_weights({"s": np.eye(2)}, {"s": ["a", "b"]}),
    "waves": lambda: plotting.waves(TABLE, [0, 2], positions=np.arange(12) / 2),
    "lines": lambda: plotting.lines(CURVE, xlabel="x", ylabel="y"),
    "panels": lambda: plotting.panels({"t": CURVE}, xlabel="x", ylabel="y"),
    "clocks": lambda: plotting.clocks([-1, 0, 20], posenc.frequencies(8)),
    "orbits": lambda: plotting.orbits(TABLE, [0, 1], steps=[(2, 5)]),
    "reading": lambda: plotting.reading(TABLE, 3),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_one_closed_figure_with_named_axes(name):
    """A notebook shows a returned figure once, if it is closed; a reader needs the axes named."""
    figure = PICTURES[name]()
    assert isinstance(figure, Figure)
    assert plt.get_fignums() == []
    labels = [label for ax in figure.axes for label in (ax.get_xlabel(), ax.get_ylabel())]
    assert any(labels) or figure.get_supxlabel()


def test_the_style_stays_inside():
    before = dict(plt.rcParams)
    PICTURES["lines"]()
    assert dict(plt.rcParams) == before


def test_every_public_function_is_drawn_here():
    """In this file, or in one of its siblings that has the pictures of one chapter."""
    public = {name for name, member in inspect.getmembers(plotting, inspect.isfunction)}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_plotting*.py"))
    assert not [name for name in public if f"plotting.{name}(" not in tests]
    assert public == set(plotting.__all__) - {"BLUE", "GREEN", "ORANGE", "PLUM", "SKY"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.heat_maps({}), "tables must hold at least one table, got none"),
        (lambda: plotting.heat_maps({"a": [1, 2]}), "a table must have two axes, got shape (2,) for 'a'"),
        (lambda: plotting.lines({}, xlabel="x", ylabel="y"), "curves must hold at least one curve, got none"),
        (lambda: plotting.panels({}, xlabel="x", ylabel="y"), "curves must hold at least one panel, got none"),
        (lambda: plotting.clocks([], [1.0]), "positions and freqs must not be empty, got 0 and 1 of them"),
    ],
)
def test_bad_input_is_named(call, message):
    refuses(call, ValueError, message)
    assert plt.get_fignums() == [], "a refused picture leaves no figure open"


def labels(ax):
    return ax.get_title(), ax.get_xlabel(), ax.get_ylabel()


def ends(ax):
    """The last line of a clock's two: where its hand ends."""
    return [data(line)[-1] for line in ax.lines[-2:]]


def written(ax):
    """The numbers written on the cells of an image, by (row, column)."""
    return {(round(text.get_position()[1]), round(text.get_position()[0])): text.get_text() for text in ax.texts}


def test_heat_maps_show_every_entry_with_one_colour_scale():
    tables = {"a": TABLE, "b": 2 * TABLE[::-1]}
    figure = plotting.heat_maps(tables, xlabel="pair i", ylabel="row", limits=(-2, 3), colorbar="volts")
    first, second, bar = figure.axes
    for ax, (title, table) in zip((first, second), tables.items(), strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), table)
        assert ax.images[0].get_clim() == (-3, 3), "zero in the middle, where the scale has no colour"
        assert ax.images[0].to_rgba(0.0)[3] == 0
        assert ax.images[0].origin == "upper"
        assert (ax.get_title(), ax.get_xlabel()) == (title, "pair i")
    assert first.get_ylabel() == "row"
    assert bar.get_ylabel() == "volts"
    assert bar.get_ylim() == (-2, 3)


def test_amounts_have_one_colour_that_begins_at_zero():
    shares, bar = plotting.heat_maps({"a": TABLE**2}, limits=(0, 1)).axes
    nothing, half, all_of_it = shares.images[0].to_rgba(np.array([0.0, 0.5, 1.0]))
    assert nothing[3] == 0 < half[3] < all_of_it[3] == 1
    assert (half[:3] == all_of_it[:3]).all()
    assert bar.get_ylim() == (0, 1)
    assert plotting.heat_maps({"a": TABLE}, limits=(0.25, 2)).axes[0].images[0].get_clim() == (0, 2)


def test_a_cell_without_a_number_is_hatched_since_zero_is_blank():
    ax = plotting.heat_maps({"a": [[0.0, np.nan], [1.0, -1.0]]}).axes[0]
    (hatched,) = ax.collections
    assert hatched.get_hatch()
    assert hatched.get_array().mask.tolist() == [[True, False], [True, True]]
    assert not plotting.heat_maps({"a": [[0.0, 1.0]]}).axes[0].collections


def test_a_picture_is_stored_twice_and_both_are_steady():
    pictures = [PICTURES["heat_maps"](), PICTURES["heat_maps"]()]
    one, other = (picture._repr_svg_() for picture in pictures)
    assert one == other
    assert one.startswith("<svg ")
    assert "font-family: system-ui" in one.partition(">")[0]
    assert ">column j</text>" in one, "texts stay texts"
    assert one.count("data:image/png;base64") == 3, "two tables and the key of the colours"
    assert "<metadata" not in one
    assert len(one) < 20_000


def test_matrices_show_and_write_their_entries():
    matrix = posenc.shift_matrix(3, 4)
    ax = plotting.matrices({"R(3)": matrix}).axes[0]
    np.testing.assert_array_equal(ax.images[0].get_array(), matrix)
    assert ax.images[0].get_clim() == (-1, 1)
    assert labels(ax) == ("R(3)", "column", "row")
    large = {
        place: f"{matrix[place]:.2f}".replace("-", "\N{MINUS SIGN}")
        for place in np.ndindex(4, 4)
        if abs(matrix[place]) >= 0.005
    }
    assert written(ax) == large
    assert not plotting.matrices({"large": np.eye(9)}).axes[0].texts


def test_waves_draw_the_columns_asked_for_at_their_positions():
    figure = plotting.waves(TABLE, [0, 5], positions=np.arange(12) / 2)
    for ax, column in zip(figure.axes, (0, 5), strict=True):
        np.testing.assert_array_equal(data(ax.lines[0]), np.column_stack([np.arange(12) / 2, TABLE[:, column]]))
        assert ax.get_ylabel() == f"column {column}"
        assert ax.get_ylim()[0] < -1 < 1 < ax.get_ylim()[1]
    assert figure.axes[-1].get_xlabel() == "position p"
    assert data(plotting.waves(TABLE, [1]).axes[0].lines[0])[:, 0].tolist() == list(range(12))


def test_lines_draw_the_curves_with_scales_and_names():
    curves = {"one": ([1, 2, 3], [1, 4, 9]), "two": ([1, 10], [3, 2])}
    ax = plotting.lines(curves, xlabel="offset k", ylabel="distance", xscale="log", yscale="symlog", marker="o").axes[0]
    for line, (name, curve) in zip(ax.lines, curves.items(), strict=True):
        np.testing.assert_array_equal(data(line), np.transpose(curve))
        assert line.get_label() == name
        assert line.get_marker() == "o"
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale(), ax.get_yscale()) == (
        "offset k",
        "distance",
        "log",
        "symlog",
    )
    assert above(ax.figure) == ["one", "two"], "they end at different places"
    assert plotting.lines(CURVE, xlabel="x", ylabel="y").legends == []


def above(figure):
    """The names that stand above a picture."""
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def test_curves_are_named_where_they_end_if_there_is_room():
    ends = {"low": 0.0, "high": 2.0, "nearly as high": 1.97}
    figure = plotting.lines({name: ([0, 1], [1, end]) for name, end in ends.items()}, xlabel="x", ylabel="y")
    (ax,), places = figure.axes, {}
    for text, line in zip(ax.texts, ax.lines, strict=True):
        assert text.get_text() == line.get_label()
        assert text.get_color() == line.get_color()
        places[text.get_text()] = text.get_position()[1]
    assert places["low"] < places["nearly as high"] < places["high"]
    assert places["high"] - places["nearly as high"] > 0.06, "the names do not touch"
    assert above(figure) == []
    for names in (["short", "far too long a name to stand at an end"], list("abcdef")):
        crowded = plotting.lines({name: ([0, 1], [1, 0]) for name in names}, xlabel="x", ylabel="y")
        assert above(crowded) == names
        assert not crowded.axes[0].texts


def test_logarithmic_axes_say_plain_numbers_while_these_are_short():
    def ticks(low, high):
        values = np.geomspace(low, high, 20)
        axis = plotting.lines({"": (values, values)}, xlabel="x", ylabel="y", xscale="log").axes[0].xaxis
        return [axis.get_major_formatter()(value) for value in (low, high)]

    assert ticks(1, 10_000) == ["1", "10,000"]
    assert ticks(0.01, 1) == ["0.01", "1"]
    assert "10^{-9}" in ticks(1e-9, 1)[0]


def test_a_few_places_of_a_logarithmic_axis_have_their_ticks():
    dims = [8, 64, 4096]
    ax = plotting.lines({"": (dims, dims)}, xlabel="x", ylabel="y", xscale="log").axes[0]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["8", "64", "4,096"]
    assert ax.get_xticks().tolist() == dims


def test_panels_draw_each_group_in_its_panel():
    groups = {name: {"wanted": ([0, 1], [0, k]), "reached": ([0, 2], [k, 1])} for k, name in enumerate("abc")}
    figure = plotting.panels(groups, xlabel="p", ylabel="value")
    for ax, (title, group) in zip(figure.axes, groups.items(), strict=False):
        assert ax.get_title() == title
        for line, (name, curve) in zip(ax.lines, group.items(), strict=True):
            np.testing.assert_array_equal(data(line), np.transpose(curve))
            assert line.get_label() == name
    assert not figure.axes[3].axison
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("p", "value")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["wanted", "reached"]


def test_clocks_point_where_sine_and_cosine_say():
    positions, freqs = [-1, 0, 20], posenc.frequencies(8)
    figure = plotting.clocks(positions, freqs)
    axes = np.reshape(figure.axes, (3, 4))
    for row, position in enumerate(positions):
        for i, w in enumerate(freqs):
            for end in ends(axes[row, i]):
                np.testing.assert_allclose(end, [np.cos(position * w), np.sin(position * w)], atol=1e-12)
            way = data(axes[row, i].lines[1])
            turned = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
            np.testing.assert_allclose(abs(turned[-1] - turned[0]), min(abs(position * w), 2 * np.pi), atol=1e-9)
    assert [ax.get_title() for ax in axes[0]] == [f"pair {i}" for i in range(4)]
    assert [ax.get_ylabel() for ax in axes[:, 0]] == ["position -1", "position 0", "position 20"]


def test_orbits_put_sine_up_and_cosine_to_the_right():
    figure = plotting.orbits(TABLE, [0, 2], steps=[(2, 5)])
    for ax, i in zip(figure.axes, (0, 2), strict=True):
        sine, cosine = TABLE[:, 2 * i], TABLE[:, 2 * i + 1]
        np.testing.assert_array_equal(ax.collections[0].get_offsets(), np.column_stack([cosine, sine]))
        arrow = next(text for text in ax.texts if hasattr(text, "arrow_patch"))
        np.testing.assert_allclose([arrow.xyann, arrow.xy], [[cosine[2], sine[2]], [cosine[5], sine[5]]])
        numbers = {text.get_text(): text.get_position() for text in ax.texts if text.get_text()}
        np.testing.assert_allclose(numbers["5"], [1.22 * cosine[5], 1.22 * sine[5]])
        assert labels(ax) == (f"pair {i}", "cosine", "sine" if i == 0 else "")
        assert ax.get_aspect() == 1


def test_reading_marks_the_row_that_its_hands_show():
    figure = plotting.reading(TABLE, 3)
    table = figure.subfigs[0].axes[0]
    np.testing.assert_array_equal(table.images[0].get_array(), TABLE)
    assert table.images[0].get_clim() == (-1, 1)
    assert labels(table) == ("A table of positions", "column j", "position p")
    (marked,) = table.patches
    assert (marked.get_y(), marked.get_y() + marked.get_height()) == (2.5, 3.5)
    clocks = figure.subfigs[1].axes
    for i, clock in enumerate(clocks):
        assert clock.get_title() == f"{2 * i}, {2 * i + 1}"
        for end in ends(clock):
            np.testing.assert_allclose(end, [TABLE[3, 2 * i + 1], TABLE[3, 2 * i]], atol=1e-12)
    assert "Row 3" in figure.subfigs[1].get_suptitle()
    assert [ax.axison for ax in plotting.reading(TABLE[:, :6], 3).subfigs[1].axes] == [True, True, True, False]


def test_attention_weights_stand_at_their_words():
    weights = np.array([[0.9, 0.1], [0.3, 0.7]])
    ax = plotting.attention_weights({"head": weights}, {"head": ["man", "bites"]}).axes[0]
    np.testing.assert_array_equal(ax.images[0].get_array(), weights)
    assert ax.images[0].get_clim() == (0, 1)
    assert written(ax) == {(0, 0): "0.90", (0, 1): "0.10", (1, 0): "0.30", (1, 1): "0.70"}
    for ticks, places in ((ax.get_xticklabels(), ax.get_xticks()), (ax.get_yticklabels(), ax.get_yticks())):
        assert [tick.get_text() for tick in ticks] == ["man", "bites"]
        assert places.tolist() == [0, 1]
    assert labels(ax) == ("head", "looked at", "looking")


def test_table_is_text_here_and_html_on_a_page():
    rows = [["sinusoids", 0.0, np.True_, 12], ["one sine", 0.994, False, 3]]
    shown = plotting.table(["rule", "miss", "shifts", "columns"], rows, formats=["", ".2f", "", ""])
    assert [line.split() for line in repr(shown).splitlines()] == [
        ["rule", "miss", "shifts", "columns"],
        ["---------", "------", "--------", "---------"],
        ["sinusoids", "0.00", "\N{CHECK MARK}", "12"],
        ["one", "sine", "0.99", "\N{BALLOT X}", "3"],
    ]
    html = shown._repr_html_()
    assert html.count("<tr>") == 3
    assert '<th style="text-align: right;">' in html.replace("  miss", "miss")
    assert "<td>one sine </td>" in html
    assert "<script>" not in plotting.table(["a"], [["<script>"]])._repr_html_()


@pytest.mark.parametrize(
    ("rows", "formats", "message"),
    [
        ([[1, 2]], (), "rows must have one value for each of 1 heads, got [1, 2]"),
        ([[1]], ["", ""], "formats must be one for each of 1 heads, got 2"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(rows, formats, message):
    refuses(lambda: plotting.table(["a"], rows, formats=formats), ValueError, message)
