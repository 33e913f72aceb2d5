"""What is measured: programs that make the same table, and programs that turn the same queries.

A program is a function that makes its result anew at every call. Each says in which convention its table is written,
so that its numbers can be compared with exact ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from positional_encodings.torch_encodings import PositionalEncoding1D
from rotary_embedding_torch import RotaryEmbedding
from transformers.models.fsmt.modeling_fsmt import SinusoidalPositionalEmbedding

import posenc
import torch


@dataclass(frozen=True)
class Program:
    """A table of n rows and d columns, or queries after turning, by the name that the page prints."""

    name: str
    make: Callable[..., Any]
    layout: str = "interleaved"
    spacing: str = "paper"


def filled(n: int, d: int) -> Any:
    """The floor: nobody makes a new array in less than the time to fill one with a constant."""
    return np.full((n, d), 1, dtype=np.float32)


def naive(n: int, d: int, dtype: type, angles_in: type) -> Any:
    """The formula as everybody writes it in NumPy."""
    frequencies = (10000.0 ** (-np.arange(0, d, 2) / d)).astype(angles_in)
    angles = np.arange(n, dtype=angles_in)[:, None] * frequencies
    table = np.empty((n, d), dtype=dtype)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def turned_in_complex64(n: int, d: int, base: int = 64) -> Any:
    """The idea of posenc in its shortest form: both factors rounded to float32 before they are multiplied."""
    w = posenc.frequencies(d)
    rows = np.multiply.outer(np.arange(base), w)
    blocks = np.multiply.outer(np.arange(0, n, base), w)
    last = (np.sin(rows) + 1j * np.cos(rows)).astype(np.complex64)
    turns = np.exp(-1j * blocks).astype(np.complex64)
    return (turns[:, None] * last).reshape(-1, d // 2)[:n].view(np.float32)


def annotated(n: int, d: int) -> Any:
    """The table of the Annotated Transformer."""
    table = torch.zeros(n, d)
    position = torch.arange(0, n).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d, 2) * -(np.log(10000.0) / d))
    table[:, 0::2] = torch.sin(position * div_term)
    table[:, 1::2] = torch.cos(position * div_term)
    return table


def positional_encodings(n: int, d: int) -> Any:
    """The table of the package positional-encodings."""
    return PositionalEncoding1D(d)(torch.empty(1, n, d))[0]


def fsmt(n: int, d: int) -> Any:
    """The table of Hugging Face's FSMT, a translation model after fairseq's."""
    return SinusoidalPositionalEmbedding.get_embedding(n, d, None)


FLOOR = Program("filling an array", filled)
TABLES = [
    FLOOR,
    Program("posenc", lambda n, d: posenc.sinusoidal(range(n), d, dtype=np.float32)),
    Program("posenc, halves", lambda n, d: posenc.sinusoidal(range(n), d, dtype=np.float32, layout="halves"), "halves"),
    Program("turned in complex64", turned_in_complex64),
    Program("NumPy, float32 angles", lambda n, d: naive(n, d, np.float32, np.float32)),
    Program("NumPy, float64 angles", lambda n, d: naive(n, d, np.float32, np.float64)),
    Program("Annotated Transformer, PyTorch", annotated),
    Program("positional-encodings", positional_encodings),
    Program("transformers, FSMT", fsmt, "halves", "tensor2tensor"),
]

HEADS, LENGTH, HEAD = 8, 4096, 128


def rotate_half(x: Any) -> Any:
    """The partner of every entry in layout halves, with its sign, as in Hugging Face's models."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((-second, first), dim=-1)


def rotary_programs(x: Any) -> list[Program]:
    """Programs that turn queries of shape (heads, positions, entries), with tables made before if they keep any."""
    tables = posenc.rotary_cos_sin(range(x.shape[1]), x.shape[2], dtype=np.float32)
    queries, (cos, sin) = torch.from_numpy(x), map(torch.from_numpy, tables)
    cos_twice, sin_twice = (torch.cat([table, table], dim=-1) for table in (cos, sin))
    lucidrains = RotaryEmbedding(x.shape[2])
    return [
        Program("a copy, NumPy", x.copy),
        Program("posenc, NumPy", lambda: posenc.apply_rotary(x, *tables, layout="interleaved")),
        Program("posenc, NumPy, halves", lambda: posenc.apply_rotary(x, *tables, layout="halves"), "halves"),
        Program("posenc, PyTorch", lambda: posenc.apply_rotary(queries, cos, sin, layout="interleaved")),
        Program("posenc, PyTorch, halves", lambda: posenc.apply_rotary(queries, cos, sin, layout="halves"), "halves"),
        Program("rotate_half, PyTorch", lambda: queries * cos_twice + rotate_half(queries) * sin_twice, "halves"),
        Program("rotary-embedding-torch", lambda: lucidrains.rotate_queries_or_keys(queries[None])[0]),
    ]
