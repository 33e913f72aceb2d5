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


def theorem(label, *, of, mutants, **strategies):
    """Test that a property holds for `of`, and that it fails for every mutant.

    The property is a function of the implementation under test and of what the strategies
    draw, and it asserts. `mutants` maps a few words that say the mistake to a function with
    the signature of `of`. A mutant that survives fails the test.
    """

    def tie(holds):
        MUTANTS[label] += len(mutants)
        NAMES[label].add(holds.__name__)

        @pytest.mark.parametrize("mistake", [None, *mutants], ids=["posenc", *(f"rejects: {m}" for m in mutants)])
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


def block_matrix(freqs, layout, block):
    """A square matrix with `block(w)` on the (sine, cosine) of every pair, written for these tests."""
    dim = 2 * len(freqs)
    matrix = np.zeros((dim, dim))
    for i, w in enumerate(freqs):
        columns = [posenc.column_of(i, phase, dim, layout=layout) for phase in ("sin", "cos")]
        matrix[np.ix_(columns, columns)] = block(w)
    return matrix


def load_all():
    """Import every module of theorem tests, so that MUTANTS is complete."""
    for path in sorted((Path(__file__).parent / "theorems").glob("test_*.py")):
        importlib.import_module(path.stem)
