"""Pictures take fewer bytes on the page, and are the same pictures."""

import re

import nbformat
import numpy as np
import pytest

from lean_svg import lean
from run_notebooks import notebooks

NUMBER = r"-?\d+(?:\.\d+)?"


def pictures():
    """Every picture that the book stores, by its notebook and cell."""
    for path in notebooks():
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            for output in cell.get("outputs", []):
                if svg := output.get("data", {}).get("image/svg+xml"):
                    yield pytest.param(svg, id=f"{path.stem}-{number}")


def corners(svg):
    """Where paths start and lines end, in tenths of a pixel and in order, shapes of marks and their places left out."""
    found = []
    for path in re.findall(r'<path d="([^"]*)"', re.sub(r"<defs>.*?</defs>", "", svg, flags=re.S)):
        here = np.zeros(2)
        if "stroke-linecap: round" in path:
            continue
        for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
            values = np.array(re.findall(NUMBER, numbers), dtype=float)
            if letter == "h":
                values = np.array([values[0], 0.0])
            here = here + values if letter in "lh" else (values[-2:] if values.size else here)
            if values.size:
                found.append(here)
    return np.array(found)


def places(svg):
    """Where marks stand, and which frame cuts them off: its number, or -1 for none. A sorted list."""
    frames = re.findall(r'<clipPath id="([^"]+)"', svg)
    found, around = [], [-1]
    for line in svg.splitlines():
        if line.startswith("<g"):
            clip = re.search(r"url\(#([^)]+)\)", line)
            around.append(frames.index(clip[1]) if clip else around[-1])
        elif line == "</g>":
            around.pop()
        mark = re.match(rf'<use [^>]*x="({NUMBER})" y="({NUMBER})"', line)
        discs = re.findall(rf"M({NUMBER}) ({NUMBER})h0", line) if "stroke-linecap: round" in line else []
        found += [(float(x), float(y), around[-1]) for x, y in ([mark.groups()] if mark else discs)]
    return np.array(sorted(found)).reshape(-1, 3)


@pytest.mark.parametrize("svg", list(pictures()))
def test_every_mark_and_every_line_stays_where_it_is(svg):
    slim = lean(svg)
    assert len(slim) < len(svg)
    np.testing.assert_allclose(places(slim), places(svg), atol=0.051)
    ends = re.sub(r'<path d="[^"]*" style="stroke: [^"]*stroke-linecap: round"/>', "", slim)
    np.testing.assert_allclose(corners(ends), corners(svg), atol=0.051)
    assert re.findall(r">([^<>\s][^<>]*)</text>", slim) == re.findall(r">([^<>\s][^<>]*)</text>", svg)
    names = re.findall(r' id="([^"]+)"', slim)
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', slim)) <= set(names)


def test_a_wrong_place_is_noticed():
    svg = '<path d="M1 1L2 2L4 4" style="fill: none"/>\n<use xlink:href="#a" x="3" y="4" style="fill: #000000"/>'
    slim = lean('<path id="a" d="M0 2C0 1 2 3 4 4z"/>\n' + svg)
    assert "M1 1l1 1l2 2" in slim
    assert 'd="M3 4h0" style="stroke: #000000; stroke-width: 4; stroke-linecap: round"' in slim
