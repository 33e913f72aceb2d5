"""Position encoding in transformers, in NumPy.

>>> import posenc
>>> posenc.sinusoidal(range(3), 4).shape         # a row of 4 numbers for each of 3 positions
(3, 4)

`import posenc` loads NumPy and nothing heavier. The symbolic twins of these functions are in
`posenc.symbolic` (needs SymPy), the pictures of the book in `posenc.plotting` (needs
Matplotlib); import them by name.
"""

from posenc._alibi import alibi_bias, alibi_slopes
from posenc._encoding import shift_generator, shift_matrix, similarity, sinusoidal
from posenc._fit import fit_shift
from posenc._fourier import fourier_features, nerf_features
from posenc._grid import sinusoidal_grid
from posenc._identify import Identification, identify
from posenc._ladder import frequencies, wavelengths
from posenc._layout import column_of, convert_layout, pair_of
from posenc._relative import clipped_relative_positions, relative_position_bucket
from posenc._rotary import apply_rotary, convert_rotary_weights, rotary_cos_sin, rotary_matrix
from posenc._scaling import (
    scale_dynamic_ntk,
    scale_linear,
    scale_llama3,
    scale_longrope,
    scale_ntk,
    scale_yarn,
)

__version__ = "0.1.0"

__all__ = [
    "Identification",
    "alibi_bias",
    "alibi_slopes",
    "apply_rotary",
    "clipped_relative_positions",
    "column_of",
    "convert_layout",
    "convert_rotary_weights",
    "fit_shift",
    "fourier_features",
    "frequencies",
    "identify",
    "nerf_features",
    "pair_of",
    "relative_position_bucket",
    "rotary_cos_sin",
    "rotary_matrix",
    "scale_dynamic_ntk",
    "scale_linear",
    "scale_llama3",
    "scale_longrope",
    "scale_ntk",
    "scale_yarn",
    "shift_generator",
    "shift_matrix",
    "similarity",
    "sinusoidal",
    "sinusoidal_grid",
    "wavelengths",
]
