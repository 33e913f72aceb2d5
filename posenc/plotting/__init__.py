"""The pictures and tables of the book, one call each. Needs Matplotlib, and tabulate for tables in HTML.

Every picture is returned as a closed figure, so that a notebook shows it once and
`fig.savefig("name.png")` works anywhere. Numbers come in as arguments: nothing is computed
here that a chapter claims.
"""

try:
    import matplotlib as _matplotlib  # noqa: F401 - a clear word, should it be missing
except ModuleNotFoundError as _missing:
    raise ModuleNotFoundError(
        "posenc.plotting needs Matplotlib: pip install 'posenc[plotting]'", name=_missing.name
    ) from _missing

from posenc.plotting._alibi import penalties
from posenc.plotting._apart import running_totals, wrapped_paths
from posenc.plotting._bands import two_hands
from posenc.plotting._bits import counter, one_hand, readings
from posenc.plotting._clocks import clocks, orbits, reading
from posenc.plotting._colours import BLUE, GREEN, ORANGE, PLUM, SKY
from posenc.plotting._costs import costs
from posenc.plotting._curves import lines, panels, waves
from posenc.plotting._digits import digit_turns
from posenc.plotting._formula import column_pairs, word_maps
from posenc.plotting._heads import longer_sequence, sums
from posenc.plotting._images import attention_weights, heat_maps, matrices
from posenc.plotting._labels import label_matrices, rulers
from posenc.plotting._ladders import seen_arcs, slowdowns
from posenc.plotting._layouts import layouts
from posenc.plotting._likeness import chord_and_arc, votes
from posenc.plotting._reach import score_strips, swept
from posenc.plotting._rotary import moved_outputs, turned_hands, wave_sums
from posenc.plotting._rounding import astray, growth, thinning
from posenc.plotting._rules import fates, gallery, thumbnails
from posenc.plotting._spread import spreads
from posenc.plotting._table import table
from posenc.plotting._turns import samples, score_map, turns

__all__ = [
    "BLUE",
    "GREEN",
    "ORANGE",
    "PLUM",
    "SKY",
    "astray",
    "attention_weights",
    "chord_and_arc",
    "clocks",
    "column_pairs",
    "costs",
    "counter",
    "digit_turns",
    "fates",
    "gallery",
    "growth",
    "heat_maps",
    "label_matrices",
    "layouts",
    "lines",
    "longer_sequence",
    "matrices",
    "moved_outputs",
    "one_hand",
    "orbits",
    "panels",
    "penalties",
    "reading",
    "readings",
    "rulers",
    "running_totals",
    "samples",
    "score_map",
    "score_strips",
    "seen_arcs",
    "slowdowns",
    "spreads",
    "sums",
    "swept",
    "table",
    "thinning",
    "thumbnails",
    "turned_hands",
    "turns",
    "two_hands",
    "votes",
    "wave_sums",
    "waves",
    "word_maps",
    "wrapped_paths",
]
