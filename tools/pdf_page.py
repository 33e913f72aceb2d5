"""The whole book as one page: the text of every page of the built site, in the order of _toc.yml, ready for paper.

Folds stand open, marks have the name of their page before them, and links between pages lead to places on this one.
"""

import json
import re
import sys
from functools import cache
from html import escape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import numpy as np
import yaml
from bs4 import BeautifulSoup

import addresses
import posenc
from run_notebooks import ROOT

SITE = ROOT / "_build" / "html"

#: The name of the first page, whose own heading is the title of the book and stands on the cover.
FIRST = "The book at a glance"

#: What has no use on paper.
DROPPED = "a.headerlink, script, button, nav, .toctree-wrapper, .d-print-none, summary .expanded"

#: A formula in running text, with the bracket before it and the comma after it.
FORMULA = re.compile(r'([(\[\u201c]*)(<span class="math [^>]*>[^<]*</span>)([.,;:?!)\]\u201d\u2019]*)')

#: The marks of a program that have no colour on paper. The hundred thousand of them would double the work.
UNCOLOURED = re.compile(r'<span class="(?:n|nb|nn|p|w|o|m[ifh]|si)">([^<]*)</span>|<span></span>')

#: Programs and tables with at most so many lines stay on one page.
SHORT = 24


def whole_book():
    """The page: cover, contents, and the text of all pages, each part below its title."""
    book = [(caption, [article(page) for page in pages]) for caption, pages in parts()]
    book[0][1][0].h1.string = FIRST
    for _, articles in book[1:]:
        for heading in (heading for each in articles for heading in each.find_all(re.compile("^h[1-5]$"))):
            heading.name = f"h{int(heading.name[1]) + 1}"  # the h1 is the title of the part
    body = [cover(), contents(book)]
    for caption, articles in book:
        body += [part_title(caption, articles)] if caption else []
        body += map(str, articles)
    page = f'<!DOCTYPE html><html lang="en" data-theme="light">{head(book)}<body>{"".join(body)}</body></html>'
    check_links(page)
    return page


@cache
def parts():
    """The parts of the book, each a caption and its pages. The first page belongs to none."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    first = (None, [toc["root"]])
    return [first, *((part["caption"], [chapter["file"] for chapter in part["chapters"]]) for part in toc["parts"])]


@cache
def imprint():
    """What _config.yml and CITATION.cff say of the book."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return {name: config[name] for name in ("title", "author", "copyright")} | {"version": citation["version"]}


# The text of a page


def article(page):
    """The text of a page of the site as it stands on paper."""
    html = (SITE / f"{page}.html").read_text(encoding="utf-8")
    html = UNCOLOURED.sub(r"\1", html)
    html = FORMULA.sub(lambda tied: f'<span class="tied">{tied[0]}</span>' if tied[1] or tied[3] else tied[0], html)
    soup = BeautifulSoup(html, "html.parser")
    body = soup.select_one("article.bd-article")
    for useless in body.select(DROPPED):
        useless.decompose()
    open_folds(body, soup)
    say_what_things_are(body, soup)
    point_inside(body, page)
    body["id"] = page
    return body


def open_folds(body, soup):
    """Let what is folded stand open below its name, which need not ask anybody to show it."""
    for fold in body.select("details"):
        name = fold.summary.extract().get_text(" ", strip=True).removeprefix("Show ")
        fold.insert(0, soup.new_tag("p", string=name[0].upper() + name[1:], attrs={"class": "fold-name"}))
        fold.name, fold.attrs = "div", {"class": "fold"}


def say_what_things_are(body, soup):
    """Name programs and figures for those who do not see them, and say what is too long for one page."""
    for program in body.select("pre"):
        program.name = "code"
        around = program.wrap(soup.new_tag("pre"))
        if around.get_text().count("\n") > SHORT:
            around["class"] = "long"
    for table in body.select("table"):
        if len(table.select("tr")) > SHORT:
            table["class"] = "long"
    for figure in body.select("figure"):
        figure["role"] = "group"  # a figure of a PDF is the picture alone, which has the words that stand for it


def point_inside(body, page):
    """Give marks the name of their page, and let every address lead to one of them, to a file, or outside."""
    seen = set()
    for thing in body.select("[id]"):
        mark = f"{page}/{thing.attrs.pop('id')}"
        if mark not in seen:
            thing["id"] = mark
            seen.add(mark)
    for thing in body.find_all(True):
        for name, value in thing.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                thing[name] = value.replace("url(#", f"url(#{page}/")
    for picture in body.select("img[src]"):
        picture["src"] = normpath(join("/", dirname(page), picture["src"]))
    for link in body.select("[href], [xlink\\:href]"):
        name = "href" if "href" in link.attrs else "xlink:href"
        link.attrs.pop("title", None)
        link[name] = inside(link[name], page)
        if link.name == "a" and not link[name]:
            link.unwrap()


def inside(address, page):
    """Where an address on a page leads, seen from the book: to a place in it, outside, or, on paper, nowhere."""
    if urlsplit(address).scheme:
        return address
    path, _, mark = unquote(address).partition("#")
    target = normpath(join(dirname(page), path)) if path else f"{page}.html"
    name = target.removesuffix(".html")
    if any(name in pages for _, pages in parts()):
        return f"#{name}/{mark}" if mark else f"#{name}"
    return f"{addresses.site()}/{target}" if addresses.site() else ""


def check_links(page):
    """Stop at a link that leads to no place in the book."""
    places = set(re.findall(r'\bid="([^"]+)"', page))
    lost = [link for link in re.findall(r'<a [^>]*href="#([^"]+)"', page) if link not in places]
    if lost:
        sys.exit(f"links would lead to {', '.join(lost)}, which is nowhere in the book: build the site anew")


# What a book has and a site has not


def head(book):
    """What the page loads, and the running title of each of its chapters."""
    titles = [heading(each).get_text() for _, articles in book for each in articles]
    running = "".join(
        f"@page chapter-{number} {{ @top-right {{ content: {json.dumps(title, ensure_ascii=False)} }} }}\n"
        f"article:nth-of-type({number}) {{ page: chapter-{number} }}\n"
        for number, title in enumerate(titles, 1)
    )
    return (
        f'<head><meta charset="utf-8"><title>{escape(imprint()["title"])}</title>'
        '<link rel="stylesheet" href="/_static/pygments.css"><link rel="stylesheet" href="/pdf.css">'
        f"<style>{running}</style>"
        f"<script>{mathjax_settings()}; MathJax.options.enableAssistiveMml = false</script>"
        '<script defer src="/_static/mathjax/tex-chtml.js"></script></head>'
    )


def mathjax_settings():
    """What the pages of the site tell MathJax."""
    page = (SITE / "notation.html").read_text(encoding="utf-8")
    return re.search(r"window\.MathJax = .*?(?=</script>)", page)[0]


def cover():
    """The first page."""
    said = {name: escape(str(value)) for name, value in imprint().items()}
    address = f'<p><a href="{addresses.site()}">{addresses.site()}</a></p>' if addresses.site() else ""
    return (
        f'<header class="cover"><p class="cover-title">{said["title"]}</p>'
        '<p class="cover-deck">An executable textbook</p>'
        f'{cover_picture()}<p class="cover-author">{said["author"]}</p>'
        f"<p>Version {said['version']}, {said['copyright']}</p>{address}"
        '<p>Text and figures: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.'
        " Code: BSD-3-Clause.</p></header>"
    )


def cover_picture():
    """The table of a book on tables: a row for each position, a column for each dimension, blue below zero."""
    cells = "".join(
        f'<rect x="{column}" y="{row}" width=".92" height=".92" '
        f'style="fill: color-mix(in srgb, var({"--plus" if value > 0 else "--minus"}) {abs(value):.0%}, white)"/>'
        for (row, column), value in np.ndenumerate(posenc.sinusoidal(range(36), 48))
    )
    return f'<svg aria-hidden="true" viewBox="0 0 48 36">{cells}</svg>'


def contents(book):
    """Parts and chapters, with room for their pages, which are known when the book is printed."""
    rows = []
    for caption, articles in book:
        rows += [row(slug(caption), escape(caption), "contents-part")] if caption else []
        rows += [row(each["id"], heading(each).decode_contents(), "contents-chapter") for each in articles]
    return f'<section class="contents"><h1>Contents</h1>{"".join(rows)}</section>'


def part_title(caption, articles):
    """The page before the chapters of a part."""
    rows = [row(each["id"], heading(each).decode_contents(), "contents-chapter") for each in articles]
    return f'<section class="part" id="{slug(caption)}"><h1>{escape(caption)}</h1>{"".join(rows)}</section>'


def row(mark, text, kind):
    """A line of a list of contents."""
    return f'<div class="{kind}"><a href="#{mark}">{text}</a> <span class="page-of" data-of="{mark}"></span></div>'


def heading(article):
    """The heading of a chapter."""
    return article.find(re.compile("^h[12]$"))


def slug(caption):
    """The mark of a part. No page has a dot in its name."""
    return "part." + caption.lower().replace(" ", "-")
