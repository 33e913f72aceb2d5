"""The same picture in fewer bytes, as it stands in a page: what Matplotlib says of each mark is said once for all.

A picture as `posenc.plotting` stores it has one element a line, and that is what is read here.
"""

import re
from itertools import groupby

MARK = re.compile(r'<use xlink:href="(?P<shape>#[^"]+)" x="(?P<x>[^"]+)" y="(?P<y>[^"]+)" style="(?P<style>[^"]*)"/>')
DISC = re.compile(r'<path id="([^"]+)" d="M0 ([\d.]+)C')
STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def lean(svg):
    """Draw the same with fewer bytes; a place may move by a twentieth of a pixel."""
    discs = {f"#{name}": float(radius) for name, radius in DISC.findall(svg)}
    lines = []
    for shape, group in groupby(without_needless_groups(svg.splitlines()), key=shape_of):
        same = list(group)
        lines += drawn_together(shape, same, discs) if shape else same
    return re.sub(r' d="([^"]*)"', lambda path: f' d="{relative(path[1])}"', with_short_names("\n".join(lines)))


def without_needless_groups(lines):
    """Leave out where a clipped group ends and another of the same clip begins."""
    kept, opened, closed = [], [], None
    for line in lines:
        if line.startswith("<g clip-path") and kept[-1] == "</g>" and closed == line:
            kept.pop()
        else:
            kept.append(line)
        if line == "</g>":
            closed = opened.pop()
        elif line.startswith("<g"):
            opened.append(line)
    return kept


def shape_of(line):
    """The shape of a mark and how it is drawn, but for its opacity, or nothing for all else."""
    mark = MARK.fullmatch(line)
    return mark and (mark["shape"], re.sub(r" ?fill-opacity: [\d.]+;?", "", mark["style"]))


def drawn_together(shape, lines, discs):
    """Marks of one shape and style: discs as the round ends of strokes without length, others as one group."""
    name, style = shape
    marks = [MARK.fullmatch(line) for line in lines]
    colour = re.fullmatch("fill: ([^;]+)", style)
    if name in discs and colour and all(mark["style"] == style for mark in marks):
        path = "".join(f"M{mark['x']} {mark['y']}L{mark['x']} {mark['y']}" for mark in marks)
        width = f"{2 * discs[name]:g}"
        return [f'<path d="{path}" style="stroke: {colour[1]}; stroke-width: {width}; stroke-linecap: round"/>']
    return [f'<g style="{style}">', *(alone(mark) for mark in marks), "</g>"]


def alone(mark):
    """What is left to say of a mark in its group."""
    own = re.search(r"fill-opacity: ([\d.]+)", mark["style"])
    opacity = f' style="fill-opacity: {float(own[1]):.3g}"' if own else ""
    return f'<use href="{mark["shape"]}" x="{mark["x"]}" y="{mark["y"]}"{opacity}/>'


def with_short_names(svg):
    """Number the ids."""
    names = {name: f"{number}" for number, name in enumerate(re.findall(r' id="([^"]+)"', svg))}
    return re.sub(r'( id="|url\(#|href="#)([^")]+)', lambda use: use[1] + names[use[2]], svg)


def relative(path):
    """A path whose lines say how far they go, in tenths of a pixel."""
    said, here = [], None
    for letter, numbers in STEP.findall(path):
        tenths = [round(10 * float(number)) for number in numbers.split()]
        if letter == "L":
            step = [place - before for place, before in zip(tenths, here, strict=True)]
            said.append("h0" if step == [0, 0] else "l" + " ".join(f"{value / 10:g}" for value in step))
        else:
            said.append(letter + " ".join(f"{value / 10:g}" for value in tenths))
        here = tenths[-2:] or here
    return "".join(said)
