"""Pictures stand in the page itself, so that they are as light or dark as it is, as a Sphinx extension.

A picture that the book has drawn is stored as SVG, in the colours of `posenc/plotting/_colours.py`. Here each of
them becomes a variable of the page, which `_static/figures.css` and the theme's button set for light and for dark.
"""

import re
from pathlib import Path

from lean_svg import lean
from posenc.plotting import _colours

#: The variable of the style sheet that stands for each colour.
VARIABLES = {
    _colours.INK: "ink",
    _colours.SOFT: "soft",
    _colours.RIM: "rim",
    _colours.FAINT: "faint",
    _colours.PAPER: "paper",
    _colours.BLUE: "a",
    _colours.ORANGE: "b",
    _colours.GREEN: "c",
    _colours.PLUM: "d",
    _colours.SKY: "e",
}
IMAGE = re.compile(r'<img\b(?=[^>]*\ssrc="(?P<src>[^"]+\.svg)")(?=[^>]*\salt="(?P<alt>[^"]*)")[^>]*>')


def setup(app):
    """Register the part with Sphinx."""
    app.connect("html-page-context", draw_in_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def draw_in_page(app, pagename, templatename, context, doctree):
    """Replace the address of each picture of a page by the picture."""
    sources = {name: Path(app.srcdir, path) for path, name in app.builder.images.items()}
    number = 0

    def drawn(image):
        nonlocal number
        source = sources.get(Path(image["src"]).name)
        picture = source.read_text(encoding="utf-8") if source else ""
        if "<style" in picture or not picture:  # it brings its own colours, for light and dark
            return image[0]
        number += 1
        return in_page(picture, image["alt"], f"p{number}-")

    if "body" in context:
        context["body"] = IMAGE.sub(drawn, context["body"])


def in_page(picture, alt, prefix):
    """A picture with the colours of the page, with ids of its own, and told in words to whoever does not see it."""
    picture = lean(picture[picture.index("<svg") :].strip())
    picture = re.sub(r'( id="|url\(#|href="#)', rf"\g<1>{prefix}", picture)
    picture = picture.replace("background: #ffffff; ", "", 1)
    picture = re.sub(r' (fill|stroke)="(#\w{6})"', r' style="\1: \2"', picture)
    picture = re.sub("|".join(VARIABLES), lambda colour: f"var(--{VARIABLES[colour[0]]},{colour[0]})", picture)
    return picture.replace("<svg", f'<svg class="picture" role="img" aria-label="{alt}"', 1)
