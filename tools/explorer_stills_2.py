"""Draw the still of an explorer: what its figure shows without scripts and on paper, as its own script draws it.

The names of the explorers are given; which numbers an explorer starts with, its figure in the book says.
"""

import re
import sys

from playwright.sync_api import sync_playwright

from run_notebooks import BOOK, notebooks

EXPLORERS = BOOK / "_static" / "explorers"
WIDTH = 672  # pixels, as wide as the text of a page
LOOKS = """
svg{--ink:#222832;--soft:#56606e;--rim:#7f8996;--faint:#e4e7eb;--paper:#fff;--a:#1f6fb8;--b:#c2410c}
@media (prefers-color-scheme:dark){svg{
--ink:#ced6dd;--soft:#a3acb8;--rim:#6b7684;--faint:#2b323b;--paper:#121212;--a:#3f9df5;--b:#e0784a}}
text{fill:var(--ink);font:13px system-ui,sans-serif}.soft{fill:var(--soft)}.mid{text-anchor:middle}.end{text-anchor:end}
"""


def start(name):
    """The class of the explorer's figure, for instance rotary-5-2-1."""
    for path in notebooks():
        if found := re.search(rf":figclass: explorer ({name}-[\d-]+)", path.read_text(encoding="utf-8")):
            return found[1]
    sys.exit(f"the name of an explorer must stand in a :figclass: of the book, not {name!r}")


def page_of(name):
    """A page with nothing but the explorer."""
    scripts = "".join(f"<script>{(EXPLORERS / f'{each}.js').read_text()}</script>" for each in ("shared", name))
    return f'<style>body{{margin:0}}</style><figure style="margin:0" class="{start(name)}"></figure>{scripts}'


def drawn(name, browser):
    """The still, as text of an SVG file."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    page.set_content(page_of(name))
    svg = page.evaluate("new XMLSerializer().serializeToString(document.querySelector('svg[role=img]'))")
    page.close()
    svg = re.sub(r"\d+\.\d{3,}(?=[^<>]*>)", lambda number: f"{float(number[0]):.1f}", svg)
    svg = re.sub(r' (role|aria-label)="[^"]*"', "", svg)
    return re.sub(r">", f' width="{WIDTH}"><style>{LOOKS.strip()}</style>', svg, count=1) + "\n"


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name in sys.argv[1:]:
            (EXPLORERS / f"{name}.svg").write_text(drawn(name, browser), encoding="utf-8")
        browser.close()
