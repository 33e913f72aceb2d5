"""Light icons in place of the theme's heavy ones, as a Sphinx extension.

The theme draws the icons of its buttons with a script of 1.5 MB. The site needs some twenty, so they are drawn here,
as masks that take the colour of the text around them, in a style sheet of a few KB. Readers without scripts see them
too. What the theme brings along and no page asks for is taken out of the site.
"""

import shutil
from pathlib import Path

# Each is a drawing of strokes on a square of 24 units; what is filled as well stands under its name below.
STROKES = {
    "angle-left": "m15 5-7 7 7 7",
    "angle-right": "m9 5 7 7-7 7",
    "arrow-up": "M12 20V4M5 11l7-7 7 7",
    "bars": "M3.5 6h17M3.5 12h17M3.5 18h17",
    "chevron-down": "m5 9 7 7 7-7",
    "circle-half-stroke": "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18z",
    "code": "m8 6-6 6 6 6M16 6l6 6-6 6",
    "download": "M12 3v12M7 10l5 5 5-5M4 17v3h16v-3",
    "expand": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    "file": "M6 3h8l4 4v14H6zM14 3v5h4",
    "file-pdf": "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "github": "M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm0 0v7m0 0a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
    "m12-7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm0 0c0 5-12 2-12 7",
    "lightbulb": "M9 17h6M10 21h4M9 17c0-3-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5-3 8",
    "list": "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01",
    "magnifying-glass": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
    "moon": "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
    "pencil-alt": "m4 20 1-5L16 4l4 4L9 19z",
    "play": "M7 4.5v15l12-7.5z",
    "rocket": "M9 15c0-6 4-11 11-12-1 7-6 11-12 11m1 1-3-3H4l3-5h4M9 15l3 3v3l5-3v-4M6 17l-2 3 3-1",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4"
    "M6.4 17.6 5 19",
}
FILLED = {"circle-half-stroke": "M12 3a9 9 0 0 0 0 18z"}

# An icon is a piece of the colour of the text, cut out by its drawing. The theme's letters for icons are no more.
SHAPE = """\
:is(.fas, .fab, .fa-solid, .fa-brands) {
  display: inline-block; width: 1em; height: 1em; vertical-align: -0.125em;
  background: currentColor; mask: var(--icon) center / contain no-repeat;
}
:is(.fas, .fab, .fa-solid, .fa-brands)::before { content: none; }
@media (forced-colors: active) {
  :is(.fas, .fab, .fa-solid, .fa-brands) { forced-color-adjust: none; background: CanvasText; }
}
:root {
  --fa-font-solid: 400 1em/1 system-ui; --fa-font-brands: 400 1em/1 system-ui;
  --pst-icon-external-link: "\\2197"; --pst-icon-search-minus: "\\2715"; --pst-icon-download: "\\2193";
}
a:is(.github, .gitlab)::before { content: none; }
.bd-sidebar-secondary.hide:not(:hover) .onthispage::after { content: "\\25be"; font-family: inherit; }
"""

# Icons of the theme, maps for its makers, the words of other languages, and what would start a kernel far away.
UNUSED = ["vendor", "locales", "scripts/fontawesome.js*", "**/*.map", "sphinx-thebe.*", "*macros.html"]

TEMPLATES = Path(__file__).parent / "site_templates"


def setup(app):
    """Register the parts with Sphinx."""
    app.connect("config-inited", use_own_templates)
    app.connect("build-finished", write_icons)
    app.connect("build-finished", remove_unused)
    app.add_css_file("icons.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def use_own_templates(app, config):
    """Let ours come before the theme's, whose script they leave out."""
    config.templates_path.append(str(TEMPLATES))


def drawing(name):
    """The icon as a data address."""
    path, filled = STROKES[name], FILLED.get(name)
    more = f"<path d='{filled}' fill='black'/>" if filled else ""
    return (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='black' "
        f"stroke-width='2.2' stroke-linecap='round' stroke-linejoin='round'><path d='{path}'/>{more}</svg>"
    )


def write_icons(app, exception):
    """Write the style sheet of the icons."""
    if exception is None and app.builder.format == "html":
        rules = [f'.fa-{name} {{ --icon: url("{drawing(name)}"); }}\n' for name in STROKES]
        Path(app.outdir, "_static", "icons.css").write_text(SHAPE + "".join(rules), encoding="utf-8")


def remove_unused(app, exception):
    """Take out what no page asks for."""
    if exception is not None or app.builder.format != "html":
        return
    for pattern in UNUSED:
        for path in Path(app.outdir, "_static").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
