"""The theorems of "Encode a time or a coordinate"."""

import hypothesis.strategies as st
import numpy as np
from theorem import seeds, theorem

import posenc

axes = st.integers(1, 3)
sigmas = st.floats(0.2, 2)


def _two_points(seed, n, reach=1.0):
    return np.random.default_rng(seed).uniform(-reach, reach, size=(2, n))


def _features(angles, waves=(np.cos, np.sin)):
    """A stand-in for `posenc.fourier_features` with other angles or waves."""

    def features(coordinates, matrix):
        turned = angles(np.asarray(coordinates), matrix)
        return np.concatenate([wave(turned) for wave in waves], axis=-1)

    return features


_without_turns = _features(lambda x, b: x @ b.T)
_twice_the_sine = _features(lambda x, b: 2 * np.pi * x @ b.T, (np.sin, np.sin))
_size_of_each = _features(lambda x, b: 2 * np.pi * np.abs(x) @ np.abs(b).T)


@theorem(
    "thm-random-features",
    of=posenc.fourier_features,
    mutants={
        "2 pi is forgotten": _without_turns,
        "sines only": _twice_the_sine,
        "cosines only": _features(lambda x, b: 2 * np.pi * x @ b.T, (np.cos, np.cos)),
        "signs are lost": _size_of_each,
    },
    n=axes,
    m=st.integers(1, 40),
    seed=seeds,
)
def test_one_row_contributes_a_cosine_of_the_difference_with_the_stated_variance(features, n, m, seed):
    """The rows of a matrix, each as likely as the others, are a distribution whose moments can be summed."""
    matrix = np.random.default_rng(seed).normal(size=(m, n))
    x, y = _two_points(seed, n)
    one_draw = np.array([features(np.array([x, y]), row[None]) for row in matrix])
    products = (one_draw[:, 0] * one_draw[:, 1]).sum(axis=-1)

    def kappa(delta):
        return np.cos(2 * np.pi * matrix @ delta).mean()

    np.testing.assert_allclose(products.mean(), kappa(x - y), rtol=0, atol=1e-10)
    variance = (1 + kappa(2 * (x - y))) / 2 - kappa(x - y) ** 2
    np.testing.assert_allclose(products.var(), variance, rtol=0, atol=1e-10)
    both = features(np.array([x, y]), matrix)
    np.testing.assert_allclose(both[0] @ both[1] / m, kappa(x - y), rtol=0, atol=1e-10)


def _drawn(draw, features=posenc.fourier_features, m=2000):
    """The mean product of two points under m clocks that are drawn."""

    def mean(x, y, sigma, seed):
        matrix = draw(np.random.default_rng(seed), sigma, (m, len(x)))
        both = features(np.array([x, y]), matrix)
        return both[0] @ both[1] / m

    return mean


def _normal(rng, sigma, shape):
    return rng.normal(scale=sigma, size=shape)


@theorem(
    "thm-random-features",
    of=_drawn(_normal),
    mutants={
        "2 pi is forgotten": _drawn(_normal, _without_turns),
        "the deviation is inverted": _drawn(lambda rng, sigma, shape: rng.normal(scale=1 / sigma, size=shape)),
        "the variance is given for the deviation": _drawn(
            lambda rng, sigma, shape: rng.normal(scale=sigma**2, size=shape)
        ),
        "drawn evenly": _drawn(lambda rng, sigma, shape: rng.uniform(-sigma, sigma, size=shape)),
    },
    n=axes,
    sigma=sigmas,
    seed=seeds,
)
def test_normal_draws_come_near_the_bell(mean, n, sigma, seed):
    """By the bound the chance of a miss is 2 exp(-40), so no seed is lucky or unlucky."""
    x, y = _two_points(seed, n, reach=0.3 / sigma)
    bell = np.exp(-2 * np.pi**2 * sigma**2 * np.sum((x - y) ** 2))
    assert abs(mean(x, y, sigma, seed) - bell) < np.sqrt(80 / 2000)


def _bell(rng, shape):
    """Cosines of normal frequencies at one difference, and their expectation."""
    return np.cos(2 * np.pi * 0.3 * rng.normal(size=shape)), np.exp(-2 * np.pi**2 * 0.3**2)


def _coin(rng, shape):
    """Cosines of two frequencies, equally likely, at a difference where one is 1 and the other -1."""
    return rng.choice([-1.0, 1.0], size=shape), 0.0


def _share_of_misses(bound):
    """How much oftener than a bound allows the mean of m clocks is `error` or more off, in 1000 draws."""

    def excess(draw, m, error, seed):
        cosines, expectation = draw(np.random.default_rng(seed), (1000, m))
        return np.mean(abs(cosines.mean(axis=1) - expectation) >= error) - bound(m, error)

    return excess


@theorem(
    "thm-random-features",
    of=_share_of_misses(lambda m, e: 2 * np.exp(-m * e**2 / 2)),
    mutants={
        "numbers between 0 and 1": _share_of_misses(lambda m, e: 2 * np.exp(-2 * m * e**2)),
        "the error falls like 1/m": _share_of_misses(lambda m, e: 2 * np.exp(-((m * e) ** 2) / 2)),
    },
    draw=st.sampled_from([_bell, _coin]),
    m=st.sampled_from([4, 16, 64]),
    error=st.floats(0.05, 0.6),
    seed=seeds,
)
def test_a_miss_is_no_likelier_than_the_bound_says(excess, draw, m, error, seed):
    # A share of 1000 draws scatters by 0.016 at most; six times that is no accident.
    assert excess(draw, m, error, seed) < 0.1


coordinate = st.floats(-20, 20)
counts = st.integers(1, 8)


def _pairs(frequency, order=(np.sin, np.cos)):
    """A stand-in for `posenc.nerf_features` with other frequencies, or another order in a pair."""

    def features(coordinates, count):
        angles = np.asarray(coordinates) * np.array([frequency(i) for i in range(count)])
        return np.stack([wave(angles) for wave in order], axis=-1).reshape(-1)

    return features


_mutants = {
    "pi is left out": _pairs(lambda i: 2.0**i),
    "threefold": _pairs(lambda i: np.pi * 3.0**i),
    "one, two, three, four": _pairs(lambda i: np.pi * (i + 1)),
    "a whole turn for each unit": _pairs(lambda i: 2 * np.pi * 2.0**i),
}


@theorem(
    "thm-doubling",
    of=posenc.nerf_features,
    mutants={**_mutants, "cosine first": _pairs(lambda i: np.pi * 2.0**i, (np.cos, np.sin))},
    t=coordinate,
    periods=st.integers(-5, 5),
    count=counts,
)
def test_pairs_double_and_repeat_after_two_and_not_before(features, t, periods, count):
    here = features([t], count)
    sines, cosines = here[0::2], here[1::2]
    close = {"rtol": 0, "atol": 1e-9}
    np.testing.assert_allclose(sines[1:], 2 * sines[:-1] * cosines[:-1], **close)
    np.testing.assert_allclose(cosines[1:], cosines[:-1] ** 2 - sines[:-1] ** 2, **close)
    np.testing.assert_allclose(features([t + 2 * periods], count), here, **close)
    np.testing.assert_allclose(here @ here, count, **close)
    np.testing.assert_allclose(here @ features([t + 1], count), count - 2, **close)


@theorem(
    "thm-doubling",
    of=posenc.nerf_features,
    mutants={
        "a whole turn for each unit": _mutants["a whole turn for each unit"],
        "sines only": lambda coordinates, count: posenc.nerf_features(coordinates, count)[0::2],
        "the slowest pair is left out": lambda coordinates, count: posenc.nerf_features(coordinates, count + 1)[2:],
    },
    t=coordinate,
    gap=st.one_of(st.floats(0.05, 1.95), st.just(1.0)),
    count=counts,
)
def test_other_numbers_have_other_features(features, t, gap, count):
    assert np.abs(features([t], count) - features([t + gap], count)).max() > 1e-3
