"""The PDF of the book: every page of the site is in it, with its folds open, its pictures told in words, its tags."""

import re
import subprocess
import sys
from collections import Counter
from unicodedata import normalize

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

import pdf
import pdf_page

PARTS = pdf_page.parts()
PAGES = [page for _, pages in PARTS for page in pages]


@pytest.fixture(scope="module")
def reader():
    """The PDF, made if there is none or the site is newer."""
    site = pdf.SITE / "index.html"
    if not site.exists():
        pytest.exit("there is no site: run `make book` first", returncode=2)
    if not pdf.TARGET.exists() or pdf.TARGET.stat().st_mtime < site.stat().st_mtime:
        subprocess.run([sys.executable, pdf.__file__], check=True)
    return PdfReader(pdf.TARGET)


@pytest.fixture(scope="module")
def site():
    """The text of each page of the site, in the order of the book."""
    return {page: article(page) for page in PAGES}


@pytest.fixture(scope="module")
def texts(reader):
    """The text of each page of the PDF."""
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def letters(texts):
    """All letters of the PDF, without the spaces and hyphens that depend on where a line ends."""
    return bare("".join(texts))


@pytest.fixture(scope="module")
def elements(reader):
    """Every element of the structure, as its name and the words that stand for it."""
    found, waiting = [], [reader.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if "/S" in element:
            found.append((element["/S"], element.get("/Alt")))
        below = element.get("/K", [])
        waiting += [kid for kid in (below if isinstance(below, list) else [below]) if not isinstance(kid, int)]
    return found


@pytest.fixture(scope="module")
def outline(reader):
    """The outline as (level, title, number of the page)."""

    def lines(entries, level):
        for entry in entries:
            if isinstance(entry, list):
                yield from lines(entry, level + 1)
            else:
                yield level, entry.title.strip(), reader.get_destination_page_number(entry)

    return list(lines(reader.outline, 1))


def article(page):
    """The text of a page of the site."""
    soup = BeautifulSoup((pdf.SITE / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    for permalink in soup.select("a.headerlink"):
        permalink.decompose()
    return soup.select_one("article.bd-article")


def bare(text):
    """A text without spaces and hyphens, and with ligatures taken apart."""
    return re.sub(r"[\s\u00ad\u2010-]", "", normalize("NFKC", text))


def title(body):
    """The heading of a page."""
    return body.h1.get_text()


def sections(body):
    """The headings of its sections, without those that hold a formula."""
    return [head.get_text() for head in body.select("h2") if not head.select(".math")]


def plain_runs(body):
    """Stretches of text without a formula that are long enough to be found in one place only."""
    return [run for text in body.find_all(string=True) if len(run := bare(text)) >= 30 and "\\" not in run]


def test_it_is_tagged_and_says_what_it_is(reader):
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == pdf_page.imprint()["title"]
    assert reader.metadata.author == pdf_page.imprint()["author"]
    assert 300 <= len(reader.pages) <= 900


def test_the_outline_is_that_of_the_table_of_contents(outline, site):
    wanted = [(1, "Contents"), (1, pdf_page.FIRST)]
    for caption, pages in PARTS[1:]:
        wanted.append((1, caption))
        wanted += [(2, title(site[page])) for page in pages]
    chapters = {title for _, title in wanted}
    assert [(level, line) for level, line, _ in outline if line in chapters and level < 3] == wanted
    below = Counter(line for level, line, _ in outline if level > 1)
    for page in PAGES:
        for section in sections(site[page]):
            assert below[section], f"{page}: {section}"


def test_every_page_stands_where_the_outline_says(outline, texts, site):
    for page in PAGES[1:]:
        (number,) = {number for level, line, number in outline if level == 2 and line == title(site[page])}
        assert bare(title(site[page])) in bare(texts[number]), page


def test_the_contents_give_the_numbers_of_pages(outline, texts, site):
    contents = bare("".join(texts[1:4]))
    for page in PAGES[1:]:
        number = next(number for level, line, number in outline if level == 2 and line == title(site[page]))
        assert f"{bare(title(site[page]))}{number + 1}" in contents, page


def test_what_is_folded_on_the_site_stands_open(site, letters):
    proofs = solutions = outputs = 0
    for page, body in site.items():
        for fold in body.select(".dropdown, details.hide"):
            runs = plain_runs(fold)
            proofs += "proof" in fold.get("class")
            solutions += "solution" in fold.get("class")
            outputs += fold.select_one(".cell_output") is not None
            assert not runs or any(run in letters or run.removeprefix("Show")[1:] in letters for run in runs), (
                f"{page}: {fold.get_text()[:80]}"
            )
    assert min(proofs, solutions, outputs) >= 20


def test_every_picture_is_told_in_the_same_words(site, elements):
    told = Counter(" ".join(alt.split()) for name, alt in elements if name == "/Figure" and alt)
    shown = Counter()
    for body in site.values():
        shown.update(" ".join(picture["alt"].split()) for picture in body.select("figure img"))
        shown.update(" ".join(picture["aria-label"].split()) for picture in body.select("figure svg[role=img]"))
    assert told == shown
    assert sum(shown.values()) > 100


def test_formulas_are_set_and_have_words(site, elements, letters):
    assert sum(name == "/Formula" for name, _ in elements) == sum(len(body.select(".math")) for body in site.values())
    assert all(alt for name, alt in elements if name in ("/Formula", "/Figure"))
    programs = bare("".join(code.get_text() for body in site.values() for code in body.select("pre")))
    for raw in (r"\(", r"\[", r"\frac", r"\begin", r"\mathrm", r"\displaystyle"):
        assert letters.count(raw) == programs.count(raw), raw


def test_links_lead_somewhere(reader):
    inside = outside = 0
    places = reader.named_destinations
    for number, page in enumerate(reader.pages, 1):
        for note in page.get("/Annots", []):
            note = note.get_object()
            if "/Dest" in note:
                inside += 1
                assert str(note["/Dest"]) in places, f"page {number}: {note['/Dest']}"
            else:
                outside += 1
                address = note["/A"]["/URI"]
                assert re.match(r"https?://(?!book\.invalid)", address), f"page {number}: {address}"
    assert inside > 1000
    assert outside > 100
