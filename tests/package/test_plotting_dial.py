"""What pictures of clocks share: arcs, the rim, arrows and bare axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import polar

from posenc.plotting._dial import arc, arrow, bare, rim


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


@pytest.mark.parametrize(("start", "stop"), [(0.0, 2.0), (1.0, -3.0), (0.0, 2 * np.pi)])
def test_an_arc_keeps_its_radius_and_runs_from_start_to_stop(ax, start, stop):
    arc(ax, 0.7, start, stop, color="red")
    (line,) = ax.lines
    radii, angles = polar(line).T
    np.testing.assert_allclose(radii, 0.7)
    np.testing.assert_allclose([angles[0], angles[-1] - angles[0]], [start, stop - start], atol=1e-9)
    assert (np.diff(angles) * (stop - start) > 0).all()
    assert (line.get_color(), line.get_linestyle()) == ("red", "-")


def test_a_rim_goes_round_once_behind_everything(ax):
    rim(ax, 2.0)
    radii, angles = polar(ax.lines[0]).T
    np.testing.assert_allclose(radii, 2)
    assert angles[-1] - angles[0] == pytest.approx(2 * np.pi)
    assert ax.lines[0].get_zorder() == 0


@pytest.mark.parametrize("stop", [1.5, -1.5, 0.05])
def test_an_arrow_has_its_head_where_the_arc_ends_and_points_along_it(ax, stop):
    arrow(ax, 1.0, 0.0, stop, color="blue", linestyle="--")
    (text,) = ax.texts
    np.testing.assert_allclose(text.xy, [np.cos(stop), np.sin(stop)])
    tail = np.arctan2(text.xyann[1], text.xyann[0])
    assert 0 < (stop - tail) * np.sign(stop) < abs(stop)
    assert ax.lines[0].get_linestyle() == "--"


def test_bare_axes_show_the_dial_alone_and_round(ax):
    bare(ax, 1.3)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1.3, 1.3), (-1.3, 1.3))
    assert ax.get_aspect() == 1
    assert not len(ax.get_xticks()) + len(ax.get_yticks())
    assert not any(spine.get_visible() for spine in ax.spines.values())
