"""Words that lead to the page that explains them, as a Sphinx extension: for the search and the general index."""

import pickle
from pathlib import Path

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.application import ENV_PICKLE_FILENAME

from run_notebooks import BOOK

PATH = BOOK / "search.yml"


def setup(app):
    """Register the part with Sphinx. Words that change build the pages anew, as a setting does."""
    app.add_config_value("search_words", words(), "env")
    app.connect("doctree-read", add_words)
    app.connect("build-finished", keep_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def words():
    """The words of each page, or of each place on a page: {"formula/frequencies#why-10000": ["10000", ...]}."""
    return yaml.safe_load(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}


def add_words(app, doctree):
    """Enter the words of this page, as the main entries that a search shows first.

    The general index reads the entries of the environment, the search those of the page.
    """
    section = next(doctree.findall(nodes.section), None)
    entered = []
    for target, found in app.config.search_words.items():
        page, _, place = target.partition("#")
        if page == app.env.docname:
            entered += [("single", word, place or section["ids"][0], "main", None) for word in found]
    if entered:
        app.env.get_domain("index").entries.setdefault(app.env.docname, []).extend(entered)
        section.insert(1, addnodes.index(entries=entered))


def keep_entries(app, exception):
    """Store the environment once more: Sphinx does so before pages are written, which is when the search gets entries.

    Without that, a build of some pages would lose the entries of all others.
    """
    if exception is None and app.builder.format == "html":
        with Path(app.doctreedir, ENV_PICKLE_FILENAME).open("wb") as file:
            pickle.dump(app.env, file, pickle.HIGHEST_PROTOCOL)
