"""Slower ladders for longer contexts: maps of rotary frequencies, from a trained length to a longer one.

Every map takes a ladder of frequencies, fastest first, and gives a pair: the new frequencies,
and the attention factor by which the cosines and sines of queries and keys are multiplied. It
scales both vectors of a score, so the score is multiplied by its square. Maps that have none
give 1.0.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posenc import _validation

Scaled = tuple[NDArray[np.float64], float]


def scale_linear(freqs: ArrayLike, factor: float) -> Scaled:
    """Divide every frequency by the factor: position interpolation.

    ``w'_i = w_i / factor``, so that ``p * w'_i = (p / factor) * w_i``: position p is turned as
    position ``p / factor`` was.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        The frequencies, above 0, in radians per position.
    factor : float
        The longer length over the trained one, at least 1.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        Always 1.0.

    Raises
    ------
    TypeError
        If `freqs` or `factor` are not real numbers.
    ValueError
        If `freqs` is not one row of frequencies above 0, a number is not finite, or `factor` is
        below 1.

    Notes
    -----
    Source: :cite:t:`chen2023extending`. In transformers 5.24.0
    :cite:p:`transformers2026code` this is the rope type "linear".

    Examples
    --------
    >>> freqs, attention_factor = scale_linear([1, 0.1, 0.01, 0.001], 4)
    >>> freqs
    array([0.25   , 0.025  , 0.0025 , 0.00025])
    """
    freqs = _checked(freqs)
    return freqs / _at_least(factor, "factor", 1), 1.0


def scale_ntk(freqs: ArrayLike, factor: float) -> Scaled:
    """Raise the base, so that the fastest pair is kept and the slowest divided by the factor.

    ``w'_i = w_i * factor ** (-i / (n - 1))`` for n pairs. For the ladder
    ``w_i = base ** (-2i / dim)`` with ``dim = 2n`` this is the ladder of the base
    ``base * factor ** (dim / (dim - 2))``.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        A geometric ladder of at least 2 frequencies, fastest first, in radians per position.
    factor : float
        By how much the slowest pair is slowed, at least 1.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        Always 1.0.

    Raises
    ------
    TypeError
        If `freqs` or `factor` are not real numbers.
    ValueError
        If `freqs` is not such a ladder, a number is not finite, or `factor` is below 1.

    Notes
    -----
    The exponent: the slowest pair is number ``dim / 2 - 1``, not ``dim / 2``, so its frequency
    is ``base ** (-(dim - 2) / dim)``. It is divided by `factor` when the new base to the power
    ``(dim - 2) / dim`` is `factor` times the old one to that power. Multiplying the base by
    `factor` alone would divide it by ``factor ** ((dim - 2) / dim)`` only. Here `dim` counts the
    columns that turn, which with partial rotary are fewer than those of the head.

    Source: :cite:t:`bloc972023ntk`; derived in :cite:t:`peng2024yarn`.

    Examples
    --------
    >>> freqs, attention_factor = scale_ntk([1, 0.1, 0.01, 0.001], 8)
    >>> freqs
    array([1.00e+00, 5.00e-02, 2.50e-03, 1.25e-04])
    """
    freqs = _geometric(freqs, "scale_ntk")
    return freqs * _at_least(factor, "factor", 1) ** -np.linspace(0, 1, len(freqs)), 1.0


def scale_dynamic_ntk(freqs: ArrayLike, factor: float, *, length: float, original_length: float) -> Scaled:
    """Raise the base with the current length: nothing changes up to the trained length.

    :func:`posenc.scale_ntk` with the factor
    ``max(1, 1 + factor * (length / original_length - 1))`` in place of `factor`.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        A geometric ladder of at least 2 frequencies, fastest first, in radians per position.
    factor : float
        How fast the slowing grows with the length, at least 1. With 1 the slowest pair is
        divided by ``length / original_length``, with more by more than that.
    length : float
        How many positions the sequence has now, at least 1.
    original_length : float
        How many positions the model was trained for, at least 1.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        Always 1.0.

    Raises
    ------
    TypeError
        If `freqs`, `factor`, `length` or `original_length` are not real numbers.
    ValueError
        If `freqs` is not such a ladder, a number is not finite, or another argument is below 1.

    Notes
    -----
    Source: :cite:t:`emozilla2023dynamic`; :cite:t:`peng2024yarn`, section 3.4, has factor 1. In
    transformers 5.24.0 :cite:p:`transformers2026code` this is the rope type "dynamic", with
    `original_length` under the name ``max_position_embeddings``. Every frequency but the first
    changes with the length, and so do the angles of keys that were rotated and stored before.

    Examples
    --------
    >>> freqs, attention_factor = scale_dynamic_ntk([1, 0.1, 0.01, 0.001], 3.5, length=6000, original_length=2000)
    >>> freqs
    array([1.00e+00, 5.00e-02, 2.50e-03, 1.25e-04])
    """
    factor = _at_least(factor, "factor", 1)
    ratio = _at_least(length, "length", 1) / _at_least(original_length, "original_length", 1)
    return scale_ntk(freqs, max(1.0, 1 + factor * (ratio - 1)))


def scale_yarn(
    freqs: ArrayLike,
    factor: float,
    *,
    original_length: float,
    beta_fast: float = 32,
    beta_slow: float = 1,
    truncate: bool = True,
    mscale: float = 1,
    mscale_all_dim: float = 0,
) -> Scaled:
    """Keep the fast pairs, divide the slow ones, and blend between; sharpen attention (YaRN).

    ``w'_i = k_i * w_i + (1 - k_i) * w_i / factor``, where the kept share ``k_i`` falls from 1 to
    0 in a straight line over the pair index i. The line starts at the index at which the ladder
    turns `beta_fast` times in `original_length` positions, and ends at the one at which it
    turns `beta_slow` times.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        A geometric ladder of at least 2 frequencies, fastest first, in radians per position.
    factor : float
        The longer length over the trained one, at least 1.
    original_length : float
        How many positions the model was trained for, at least 1.
    beta_fast, beta_slow : float
        Numbers of turns in `original_length` positions, above 0, `beta_fast` the larger one.
    truncate : bool
        Whether the ends of the line are moved outwards to whole pair indices.
    mscale, mscale_all_dim : float
        Weights in the attention factor, at least 0.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        ``m(mscale) / m(mscale_all_dim)`` with ``m(a) = 1 + 0.1 * a * ln(factor)``, which is
        ``1 + 0.1 * ln(factor)`` with the defaults.

    Raises
    ------
    TypeError
        If `truncate` is not a bool, or another argument is not made of real numbers.
    ValueError
        If `freqs` is not such a ladder, a number is not finite or out of range, or `beta_fast`
        is not above `beta_slow`.

    Notes
    -----
    Sources: the attention factor and the betas are from :cite:t:`peng2024yarn`, equation 15 and
    section 3.2; the line over the pair index is from its authors' code
    :cite:p:`yarn2023code`. The paper's own line (equations 11 to 13) runs over the number of
    turns instead: ``scale_llama3(freqs, factor, low_freq_factor=1, high_freq_factor=32, ...)``
    gives its frequencies. `truncate` and the two weights are those of transformers 5.24.0
    :cite:p:`transformers2026code`, rope type "yarn", which leaves the weights out unless both
    are given and neither is 0. Models that set `mscale_all_dim` (DeepSeek) also multiply their
    scores by ``m(mscale_all_dim) ** 2``, outside of the rotation.

    As in that code, the line starts at pair 0 at the earliest, so the fastest pair is kept
    whatever `original_length` is. Where its two ends meet or cross, here it is a step.

    Examples
    --------
    >>> freqs, attention_factor = scale_yarn([1, 0.1, 0.01, 0.001], 4, original_length=4096)
    >>> freqs
    array([1.00e+00, 1.00e-01, 6.25e-03, 2.50e-04])
    >>> round(attention_factor, 4)
    1.1386
    """
    freqs = _geometric(freqs, "scale_yarn")
    factor = _at_least(factor, "factor", 1)
    original_length = _at_least(original_length, "original_length", 1)
    beta_slow, beta_fast = _rising(beta_slow, "beta_slow", beta_fast, "beta_fast")
    if not isinstance(truncate, bool):
        raise TypeError(f"truncate must be True or False, got {truncate!r}")

    last_pair = len(freqs) - 1
    # The logarithms of a ladder fall evenly: this is the index, whole or not, at which it turns so often.
    most_turns, span = _turns(freqs, original_length)[0], math.log(freqs[0] / freqs[-1])
    start, end = (last_pair * math.log(most_turns / beta) / span for beta in (beta_fast, beta_slow))
    if truncate:
        start, end = math.floor(start), math.ceil(end)
    start, end = max(start, 0), min(end, 2 * last_pair + 1)  # transformers stops at dim - 1, beyond the last pair
    # Whole indices that meet or cross have no line between them: the smallest width makes it a step.
    pairs = np.arange(len(freqs), dtype=np.float64)
    kept = 1 - np.clip((pairs - start) / max(end - start, 0.001), 0, 1)

    weights = _at_least(mscale, "mscale", 0), _at_least(mscale_all_dim, "mscale_all_dim", 0)
    numerator, denominator = (1 + 0.1 * weight * math.log(factor) for weight in weights)
    return _blend(freqs, factor, kept), numerator / denominator


def scale_llama3(
    freqs: ArrayLike,
    factor: float,
    *,
    low_freq_factor: float,
    high_freq_factor: float,
    original_length: float,
) -> Scaled:
    """Keep the fast pairs, divide the slow ones, and blend between, by the number of turns (Llama 3.1).

    ``w'_i = k_i * w_i + (1 - k_i) * w_i / factor``, where pair i turns
    ``t_i = original_length * w_i / (2 pi)`` times in the trained length, and
    ``k_i = (t_i - low_freq_factor) / (high_freq_factor - low_freq_factor)``, cut off at 0 and 1.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        The frequencies, above 0, in radians per position.
    factor : float
        By how much the slow pairs are slowed, at least 1.
    low_freq_factor, high_freq_factor : float
        Numbers of turns in `original_length` positions, above 0, `high_freq_factor` the larger
        one. Pairs that turn less often than the low one are divided, pairs that turn more often
        than the high one are kept.
    original_length : float
        How many positions the model was trained for, at least 1.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        Always 1.0.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If `freqs` is not one row of frequencies above 0, a number is not finite or out of range,
        or `high_freq_factor` is not above `low_freq_factor`.

    Notes
    -----
    Source: :cite:t:`llamamodels2024code`, with factor 8, turns 1 and 4 and length 8192, which a
    comment there says were found by grid search. In transformers 5.24.0
    :cite:p:`transformers2026code` this is the rope type "llama3". The blend is the
    "NTK-by-parts" of :cite:t:`peng2024yarn`, equations 11 to 13, with other numbers of turns.

    Examples
    --------
    >>> freqs, attention_factor = scale_llama3(
    ...     [1, 0.1, 0.01, 0.001], 8, low_freq_factor=1, high_freq_factor=4, original_length=8192
    ... )
    >>> freqs.round(6)
    array([1.00e+00, 1.00e-01, 1.00e-02, 2.14e-04])
    """
    freqs = _checked(freqs)
    factor = _at_least(factor, "factor", 1)
    original_length = _at_least(original_length, "original_length", 1)
    low, high = _rising(low_freq_factor, "low_freq_factor", high_freq_factor, "high_freq_factor")
    kept = np.clip((_turns(freqs, original_length) - low) / (high - low), 0, 1)
    return _blend(freqs, factor, kept), 1.0


def scale_longrope(
    freqs: ArrayLike,
    factor: float,
    *,
    short_factors: ArrayLike,
    long_factors: ArrayLike,
    length: float,
    original_length: float,
) -> Scaled:
    """Divide each frequency by a number of its own, found by search: one set for short sequences, one for long.

    ``w'_i = w_i / short_factors[i]`` while ``length <= original_length``, and
    ``w'_i = w_i / long_factors[i]`` beyond.

    Parameters
    ----------
    freqs : array of real numbers, shape ``(n,)``
        The frequencies, above 0, in radians per position.
    factor : float
        The longest length that the model is made for over the trained one, at least 1. Only the
        attention factor depends on it.
    short_factors, long_factors : array of real numbers, shape ``(n,)``
        One divisor a pair, above 0.
    length : float
        How many positions the sequence has now, at least 1.
    original_length : float
        How many positions the model was trained for at first, at least 2.

    Returns
    -------
    freqs : numpy.ndarray
        float64, shape ``(n,)``, in radians per position.
    attention_factor : float
        ``sqrt(1 + ln(factor) / ln(original_length))``, for short sequences too.

    Raises
    ------
    TypeError
        If an argument is not made of real numbers.
    ValueError
        If `freqs` is not one row of frequencies above 0, the divisors differ from it in shape, or
        a number is not finite or out of range.

    Notes
    -----
    The square of the attention factor is the ratio of two logarithms,
    ``ln(factor * original_length) / ln(original_length)``.

    Sources: the search is from :cite:t:`ding2024longrope`; the two sets, the switch between
    them and the attention factor are those of transformers 5.24.0
    :cite:p:`transformers2026code`, rope type "longrope", and the attention factor stands in the
    authors' code :cite:p:`longrope2024code`. At the switch every pair whose two divisors differ
    changes its angle at every position, while keys that were rotated and stored before keep theirs.

    Examples
    --------
    >>> options = dict(short_factors=[1, 1], long_factors=[1, 8], original_length=100)
    >>> scale_longrope([1, 0.08], 100, length=100, **options)[0]
    array([1.  , 0.08])
    >>> freqs, attention_factor = scale_longrope([1, 0.08], 100, length=101, **options)
    >>> freqs, round(attention_factor, 4)
    (array([1.  , 0.01]), 1.4142)
    """
    freqs = _checked(freqs)
    factor = _at_least(factor, "factor", 1)
    length = _at_least(length, "length", 1)
    original_length = _at_least(original_length, "original_length", 2)
    short = _divisors(short_factors, "short_factors", freqs)
    long = _divisors(long_factors, "long_factors", freqs)
    attention_factor = math.sqrt(1 + math.log(factor) / math.log(original_length))
    return freqs / (long if length > original_length else short), attention_factor


def _turns(freqs: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """How often each pair turns in so many positions."""
    return length * freqs / (2 * np.pi)


def _blend(freqs: NDArray[np.float64], factor: float, kept: NDArray[np.float64]) -> NDArray[np.float64]:
    """The frequencies where `kept` is 1, divided by the factor where it is 0."""
    return kept * freqs + (1 - kept) * freqs / factor


def _checked(freqs: ArrayLike) -> NDArray[np.float64]:
    """One row of frequencies above 0."""
    own = _validation.real_array(freqs, "freqs")
    if own.ndim != 1 or not own.size:
        raise ValueError(f"freqs must be one row of frequencies, one a pair, got shape {own.shape}")
    return _all_positive(own, "freqs")


def _geometric(freqs: ArrayLike, user: str) -> NDArray[np.float64]:
    """A ladder whose steps are all one ratio, fastest first: only there is a new base, or a pair between two pairs."""
    own = _checked(freqs)
    if len(own) < 2:
        raise ValueError(f"freqs must hold at least 2 frequencies for {user}, got {len(own)}")
    # A ladder that was stored in float32 still passes.
    if own[0] <= own[-1] or not np.allclose(own, np.geomspace(own[0], own[-1], len(own)), rtol=1e-5, atol=0):
        raise ValueError(f"freqs must be a geometric ladder, fastest first, for {user}, got {own}")
    return own


def _divisors(values: ArrayLike, name: str, freqs: NDArray[np.float64]) -> NDArray[np.float64]:
    own = _validation.real_array(values, name)
    if own.shape != freqs.shape:
        raise ValueError(f"{name} must have the shape of freqs, {freqs.shape}, got shape {own.shape}")
    return _all_positive(own, name)


def _all_positive(values: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    wrong = values[values <= 0]
    if wrong.size:
        raise ValueError(f"{name} must be positive, got {wrong[0]}")
    return values


def _at_least(value: Any, name: str, minimum: int) -> float:
    number = _validation.real(value, name)
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value}")
    return number


def _rising(low: Any, low_name: str, high: Any, high_name: str) -> tuple[float, float]:
    """Two positive numbers of turns, the larger one second."""
    few, many = _validation.positive(low, low_name), _validation.positive(high, high_name)
    if many <= few:
        raise ValueError(f"{high_name} must be above {low_name} = {low}, got {high}")
    return few, many
