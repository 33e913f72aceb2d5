"""What the book adds to Jupyter Book, as a Sphinx extension.

Math without a network, a title for each folded proof, and two things less that the theme would show twice.
"""

import filecmp
import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes

# The parts of MathJax that TeX input with HTML output asks for: 3 MB of 23.
MATHJAX_PARTS = ["tex-chtml.js", "output/chtml/fonts", "input/tex/extensions"]

CODE = re.compile(r'<dt class="sig.*?</dt>|<code class=.*?</code>', re.DOTALL)
WORD = re.compile(r'<span class="pre">([^<]*)</span>')


def setup(app):
    """Register the parts with Sphinx."""
    app.config.mathjax_path = "mathjax/tex-chtml.js"
    app.connect("config-inited", one_search_box)
    app.connect("env-get-outdated", pages_with_another_look)
    app.connect("doctree-read", title_folded_proofs)
    app.connect("build-finished", copy_mathjax)
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("html-page-context", shorten_code)
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


def pages_with_another_look(app, env, added, changed, removed):
    """Every page, where a style sheet, script or picture has changed: without a page to build, Sphinx copies none."""
    for folder in map(Path(app.confdir).joinpath, app.config.html_static_path):
        for file in folder.rglob("*"):
            copy = Path(app.outdir, "_static", file.relative_to(folder))
            if file.is_file() and copy.exists() and not filecmp.cmp(file, copy, shallow=False):
                return env.found_docs
    return []


def one_search_box(app, config):
    """Leave the search to the sidebar. Setting the theme's options in _config.yml would replace Jupyter Book's."""
    config.html_theme_options["navbar_persistent"] = []


def title_folded_proofs(app, doctree):
    """Give each folded proof what the script of the folds asks for: a title, and an id of its own.

    Without a title the script stops there, and every later fold of the page stands open.
    """
    proofs = [box for box in doctree.findall(nodes.admonition) if {"proof", "dropdown"} <= set(box["classes"])]
    for number, box in enumerate(proofs, start=1):
        first = next(box.findall(nodes.Text))
        first.parent.replace(first, nodes.Text(first.removeprefix("Proof. ")))
        box.insert(0, nodes.title("", "Proof"))
        box["ids"] = [f"folded-proof-{number}"]


def shorten_code(app, pagename, templatename, context, doctree):
    """Take away the spans round every word of code in the text, which are a tenth of the page of the package."""
    if "body" in context:
        context["body"] = CODE.sub(lambda found: WORD.sub(r"\1", found[0]), context["body"])


def drop_thebe(app, pagename, templatename, context, doctree):
    """Leave out Thebe, which is loaded twice and would ask a server far away for a kernel."""
    context["script_files"] = [
        file for file in context["script_files"] if "thebe" not in f"{file.filename} {file.attributes}".lower()
    ]
    context["css_files"] = [file for file in context["css_files"] if "thebe" not in str(file.filename)]
