"""Position encoding in transformers, in NumPy.

>>> import posenc
>>> posenc.sinusoidal(range(3), 4).shape         # a row of 4 numbers for each of 3 positions
(3, 4)

`import posenc` loads NumPy and nothing heavier. The symbolic twins of these functions are in
`posenc.symbolic` (needs SymPy), the pictures of the book in `posenc.plotting` (needs
Matplotlib); import them by name.
"""

from posenc._encoding import shift_generator, shift_matrix, similarity, sinusoidal
from posenc._fit import fit_shift
from posenc._ladder import frequencies, wavelengths
from posenc._layout import column_of, convert_layout, pair_of

__version__ = "0.1.0"

__all__ = [
    "column_of",
    "convert_layout",
    "fit_shift",
    "frequencies",
    "pair_of",
    "shift_generator",
    "shift_matrix",
    "similarity",
    "sinusoidal",
    "wavelengths",
]
