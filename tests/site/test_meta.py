"""What the pages of the built site say of themselves."""

import html
import json
import re

import pytest

from conftest import SITE

PAGES = sorted(
    page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html") if 'name="citation_title"' in page.read_text()
)
BOOK = "Position Encoding in Transformers"


def said(page):
    """The tags of a page, by name."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', (SITE / page).read_text())
    return {name: html.unescape(content) for name, content in found}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_described_in_whole_sentences_that_results_show_uncut(page):
    text = said(page)["description"]
    assert 120 <= len(text) <= 200, f"{len(text)} characters; write another one into book/descriptions.yml: {text}"
    assert text[-1] in '.?!")”'
    assert not re.search(r"[\\${}]|\[[A-Z]", text), f"markup in {text}"


def test_no_two_pages_say_the_same():
    assert len(PAGES) > 30
    for name in ("description", "og:title"):
        texts = [said(page)[name] for page in PAGES]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("page", PAGES)
def test_title_preview_and_data_agree(page):
    text = (SITE / page).read_text()
    tags = said(page)
    title = html.unescape(re.search("<title>(.*?)</title>", text)[1])
    assert title == BOOK if page == "index.html" else title == f"{tags['og:title']} \N{EN DASH} {BOOK}"
    data = json.loads(re.search('<script type="application/ld.json">(.*?)</script>', text)[1])
    assert (data["name"], data["description"]) == (tags["og:title"], tags["description"])
    assert tags["og:title"] == tags["citation_title"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_at_its_foot_how_to_cite_it(page):
    text = (SITE / page).read_text()
    (foot,) = re.findall('<div class="cite-this-page">(.*?)</details></div>', text, re.S)
    assert f"<cite>{html.escape(said(page)['citation_title'])}</cite>" in foot
    assert f"<cite>{BOOK}</cite>" in foot
    assert "@book{" in foot if page == "index.html" else "@incollection{" in foot


def test_a_page_with_a_figure_has_a_preview_of_its_own():
    previews = SITE / "_static" / "previews"
    assert (previews / "index.png").read_bytes() != (previews / "theorems" / "rotation.png").read_bytes()
