"""References: every one is cited and has an address, and every quoted section exists."""

import re

import pytest
from pybtex.database import parse_file

from book import BOOK, NOTEBOOKS, ROOT, read

PAGES = {path.relative_to(BOOK).as_posix(): path.read_text(encoding="utf-8") for path in BOOK.rglob("*.md")}
PAGES |= {
    path.relative_to(BOOK).as_posix(): "\n\n".join(c.source for c in read(path).cells if c.cell_type == "markdown")
    for path in NOTEBOOKS
}
DOCSTRINGS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "posenc").rglob("*.py"))
ENTRIES = parse_file(str(ROOT / "references.bib")).entries


def cited():
    """The keys that pages and docstrings cite."""
    text = "\n".join(PAGES.values())
    keys = re.findall(r"\{cite(?::[a-z]+)?\}`([^`]+)`", text) + re.findall(r":cite:[a-z]+:`([^`]+)`", DOCSTRINGS)
    return {key.strip() for group in keys for key in group.split(",")}


def test_every_reference_is_cited_and_every_citation_has_its_reference():
    assert cited() - set(ENTRIES) == set()
    assert set(ENTRIES) - cited() == set(), "cite it, or take it out of references.bib"


@pytest.mark.parametrize("key", ENTRIES)
def test_every_reference_can_be_found(key):
    assert set(ENTRIES[key].fields) & {"doi", "eprint", "url"}, "it needs a doi, an arXiv number (eprint) or a url"


def test_sections_that_the_teaching_guide_names_exist():
    named = re.findall(r"\]\(([\w/]+\.ipynb)\),? (?:up to )?\"([^\"]+)\"", PAGES["teaching.md"])
    assert len(named) >= 4
    for page, section in named:
        assert f"## {section}\n" in PAGES[page] + "\n", f"{page} has no section {section!r}"
