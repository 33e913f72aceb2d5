"""The picture of several runs."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import data
from refusal import refuses

from posenc import plotting

RUNS = {
    "from 0": ([1, 10, 100], [[0.1, 0.2, 0.3], [0.2, 0.1, 0.9], [0.0, 0.3, 0.5]]),
    "anywhere": ([1, 10, 100], [[0.1, 0.8, 1.0]]),
}


def test_a_group_has_its_median_and_a_band_from_the_smallest_to_the_largest():
    figure = plotting.spreads(RUNS, xlabel="step", ylabel="share", xscale="log")
    assert plt.get_fignums() == []
    (ax,) = figure.axes
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale()) == ("step", "share", "log")
    for line, band, (name, (x, rows)) in zip(ax.lines, ax.collections, RUNS.items(), strict=True):
        assert line.get_label() == name
        np.testing.assert_allclose(data(line), np.column_stack([x, np.median(rows, axis=0)]))
        edge = band.get_paths()[0].vertices
        for step, column in zip(x, np.transpose(rows), strict=True):
            heights = edge[edge[:, 0] == step][:, 1]
            assert (heights.min(), heights.max()) == (column.min(), column.max())
        np.testing.assert_allclose(band.get_facecolor()[0][:3], plt.matplotlib.colors.to_rgb(line.get_color()))


@pytest.mark.parametrize(
    ("runs", "message"),
    [
        ({}, "runs must hold at least one group, got none"),
        ({"one": ([0, 1], [0, 1])}, "runs must hold a row for each run, got shape (2,) for 'one'"),
        ({"one": ([0, 1], [[0, 1, 2]])}, "runs must hold a row for each run, got shape (1, 3) for 'one'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(runs, message):
    refuses(lambda: plotting.spreads(runs, xlabel="x", ylabel="y"), ValueError, message)
