"""The search of the built site finds the page that explains a word."""

import checks
import pytest
import yaml
from links import SITE

WORDS = yaml.safe_load((SITE.parents[1] / "book" / "search.yml").read_text(encoding="utf-8"))
FIRST = 3


def found(page):
    """Where the results on the search page lead, best first."""
    page.wait_for_function("() => document.querySelector('#search-results h2')?.textContent === 'Search Results'")
    links = page.locator("#search-results li > a").all()
    return [link.get_attribute("href").partition("?")[0].partition("#")[0] for link in links]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("rotation", "theorems/rotation"),
        ("which i", "formula/two_indices"),
        ("rotary", "beyond/rotary"),
        ("10000", "formula/frequencies"),
        ("10,000", "formula/frequencies"),
    ],
)
def test_who_types_a_word_finds_its_chapter_first(typed, answer, page, site):
    faults = checks.watch(page)
    checks.visit(page, f"{site}/search.html")
    page.locator("main input[type=search]").fill(typed)
    page.keyboard.press("Enter")
    assert found(page)[:1] == [f"{answer}.html"]
    assert not faults


def test_every_word_of_the_list_leads_to_its_page(page, site):
    """By the functions of the search itself, as typing them all would take a minute."""
    checks.visit(page, f"{site}/search.html?q=rotation")
    found(page)
    best = page.evaluate(
        """([words, first]) => words.map((word) =>
          Search._performSearch(...Search._parseQuery(word)).slice(-first).map((result) => result[0]))""",
        [[word for words in WORDS.values() for word in words], FIRST],
    )
    right = [target.partition("#")[0] for target, words in WORDS.items() for _ in words]
    wrong = [f"{answer} not among {pages}" for pages, answer in zip(best, right, strict=True) if answer not in pages]
    assert not wrong
