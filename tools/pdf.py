"""Make one PDF of the whole book from the built site, as `make pdf` does: tagged, with an outline, every fold open.

Chromium prints the page that pdf_page.py puts together, in the style of pdf.css. All that it asks for is answered
from the site and from installed packages; nothing else is reached.
"""

import re
import sys
from importlib.metadata import distribution
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

import browser
from pdf_page import SITE, imprint, whole_book
from pdf_tags import tidy

TARGET = SITE / "position-encoding-in-transformers.pdf"

#: Where the page is thought to be. No such host exists, and none is asked.
HOME = "http://book.invalid/"

#: Fonts come with packages of the environment, so that the book looks the same wherever it is made.
FONTS = {
    "sans": ("sphinx-revealjs", "sphinx_revealjs/_static/revealjs/dist/theme/fonts/source-sans-pro"),
    "ttf": ("matplotlib", "matplotlib/mpl-data/fonts/ttf"),
}

#: Make the letters of formulas, which MathJax leaves to its style sheet, a text that a reader of PDF can find; and
#: give each formula the words that stand for it where it cannot be seen.
LETTERS = r"""() => {
  const read = (letter) => JSON.parse(getComputedStyle(letter, "::before").content);
  for (const [letter, text] of [...document.querySelectorAll("mjx-c")].map((letter) => [letter, read(letter)])) {
    letter.append(Object.assign(document.createElement("mjx-t"), { textContent: text }));
  }
  const style = document.getElementById("MJX-CHTML-styles");
  style.textContent = [...style.sheet.cssRules].map((rule) => rule.cssText.replaceAll("::before", " > mjx-t")).join("");
  return [...MathJax.startup.document.math].map(({ typesetRoot, math }) => {
    const words = math.replace(/\\(begin|end)\{split\}|\\displaystyle/g, "").replace(/\s+/g, " ").trim();
    typesetRoot.setAttribute("role", "img");
    typesetRoot.setAttribute("aria-label", words);
    typesetRoot.querySelector("mjx-math").removeAttribute("aria-hidden");
    return words;
  });
}"""

#: Shrink the letters of formulas, programs and tables that are wider than their column.
FIT = """() => {
  const room = (thing) => {
    const column = thing.parentElement.closest(":is(p, li, dd, td, th, figure, div, section)");
    const style = getComputedStyle(column);
    return column.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  };
  const shrunk = new Set();
  for (let turn = 0; turn < 3; turn++) {
    for (const thing of document.querySelectorAll("article :is(mjx-container, pre, table)")) {
      const share = room(thing) / Math.max(thing.scrollWidth, thing.getBoundingClientRect().width);
      if (share > 0.999) continue;
      thing.style.fontSize = `${parseFloat(getComputedStyle(thing).fontSize) * share * 0.99}px`;
      shrunk.add(thing);
    }
  }
  return shrunk.size;
}"""

HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5')].map((it) => it.textContent.trim())"
NUMBER = "(pages) => document.querySelectorAll('.page-of').forEach((it) => (it.textContent = pages[it.dataset.of]))"


def main():
    """Make the PDF, and say how far it is."""
    if not (SITE / "index.html").exists():
        sys.exit("There is no site to make a PDF of: run `make book` first, or `make pdf`, which does.")
    chromium = browser.path() or sys.exit(f"Chromium prints the PDF: {browser.MISSING}.")
    html = whole_book()
    say(f"{html.count('<article')} pages of the site are put together.")
    finish(*printed(html, chromium))
    say(f"The book is made, {TARGET.stat().st_size / 1e6:.1f} MB. Open file://{TARGET}")


def say(line):
    """Print at once: it takes minutes, and whoever waits wants to see that it goes on."""
    print(line, flush=True)


def printed(html, chromium):
    """The PDF as Chromium prints it, its formulas and its headings.

    It is printed twice; the first time tells on which page a chapter begins.
    """
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        page.set_default_timeout(0)
        page.emulate_media(media="print", color_scheme="light")
        missing = []
        page.route("**/*", lambda route: answer(route, html, missing))
        page.goto(HOME)
        if not missing:
            page.evaluate("MathJax.startup.promise")
            formulas = page.evaluate(LETTERS)
            page.evaluate("document.fonts.ready.then(() => null)")
        if missing:
            sys.exit(f"The PDF needs what the site does not have, so build it anew: {', '.join(missing)}")
        say(f"{len(formulas)} formulas are set.")
        say(f"{page.evaluate(FIT)} formulas, programs and tables were wider than their column, and are smaller now.")
        draft = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        say(f"{len(draft.pages)} pages. Now again, with their numbers in the contents.")
        page.evaluate(NUMBER, page_numbers(draft))
        book = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        return book, set(formulas), page.evaluate(HEADINGS)


def answer(route, html, missing):
    """Answer what the page asks for, or note that it is missing."""
    path = unquote(urlsplit(route.request.url).path).strip("/")
    if route.request.url == HOME:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif route.request.url.startswith(HOME) and (file := file_of(path)).is_file():
        route.fulfill(body=file.read_bytes(), content_type=guess_type(file)[0])
    else:
        missing.append(path)
        route.abort()


def file_of(path):
    """The file behind an address: of this folder, of a package, or of the site."""
    folder, _, rest = path.partition("/")
    if folder in FONTS:
        package, its_fonts = FONTS[folder]
        return Path(distribution(package).locate_file(its_fonts), rest)
    return Path(__file__).with_name(path) if path == "pdf.css" else SITE / path


def page_numbers(reader):
    """On which page each place of the book stands that something links to."""
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    return {unquote(name.lstrip("/")): numbers[place.page.idnum] for name, place in reader.named_destinations.items()}


def finish(book, formulas, headings):
    """Tidy the tags, say whose book it is, let a program for PDF show its title and its outline, and write it."""
    reader = PdfReader(BytesIO(book))
    tidy(reader, formulas)
    writer = PdfWriter(clone_from=reader)
    say_once(writer.root_object["/Outlines"], {squeezed(heading): heading for heading in headings})
    writer.add_metadata({"/Title": imprint()["title"], "/Author": imprint()["author"], "/Creator": "make pdf"})
    show_title = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = show_title
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.write(TARGET)


def say_once(line, headings):
    """Chromium writes the first line of a heading twice into the outline when it moves to the next page."""
    if "/Title" in line:
        title = re.sub(r"^(.{4,}?)\1", r"\1", line["/Title"].strip())
        line[NameObject("/Title")] = TextStringObject(headings.get(squeezed(title), title))
    below = line.get("/First")
    while below is not None:
        say_once(below.get_object(), headings)
        below = below.get_object().get("/Next")


def squeezed(text):
    """A text without spaces, which get lost where a line ends."""
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    main()
