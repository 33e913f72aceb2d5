"""The scripts of the explorers, on the pages that have one, as a Sphinx extension.

A figure of the class "explorer NAME-1-2-3" is made to move by `_static/explorers/NAME.js`, and by the parts of it that
are called `NAME.part.js`, where it is too long for one file. Other pages load nothing.
"""

import re

from run_notebooks import BOOK

FOLDER = "explorers"
FIGURE = re.compile(r'<figure\b[^>]*class="[^"]*\bexplorer\b[^"]*"')
STEMS = sorted(path.stem for path in (BOOK / "_static" / FOLDER).glob("*.js"))
NAMES = [stem for stem in STEMS if stem != "shared" and "." not in stem]


def scripts(*names):
    """The scripts of these explorers, in the order in which they need each other: what is shared, parts, the rest."""
    return ["shared", *(stem for name in names for stem in [s for s in STEMS if s.startswith(f"{name}.")] + [name])]


def setup(app):
    """Register the part with Sphinx."""
    app.connect("config-inited", not_everywhere)
    app.connect("html-page-context", load_explorers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def not_everywhere(app, config):
    """Take back what Jupyter Book does with every script and style sheet below _static: put it on each page."""
    for files in (config.html_js_files, config.html_css_files):
        files[:] = [file for file in files if not str(file).startswith(f"{FOLDER}/")]


def load_explorers(app, pagename, templatename, context, doctree):
    """Let a page load what its explorers need, in the order in which they need it."""
    figures = " ".join(FIGURE.findall(context.get("body", "")))
    names = [name for name in NAMES if re.search(rf"[\s\"]{name}-\d", figures)]
    if not names:
        return
    app.add_css_file(f"{FOLDER}/explorers.css")
    for name in scripts(*names):
        app.add_js_file(f"{FOLDER}/{name}.js", loading_method="defer")
