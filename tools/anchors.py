"""The addresses on the site to which others may have linked, page by page: headings, theorems, exercises, figures.

Run it after the site is built: it adds what is new to the list and never takes anything away.
"""

import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from run_notebooks import ROOT

SITE = ROOT / "_build" / "html"
LIST = ROOT / "tests" / "book" / "anchors.txt"
NAMED = "section, section > span, figure, div.proof, div.exercise, div.solution, dt"
# Names that the tools give to parts inside, which nobody chose.
GIVEN = re.compile(r"id\d+|folded-proof-\d+|proof|(proof|exercise|solution)-content|.*-solution-\d+")


def published(site=SITE):
    """Every page.html and page.html#anchor of the built site."""
    for page in sorted(site.rglob("*.html")):
        article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article", class_="bd-article")
        if article is None:
            continue
        address = page.relative_to(site).as_posix()
        yield address
        for element in article.select(NAMED):
            if (name := element.get("id")) and not GIVEN.fullmatch(name):
                yield f"{address}#{name}"


def listed():
    """The addresses that were published once."""
    return LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []


if __name__ == "__main__":
    if not (SITE / "index.html").exists():
        sys.exit("there is no site: run `make book` first")
    before = set(listed())
    now = before | set(published())
    LIST.write_text("".join(f"{address}\n" for address in sorted(now)), encoding="utf-8")
    print(f"{len(now - before)} new addresses in {Path(LIST).relative_to(ROOT)}, {len(now)} in all")
