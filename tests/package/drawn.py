"""What a line of a picture draws."""

import numpy as np


def data(line):
    """The points of a line, as two columns x and y."""
    return np.column_stack([np.asarray(values, dtype=float) for values in line.get_data()])


def polar(line):
    """The points of a line as (radius, angle), the angle unwrapped along the line."""
    x, y = data(line).T
    return np.column_stack([np.hypot(x, y), np.unwrap(np.arctan2(y, x))])
