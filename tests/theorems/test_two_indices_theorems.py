"""The theorems of "Read the formula: which i is it?"."""

import hypothesis.strategies as st
import numpy as np
from theorem import bases, even_dims, exponent_2j_over_d, layouts, positions, theorem

import posenc

columns_of_tables = even_dims.flatmap(lambda dim: st.tuples(st.integers(0, dim - 1), st.just(dim)))


@theorem(
    "thm-two-spellings",
    of=posenc.pair_of,
    mutants={
        "i is the column": lambda column, dim: column,
        "rounded up": lambda column, dim: (column + 1) // 2,
        "halves read as interleaved": lambda column, dim: column % (dim // 2),
    },
    table=columns_of_tables,
)
def test_exponent_by_column_is_exponent_by_pair(pair_of, table):
    column, dim = table
    assert 2 * pair_of(column, dim) == column - column % 2


@theorem(
    "thm-root-of-base",
    of=posenc.frequencies,
    mutants={
        "exponent i/d": lambda dim, *, base: base ** (-np.arange(dim // 2) / dim),
        "base not in the exponent": lambda dim, *, base: base / 10000.0 ** (2 * np.arange(dim // 2) / dim),
        "indices from 1": lambda dim, *, base: base ** (-2 * np.arange(1, dim // 2 + 1) / dim),
    },
    dim=even_dims,
    base=bases,
)
def test_half_the_exponent_is_the_root_of_the_base(frequencies, dim, base):
    half_the_exponent = base ** (-np.arange(dim // 2) / dim)
    np.testing.assert_allclose(frequencies(dim, base=base**0.5), half_the_exponent, rtol=1e-12)


def _all_sines(positions, dim, *, base, layout):
    angles = np.multiply.outer(positions, posenc.frequencies(dim, base=base))
    return np.concatenate([np.sin(angles), np.sin(angles + 1)], axis=-1)


@theorem(
    "thm-unit-circle",
    of=posenc.sinusoidal,
    mutants={"exponent 2j/d": exponent_2j_over_d, "two sines a pair": _all_sines},
    position=positions,
    dim=even_dims,
    base=bases,
    layout=layouts,
)
def test_every_pair_lies_on_the_unit_circle(sinusoidal, position, dim, base, layout):
    row = sinusoidal([position], dim, base=base, layout=layout)[0]
    for i in range(dim // 2):
        sine, cosine = (row[posenc.column_of(i, wave, dim, layout=layout)] for wave in ("sin", "cos"))
        np.testing.assert_allclose(sine**2 + cosine**2, 1, rtol=1e-12)
