"""Tables as other code makes them, written without the package, and what `identify` should say of each."""

import numpy as np


def table(p, freqs, layout="interleaved", order="sine first", cos_freqs=None):
    """Sines and cosines in any layout and order."""
    sines = np.sin(np.multiply.outer(np.asarray(p, float), freqs))
    cosines = np.cos(np.multiply.outer(np.asarray(p, float), freqs if cos_freqs is None else cos_freqs))
    first, second = (sines, cosines) if order == "sine first" else (cosines, sines)
    if layout == "halves":
        return np.hstack([first, second])
    return np.stack([first, second], axis=-1).reshape(len(first), -1)


def paper(d, base=10000.0):
    return base ** (-2 * np.arange((d + 1) // 2) / d)


def tensor2tensor(d, base=10000.0):
    return base ** (-np.arange(d // 2) / (d // 2 - 1))


def by_column(d, base, times):
    """One frequency a column: exponent j/d or 2j/d, those of the sines and those of the cosines."""
    freqs = base ** (-times * np.arange(d) / d)
    return freqs[::2], freqs[1::2]


def zeroed(rows, r):
    rows = rows.copy()
    rows[r] = 0
    return rows


def unshared(p, d, base, times, layout="interleaved"):
    sines, cosines = by_column(d, base, times)
    return table(p, sines, layout, cos_freqs=cosines)


#: Name: (what makes the table of positions p with d columns, layout, order, grid, what else is said of it).
CONVENTIONS = {
    "Vaswani et al.": (lambda p, d, b: table(p, paper(d, b)), "interleaved", "sine first", "paper", {}),
    "Marian, Pegasus": (lambda p, d, b: table(p, paper(d, b), "halves"), "halves", "sine first", "paper", {}),
    "tensor2tensor": (
        lambda p, d, b: table(p, tensor2tensor(d, b), "halves"), "halves", "sine first", "tensor2tensor", {},
    ),
    "tensor2tensor's grid, interleaved": (
        lambda p, d, b: table(p, tensor2tensor(d, b)), "interleaved", "sine first", "tensor2tensor", {},
    ),
    "diffusers, flipped": (
        lambda p, d, b: table(p, paper(d, b), "halves", "cosine first"), "halves", "cosine first", "paper", {},
    ),
    "diffusers, flipped, shift 1": (
        lambda p, d, b: table(p, tensor2tensor(d, b), "halves", "cosine first"),
        "halves", "cosine first", "tensor2tensor", {},
    ),
    "cosines in the even columns": (
        lambda p, d, b: table(p, paper(d, b), order="cosine first"), "interleaved", "cosine first", "paper", {},
    ),
    "times the root of d": (
        lambda p, d, b: np.sqrt(d) * table(p, paper(d, b)), "interleaved", "sine first", "paper", {"scale": np.sqrt},
    ),
    "x-transformers, scaled": (
        lambda p, d, b: table(p, paper(d, b), "halves") / np.sqrt(d),
        "halves", "sine first", "paper", {"scale": lambda d: 1 / np.sqrt(d)},
    ),
    "fairseq, with its padding row": (
        lambda p, d, b: zeroed(table(p, tensor2tensor(d, b), "halves"), 1),
        "halves", "sine first", "tensor2tensor", {"zeroed_rows": lambda d: (1,)},
    ),
    "an odd width, the last cosine dropped": (
        lambda p, d, b: table(p, paper(d - 1, b))[:, :-1], "interleaved", "sine first", "paper", {},
    ),
    "an odd width, cut from the next even one": (
        lambda p, d, b: table(p, paper(d, b))[:, :-1], "interleaved", "sine first", "paper", {"dim": lambda d: d},
    ),
    "an odd width, padded": (
        lambda p, d, b: np.pad(table(p, tensor2tensor(d, b), "halves"), [(0, 0), (0, 1)]),
        "halves", "sine first", "tensor2tensor", {"zero_column": lambda d: True},
    ),
    "pairs counted from 1": (
        lambda p, d, b: table(p, b ** (-2 * np.arange(1, d // 2 + 1) / d)),
        "interleaved", "sine first", "paper, pairs from 1", {},
    ),
    "the column taken for i": (
        lambda p, d, b: unshared(p, d, b, 2), "interleaved", "sine first", "exponent 2j/d", {},
    ),
    "the column taken for i, in halves": (
        lambda p, d, b: unshared(p, d, b, 2, "halves"), "halves", "sine first", "exponent 2j/d", {},
    ),
    "the column taken for 2i": (
        lambda p, d, b: unshared(p, d, b, 1), "interleaved", "sine first", "exponent j/d", {},
    ),
}  # fmt: skip


def bfloat16(x):
    """Each entry rounded to the nearest number of 8 binary digits, half to even, kept as float32."""
    bits = np.asarray(x, np.float32).view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return bits.astype(np.uint32).view(np.float32)


ROUNDINGS = {
    "float64": lambda x: x,
    "float32": lambda x: np.asarray(x, np.float32),
    "float16": lambda x: np.asarray(x, np.float16),
    "bfloat16": bfloat16,
    "4 decimals": lambda x: np.round(x, 4),
}
