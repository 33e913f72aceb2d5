"""The theorem of "My matrix does not match: which convention made it?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import layouts, seeds, theorem

import posenc

below_pi = st.floats(0.01, 3.13)


def _sorted_columns(table):
    """The columns in an order that does not depend on where they stood: by their second entry, then by their first."""
    rounded = np.round(table, 9) + 0.0
    return rounded[:, np.lexsort(rounded)]


def _all_sines(positions, dim, *, freqs, layout):
    """Two sines a pair: with no cosine, w and pi - w look alike at positions 0 and 1."""
    table = np.sin(np.multiply.outer(positions, np.asarray(freqs)))
    return np.concatenate([table, table], axis=-1)


def _by_the_first_pair(positions, dim, *, freqs, layout):
    """Later pairs turn by multiples of the first: the order of the list matters."""
    freqs = np.asarray(freqs)
    return posenc.sinusoidal(positions, dim, freqs=freqs[0] * freqs, layout=layout)


@theorem(
    "thm-same-up-to-order",
    of=posenc.sinusoidal,
    mutants={
        "position 1 is missing": lambda positions, dim, *, freqs, layout: posenc.sinusoidal(
            0 * positions, dim, freqs=freqs, layout=layout
        ),
        "two sines a pair": _all_sines,
        "the order of the list matters": _by_the_first_pair,
        "the last frequency for all": lambda positions, dim, *, freqs, layout: posenc.sinusoidal(
            positions, dim, freqs=np.full(len(freqs), freqs[-1]), layout=layout
        ),
    },
    freqs=st.lists(below_pi, min_size=1, max_size=12),
    one=layouts,
    other=layouts,
    seed=seeds,
    mirrored=st.booleans(),
)
def test_equal_up_to_order_means_the_same_frequencies(sinusoidal, freqs, one, other, seed, mirrored):
    rng = np.random.default_rng(seed)
    d, positions = 2 * len(freqs), np.arange(2)
    shuffled = rng.permutation(freqs)
    table = _sorted_columns(sinusoidal(positions, d, freqs=freqs, layout=one))
    np.testing.assert_allclose(
        table, _sorted_columns(sinusoidal(positions, d, freqs=shuffled, layout=other)), atol=1e-8
    )
    changed = shuffled.copy()
    changed[0] = np.pi - changed[0] if mirrored else rng.uniform(0.01, 3.13)
    if np.abs(np.sort(np.cos(changed)) - np.sort(np.cos(freqs))).max() > 1e-6:
        assert not np.allclose(table, _sorted_columns(sinusoidal(positions, d, freqs=changed, layout=other)), atol=1e-8)


@theorem(
    "thm-same-up-to-order",
    of=lambda base, d: base ** ((d - 2) / d),
    mutants={
        "one base for both": lambda base, d: base,
        "the other way round": lambda base, d: base ** (d / (d - 2)),
        "the root": lambda base, d: base**0.5,
        "d and d + 2": lambda base, d: base ** (d / (d + 2)),
    },
    base=st.floats(1.1, 1e6),
    d=st.integers(2, 256).map(lambda pairs: 2 * pairs),
)
def test_one_ladder_has_a_name_on_either_grid(other_base, base, d):
    code = posenc.frequencies(d, base=other_base(base, d), spacing="tensor2tensor")
    np.testing.assert_allclose(posenc.frequencies(d, base=base), code, rtol=1e-9)
    with_one_base = posenc.frequencies(d, base=base, spacing="tensor2tensor")
    assert abs(with_one_base / code - 1).max() > 0.9 * (1 - base ** (-2 / d))
