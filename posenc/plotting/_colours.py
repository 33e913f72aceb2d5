"""The colours of the book, for lines, for texts, and for tables.

They are those of the site, whose style sheet has a second value of each for dark pages. Two of the
colours of lines are of middle lightness and two are dark, so that they stay apart for colour-blind readers.
"""

from matplotlib.colors import LinearSegmentedColormap, to_rgb

BLUE, ORANGE, GREEN, PLUM = "#1f6fb8", "#c2410c", "#0b4a32", "#7c1158"
#: What goes with the blue: the way that something has come, the range in which it may be.
SKY = "#1f9fb0"
#: Greys: texts and the thing itself, what is said beside it, rims and axes, what is hardly there.
INK, SOFT, RIM, FAINT = "#222832", "#56606e", "#7f8996", "#e4e7eb"
#: What covers something else as if nothing were there.
PAPER = "#ffffff"

MINUS, PLUS = "#2f7fcb", "#d4591a"
#: How strong the colour of a cell may be in which a number is written.
WRITTEN = 0.6


def signed(strength: float = 1.0) -> LinearSegmentedColormap:
    """Nothing at zero, so that the ground of the page is seen; from there on cold below and warm above."""
    cold, warm = to_rgb(MINUS), to_rgb(PLUS)
    stops = [(0.0, (*cold, strength)), (0.5, (*cold, 0.0)), (0.5, (*warm, 0.0)), (1.0, (*warm, strength))]
    return LinearSegmentedColormap.from_list("signed", stops, N=257)  # an odd number, so that one of them is zero


def amounts(strength: float = 1.0) -> LinearSegmentedColormap:
    """Nothing at zero, and one colour for what is above it."""
    cold = to_rgb(MINUS)
    return LinearSegmentedColormap.from_list("amounts", [(*cold, 0.0), (*cold, strength)])
