import inspect

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import posenc
from posenc import plotting

TABLE = posenc.sinusoidal(12, 8)
CURVE = {"one": ([0, 1, 2], [0, 1, 4])}
PICTURES = {
    "heat_maps": lambda: plotting.heat_maps({"a": TABLE, "b": TABLE}),
    "matrices": lambda: plotting.matrices({"R": posenc.shift_matrix(3, 8)}),
    "attention_weights": lambda: plotting.attention_weights({"s": np.eye(2)}, {"s": ["a", "b"]}),
    "waves": lambda: plotting.waves(TABLE, [0, 2], positions=np.arange(12) / 2),
    "lines": lambda: plotting.lines(CURVE, xlabel="x", ylabel="y"),
    "panels": lambda: plotting.panels({"t": CURVE}, xlabel="x", ylabel="y"),
    "ladder": lambda: plotting.ladder({"paper": posenc.frequencies(16)}),
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
    public = {name for name, member in inspect.getmembers(plotting, inspect.isfunction) if not name.startswith("_")}
    assert public == set(PICTURES)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plotting.heat_maps({}), "tables must hold at least one table, got none"),
        (lambda: plotting.heat_maps({"a": [1, 2]}), "a table must have two axes, got shape (2,) for 'a'"),
        (lambda: plotting.lines({}, xlabel="x", ylabel="y"), "curves must hold at least one curve, got none"),
        (lambda: plotting.panels({}, xlabel="x", ylabel="y"), "curves must hold at least one panel, got none"),
        (lambda: plotting.ladder({}), "ladders must hold at least one ladder, got none"),
        (lambda: plotting.clocks([], [1.0]), "positions and freqs must not be empty, got 0 and 1 of them"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        call()
    assert message in str(caught.value)
