"""What the book adds to Jupyter Book, as a Sphinx extension.

Math without a network, a notebook cache that notices a changed package, and one script less.
"""

import shutil
from importlib.metadata import distribution
from pathlib import Path

import notebooks

# The parts of MathJax that TeX input with HTML output asks for: 3 MB of 23.
MATHJAX_PARTS = ["tex-chtml.js", "output/chtml/fonts", "input/tex/extensions"]


def setup(app):
    """Register the parts with Sphinx."""
    app.config.nb_execution_cache_path = str(notebooks.cache_path())
    app.config.mathjax_path = "mathjax/tex-chtml.js"
    app.connect("build-finished", copy_mathjax)
    app.connect("html-page-context", drop_thebe, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def copy_mathjax(app, exception):
    """Copy MathJax from the installed package into the site."""
    if exception is not None or app.builder.format != "html":
        return
    source = Path(distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline/static/mathjax"))
    target = Path(app.outdir, "_static", "mathjax")
    for part in MATHJAX_PARTS:
        if (target / part).exists():
            continue
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part)
        else:
            shutil.copyfile(source / part, target / part)


def drop_thebe(app, pagename, templatename, context, doctree):
    """Leave out Thebe, which the theme loads twice and which would ask a server for a kernel."""
    context["script_files"] = [file for file in context["script_files"] if "thebe" not in str(getattr(file, "filename", file))]
