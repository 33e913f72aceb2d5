"""What every page must be. A check looks at an open page and gives back its faults, in words; a good page has none.

The tests of the pages assert that nothing comes back, and the tests of faults that the right fault does.
"""

import re
from pathlib import Path

import posenc

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# All that can change with the colour scheme alone. Every other rule of the standard reads the tree, names, sizes and
# places, which one style sheet gives to both schemes; whether pictures have names is asked in both, see below.
COLOURS = ["color-contrast", "link-in-text-block"]

# Names an element for whoever has to find it: where it is on the page and how it begins.
NAMING = """
const name = (e) => {
  const near = e.closest("[id]"), words = (e.textContent || e.alt || "").replace(/\\s+/g, " ").trim();
  const classes = typeof e.className === "string" && e.className.trim() ? "." + e.className.trim().split(/\\s+/)[0] : "";
  const spot = near && near !== e ? ` in #${near.id}` : "";
  return `${e.localName}${e.id ? "#" + e.id : classes}${spot} “${words.slice(0, 60)}”`;
};
"""


def look(page, script):
    """Run a script on the page that can name elements, and give back what it finds."""
    return page.evaluate(f"async () => {{ {NAMING} {script} }}")


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
    settle(page)
    return look(
        page,
        f"""
        const theme = document.documentElement.dataset.theme;
        return theme === "{scheme}" ? [] : [`colours do not follow the system: ${{theme}} in place of {scheme}`];""",
    )


def axe_faults(page, rules=None):
    """What axe-core finds against WCAG 2.2, levels A and AA; with some rules only, if they are named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [
        f"axe {rule['id']}: {node['target'][-1]} ({node['any'][0]['message'] if node['any'] else rule['help']})"
        for rule in found
        for node in rule["nodes"]
    ]


def math_faults(page):
    """Formulas that are not typeset, and signs of TeX in running text."""
    return look(
        page,
        r"""
        const faults = [...document.querySelectorAll("mjx-merror")].map((e) => `formula with an error: ${name(e)}`);
        for (const e of document.querySelectorAll("span.math, div.math")) {
          if (!e.querySelector("mjx-container")) faults.push(`formula not typeset: ${name(e)}`);
        }
        const text = document.createTreeWalker(document.querySelector("article, main, body"), NodeFilter.SHOW_TEXT);
        for (let at; (at = text.nextNode()); ) {
          if (at.parentElement.closest("pre, code, script, style, textarea, mjx-container")) continue;
          if (/\\[()[\]]|\$[^$]+\$|\\[a-z]{2,}/.test(at.data)) faults.push(`raw formula: ${name(at.parentElement)}`);
        }
        return faults;""",
    )


def picture_faults(page):
    """Pictures that are not there, or that say nothing to those who do not see them."""
    return look(
        page,
        r"""
        const faults = [];
        for (const e of document.images) {
          if (!e.naturalWidth) faults.push(`picture not loaded: ${e.src}`);
          if (!e.alt.trim() && !e.matches("[aria-hidden=true], [role=presentation]")) faults.push(`picture without alt text: ${e.src}`);
        }
        for (const e of document.querySelectorAll("svg")) {
          if (e.closest("[aria-hidden=true], button, a, summary, mjx-container") || e.parentElement.closest("svg")) continue;
          if (!e.getAttribute("aria-label") && !e.querySelector(":scope > title") && !e.getAttribute("aria-labelledby")) {
            faults.push(`drawing without a name: ${name(e)}`);
          }
        }
        return faults;""",
    )


def width_faults(page):
    """What pushes the page sideways, and what is cut off at the edge of its box."""
    return look(
        page,
        r"""
        const root = document.documentElement, faults = [];
        const style = (e) => getComputedStyle(e).overflowX;
        const held = (e) => e && e !== document.body && (style(e) !== "visible" || held(e.parentElement));
        if (root.scrollWidth > innerWidth) {
          const out = [...document.body.querySelectorAll("*")].filter((e) => {
            const box = e.getBoundingClientRect();
            return box.width && box.right + scrollX > innerWidth + 0.5 && !held(e.parentElement);
          });
          const inner = out.filter((e) => !out.some((other) => other !== e && e.contains(other)));
          faults.push(...(inner.length ? inner : [root]).map((e) => `wider than the window (${root.scrollWidth} of ${innerWidth} pixels): ${name(e)}`));
        }
        for (const e of document.querySelectorAll("article *")) {
          if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && /hidden|clip/.test(style(e)) && !e.closest("mjx-container")) {
            faults.push(`cut off at the right (${e.scrollWidth} of ${e.clientWidth} pixels): ${name(e)}`);
          }
        }
        return faults;""",
    )


FOLDS = ":is(article details, article .toggle)"


def fold_faults(page):
    """Folds that the keyboard does not open, or that show nothing then. Afterwards all stand open."""
    for handle in page.query_selector_all(f"{FOLDS} > summary, {FOLDS} > * > .toggle-button"):
        handle.focus()
        page.keyboard.press("Enter")
    return shut_folds(page)


def shut_folds(page):
    """Folds of which not everything is there for the eye."""
    settle(page)
    return look(
        page,
        f"""
        const seen = (e) => e.checkVisibility({{ visibilityProperty: true, opacityProperty: true }});
        return [...document.querySelectorAll("{FOLDS}")]
          .filter((e) => ![...e.children].filter((inside) => !inside.matches("summary, .admonition-title, script, style")).every(seen))
          .map((e) => `fold stays shut: ${{name(e)}}`);""",
    )


def still_faults(page):
    """Explorers that have not taken the place of their still picture."""
    return look(
        page,
        """
        return [...document.querySelectorAll("figure.explorer")]
          .filter((e) => e.querySelector(":scope > img, :scope > svg, :scope > p img, :scope > a img") || !e.querySelector("input, button"))
          .map((e) => `explorer does not start: ${e.className}`);""",
    )


def explorer_faults(page):
    """Numbers that the clocks show and the package does not know. The slider goes to both ends and between."""
    faults = []
    for figure in page.query_selector_all("figure.explorer[class*=clocks-]"):
        dim = int(re.search(r"clocks-(\d+)-", figure.get_attribute("class")).group(1))
        slider, drawing = figure.query_selector("input[type=range]"), figure.query_selector("svg[role=img]")
        for position in sorted({0, 1, 7, int(slider.get_attribute("max"))}):
            slider.fill(str(position))
            said = re.findall(r"\N{MINUS SIGN}?\d+\.\d+", drawing.get_attribute("aria-label"))
            right = [
                f"{round(number, 2) + 0:.2f}".replace("-", "\N{MINUS SIGN}")
                for number in posenc.sinusoidal(position, dim)
            ]
            if said != right:
                faults.append(f"clocks, row {position}: {' '.join(said)} in place of {' '.join(right)}")
    return faults


def unscripted_faults(page):
    """What a reader without scripts does not see on this page: text, still pictures, what the folds hold."""
    for fold in page.query_selector_all("article details > summary"):
        fold.focus()
        page.keyboard.press("Enter")
    return shut_folds(page) + look(
        page,
        """
        const parts = [...document.querySelectorAll("article :is(h1, h2, h3, p, pre, td, dt, dd, img, figure > svg)")];
        const faults = parts.filter((e) => !e.closest(".headerlink, [hidden]") && !e.checkVisibility()).map((e) => `not seen without scripts: ${name(e)}`);
        if (!document.querySelector("article")?.innerText.trim()) faults.push("nothing to read without scripts");
        for (const e of document.querySelectorAll("figure.explorer")) {
          if (!e.querySelector("img, svg")) faults.push(`no still picture without scripts: ${e.className}`);
        }
        return faults;""",
    )


def weights(page):
    """How many bytes the browser got for each file of this page, as the server sent them: not compressed."""
    return page.evaluate("""() => Object.fromEntries(
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .map((file) => [new URL(file.name).pathname.slice(1), file.encodedBodySize]))""")


def print_faults(page):
    """Folds that are shut on paper, or that stay open afterwards."""
    page.evaluate("""() => {
      const shut = () => [...document.querySelectorAll("article details, article .toggle")]
        .filter((e) => e.matches("details:not([open]), .toggle-hidden"));
      window.before = shut().length;
      addEventListener("beforeprint", () => (window.onPaper = shut().map((e) => e.textContent.trim().slice(0, 60))));
      addEventListener("afterprint", () => (window.after = shut().length));
    }""")
    page.pdf()
    before, shut, after = page.evaluate("() => [window.before, window.onPaper, window.after]")
    changed = [] if before == after else [f"{before} folds shut before printing, {after} after"]
    return [f"fold shut on paper: {words}" for words in shut] + changed
