import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusal import refuses

import posenc
from posenc import fourier_features, nerf_features

reals = st.floats(-10, 10)


@st.composite
def points_and_matrix(draw):
    axes, rows, count = draw(st.integers(1, 4)), draw(st.integers(1, 5)), draw(st.integers(1, 3))
    numbers = st.lists(reals, min_size=axes, max_size=axes)
    return [draw(numbers) for _ in range(count)], [draw(numbers) for _ in range(rows)]


@given(points_and_matrix())
def test_fourier_features_agree_with_a_loop(drawn):
    points, matrix = drawn
    features = fourier_features(points, matrix)
    assert features.shape == (len(points), 2 * len(matrix))
    for point, row in zip(points, features, strict=True):
        for j, frequency in enumerate(matrix):
            turns = sum(b * x for b, x in zip(frequency, point, strict=True))
            np.testing.assert_allclose(row[j], np.cos(2 * np.pi * turns), atol=1e-11)
            np.testing.assert_allclose(row[len(matrix) + j], np.sin(2 * np.pi * turns), atol=1e-11)


@given(points_and_matrix(), st.lists(reals, min_size=4, max_size=4))
def test_the_dot_product_is_a_sum_of_cosines_of_the_offset(drawn, offset):
    points, matrix = drawn
    offset = np.array(offset[: len(points[0])])
    here, there = fourier_features([points[0], points[0] + offset], matrix)
    np.testing.assert_allclose(here @ there, np.cos(2 * np.pi * np.array(matrix) @ offset).sum(), atol=1e-10)


#: Offsets in the plane of five lengths: where the kernel is near 1, in between, and near 0.
OFFSETS = np.array([[0.0, 0.05], [0.06, 0.08], [-0.2, 0.15], [0.3, 0.4], [-0.6, 0.8]])


def means_and_kernel(sigma, m, draws):
    """The mean cosine of each offset, draw by draw, and the Gaussian that they estimate."""
    rng = np.random.default_rng(20)
    means = []
    for matrix in rng.normal(scale=sigma, size=(draws, m, 2)):
        features = fourier_features(np.vstack([OFFSETS, [[0, 0]]]) + rng.normal(size=2), matrix)
        means.append(features[:-1] @ features[-1] / m)
    return np.array(means), np.exp(-2 * np.pi**2 * sigma**2 * (OFFSETS**2).sum(axis=-1))


@pytest.mark.parametrize("sigma", [0.5, 2.0])
def test_the_mean_cosine_of_normal_rows_is_a_gaussian(sigma):
    """The average over 400 draws of 50 rows misses the kernel by a few standard errors, which are known."""
    m, draws = 50, 400
    means, kernel = means_and_kernel(sigma, m, draws)
    # The variance of cos(a) is (1 + E cos(2a)) / 2 - (E cos(a))**2, and doubling a raises a Gaussian to the fourth.
    error = np.sqrt(((1 + kernel**4) / 2 - kernel**2) / m)
    assert (abs(means.mean(axis=0) - kernel) < 4 * error / np.sqrt(draws)).all()
    np.testing.assert_allclose(means.std(axis=0), error, rtol=0.15)


@pytest.mark.parametrize(("m", "margin"), [(50, 0.2), (200, 0.1), (200, 0.15)])
def test_large_misses_are_as_rare_as_hoeffding_says(m, margin):
    means, kernel = means_and_kernel(1.0, m, 300)
    misses = (abs(means - kernel) >= margin).mean(axis=0)
    bound = 2 * np.exp(-m * margin**2 / 2)
    assert bound < 1, "a bound of 1 or more says nothing"
    assert (misses <= bound).all()
    assert (abs(means - kernel) >= margin / 4).any(axis=0)[1:].all(), "a margin that nobody misses tests nothing"


def by_the_formula(point, count):
    """Equation 4 of the paper, coordinate by coordinate."""
    row = []
    for p in point:
        for power in range(count):
            row += [np.sin(2**power * np.pi * p), np.cos(2**power * np.pi * p)]
    return row


@given(drawn=points_and_matrix(), count=st.integers(1, 10))
def test_nerf_features_agree_with_a_loop(drawn, count):
    points, _ = drawn
    loop = [by_the_formula(point, count) for point in points]
    np.testing.assert_allclose(nerf_features(points, count), loop, rtol=0, atol=1e-11)


@given(p=st.floats(-1, 1), count=st.integers(1, 10))
def test_nerf_features_repeat_after_two(p, count):
    here, there = nerf_features([[p], [p + 2]], count)
    np.testing.assert_allclose(here, there, atol=1e-11)
    assert not np.allclose(here[:2], nerf_features([[p + 1]], count)[0, :2])


@given(drawn=points_and_matrix(), count=st.integers(1, 6))
def test_nerf_features_are_fourier_features_along_the_axes(drawn, count):
    """Frequency 2**l pi of coordinate a is the row of the matrix with 2**l / 2 in column a; it stays one kernel."""
    points, _ = drawn
    matrix = np.vstack([2.0**power / 2 * axis for axis in np.eye(len(points[0])) for power in range(count)])
    cosines, sines = np.split(fourier_features(points, matrix), 2, axis=-1)
    pairs = np.stack([sines, cosines], axis=-1).reshape(len(points), -1)
    np.testing.assert_allclose(nerf_features(points, count), pairs, atol=1e-11)


def test_the_order_of_the_code_of_nerf():
    """bmild/nerf, commit 14c5556: the point itself, then for each frequency all sines and all cosines, without pi."""
    points = np.array([[0.1, -0.4, 0.7], [1.2, 0.3, -0.9]])
    code = np.concatenate([points, *(wave(points * 2**power) for power in range(4) for wave in (np.sin, np.cos))], -1)
    ours = nerf_features(points / np.pi, 4).reshape(2, 3, 4, 2)
    ours = np.concatenate([points, np.moveaxis(ours, 1, -1).reshape(2, -1)], axis=-1)
    np.testing.assert_allclose(ours, code, atol=1e-14)


def test_the_counts_of_the_paper():
    """Ten frequencies for a place and four for a direction: 60 and 24 numbers."""
    assert nerf_features(np.zeros(3), 10).shape == (60,)
    assert nerf_features(np.zeros((5, 2, 3)), 4).shape == (5, 2, 24)


def test_shapes():
    assert fourier_features([0.5, 1.5], np.ones((3, 2))).shape == (6,)
    assert fourier_features(np.zeros((5, 4, 2)), np.ones((3, 2))).shape == (5, 4, 6)
    assert fourier_features(np.empty((0, 2)), np.ones((3, 2))).shape == (0, 6)
    assert nerf_features(np.empty((0, 2)), 3).shape == (0, 12)
    assert np.isfinite(nerf_features([[1]], 1023)).all()


class TestTimeStepsOfDiffusionModels:
    """Steps 2.5 and 1000 in eight columns; the programs compute in float32, hence the last digits at step 1000."""

    STEPS = np.array([2.5, 1000.0])

    def test_ddpm(self):
        """diffusers 0.42.1, get_timestep_embedding with its defaults, which are those of DDPM: sines first."""
        recorded = [
            [0.598472, 0.115779, 0.005386, 0.00025, -0.801144, 0.993275, 0.999986, 1.0],
            [0.82688, 0.650316, 0.834463, 0.099833, 0.562379, -0.759664, -0.551064, 0.995004],
        ]
        freqs = posenc.frequencies(8, spacing="tensor2tensor")
        table = posenc.sinusoidal(self.STEPS, 8, freqs=freqs, layout="halves")
        np.testing.assert_allclose(table, recorded, rtol=0, atol=1e-5)

    def test_adm(self):
        """guided-diffusion, commit 22e0df8, and the settings of the U-Nets of diffusers 0.42.1: cosines first."""
        recorded = [
            [-0.801144, 0.968912, 0.999687, 0.999997, 0.598472, 0.247404, 0.024997, 0.0025],
            [0.562379, 0.862315, -0.839072, 0.540302, 0.82688, -0.506372, -0.544021, 0.841471],
        ]
        table = np.roll(posenc.sinusoidal(self.STEPS, 8, layout="halves"), 4, axis=-1)
        np.testing.assert_allclose(table, recorded, rtol=0, atol=1e-5)
        matrix = posenc.frequencies(8)[:, np.newaxis] / (2 * np.pi)
        np.testing.assert_allclose(fourier_features(self.STEPS[:, np.newaxis], matrix), table, atol=1e-12)


def test_arguments_are_left_alone():
    points, matrix = np.ones((2, 2)), np.ones((3, 2))
    fourier_features(points, matrix)[:] = 9
    nerf_features(points, 2)[:] = 9
    assert (points == 1).all()
    assert (matrix == 1).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: fourier_features([[1, 2, 3]], [[1, 2]]),
            ValueError,
            "matrix must have shape (m, 3), a column for each coordinate of a point, got shape (1, 2)",
        ),
        (lambda: fourier_features([[1, 2]], [1, 2]), ValueError, "matrix must have shape (m, 2)"),
        (lambda: fourier_features([[1, 2]], 5), ValueError, "got shape ()"),
        (
            lambda: fourier_features(1, [[1]]),
            ValueError,
            "coordinates must have a last axis, the coordinates of one point, got a single number",
        ),
        (lambda: fourier_features([[True]], [[1]]), TypeError, "coordinates must be real numbers, got [[True]]"),
        (lambda: fourier_features([[1]], [[1j]]), TypeError, "matrix must be real numbers, got [[1j]]"),
        (lambda: fourier_features([[np.inf]], [[1]]), ValueError, "coordinates must be finite, got inf"),
        (lambda: fourier_features([[1]], [[np.nan]]), ValueError, "matrix must be finite, got nan"),
        (lambda: nerf_features(1.5, 2), ValueError, "coordinates must have a last axis"),
        (lambda: nerf_features([[np.nan]], 2), ValueError, "coordinates must be finite, got nan"),
        (lambda: nerf_features([[1]], 0), ValueError, "num_frequencies must be at least 1, got 0"),
        (
            lambda: nerf_features([[1]], 1024),
            ValueError,
            "num_frequencies must be below 1024, for pi * 2 ** 1023 is no float64, got 1024",
        ),
        (lambda: nerf_features([[1]], 2.0), TypeError, "num_frequencies must be an integer, got 2.0"),
        (lambda: nerf_features([[1]], True), TypeError, "num_frequencies must be an integer, got True"),
    ],
)
def test_bad_input_is_named(call, error, message):
    refuses(call, error, message)
