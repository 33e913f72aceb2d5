"""What the tests of all explorers do: open one, walk to it by keyboard, and hear what is announced."""

LISTEN = """(line) => {
  window.heard = [];
  new MutationObserver(() => window.heard.push(line.textContent)).observe(line, { childList: true, characterData: true });
}"""


def digits(x, n=2):
    """A number as the explorers write it."""
    return f"{0 if abs(x) < 0.5 * 10**-n else x:.{n}f}".replace("-", "\u2212")


def opened(page, site, where, name):
    """The figure of that name on that page, with its explorer made, under a clock that only the test moves on."""
    page.clock.install()
    page.route("**/mathjax/**", lambda route: route.abort())  # formulas take long, and no explorer needs them
    page.goto(f"{site}/{where}.html", wait_until="domcontentloaded")
    figure = page.locator(f"figure#{name}")
    figure.locator(".ex").wait_for()
    page.clock.pause_at(page.evaluate("Date.now()") + 3_600_000)  # an hour: no machine is so slow that this is past
    figure.locator(".ex-say").evaluate(LISTEN)
    return figure


def tab_into(page, figure, target):
    """From the paragraph before the figure, press Tab until the target has the focus."""
    figure.locator("xpath=preceding::p[1]").click(position={"x": 2, "y": 2})
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("(e) => e === document.activeElement"):
            return
    raise AssertionError("twenty times Tab, and the focus is elsewhere")


def press(page, *keys):
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def on(page, figure, role, name, *keys):
    """Walk to a control by keyboard and press keys there."""
    tab_into(page, figure, figure.get_by_role(role, name=name))
    press(page, *keys)


def written(figure):
    """What is written in the picture, in order."""
    return figure.locator("svg text").all_text_contents()


def heard(page):
    """What the explorer has announced since it was opened, once the reader's hands have rested."""
    page.clock.run_for(1000)
    return page.evaluate("window.heard")


def tab_order(page, figure):
    """The names of what Tab reaches in the figure, in order."""
    name = (
        "() => { const e = document.activeElement; return e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent; }"
    )
    figure.evaluate("(figure) => { figure.tabIndex = -1; figure.focus(); }")
    names = []
    page.keyboard.press("Tab")
    while figure.evaluate("(figure) => figure.contains(document.activeElement)"):
        names.append(page.evaluate(name))
        page.keyboard.press("Tab")
    return names


def buttons_and_slider(name):
    """What Tab reaches in the row of a slider."""
    return [f"{name.lower()}: one less", name, f"{name.lower()}: one more"]
