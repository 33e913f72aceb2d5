"""When is a picture the same? Two drawings of one figure may differ by a processor's last bits, not by what they show.

A last bit of a coordinate moves the grey of an edge by a level or two of 255; it moves no line
and changes no letter. So a PNG has changed when more than a few pixels differ plainly, and an SVG when
it has another text, another line or another image, or one of them stands elsewhere.
"""

import base64
import io
import re
from itertools import zip_longest
from xml.etree import ElementTree

import numpy as np
from PIL import Image

#: A channel of a pixel differs plainly beyond this many levels of 255 ...
LEVELS = 32
#: ... and so many pixels may: fewer than the smallest change of a letter makes.
PIXELS = 8
#: So far may a point of an SVG be from where it was, in points of 1/72 inch: less than a reader's screen shows.
AWAY = 0.05

NUMBER = re.compile(r"(?<![#\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?")


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


def svg_difference(one, other):
    """In words, what makes two pictures in SVG differ; empty if they are the same."""
    for here, there in zip_longest(*map(drawn, (one, other))):
        if here is None or there is None:
            return f"only one of them has {here or there}"
        (name, words, points), (other_name, other_words, other_points) = here, there
        if (name, words) != (other_name, other_words):
            return f"{name} {words!r} is {other_name} {other_words!r} in the other"
        if name == "image":
            return_of = difference(points[0], other_points[0])
            if return_of:
                return f"an image: {return_of}"
            points, other_points = points[1], other_points[1]
        if points.shape != other_points.shape:  # a vertex less where a line is nearly straight
            points, other_points = edges(points), edges(other_points)
        gap = abs(points - other_points).max(initial=0)
        if gap > AWAY:
            return f"{name} {words!r} is {gap:.2f} points away"
    return ""


def drawn(svg):
    """What an SVG draws, in order: the kind of each element, what is said of it in words, and in numbers."""
    names = {}
    for element in ElementTree.fromstring(svg).iter():
        kind = element.tag.rpartition("}")[2]
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        picture = attributes.pop("href", "") if kind == "image" else None
        said = [re.sub(r"(?<=#)\w+(?=\)|$)", lambda found: call(names, found[0]), f"{key}={value}") ...]
