"""When is a picture the same? Two drawings of one figure may differ by a processor's last bits, not by what they show.

A last bit of a coordinate moves the grey of an edge by a level or two of 255; it moves no line
and changes no letter. So a PNG has changed when more than a few pixels differ plainly, and an SVG when
it has another text, another line or another image, or one of them stands elsewhere.
"""

import base64
import io
import re
from xml.etree import ElementTree

import numpy as np
from PIL import Image

#: A channel of a pixel differs plainly beyond this many levels of 255 ...
LEVELS = 32
#: ... and so many pixels may: fewer than the smallest change of a letter makes.
PIXELS = 8
#: So far may a point of an SVG be from where it was, in points of 1/72 inch: less than a reader's screen shows.
AWAY = 0.05

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
ID = re.compile(r"(?<=#)[^)]+(?=\)|$)|^[a-z]\w{10}$")


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
    here, there = list(elements(one)), list(elements(other))
    for (words, places, images), (other_words, other_places, other_images) in zip(here, there, strict=False):
        if words != other_words:
            return f"there is {words} where the other has {other_words}"
        if (gap := distance(places, other_places)) > AWAY:
            return f"{words} is {gap:.2f} points from where the other has it"
        for image, other_image in zip(images, other_images, strict=True):
            if said := difference(image, other_image):
                return f"of an image in it {said}"
    return "" if len(here) == len(there) else f"it has {len(here)} elements, not {len(there)}"


def elements(svg):
    """Every element of an SVG: what it says in words, the places in it as pairs of numbers, and the images in it."""
    names = {}  # an id is made of last bits, so the first one counts as 0, the next one as 1, and so on
    for element in ElementTree.fromstring(svg).iter():
        words, places, images = [element.tag.rpartition("}")[2], (element.text or "").strip()], [], []
        for name, value in element.items():
            if value.startswith("data:image/png;base64,"):
                images.append(value.partition(",")[2])
            elif name in ("x", "y", "d", "width", "height", "transform", "viewBox"):
                places += [float(number) for number in NUMBER.findall(value)]
                words.append(NUMBER.sub("", value) if name == "transform" else name)
            else:
                words.append(f"{name}={ID.sub(lambda found: str(names.setdefault(found[0], len(names))), value)}")
        if images:  # the columns of a matrix say where the far corners of its one pixel are; here, of the whole image
            width, height, *matrix = places
            places = np.multiply(matrix, [width, width, height, height, 1, 1])
        yield " ".join(words), np.array(places), images


def distance(places, other_places):
    """How far numbers are from where they were; of lines whose corners differ, the outermost ones.

    Matplotlib leaves out corners that a line hardly needs, and last bits decide which ones.
    """
    gap = abs(places - other_places).max(initial=0) if len(places) == len(other_places) else np.inf
    if gap <= AWAY or min(len(places), len(other_places)) <= 4:
        return gap
    ends = [
        np.concatenate([end(found.reshape(-1, 2), axis=0) for end in (np.min, np.max)])
        for found in (places, other_places)
    ]
    return abs(ends[0] - ends[1]).max()
