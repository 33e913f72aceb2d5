"""Pages in other languages: `messages` collects what there is to translate, `pages` puts translated pages in place.

A page is translated where locale/LANGUAGE/LC_MESSAGES holds a file of its name. The whole book is read in that
language, so that every link of the page is checked and finds its place, but only translated pages are kept.
"""

import argparse
import re
import sys
from html import escape

from jupyter_book.sphinx import build_sphinx
from sphinx_intl.catalog import dump_po, load_po, update_with_fuzzy

import addresses
import site_map
from run_notebooks import BOOK, ROOT
from site_language import HOME, LOCALE, languages, translated

BUILD = ROOT / "_build"
MESSAGES = BUILD / "gettext"
SITE = BUILD / "html"
TOC = ROOT / "_toc.yml"
OFFER = {"en": "This page in English", "de": "Diese Seite auf Deutsch"}
MARK = "<!-- languages -->"


def built(builder, folder, toc=TOC, only=(), **settings):
    """Let Sphinx make something of the book as `make book` does, with some settings more."""
    settings = {"external_toc_path": str(toc), "latex_individualpages": False, "locale_dirs": [str(LOCALE)], **settings}
    result = build_sphinx(
        BOOK,
        folder,
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides={"gettext_compact": False, **settings},
        doctreedir=folder.with_name(f"{folder.name}.doctrees"),
        builder=builder,
        filenames=[str(path) for path in only],
        quiet=True,
        warningiserror=builder == "html",
        keep_going=True,
    )
    if result:
        sys.exit(f"{folder} is not built: see above")
    return folder


def write_messages():
    """Write the messages of all pages, and bring those that are translated up to date: what is new stands empty."""
    built("gettext", MESSAGES)
    for language in languages():
        for page in translated(language):
            path = LOCALE / language / "LC_MESSAGES" / f"{page}.po"
            update(path, MESSAGES / f"{page}.pot")


def update(path, template):
    """Bring one file of translations up to date."""
    catalogue = load_po(path)
    created = catalogue.creation_date
    update_with_fuzzy(catalogue, load_po(template))
    catalogue.creation_date = created  # a file without news stays as it is
    dump_po(path, catalogue, width=120, no_location=True, ignore_obsolete=True)


def write_pages():
    """Build each language, keep its translated pages, and let all versions of a page lead to each other."""
    if not (SITE / "index.html").exists():
        sys.exit("translated pages stand beside the English ones: run `make book` first")
    for language in languages():
        pages = translated(language)
        sources = [path for page in pages for path in BOOK.glob(f"{page}.*")]
        made = built("html", BUILD / "languages" / language, only=sources, language=language)
        for page in pages:
            target = SITE / language / f"{page}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text((made / f"{page}.html").read_text(encoding="utf-8"), encoding="utf-8")
    for page in {page for language in languages() for page in translated(language)}:
        versions = [HOME, *(language for language in languages() if page in translated(language))]
        for language in versions:
            offer(page, language, versions)
    site_map.write_map(SITE)


def offer(page, language, versions):
    """Put into one version of a page links to the others, and for search engines the list of all."""
    path = SITE / place(page, language)
    text = re.sub(f"{MARK}.*?{MARK}", "", path.read_text(encoding="utf-8"), flags=re.S)
    root = f"{addresses.site()}/" if addresses.site() else "../" * place(page, language).count("/")
    listed = "".join(
        f'<link rel="alternate" hreflang="{each}" href="{root}{place(page, each)}" />\n' for each in versions
    )
    up = "../" * place(page, language).count("/")
    others = [each for each in versions if each != language]
    links = " ".join(
        f'<a href="{up}{place(page, each)}" lang="{each}" hreflang="{each}">{escape(OFFER[each])}</a>'
        for each in others
    )
    text = text.replace("</head>", f"{MARK}{listed}{MARK}</head>", 1)
    article = '<article class="bd-article">'
    text = text.replace(article, f'{article}{MARK}<p class="languages">{links}</p>{MARK}', 1)
    path.write_text(text, encoding="utf-8")


def place(page, language):
    """Where in the site a version of a page is."""
    return f"{page}.html" if language == HOME else f"{language}/{page}.html"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["messages", "pages"])
    {"messages": write_messages, "pages": write_pages}[parser.parse_args().what]()
