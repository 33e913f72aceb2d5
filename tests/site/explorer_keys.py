"""An explorer in the browser, as somebody uses it who has a keyboard and no mouse."""

from playwright.sync_api import expect

# Milliseconds that a busy machine may take. Only what is broken needs all of them.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

NAME = "() => { const e = document.activeElement; return e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent; }"


def two_digits(x):
    """A number as explorers write it."""
    return f"{0 if abs(x) < 0.005 else x:.2f}".replace("-", "\u2212")


def opened(page, address, figure):
    """The figure on its page, once its script has put the explorer there, and the focus just before it."""
    page.route("**/mathjax/**", lambda route: route.abort())  # formulas are not asked about, and take long
    page.goto(address, wait_until="domcontentloaded", timeout=PATIENCE)
    found = page.locator(f"#{figure}")
    expect(found.locator(".ex")).to_be_visible()
    found.evaluate("figure => { figure.tabIndex = -1; figure.focus(); }")
    return found


def tab_order(page, figure):
    """The names of what Tab reaches in the figure, in order."""
    names = []
    page.keyboard.press("Tab")
    while figure.evaluate("figure => figure.contains(document.activeElement)"):
        names.append(page.evaluate(NAME))
        page.keyboard.press("Tab")
    return names


def tab_to(page, figure, name):
    """Tab from the beginning of the figure until the focus is on the control of this name."""
    figure.focus()
    page.keyboard.press("Tab")
    while page.evaluate(NAME) != name:
        assert figure.evaluate("figure => figure.contains(document.activeElement)"), f"Tab does not reach {name!r}"
        page.keyboard.press("Tab")


def press(page, figure, name, *keys):
    """Press keys on the control of this name."""
    tab_to(page, figure, name)
    for key in keys:
        page.keyboard.press(key)


def written(figure):
    """All that is written in the drawing."""
    return figure.locator("svg text").all_text_contents()


def fits(figure):
    """Whether nothing of the explorer is wider than its place, and no letter in it is smaller than 11 pixels."""
    return figure.evaluate(
        """figure => {
          const box = figure.querySelector(".ex"), right = document.documentElement.clientWidth;
          const parts = [...box.querySelectorAll("text, input, button, output, td, th, label, p")];
          const seen = parts.filter((e) => e.getBoundingClientRect().width > 0 && e.textContent !== "" || e.matches("input"));
          const inside = seen.every((e) => { const at = e.getBoundingClientRect(); return at.left >= 0 && at.right <= right; });
          const large = seen.every((e) => parseFloat(getComputedStyle(e).fontSize) >= 11 || e.matches("input"));
          return inside && large && document.documentElement.scrollWidth <= right;
        }"""
    )


def without_scripts(browser, address, figure):
    """Assert that a reader without scripts sees the still, and no control that would do nothing."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address, wait_until="load", timeout=PATIENCE)
        still = page.locator(f"#{figure} :is(img, svg)").first
        expect(still).to_be_visible()
        assert still.evaluate("still => still.matches('svg') || still.naturalWidth > 0"), "the still is not loaded"
        assert page.locator(f"#{figure} .ex").count() == 0
