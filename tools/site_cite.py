"""How to cite a page, at its foot and for programs that collect references, as a Sphinx extension.

Who wrote the book, its title and year are read from CITATION.cff.
"""

from html import escape

import yaml
from pybtex.database import BibliographyData, Entry, Person

from run_notebooks import ROOT

WORDS = {
    "en": {"page": "Cite this page", "book": "Cite this book", "in": "in", "fold": "BibTeX"},
    "de": {"page": "Diese Seite zitieren", "book": "Dieses Buch zitieren", "in": "in", "fold": "BibTeX"},
}


def setup(app):
    """Register the part with Sphinx."""
    app.connect("html-page-context", cite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def cited_book():
    """The book as CITATION.cff wants it cited."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["preferred-citation"]


def cite(app, pagename, templatename, context, doctree):
    """Put under a page how to cite it, and into its head what Zotero and Google Scholar read."""
    if doctree is None:
        return
    book = cited_book()
    is_book = pagename == app.config.root_doc
    title = book["title"] if is_book else app.env.titles[pagename].astext()
    address = context.get("pageurl")
    words = WORDS[app.config.language]
    sentence = [escape(", ".join(map(full_name, book["authors"]))), f"<cite>{escape(title)}</cite>"]
    if not is_book:
        sentence.append(f"{words['in']} <cite>{escape(book['title'])}</cite>")
    sentence.append(str(book["year"]))
    if address:
        sentence.append(f'<a href="{address}">{address}</a>')
    what = words["book" if is_book else "page"]
    context["body"] += (
        f'\n<div class="cite-this-page"><p><span>{what}</span> {", ".join(sentence)}.</p>'
        f"<details><summary>{words['fold']}</summary>"
        f'<div class="highlight notranslate"><pre>{escape(bibtex(pagename, title, is_book, address))}</pre></div>'
        "</details></div>\n"
    )
    tags = [("citation_title", title), *(("citation_author", full_name(author)) for author in book["authors"])]
    tags += [("citation_publication_date", str(book["year"]))]
    if not is_book:
        tags.append(("citation_inbook_title", book["title"]))
    if address:
        tags.append(("citation_public_url", address))
    lines = (f'<meta name="{name}" content="{escape(content)}" />' for name, content in tags)
    context["metatags"] = "\n".join([context.get("metatags") or "", *lines, ""])


def full_name(author):
    """The name of a person or of a group, as CITATION.cff holds it."""
    return author.get("name") or f"{author['given-names']} {author['family-names']}"


def bibtex(pagename, title, is_book, address):
    """The entry of a page, or of the book."""
    book = cited_book()
    fields = {"title": title, "year": str(book["year"])}
    if not is_book:
        fields["booktitle"] = book["title"]
    if address:
        fields["url"] = address
    people = [
        Person("{" + author["name"] + "}" if "name" in author else full_name(author)) for author in book["authors"]
    ]
    entry = Entry("book" if is_book else "incollection", fields=fields, persons={"author": people})
    key = f"posenc{book['year']}" + ("" if is_book else "-" + pagename.replace("/", "-").replace("_", "-"))
    return BibliographyData({key: entry}).to_string("bibtex").strip()
