"""When is a picture the same? Two drawings of one figure may differ by a processor's last bits, not by what they show.

A last bit of a coordinate moves the grey of an edge by a level or two of 255; it moves no line
and changes no letter. So a picture has changed when more than a few pixels differ plainly.
"""

import base64
import io

import numpy as np
from PIL import Image

#: A channel of a pixel differs plainly beyond this many levels of 255 ...
LEVELS = 32
#: ... and so many pixels may: fewer than the smallest change of a letter makes.
PIXELS = 8


def pixels(png):
    """The channels of every pixel, from the bytes of a PNG file or their base64 text."""
    data = base64.b64decode(png) if isinstance(png, str) else png
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")).astype(int)


def difference(one, other):
    """In words, what makes two pictures differ; empty if they are the same."""
    here, there = pixels(one), pixels(other)
    if here.shape != there.shape:
        return f"its size is {here.shape[1::-1]}, not {there.shape[1::-1]}"
    changed = (abs(here - there) > LEVELS).any(axis=-1)
    if changed.sum() <= PIXELS:
        return ""
    rows, columns = np.nonzero(changed)
    where = f"columns {columns.min()} to {columns.max()}, rows {rows.min()} to {rows.max()}"
    return f"{changed.sum()} pixels differ plainly ({PIXELS} may), in {where}"
