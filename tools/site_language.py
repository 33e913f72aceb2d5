"""Translated pages, as a Sphinx extension: where they stand, and the words that Sphinx does not translate by itself.

The alternative texts of figures and the names of folds stand in the metadata of notebooks. Here they join the messages
to translate, and are translated where the notebook is read.
"""

import json
import posixpath
from pathlib import Path

from docutils import nodes
from sphinx.locale import init

from run_notebooks import ROOT

LOCALE = ROOT / "locale"
HOME = "en"
PLACES = [("image", "alt"), ("code_prompt_show",), ("code_prompt_hide",)]


def setup(app):
    """Register the parts with Sphinx."""
    app.connect("builder-inited", stand_in_a_folder_of_its_own)
    app.connect("source-read", translate_metadata)
    app.connect("doctree-resolved", collect_metadata)
    app.connect("html-page-context", name_its_own_address, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def translated(language):
    """The pages that have a translation into a language."""
    folder = LOCALE / language / "LC_MESSAGES"
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.po"))


def languages():
    """The languages into which some page is translated."""
    return sorted(folder.name for folder in LOCALE.glob("*"))


def stand_in_a_folder_of_its_own(app):
    """Give a translated page an address below that of its language; all other links lead to the English pages."""
    language = app.config.language
    if language == HOME or app.builder.format != "html":
        return
    english_uri = app.builder.get_target_uri
    pages = set(translated(language))

    def uri(docname, typ=None):
        return f"{language}/{english_uri(docname, typ)}" if docname in pages else english_uri(docname, typ)

    app.builder.get_target_uri = uri
    app.builder.search = False  # the search of the English pages is the one that is linked


def name_its_own_address(app, pagename, templatename, context, doctree):
    """The address under which a page asks to be found, and no script with words for the search it does not have."""
    if context.get("pageurl"):
        context["pageurl"] = posixpath.join(app.config.html_baseurl, app.builder.get_target_uri(pagename))
    if app.config.language != HOME:
        scripts = context["script_files"]
        scripts[:] = [script for script in scripts if str(script.filename) != "_static/translations.js"]


def metadata_words(notebook):
    """The places in a notebook's metadata that hold words for readers, as pairs of a dictionary and a key."""
    for cell in notebook["cells"]:
        for *path, key in PLACES:
            place = cell["metadata"].get("mystnb", {})
            for name in path:
                place = place.get(name, {})
            if key in place:
                yield place, key


def collect_metadata(app, doctree, docname):
    """Let the words in the metadata be messages to translate."""
    source = Path(app.env.doc2path(docname))
    if app.builder.name != "gettext" or source.suffix != ".ipynb":
        return
    notebook = json.loads(source.read_text(encoding="utf-8"))
    for text in dict.fromkeys(place[key] for place, key in metadata_words(notebook)):
        message = nodes.paragraph(text, text)
        message.source, message.line, message.uid = str(source), 1, ""  # Sphinx passes over nodes without a uid
        doctree += message


def translate_metadata(app, docname, content):
    """Translate the words in the metadata of a notebook."""
    language = app.config.language
    if language == HOME or docname not in translated(language):
        return
    notebook = json.loads(content[0])
    catalogue, _ = init([str(LOCALE)], language, docname)
    for place, key in metadata_words(notebook):
        place[key] = catalogue.gettext(place[key])
    content[0] = json.dumps(notebook)
