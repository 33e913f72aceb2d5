"""Make one PDF of the whole book from the built site: tagged, with an outline, every fold open.

The pages are put together to one, in the order of _toc.yml, and Chromium prints it with tools/pdf.css. All that
it asks for is answered from the site and from installed packages; nothing else is reached.
"""

import json
import re
import shutil
import sys
from html import escape
from importlib.metadata import distribution
from mimetypes import guess_type
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

import addresses
from run_notebooks import ROOT

SITE = ROOT / "_build" / "html"
TARGET = SITE / "position-encoding-in-transformers.pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Where the one page is thought to be. No such host exists.
HOME = "http://book.invalid/"

#: What the page loads besides what the site has: fonts from packages of the environment, so that the book looks
#: the same wherever it is made.
PACKAGES = {
    "sans": ("sphinx-revealjs", "sphinx_revealjs/_static/revealjs/dist/theme/fonts/source-sans-pro"),
    "mono": ("matplotlib", "matplotlib/mpl-data/fonts/ttf"),
}

#: What has no use on paper.
DROPPED = "a.headerlink, script, button, nav, .toctree-wrapper, .d-print-none, summary .expanded"

#: A formula in running text, with the bracket before it and the comma after it.
FORMULA = re.compile(r'([(\[“]*)(<span class="math [^>]*>[^<]*</span>)([.,;:?!)\]”’]*)')

#: Shrink what is wider than its column: letters of formulas, programs and tables; pictures shrink by their style.
FIT = """() => {
  const room = (thing) => {
    const column = thing.parentElement.closest(":is(p, li, dd, td, th, figure, div, section)");
    const style = getComputedStyle(column);
    return column.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  };
  const shrunk = new Set();
  for (let turn = 0; turn < 3; turn++) {
    for (const thing of document.querySelectorAll("article :is(mjx-container, pre, table)")) {
      const width = Math.max(thing.scrollWidth, thing.getBoundingClientRect().width);
      const share = room(thing) / width;
      if (share > 0.999) continue;
      thing.style.fontSize = `${parseFloat(getComputedStyle(thing).fontSize) * share * 0.99}px`;
      shrunk.add(thing);
    }
  }
  return shrunk.size;
}"""


def main():
    """Make the PDF, and say how far it is."""
    if not (SITE / "index.html").exists():
        sys.exit("There is no site to make a PDF of: run `make book` first, or `make pdf`, which does.")
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        sys.exit(f"Chromium prints the PDF: install it, so that one of {', '.join(BROWSERS)} can be called.")
    book = whole_book()
    say(f"{book.count('<article')} pages of the site are put together")
    print_to(TARGET, book, chromium)
    describe(TARGET)
    say(f"The book is printed, {TARGET.stat().st_size / 1e6:.1f} MB. Open file://{TARGET}")


def say(line):
    """Print at once: it takes minutes, and whoever waits wants to see that it goes on."""
    print(line, flush=True)


# The book as one page


def parts():
    """The parts of the book, each a caption and its pages. The first page belongs to none."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    first = (None, [toc["root"]])
    return [first, *((part["caption"], [chapter["file"] for chapter in part["chapters"]]) for part in toc["parts"])]


def settings():
    """What _config.yml and CITATION.cff say of the book."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return {name: config[name] for name in ("title", "author", "copyright")} | {"version": citation["version"]}


def whole_book():
    """The book as the text of one page: cover, contents, and all pages, each part below its title."""
    book = [(caption, [article(page) for page in pages]) for caption, pages in parts()]
    for caption, articles in book:
        for heading in (heading for each in articles if caption for heading in each.select("h1, h2, h3, h4, h5")):
            heading.name = f"h{int(heading.name[1]) + 1}"  # the part's title is the h1
    body = [cover(), contents(book)]
    for caption, articles in book:
        body += [part_title(caption, articles)] if caption else []
        body += map(str, articles)
    page = f'<!DOCTYPE html><html lang="en" data-theme="light">{head(book)}<body>{"".join(body)}</body></html>'
    check_links(page)
    return page


def head(book):
    """What the page loads, and the running title of each of its chapters."""
    running = "".join(
        f"@page chapter-{number} {{ @top-right {{ content: {json.dumps(title(each), ensure_ascii=False)} }} }}"
        f" article:nth-of-type({number}) {{ page: chapter-{number} }}\n"
        for number, each in enumerate((each for _, articles in book for each in articles), 1)
    )
    styles = ["_static/pygments.css", "_static/book.css", "pdf.css"]
    links = "".join(f'<link rel="stylesheet" href="{HOME}{style}">' for style in styles)
    return (
        f'<head><meta charset="utf-8"><title>{escape(settings()["title"])}</title>{links}<style>{running}</style>'
        f'<script>{mathjax_settings()}</script><script defer src="{HOME}_static/mathjax/tex-chtml.js"></script></head>'
    )


def mathjax_settings():
    """What the pages of the site tell MathJax."""
    found = re.search(r"window\.MathJax = .*?(?=</script>)", (SITE / "notation.html").read_text(encoding="utf-8"))
    return found[0]


def article(page):
    """The text of a page as it stands on paper."""
    html = (SITE / f"{page}.html").read_text(encoding="utf-8")
    html = FORMULA.sub(lambda tied: f'<span class="tied">{tied[0]}</span>' if tied[1] or tied[3] else tied[0], html)
    soup = BeautifulSoup(html, "html.parser")
    body = soup.select_one("article.bd-article")
    for useless in body.select(DROPPED):
        useless.decompose()
    open_folds(body, soup)
    point_inside(body, page)
    body["id"] = page
    return body


def open_folds(body, soup):
    """Let what is folded stand open below its name, which need not ask anybody to show it."""
    for fold in body.select("details"):
        name = fold.summary.extract().get_text(" ", strip=True).removeprefix("Show ")
        fold.insert(0, soup.new_tag("p", string=name[0].upper() + name[1:], attrs={"class": "fold-name"}))
        fold.name, fold.attrs = "div", {"class": "fold"}


def point_inside(body, page):
    """Give marks the name of their page, and let every address lead to them, to a file of the site, or outside."""
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
        for name in ("aria-labelledby", "aria-describedby"):
            if name in thing.attrs:
                thing[name] = " ".join(f"{page}/{mark}" for mark in thing[name].split())
    for picture in body.select("img[src]"):
        picture["src"] = HOME + normpath(join(dirname(page), picture["src"]))
    for link in body.select("[href], [xlink\\:href]"):
        name = "href" if "href" in link.attrs else "xlink:href"
        link[name] = inside(link[name], page) or ""
        link.attrs.pop("title", None)
        if link.name == "a" and not link[name]:
            link.unwrap()


def inside(address, page):
    """Where an address on a page leads, seen from the book: to one of its pages, outside, or nowhere."""
    if urlsplit(address).scheme:
        return address
    path, _, mark = unquote(address).partition("#")
    target = normpath(join(dirname(page), path)) if path else f"{page}.html"
    name = target.removesuffix(".html")
    if any(name in pages for _, pages in parts()):
        return f"#{name}/{mark}" if mark else f"#{name}"
    return addresses.site() and f"{addresses.site()}/{target}"


def check_links(page):
    """Stop at a link that leads to no place in the book."""
    places = set(re.findall(r'\bid="([^"]+)"', page))
    for link in re.findall(r'<a [^>]*href="#([^"]+)"', page):
        if link not in places:
            sys.exit(f"a link in the PDF would lead to {link}, which is nowhere in the book: build the site anew")


# What a book has that a site has not


def title(article):
    """The heading of a chapter."""
    return article.find(re.compile("^h[12]$")).get_text().strip()


def cover():
    """The first page."""
    said = {name: escape(str(value)) for name, value in settings().items()}
    address = f'<p><a href="{addresses.site()}">{addresses.site()}</a></p>' if addresses.site() else ""
    return (
        f'<header class="cover"><p class="cover-title">{said["title"]}</p>'
        f'<p class="cover-deck">An executable textbook</p>'
        f'<img alt="" src="{HOME}_static/first_picture.png">'
        f'<p class="cover-author">{said["author"]}</p>'
        f'<p>Version {said["version"]}, {said["copyright"]}</p>{address}'
        '<p>Text and figures: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.'
        " Code: BSD-3-Clause.</p></header>"
    )


def contents(book):
    """Parts and chapters with their pages, which are filled in when they are known."""
    rows = []
    for caption, articles in book:
        rows += [row(slug(caption), escape(caption), "contents-part")] if caption else []
        rows += [row(each["id"], title_html(each), "contents-chapter") for each in articles]
    return f'<section class="contents"><h1>Contents</h1>{"".join(rows)}</section>'


def part_title(caption, articles):
    """The page before the chapters of a part, with their sections."""
    rows = []
    for each in articles:
        rows.append(row(each["id"], title_html(each), "contents-chapter"))
        rows += [row(heading.parent["id"], heading.decode_contents(), "contents-section") for heading in each("h3")]
    return f'<section class="part" id="{slug(caption)}"><h1>{escape(caption)}</h1>{"".join(rows)}</section>'


def title_html(article):
    """The heading of a chapter, with its formulas."""
    return article.find(re.compile("^h[12]$")).decode_contents()


def row(mark, text, kind):
    """A line of a list of contents."""
    return f'<p class="{kind}"><a href="#{mark}">{text}</a> <span class="page-of" data-of="{mark}"></span></p>'


def slug(caption):
    """The mark of a part. No page has a dot in its name."""
    return "part." + caption.lower().replace(" ", "-")


# Printing


def print_to(target, book, chromium):
    """Let Chromium set the formulas, shrink what is too wide, and print: once to see the page of each chapter."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 640, "height": 900}, color_scheme="light")
        page.set_default_timeout(0)
        page.route("**/*", lambda route: answer(route, book))
        page.emulate_media(media="print")
        page.goto(HOME)
        page.evaluate("MathJax.startup.promise")
        page.evaluate("document.fonts.ready")
        say(f"{page.locator('mjx-container').count()} formulas are set")
        say(f"{page.evaluate(FIT)} things were wider than their column, and are smaller now")
        page.pdf(path=target, tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
        pages = page_numbers(target)
        say(f"{len(PdfReader(target).pages)} pages; once more, with page numbers in the contents")
        page.evaluate(
            "(pages) => document.querySelectorAll('.page-of').forEach(it => it.textContent = pages[it.dataset.of])",
            pages,
        )
        page.pdf(path=target, tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
        browser.close()


def answer(route, book):
    """Answer what the page asks for."""
    path = unquote(urlsplit(route.request.url).path).strip("/")
    if not route.request.url.startswith(HOME):
        route.abort()
    elif not path:
        route.fulfill(body=book, content_type="text/html; charset=utf-8")
    elif (file := file_of(path)).is_file():
        route.fulfill(body=file.read_bytes(), content_type=guess_type(file)[0])
    else:
        sys.exit(f"the PDF needs {path}, which the site does not have: build it anew")


def file_of(path):
    """The file behind an address: of this folder, of a package, or of the site."""
    folder, _, rest = path.partition("/")
    if folder in PACKAGES:
        package, inside_it = PACKAGES[folder]
        return Path(distribution(package).locate_file(inside_it), rest)
    return Path(__file__).with_name(path) if path == "pdf.css" else SITE / path


def page_numbers(path):
    """On which page each place of the book stands that something links to."""
    reader = PdfReader(path)
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    return {unquote(name.lstrip("/")): numbers[place.page.idnum] for name, place in reader.named_destinations.items()}


def describe(path):
    """Say in the file whose book it is, and let readers of PDF show its title and its outline."""
    writer = PdfWriter(clone_from=path)
    writer.add_metadata({"/Author": settings()["author"], "/Title": settings()["title"]})
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.write(path)


if __name__ == "__main__":
    main()
