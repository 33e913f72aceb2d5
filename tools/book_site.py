"""What the book adds to Jupyter Book, as a Sphinx extension.

Math without a network, the student copies of the exercises and buttons that open them, a title for
each folded proof, two things less that the theme would show twice, and no button that leads nowhere.
"""

import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

import addresses
import student_copies
from release_exercises import sources
from run_notebooks import BOOK

# The parts of MathJax that TeX input with HTML output asks for: 3 MB of 23.
MATHJAX_PARTS = ["tex-chtml.js", "output/chtml/fonts", "input/tex/extensions"]

# The branch that .github/workflows/publish.yml writes the student copies to.
BRANCH = "student-copies"


def setup(app):
    """Register the parts with Sphinx."""
    app.config.mathjax_path = "mathjax/tex-chtml.js"
    app.connect("config-inited", one_search_box)
    app.connect("config-inited", no_dead_buttons)
    app.connect("doctree-read", title_folded_proofs)
    app.connect("build-finished", copy_mathjax)
    app.connect("build-finished", write_student_copies)
    app.connect("build-finished", say_what_is_not_set)
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("html-page-context", open_student_copies, priority=900)
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


def write_student_copies(app, exception):
    """Put the student copies where the exercise pages link to them."""
    if exception is None and app.builder.format == "html":
        student_copies.student(Path(app.outdir, "student"))


def no_dead_buttons(app, config):
    """Ask the theme for no button to the repository while nobody has said where that is."""
    if addresses.repository() is None:
        config.html_theme_options |= {"use_repository_button": False, "use_issues_button": False, "launch_buttons": {}}


def say_what_is_not_set(app, exception):
    """Say once why buttons are missing. It is no warning, since a book without addresses is a whole book."""
    if exception is None and addresses.repository() is None:
        logging.getLogger(__name__).info(
            "The address of the repository is not set in _config.yml: pages have no launch and repository buttons."
        )


def open_student_copies(app, pagename, templatename, context, doctree):
    """Let the buttons of an exercise page open and download its student copy, not the source with the solutions.

    Colab reads notebooks from GitHub only, where the copies have a branch of their own. Chapters have no launch
    button: they have no cell that installs posenc, so they would stop at their first import.
    """
    buttons = context.get("header_buttons", [])
    if BOOK / f"{pagename}.ipynb" not in sources():
        buttons[:] = [button for button in buttons if button.get("label") != "launch-buttons"]
        return
    copy = f"{Path(pagename).name}.ipynb"
    for button in (each for group in buttons for each in group.get("buttons", [])):
        if button["text"] == "Colab":
            button["url"] = re.sub("/blob/.*", f"/blob/{BRANCH}/{copy}", button["url"])
        elif button.get("label") == "download-source-button":
            button |= {"url": context["pathto"](f"student/{copy}", 1), "tooltip": "Download the student copy"}


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


def drop_thebe(app, pagename, templatename, context, doctree):
    """Leave out Thebe, which is loaded twice and would ask a server far away for a kernel."""
    context["script_files"] = [
        file for file in context["script_files"] if "thebe" not in f"{file.filename} {file.attributes}".lower()
    ]
    context["css_files"] = [file for file in context["css_files"] if "thebe" not in str(file.filename)]
