"""The theorem of "Read the formula: which i is it?", and the identities that its sentences rest on."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import assume
from theorem import bases, even_dims, exponent_2j_over_d, frequencies_of_tables, layouts, positions, theorem

import posenc

columns_of_tables = even_dims.flatmap(lambda dim: st.tuples(st.integers(0, dim - 1), st.just(dim)))


@theorem(
    "check-two-spellings",
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
    "check-root-of-base",
    of=posenc.frequencies,
    mutants={
        "exponent i/d": lambda dim, *, base: base ** (-np.arange(dim // 2) / dim),
        "base not in the exponent": lambda dim, *, base: base / 10000.0 ** (2 * np.arange(dim // 2) / dim),
        "indices from 1": lambda dim, *, base: base ** (-2 * np.arange(1, dim // 2 + 1) / dim),
    },
    dim=even_dims,
    base=st.floats(1e-3, 1e6),
)
def test_half_the_exponent_is_the_root_of_the_base(frequencies, dim, base):
    half_the_exponent = base ** (-np.arange(dim // 2) / dim)
    np.testing.assert_allclose(frequencies(dim, base=base**0.5), half_the_exponent, rtol=1e-12)


def _lines_everybody_copies(positions, dim):
    """The six lines as they are in circulation, for a range of positions."""
    table = np.zeros((len(positions), dim))
    position = np.array(positions)[:, None]
    div_term = np.exp(np.arange(0, dim, 2) * (-np.log(10000.0) / dim))
    table[:, 0::2] = np.sin(position * div_term)
    table[:, 1::2] = np.cos(position * div_term)
    return table


@theorem(
    "check-six-lines",
    of=_lines_everybody_copies,
    mutants={
        "div_term divides": lambda positions, dim: posenc.sinusoidal(positions, dim, freqs=1 / posenc.frequencies(dim)),
        "i the pair, with the exponent i/d": lambda positions, dim: posenc.sinusoidal(positions, dim, base=100),
        "2j/d": lambda positions, dim: exponent_2j_over_d(np.array(positions), dim, base=10000.0),
        "positions from 1": lambda positions, dim: posenc.sinusoidal(np.array(positions) + 1, dim),
    },
    n=st.integers(1, 1000),
    dim=even_dims,
)
def test_the_six_lines_are_the_formula(lines, n, dim):
    np.testing.assert_allclose(lines(range(n), dim), posenc.sinusoidal(range(n), dim), atol=1e-9)


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


def _cosines_of_the_next_pair(positions, dim, *, freqs):
    table = posenc.sinusoidal(positions, dim, freqs=freqs)
    table[..., 1::2] = np.roll(table[..., 1::2], 1, axis=-1)
    return table


@theorem(
    "thm-unit-circle",
    of=posenc.sinusoidal,
    mutants={
        "cosines of the next pair": _cosines_of_the_next_pair,
        "positions rounded for the sine": lambda positions, dim, *, freqs: np.where(
            np.arange(dim) % 2, posenc.sinusoidal(positions, dim, freqs=freqs), posenc.sinusoidal(0, dim, freqs=freqs)
        ),
    },
    position=positions,
    freqs=frequencies_of_tables,
)
def test_a_pair_of_any_frequency_lies_on_the_unit_circle(sinusoidal, position, freqs):
    row = sinusoidal(position, 2 * len(freqs), freqs=freqs)
    np.testing.assert_allclose(row[0::2] ** 2 + row[1::2] ** 2, 1, rtol=1e-12)


any_frequency = st.floats(-4, 4)


@theorem(
    "thm-unit-circle",
    of=lambda w, v: np.pi / (2 * abs(w) + 2 * abs(v)),
    mutants={
        "position 0": lambda w, v: 0.0,
        "position 1": lambda w, v: 1.0,
        "twice as far": lambda w, v: np.pi / (abs(w) + abs(v)),
        "half as far": lambda w, v: np.pi / (4 * abs(w) + 4 * abs(v)),
        "a quarter of the sine alone": lambda w, v: np.pi / (2 * max(abs(w), 1e-3)),
    },
    w=any_frequency,
    v=any_frequency,
)
def test_two_frequencies_leave_the_circle_where_the_theorem_says(position, w, v):
    apart, together = abs(abs(w) - abs(v)), abs(w) + abs(v)
    assume(apart > 1e-3)
    p = position(w, v)
    sine, cosine = posenc.sinusoidal(p, 2, freqs=[w])[0], posenc.sinusoidal(p, 2, freqs=[v])[1]
    assert abs(sine**2 + cosine**2 - 1) >= apart / together - 1e-9
