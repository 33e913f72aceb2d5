"""Draw the still of every explorer: the picture that stands in the book without scripts and on paper.

An explorer is a figure of the class "explorer NAME-1-2-3" in a page, and its still is the image that the figure names.
Each still is what the explorer's own script draws in Chromium, so that it cannot say anything else.
"""

import re
import sys
from contextlib import contextmanager
from functools import partial

import nbformat
from playwright.sync_api import sync_playwright

import browser
from run_notebooks import BOOK, notebooks

FOLDER = BOOK / "_static" / "explorers"
FIGURE = re.compile(r"^:::\{figure\} \S*explorers/([\w-]+\.svg)\n(?:^:.*\n)*?^:figclass: explorer ([\w -]+)", re.M)
WIDTH = 672  # the width of the text on the page

# What the script drew, as a picture that needs nothing around it: its rules and the colours of both themes come along,
# under a class, because an SVG inside a page shares its rules with the page. What served the reader's hands goes.
PICTURE = """() => {
  const svg = document.querySelector(".ex svg").cloneNode(true);
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const own = rules.filter((rule) => rule.selectorText?.startsWith(".ex svg "));
  const drawn = own.map((rule) => rule.cssText.replaceAll(".ex svg", ".still"));
  const used = [...new Set([...drawn, svg.outerHTML].join("").match(/--[a-z]+/g))].sort();
  const colours = (theme) => {
    document.documentElement.dataset.theme = theme;
    const style = getComputedStyle(document.documentElement);
    return `.still { ${used.map((name) => `${name}: ${style.getPropertyValue(name).trim()};`).join(" ")} }`;
  };
  for (const e of [svg, ...svg.querySelectorAll("*")])
    for (const { name } of [...e.attributes]) if (/^(role|tabindex|aria-.*)$/.test(name)) e.removeAttribute(name);
  svg.querySelectorAll("[fill=transparent]").forEach((e) => e.remove());
  svg.setAttribute("class", "still");
  svg.setAttribute("width", svg.viewBox.baseVal.width);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  const dark = `@media (prefers-color-scheme: dark) { ${colours("dark")} }`;
  style.textContent = [colours("light"), dark, ...drawn].join("\\n");
  svg.prepend(style);
  return new XMLSerializer().serializeToString(svg);
}"""


def prose(page):
    """The text of a page, without its code."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        return text
    return "\n\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "markdown")


def stills(book=BOOK):
    """The stills that the pages name, each with the class of its explorer."""
    found = {}
    for page in [*notebooks(book), *sorted(book.rglob("*.md"))]:
        for still, kind in FIGURE.findall(prose(page)):
            if found.setdefault(still, kind) != kind:
                raise ValueError(f"a still shows one explorer: {still} is {kind} in {page.name}, else {found[still]}")
    return found


@contextmanager
def chromium():
    """A headless Chromium."""
    path = browser.path() or sys.exit(browser.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


def drawn(browser, kind):
    """What the explorer of this class draws, as the text of an SVG file."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
    page.set_content(f'<html data-theme="light"><figure class="explorer {kind}">')
    for sheet in (BOOK / "_static" / "book.css", FOLDER / "explorers.css"):
        page.add_style_tag(content=sheet.read_text(encoding="utf-8"))
    page.add_style_tag(content="body, figure.explorer { margin: 0 }")
    for name in ("shared", re.match(r"(.+?)-\d", kind)[1]):
        page.add_script_tag(content=(FOLDER / f"{name}.js").read_text(encoding="utf-8"))
    picture = page.evaluate(PICTURE)
    page.close()
    shorter = partial(re.sub, r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}")
    return re.sub(r'="[^"]*"', lambda attribute: shorter(attribute[0]), picture) + "\n"


if __name__ == "__main__":
    with chromium() as browser:
        for still, kind in stills().items():
            (FOLDER / still).write_text(drawn(browser, kind), encoding="utf-8")
            print(f"{still} shows {kind}")
