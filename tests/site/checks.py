"""What every page must be. A check looks at an open page and gives back its faults, in words; a good page has none.

The tests of the pages assert that nothing comes back, and the tests of faults that the right fault does.
"""

import re
from pathlib import Path

from playwright.sync_api import TimeoutError

import posenc

HERE = Path(__file__).parent
CHECKS = HERE / "checks.js"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# MathJax draws each formula with many elements, which have no text and are hidden from screen readers; what it gives to
# these is beside them. Taken out while axe looks, they cost it no time.
RUN_AXE = """async (only) => {
  const drawings = [...document.querySelectorAll("mjx-math[aria-hidden=true]")].map((e) => [e, [...e.childNodes]]);
  drawings.forEach(([e]) => e.replaceChildren());
  try {
    return await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  } finally {
    drawings.forEach(([e, parts]) => e.replaceChildren(...parts));
  }
}"""

# All that can change with the colour scheme alone. The other rules of the standard look at the tree, at names, sizes
# and places, which the style sheets set for both schemes at once; that pictures have names is asked in both.
COLOURS = ["color-contrast", "link-in-text-block"]


def look(page, check):
    """What one of the checks in checks.js finds on the page."""
    return page.evaluate(f"() => {{ {CHECKS.read_text()} return checks.{check}(); }}")


def watch(page):
    """Note down, from now on, what the page asks of other hosts, does not get, and complains of."""
    faults = []

    def asked(request):
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            faults.append(f"asks another host: {request.url}")

    page.on("request", asked)
    page.on("requestfailed", lambda request: faults.append(f"does not get {request.url}: {request.failure}"))
    page.on("response", lambda got: got.status >= 400 and faults.append(f"does not get {got.url}: {got.status}"))
    page.on("console", lambda said: said.type == "error" and faults.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: faults.append(f"script stops: {error}"))
    return faults


def visit(page, address):
    """Open a page and wait until it is whole: scripts, formulas, letters and the pictures further down."""
    page.goto(address, wait_until="load")
    page.evaluate("""async () => {
      await window.MathJax?.startup?.promise;
      for (const image of document.images) image.loading = "eager";
      await Promise.allSettled([...document.images].map((image) => image.decode()));
      await document.fonts.ready;
    }""")


def settle(page):
    """Bring what moves, such as a fold that opens or colours that change, to its end."""
    page.evaluate("""() => document.getAnimations()
      .filter((moving) => moving.effect.getComputedTiming().endTime < Infinity)
      .forEach((moving) => moving.finish())""")


def scheme_faults(page, scheme):
    """Turn to a colour scheme, as the reader's system does; a page that does not follow has a fault."""
    page.emulate_media(color_scheme=scheme)
    try:
        page.wait_for_function(
            "(scheme) => document.documentElement.dataset.theme === scheme", arg=scheme, timeout=15_000
        )
    except TimeoutError:
        return [f"colours do not follow the system: they do not become {scheme}"]
    page.evaluate("() => new Promise(requestAnimationFrame)")  # what changes slowly has begun to
    settle(page)
    return []


def axe_faults(page, rules=None):
    """What axe-core finds against WCAG 2.2, levels A and AA; with some rules only, if they are named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    found = page.evaluate(RUN_AXE, only)["violations"]
    return [
        f"axe {rule['id']}: {node['target'][-1]} ({node['any'][0]['message'] if node['any'] else rule['help']})"
        for rule in found
        for node in rule["nodes"]
    ]


def math_faults(page):
    """Formulas that are not typeset, and signs of TeX in running text."""
    return look(page, "math")


def picture_faults(page):
    """Pictures that are not there, or that say nothing to those who do not see them."""
    return look(page, "pictures")


def width_faults(page):
    """What pushes the page sideways, and what is cut off at the edge of its box."""
    return look(page, "width")


def fold_faults(page):
    """Folds that the keyboard does not open, or that show nothing then. Afterwards all stand open."""
    for handle in page.query_selector_all("article :is(details > summary, .toggle > * > .toggle-button)"):
        handle.focus()
        page.keyboard.press("Enter")
    settle(page)
    return look(page, "shut")


def still_faults(page):
    """Explorers that have not taken the place of their still picture."""
    return look(page, "stills")


def explorer_faults(page):
    """Numbers that the clocks show and the package does not know. The slider goes to both ends and between."""
    faults = []
    for figure in page.query_selector_all("figure.explorer[class*=clocks-]"):
        dim = int(re.search(r"clocks-(\d+)-", figure.get_attribute("class")).group(1))
        slider, drawing = figure.query_selector("input[type=range]"), figure.query_selector("svg[role=img]")
        for position in sorted({0, 1, 7, int(slider.get_attribute("max"))}):
            slider.fill(str(position))
            said = re.findall(r"\N{MINUS SIGN}?\d+\.\d+", drawing.get_attribute("aria-label"))
            right = [number_in_words(number) for number in posenc.sinusoidal(position, dim)]
            if said != right:
                faults.append(f"clocks, row {position}: {' '.join(said)} in place of {' '.join(right)}")
    return faults


def number_in_words(number):
    """A number as the explorers write it: two digits, a true minus sign, and none before zero."""
    return f"{round(number, 2) + 0:.2f}".replace("-", "\N{MINUS SIGN}")


def unscripted_faults(page):
    """What a reader without scripts does not see on this page: text, still pictures, what the folds hold."""
    return fold_faults(page) + look(page, "unscripted")


def print_faults(page):
    """Folds that are shut on paper, or that stay open afterwards."""
    look(page, "watchPrinting")
    page.pdf()
    printing = page.evaluate("() => window.printing")
    same = printing["before"] == printing["after"]
    return printing["faults"] + ([] if same else [f"{printing['before']} folds shut before, {printing['after']} after"])


def weights(page):
    """How many bytes the browser got for each file of this page, by its path; the server does not compress."""
    return page.evaluate("""() => Object.fromEntries(
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .map((file) => [new URL(file.name).pathname, file.encodedBodySize]))""")
