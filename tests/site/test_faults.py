"""The checks can fail: each fault, put into a copy of the site, is found by the function that the pages must pass."""

import os
import shutil
from functools import partial

import checks
import pytest
from links import SITE, link_faults

from conftest import served

PAGE = "ten_minutes.html"
SHARED = "_static/explorers/shared.js"
END, HEAD = "</article>", "<title>"
FOLD = "<details%s><summary>more</summary><p%s>it</p></details>"
colours = partial(checks.axe_faults, rules=checks.COLOURS)
dark = partial(checks.scheme_faults, scheme="dark")

# What is spoiled, in front of which place of the page, with what; who must find it, and in which words. What a page
# loads and says is noted from the start.
ON_PAGES = {
    "font from another host": (
        HEAD,
        '<link rel="stylesheet" href="https://fonts.example/inter">',
        None,
        "another host",
    ),
    "picture not sent": (END, '<img src="no.png" alt="none">', None, "no.png: 404"),
    "complaint": (END, "<script>console.error('oh')</script>", None, "console: oh"),
    "script that stops": (END, "<script>nobody()</script>", None, "script stops: nobody"),
    "picture not loaded": (END, '<img src="no.png" alt="none">', checks.picture_faults, "not loaded"),
    "picture without alt text": (END, '<img src="_static/favicon.svg">', checks.picture_faults, "without alt text"),
    "drawing without a name": (END, "<svg></svg>", checks.picture_faults, "drawing without a name"),
    "grey too pale": (END, '<p style="color: #bbb">pale</p>', colours, "axe color-contrast"),
    "button without a name": (END, "<button></button>", checks.axe_faults, "axe button-name"),
    "element too wide": (END, '<p style="width: 40rem">wide</p>', checks.width_faults, "wider than the window"),
    "element cut off": (END, '<div style="overflow: hidden"><p style="width: 40rem">', checks.width_faults, "cut off"),
    "raw formula": (END, "<p>where $x^2$ is</p>", checks.math_faults, "raw formula"),
    "formula with an error": (END, r'<span class="math">\(\frac{1}\)</span>', checks.math_faults, "with an error"),
    "fold that no key opens": (END, FOLD % (' onclick="return false"', ""), checks.fold_faults, "stays shut"),
    "fold that shows nothing": (END, FOLD % ("", " hidden"), checks.fold_faults, "stays shut"),
    "colours of its own": (HEAD, "<script>localStorage.mode = 'light'</script>", dark, "follow"),
}
IN_SCRIPTS = {
    "another base": (SHARED, "base = 10000", "base = 1000", checks.explorer_faults, "clocks, row 1:"),
    "sine and cosine exchanged": (
        SHARED,
        "[Math.sin(angle), Math.cos(angle)]",
        "[Math.cos(angle), Math.sin(angle)]",
        checks.explorer_faults,
        "clocks, row 0:",
    ),
    "explorers that do not start": (
        SHARED,
        "const start = () =>",
        "const start = () => [] ||",
        checks.still_faults,
        "does not start",
    ),
    "folds shut on paper": ("_static/book.js", '"beforeprint"', '"never"', checks.print_faults, "shut on paper"),
}


def spoiled(folder, file, old, new):
    """A copy of the site, of links to its files, in which one file differs."""
    copy = shutil.copytree(SITE, folder / "site", copy_function=os.symlink)
    text = (SITE / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old} to be spoiled"
    (copy / file).unlink()
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def faults_of(page, folder, name, check):
    """What the checks find on a page of this copy, on a phone."""
    with served(folder) as address:
        page.set_viewport_size({"width": 390, "height": 844})
        faults = checks.watch(page)
        checks.visit(page, f"{address}{name}")
        return faults + check(page) if check else faults


@pytest.mark.parametrize("fault", ON_PAGES)
def test_a_fault_of_a_page_is_found(fault, page, tmp_path):
    place, added, check, said = ON_PAGES[fault]
    copy = spoiled(tmp_path, PAGE, place, added + place)
    assert [words for words in faults_of(page, copy, PAGE, check) if said in words]


@pytest.mark.parametrize("fault", IN_SCRIPTS)
def test_a_fault_of_a_script_is_found(fault, page, tmp_path):
    file, old, new, check, said = IN_SCRIPTS[fault]
    copy = spoiled(tmp_path, file, old, new)
    assert [words for words in faults_of(page, copy, PAGE, check) if said in words]


def test_text_that_only_scripts_show_is_found(browser, tmp_path):
    copy = spoiled(tmp_path, PAGE, END, f'<p style="display: none">words</p>{END}')
    with served(copy) as address, browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{PAGE}")
        assert [words for words in checks.unscripted_faults(page) if "not seen without scripts" in words]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("notation.html#no-such-place", "no such place"),
        ("#no-such-place", "no such place"),
        ("nothing.html", "no such file"),
        ("student/nothing.ipynb", "no such file"),
    ],
)
def test_a_dead_link_is_found(link, said, tmp_path):
    copy = spoiled(tmp_path, PAGE, END, f'<a href="{link}">there</a>{END}')
    assert link_faults(copy, [PAGE]) == [f"{PAGE}: {said}: {link}"]
