"""Every page of the built site is whole: on a wide window and on a phone, in both colour schemes, without scripts."""

import gzip
import re
from functools import cache, partial
from urllib.parse import urlsplit

import checks
import pytest
from links import SITE, link_faults, pages

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGE_LIMIT, SHARED_LIMIT = 500_000, 1_000_000

# What is looked at before and after the keyboard opens the folds, and once more in dark colours.
SHUT = [checks.width_faults, checks.still_faults, checks.explorer_faults]
OPEN = [checks.fold_faults, checks.width_faults, checks.math_faults, checks.picture_faults, checks.axe_faults]
DARK = [checks.width_faults, checks.picture_faults, partial(checks.axe_faults, rules=checks.COLOURS)]
every_page = pytest.mark.parametrize("name", pages(SITE))


def in_words(faults):
    """What the report shows: each fault once, on a line of its own."""
    return "\n" + "\n".join(dict.fromkeys(faults))


@every_page
@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_page_has_no_fault(name, window, page, site, record_property):
    """One visit sees all, as loading takes longest: first with folds shut, then with every fold open."""
    page.set_viewport_size(window)
    faults = checks.watch(page)
    checks.visit(page, f"{site}/{name}")
    own, shared = weight(page, site)
    record_property("weight", (name, own, shared))
    for check in SHUT:
        faults += check(page)
    for check in OPEN:
        faults += check(page)
    faults += checks.scheme_faults(page, "dark")
    for check in DARK:
        faults += check(page)
    assert not faults, in_words(faults)
    assert own < PAGE_LIMIT, f"{own} bytes for this page alone"
    assert shared < SHARED_LIMIT, f"{shared} bytes, compressed, for what pages share"


def weight(page, site):
    """What this page adds to the shared files, as it is, and what those files weigh compressed, in bytes."""
    files = {path.removeprefix(urlsplit(site).path)[1:]: size for path, size in checks.weights(page).items()}
    own = sum(size for path, size in files.items() if not is_shared(path))
    return own, sum(compressed(path) for path in files if is_shared(path))


def is_shared(path):
    """Scripts, styles and letters that pages have in common; an explorer counts for the page on which it stands."""
    return path.startswith("_static/") and path.endswith((".js", ".css", ".woff", ".woff2")) and "explorers" not in path


@cache
def compressed(path):
    """The size that a host would send: fonts are compressed already, and gzip hardly shrinks them."""
    return len(gzip.compress((SITE / path).read_bytes()))


@every_page
def test_a_page_reads_without_scripts(name, browser, site):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/{name}", wait_until="load")
        faults = checks.unscripted_faults(page)
    assert not faults, in_words(faults)


def test_no_link_is_dead():
    faults = link_faults(SITE)
    assert not faults, in_words(faults)


def test_on_paper_every_fold_is_open(page, site):
    checks.visit(page, f"{site}/ten_minutes.html")
    faults = checks.print_faults(page)
    assert not faults, in_words(faults)


def test_code_in_tables_keeps_its_words_on_a_phone(page, site):
    """Elsewhere code may break anywhere; a column of a table would then be as narrow as a letter."""
    page.set_viewport_size(PHONE)
    checks.visit(page, f"{site}/notation.html")
    words = page.locator("td code").filter(has_not_text=re.compile(r"\W"))
    assert words.count() > 10
    assert (
        words.evaluate_all("(all) => all.filter((e) => e.getClientRects().length > 1).map((e) => e.textContent)") == []
    )
