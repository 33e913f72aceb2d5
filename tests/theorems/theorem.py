"""Tie a property-based test to a theorem of the book, with the wrong versions that it must reject."""

import importlib
from collections import defaultdict
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import Phase, given, settings

import posenc

#: Theorem label -> how many mutants its tests reject, and their names. Filled by `theorem` as test modules load.
MUTANTS = defaultdict(int)
NAMES = defaultdict(set)

positions = st.floats(-1e4, 1e4)
offsets = st.floats(-1e3, 1e3)
even_dims = st.integers(1, 32).map(lambda pairs: 2 * pairs)
bases = st.floats(2, 1e6)
layouts = st.sampled_from(["interleaved", "halves"])
seeds = st.integers(0, 2**32 - 1)
frequencies_of_tables = even_dims.flatmap(
    lambda dim: st.one_of(
        bases.map(lambda base: posenc.frequencies(dim, base=base)),
        st.lists(st.floats(-4, 4), min_size=dim // 2, max_size=dim // 2).map(np.array),
    )
)


def theorem(label, *, of, mutants, **strategies):
    """Test that a property holds for `of`, and that it fails for every mutant.

    The property is a function of the implementation under test and of what the strategies
    draw, and it asserts. `mutants` maps a few words that say the mistake to a function with
    the signature of `of`. A mutant that survives fails the test.
    """

    def tie(holds):
        MUTANTS[label] += len(mutants)
        NAMES[label].add(holds.__name__)

        @pytest.mark.parametrize("mistake", [None, *mutants], ids=["holds", *(f"rejects: {m}" for m in mutants)])
        def test(mistake):
            def drawn(**values):
                holds(of if mistake is None else mutants[mistake], **values)

            if mistake is None:
                given(**strategies)(drawn)()
            else:
                with pytest.raises(AssertionError):
                    settings(phases=[Phase.generate], max_examples=300)(given(**strategies)(drawn))()

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return tie


def block_matrix(blocks, layout):
    """A square matrix with a 2 x 2 block on the (sine, cosine) of every pair, written for these tests."""
    dim = 2 * len(blocks)
    matrix = np.zeros((dim, dim))
    for i, block in enumerate(blocks):
        columns = [posenc.column_of(i, wave, dim, layout=layout) for wave in ("sin", "cos")]
        matrix[np.ix_(columns, columns)] = block
    return matrix


def apart(freqs, gap):
    """Whether no two frequencies are closer than that."""
    return all(abs(v - w) >= gap for i, v in enumerate(freqs) for w in freqs[:i])


def softmax(scores):
    """Weights along the last axis that sum to 1."""
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def other_layout(function):
    """The function as one who takes the layouts for each other would have it."""

    def mistaken(*args, layout, **options):
        return function(*args, layout={"interleaved": "halves", "halves": "interleaved"}[layout], **options)

    return mistaken


def exponent_2j_over_d(positions, dim, *, base, layout="interleaved"):
    """A table by one who takes the formula's i for a column: every column has a frequency of its own."""
    angles = np.multiply.outer(positions, base ** (-2 * np.arange(dim) / dim))
    sines = [posenc.column_of(i, "sin", dim, layout=layout) for i in range((dim + 1) // 2)]
    return np.where(np.isin(np.arange(dim), sines), np.sin(angles), np.cos(angles))


def load_all():
    """Import every module of theorem tests, so that MUTANTS is complete."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(path.stem)
