"""Buttons that open a page as a notebook which runs, as a Sphinx extension, and the copies that they lead to.

A source would not do: an exercise shows its solution, a chapter stops at its first import. So the download button gives
the copy, Colab and Binder open it from a branch of the repository, and JupyterLite runs it in the reader's browser.
"""

import re
from pathlib import Path

from sphinx.util import logging

import addresses
from chapter_copies import chapters
from release_exercises import sources
from run_notebooks import BOOK, notebooks
from student_copies import student

# The branch that .github/workflows/publish.yml writes the copies to: Colab and Binder read from a repository only.
BRANCH = "student-copies"

IN_THE_BROWSER = {
    "type": "link",
    "text": "Run here (needs a connection)",
    "tooltip": "Runs in this browser, with nothing to install; NumPy and Matplotlib come from Pyodide's public address",
    "icon": "fas fa-play",
    "label": "run-in-browser-button",
}


def setup(app):
    """Register the parts with Sphinx."""
    app.add_config_value("runs_in_browser", False, "html")  # when it changes, every page is written anew
    app.connect("config-inited", see_what_runs)
    app.connect("build-finished", write_copies)
    app.connect("build-finished", say_what_is_not_set)
    app.connect("html-page-context", open_copies, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def see_what_runs(app, config):
    """Ask for no button that would be dead: JupyterLite is built by `make lite`, the others need the repository."""
    config.runs_in_browser = Path(app.outdir, "lite", "index.html").exists()
    if addresses.repository() is None:
        config.html_theme_options |= {"use_repository_button": False, "use_issues_button": False, "launch_buttons": {}}


def say_what_is_not_set(app, exception):
    """Say once why buttons are missing. It is no warning, since a book without addresses is a whole book."""
    if exception is None and addresses.repository() is None:
        logging.getLogger(__name__).info(
            "The address of the repository is not set in _config.yml: pages have no launch and repository buttons."
        )


def write_copies(app, exception):
    """Put the copies where the pages link to them."""
    if exception is None and app.builder.format == "html":
        chapters(Path(app.outdir, "notebooks"), student(Path(app.outdir, "student")))


def open_copies(app, pagename, templatename, context, doctree):
    """Let the buttons of a page open and download its copy, not its source."""
    source = BOOK / f"{pagename}.ipynb"
    if source not in notebooks():
        return
    groups, copy = context["header_buttons"], f"{pagename}.ipynb"
    for button in (each for group in groups for each in group.get("buttons", [])):
        if button["text"] == "Colab":
            button["url"] = re.sub("/blob/.*", f"/blob/{BRANCH}/{copy}", button["url"])
        elif button["text"] == "Binder":
            button["url"] = re.sub(r"/[^/]*\?urlpath=.*", f"/{BRANCH}?urlpath=lab/tree/{copy}", button["url"])
        elif button.get("label") == "download-source-button":
            place = f"student/{source.name}" if source in sources() else f"notebooks/{copy}"
            button |= {"url": context["pathto"](place, 1), "tooltip": "Download the notebook, ready to run"}
    if app.config.runs_in_browser:
        here = IN_THE_BROWSER | {"url": context["pathto"]("lite/notebooks/index.html", 1) + f"?path={copy}"}
        launch_group(groups)["buttons"].insert(0, here)


def launch_group(groups):
    """The group of launch buttons, which the theme makes only where the repository is known."""
    for group in groups:
        if group.get("label") == "launch-buttons":
            return group
    groups.insert(
        0,
        {
            "type": "group",
            "tooltip": "Run this page",
            "icon": "fas fa-rocket",
            "buttons": [],
            "label": "launch-buttons",
        },
    )
    return groups[0]
