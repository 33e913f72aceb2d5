"""What the comparisons share: inputs, conversions, and modules whose packages need more than is installed."""

import importlib
import sys
import types
from importlib.machinery import PathFinder

import numpy as np

import torch


def queries(heads, n, d):
    """Queries with few binary digits, so that they are the same numbers in float32."""
    return np.round(np.random.default_rng(0).standard_normal((1, heads, n, d)) * 64) / 64


def tensor(array, dtype=torch.float32):
    return torch.as_tensor(np.asarray(array), dtype=dtype)


def alone(name):
    """An installed module without the `__init__` of its packages, which imports what is not needed here."""
    first, *rest = name.split(".")
    for depth in range(len(rest)):
        package = ".".join([first, *rest[:depth]])
        if package not in sys.modules:
            folders = PathFinder.find_spec(first).submodule_search_locations
            module = types.ModuleType(package)
            module.__path__ = ["/".join([folder, *rest[:depth]]) for folder in folders]
            sys.modules[package] = module
    return importlib.import_module(name)


def float32_angles(n):
    """How far a sine of float32 angles may be off at positions below n, for frequencies of at most 1.

    A frequency has a few roundings (a power, a quotient), its product with the position one more, each 6e-8 of
    the angle: 2.5e-7 for each position. The sine itself is rounded to 6e-8.
    """
    return 2.5e-7 * n + 1e-7
