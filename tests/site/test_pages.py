"""Every page of the built site is whole: on a wide window and on a phone, in both colour schemes, without scripts."""

import gzip
from functools import cache

import checks
import pytest
from links import SITE, link_faults, pages

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGE_LIMIT, SHARED_LIMIT = 500_000, 1_000_000
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
    record_property("weight", (name, *weight(page, site)))
    faults += checks.width_faults(page) + checks.still_faults(page) + checks.explorer_faults(page)
    faults += (
        checks.fold_faults(page)
        + checks.width_faults(page)
        + checks.math_faults(page)
        + checks.picture_faults(page)
        + checks.axe_faults(page)
    )
    faults += (
        checks.scheme_faults(page, "dark")
        + checks.width_faults(page)
        + checks.picture_faults(page)
        + checks.axe_faults(page, checks.COLOURS)
    )
    assert not faults, in_words(faults)
    own, shared = weight(page, site)
    assert own < PAGE_LIMIT, f"{own} bytes for this page alone"
    assert shared < SHARED_LIMIT, f"{shared} bytes, compressed, for what pages share"


def weight(page, site):
    """What this page adds to the shared files, as it is, and what those files weigh compressed, in bytes."""
    files = {path.removeprefix(site): size for path, size in checks.weights(page).items()}
    own = sum(size for path, size in files.items() if not is_shared(path))
    return own, sum(compressed(path) for path in files if is_shared(path))


def is_shared(path):
    """Scripts, styles and letters that pages have in common; an explorer counts for the page on which it stands."""
    return (
        path.startswith("_static/") and "/explorers/" not in path and path.endswith((".js", ".css", ".woff", ".woff2"))
    )


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
