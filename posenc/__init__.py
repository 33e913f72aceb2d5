"""Position encoding in transformers, in NumPy.

>>> import posenc
>>> posenc.sinusoidal(3, 4).shape
(3, 4)

`import posenc` loads NumPy and nothing heavier. The symbolic twins of these functions are in
`posenc.symbolic` (needs SymPy), the pictures of the book in `posenc.plotting` (needs
Matplotlib); import them by name.
"""

from posenc.fit import fit_shift
from posenc.frequencies import frequencies, wavelengths
from posenc.layout import column_of, convert_layout, pair_of
from posenc.sinusoidal import generator, shift_matrix, similarity, sinusoidal

__version__ = "0.1.0"

__all__ = [
    "column_of",
    "convert_layout",
    "fit_shift",
    "frequencies",
    "generator",
    "pair_of",
    "shift_matrix",
    "similarity",
    "sinusoidal",
    "wavelengths",
]
