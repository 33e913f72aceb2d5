"""A table that is larger than memory, in the chunks of a Dask array."""

import dask.array as da
import numpy as np
import pytest

import posenc


@pytest.mark.parametrize("chunk", [50, 64, 1000])
def test_chunks_are_the_whole_table_to_the_last_bit(chunk):
    def encode(p):
        return posenc.sinusoidal(p, 24, dtype=np.float32)

    p = da.arange(699_000, 701_500, chunks=chunk)
    table = p.map_blocks(encode, dtype=np.float32, new_axis=1, chunks=(p.chunks[0], (24,)))
    assert table.shape == (2500, 24)
    whole = posenc.sinusoidal(range(699_000, 701_500), 24, dtype=np.float32)
    np.testing.assert_array_equal(table.compute(), whole)


def test_one_chunk_of_a_table_that_fits_nowhere():
    """As the chapter on fast tables writes it."""
    asked = []

    def encode(p):
        asked.append(len(p))
        return posenc.sinusoidal(p, 64, dtype=np.float32)

    p = da.arange(100_000_000, chunks=1_000_000)
    table = p.map_blocks(encode, dtype=np.float32, new_axis=1, chunks=(p.chunks[0], (64,)))
    assert table.nbytes > 2**34
    last = table[99_999_998:].compute()
    np.testing.assert_array_equal(last, posenc.sinusoidal([99_999_998, 99_999_999], 64, dtype=np.float32))
    assert max(asked) <= 1_000_000
    assert sum(asked) < 3_000_000
